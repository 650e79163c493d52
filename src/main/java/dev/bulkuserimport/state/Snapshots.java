package dev.bulkuserimport.state;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectPlace;
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
        return report.compared().isEmpty()
                || states.has(StateStore.changes(report.importId(), report.app(), number), deadline);
    }

    /** Whether the application has a state, or its first one is in the making. */
    public boolean mayBeThere(ImportId importId, String app, Deadline deadline) throws IOException {
        return states.keyIfAny(importId.reportBucket(), app, deadline).isPresent();
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
        String bucket = importId.reportBucket();
        Optional<StateStore.Whole> known = states.whole(bucket, app, deadline);
        Optional<StateManifest> manifest = known.map(StateStore.Whole::manifest);
        Optional<People> people = known.map(StateStore.Whole::people).filter(all -> !all.isEmpty());
        if (operation != ImportOperation.SNAPSHOT && people.isEmpty()) {
            return Optional.empty();
        }
        HashKey key = manifest.isPresent()
                ? states.key(bucket, app, deadline)
                : states.keyIfAny(bucket, app, deadline).orElseGet(HashKey::generate);
        if (manifest.isPresent() && !manifest.get().key().equals(key.fingerprint())) {
            throw StateStore.broken(app, "it was created with another key").exception();
        }
        if (manifest.isPresent() && !manifest.get().belongsTo(app, key)) {
            throw StateStore.broken(app, "it belongs to another application").exception();
        }
        PropertyNames names = manifest.map(state -> new PropertyNames(state.properties(), state.shown()))
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
        return opened.manifest().isPresent() || states.keepKey(importId.reportBucket(), app, opened.key(), deadline);
    }

    /** Stores a session's changes, which apply once it is started. */
    public void keep(ImportId importId, String app, int number, byte[] changes, Deadline deadline) throws IOException {
        states.keepChanges(StateStore.changes(importId, app, number), changes, deadline);
    }

    /** Deletes them, because the file is refused or was only a dry run. */
    public void forget(ImportId importId, String app, int number, Deadline deadline) throws IOException {
        ObjectPlace place = StateStore.changes(importId, app, number);
        states.delete(place.bucket(), List.of(place.key()), deadline);
    }

    /**
     * Adds a file's property names with their numbers to the state, before anything that uses them.
     *
     * @return false if another file has used the same numbers for other names since the state was opened
     */
    public boolean reserve(ImportId importId, String app, List<String> names, Deadline deadline) throws IOException {
        String bucket = importId.reportBucket();
        Optional<StateManifest> manifest = states.manifest(bucket, app, deadline);
        if (manifest.isEmpty() || manifest.get().properties().size() >= names.size()) {
            return manifest.isEmpty() || manifest.get().agrees(names);
        }
        return states.change(bucket, app, manifest.get(), now -> now.naming(names), deadline)
                .agrees(names);
    }

    /** Stores a snapshot's changes of people who aren't sent, until it is accepted. */
    public void keepLearned(ImportId importId, String app, ByteChunks learned, Deadline deadline) throws IOException {
        states.keepLearned(StateStore.changes(importId, app, LEARNED), learned, deadline);
    }
}
