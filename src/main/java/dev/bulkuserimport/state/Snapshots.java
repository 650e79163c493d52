package dev.bulkuserimport.state;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.snapshot.HashKey;
import dev.bulkuserimport.snapshot.People;
import dev.bulkuserimport.snapshot.PropertyNames;
import dev.bulkuserimport.snapshot.SnapshotComparison;
import dev.bulkuserimport.snapshot.SnapshotTerms;
import dev.bulkuserimport.snapshot.StateManifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Opens the application's state to compare a file with it, and keeps each session's changes to it until {@link StateUpdates} records that
 * the session was started.
 */
@Singleton
public class Snapshots {

    /** The number, among a file's session changes, for people who aren't sent. */
    static final int LEARNED = 0;

    private final StateStore states;

    Snapshots(StateStore states) {
        this.states = states;
    }

    /**
     * A state, opened to compare a file with it.
     *
     * @param comparison compares records with it
     * @param names the names of the properties, including new ones once the file is read
     * @param manifest its parts; empty if there is no state
     * @param key the key of its hashes, which is stored with the first state
     */
    public record Opened(
            SnapshotComparison comparison, PropertyNames names, Optional<StateManifest> manifest, HashKey key) {}

    /** Whether the session's changes to the state are stored, if the file involves one. */
    public boolean isKept(FileReport report, int number, Deadline deadline) throws IOException {
        return report.compared().isEmpty() || states.of(report, deadline).hasChanges(report.importId(), number);
    }

    /** Whether the application has a state. */
    public boolean isThere(ImportId importId, String app, Deadline deadline) throws IOException {
        return states.of(importId, app, deadline).manifest().isPresent();
    }

    /** Whether the application has a state, or its first one is in the making. */
    public boolean mayBeThere(ImportId importId, String app, Deadline deadline) throws IOException {
        return states.of(importId, app, deadline).keyIfAny().isPresent();
    }

    /**
     * Declares that a snapshot is coming, by the key of its state: files that are planned while it waits are compared with what it makes of
     * the people. Where there is a state or a key, nothing changes.
     */
    public void announce(ImportId importId, String app, Deadline deadline) throws IOException {
        ApplicationState state = states.of(importId, app, deadline);
        if (state.keyIfAny().isEmpty() && state.manifest().isEmpty()) {
            state.keepKey(HashKey.generate());
        }
    }

    /**
     * Opens the state that a file is compared with; empty if the file doesn't involve one. Nothing is written, so a preview of the first
     * snapshot leaves nothing behind.
     *
     * @param terms the rules for a snapshot, without the state's information on the last one
     */
    public Optional<Opened> open(
            ImportId importId,
            String app,
            ImportOperation operation,
            Guards guards,
            SnapshotTerms terms,
            Deadline deadline)
            throws IOException {
        ApplicationState state = states.of(importId, app, deadline);
        Optional<ApplicationState.Whole> whole = state.whole();
        Optional<StateManifest> manifest = whole.map(ApplicationState.Whole::manifest);
        Optional<People> people = whole.map(ApplicationState.Whole::people).filter(all -> !all.isEmpty());
        if (operation != ImportOperation.SNAPSHOT && people.isEmpty()) {
            return Optional.empty();
        }
        HashKey key = manifest.isPresent() ? state.key() : state.keyIfAny().orElseGet(HashKey::generate);
        if (manifest.isPresent() && !manifest.get().key().equals(key.fingerprint())) {
            throw state.broken("it was created with another key").exception();
        }
        if (manifest.isPresent() && !manifest.get().belongsTo(app, key)) {
            throw state.broken("it belongs to another application").exception();
        }
        PropertyNames names = manifest.map(known -> new PropertyNames(known.properties(), known.shown()))
                .orElseGet(() -> new PropertyNames(List.of()));
        SnapshotTerms all = terms.after(manifest.flatMap(StateManifest::last).map(StateManifest.LastSnapshot::shape));
        SnapshotComparison comparison = new SnapshotComparison(operation, people, names, key, guards, all);
        return Optional.of(new Opened(comparison, names, manifest, key));
    }

    /**
     * Stores the key of a first state, before anything created with it counts.
     *
     * @return false if another file has created a state since it was opened
     */
    public boolean keepKey(ImportId importId, String app, Opened opened, Deadline deadline) throws IOException {
        return opened.manifest().isPresent()
                || states.of(importId, app, deadline).keepKey(opened.key());
    }

    /** Stores a session's changes, which apply once it is started. */
    public void keep(ImportId importId, String app, int number, byte[] changes, Deadline deadline) throws IOException {
        states.of(importId, app, deadline).keepChanges(importId, number, changes);
    }

    /** Deletes them, because the file is refused or was only a dry run. */
    public void forget(ImportId importId, String app, int number, Deadline deadline) throws IOException {
        ApplicationState state = states.of(importId, app, deadline);
        state.delete(List.of(state.changes(importId, number)));
    }

    /**
     * Adds a file's property names with their numbers to the state, before anything that uses them.
     *
     * @return false if another file has used the same numbers for other names since the state was opened
     */
    public boolean reserve(ImportId importId, String app, List<String> names, Deadline deadline) throws IOException {
        return states.of(importId, app, deadline)
                .change(now -> now.naming(names))
                .filter(now -> !now.agrees(names))
                .isEmpty();
    }

    /** Stores a snapshot's changes of people who aren't sent, until it is accepted. */
    public void keepLearned(ImportId importId, String app, ByteChunks learned, Deadline deadline) throws IOException {
        states.of(importId, app, deadline).keepLearned(importId, learned);
    }
}
