package dev.bulkuserimport.state;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.HashKey;
import dev.bulkuserimport.snapshot.ManifestForm;
import dev.bulkuserimport.snapshot.People;
import dev.bulkuserimport.snapshot.StateManifest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The state of one application in the report bucket, to be read and changed before a deadline: {@code state/{applicationId}.json} lists its
 * parts, {@code .key} is the key of its hashes, everything else named {@code state/{applicationId}.…} is a base or a session's changes. They
 * are never deleted by a lifecycle rule.
 */
public final class ApplicationState {

    private static final String STATE = BucketLayout.STATE;

    private static final int BUFFER = 64 * 1024;

    /** How often a conditional write is retried because another writer was faster. */
    private static final int ATTEMPTS = 10;

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /** How many objects of a state one sweep examines; there are few, and the next import's sweep examines the others. */
    private static final int SWEPT = 1_000;

    private final S3Objects objects;
    private final String bucket;
    private final String app;
    private final Deadline deadline;

    ApplicationState(S3Objects objects, String bucket, String app, Deadline deadline) {
        this.objects = objects;
        this.bucket = bucket;
        this.app = app;
        this.deadline = deadline;
    }

    /** Its parts; empty if there is no state. */
    Optional<StateManifest> manifest() throws IOException {
        Optional<S3Objects.Stored> stored = objects.read(bucket, manifestKey(), deadline);
        return stored.isPresent() ? Optional.of(read(stored.get())) : Optional.empty();
    }

    /**
     * Changes the manifest, safely with concurrent changes. Where there is none, there is none afterwards.
     *
     * @param change returns the new manifest, or the same if there is nothing to change
     * @return the manifest as it is stored now
     */
    Optional<StateManifest> change(UnaryOperator<StateManifest> change) throws IOException {
        return change(Optional::empty, change);
    }

    /** The same, and where there is no manifest, an empty one is changed. */
    void begin(UnaryOperator<StateManifest> change) throws IOException {
        change(() -> Optional.of(StateManifest.empty(app, key())), change);
    }

    /** What a manifest starts from. */
    private interface First {
        Optional<StateManifest> get() throws IOException;
    }

    private Optional<StateManifest> change(First first, UnaryOperator<StateManifest> change) throws IOException {
        List<StateManifest> now = new ArrayList<>();
        objects.update(
                bucket,
                manifestKey(),
                ATTEMPTS,
                stored -> {
                    now.clear();
                    Optional<StateManifest> before = stored.isPresent() ? Optional.of(read(stored.get())) : first.get();
                    if (before.isEmpty()) {
                        return Optional.empty();
                    }
                    StateManifest after = change.apply(before.get());
                    boolean same = stored.isPresent() && after.equals(before.get());
                    now.add(same || after.owner().isPresent() ? after : after.boundTo(app, key()));
                    return same ? Optional.empty() : Optional.of(ManifestForm.json(now.get(0)));
                },
                deadline);
        return now.stream().findFirst();
    }

    /** Replaces any existing state, readable or not. */
    public void replace(StateManifest manifest) throws IOException {
        objects.update(bucket, manifestKey(), ATTEMPTS, stored -> Optional.of(ManifestForm.json(manifest)), deadline);
    }

    /** The key of its hashes; empty if there is none. */
    Optional<HashKey> keyIfAny() throws IOException {
        Optional<S3Objects.Stored> stored = objects.read(bucket, hashKey(), deadline);
        if (stored.isPresent() && !HashKeyObject.isKey(stored.get())) {
            throw keyMissing();
        }
        return stored.map(key -> HashKey.of(key.body()));
    }

    /** The key of its hashes, if there is a state. */
    HashKey key() throws IOException {
        return keyIfAny().orElseThrow(this::keyMissing);
    }

    private ProblemException keyMissing() {
        return broken("its key is missing or damaged").exception();
    }

    /**
     * Stores the key of a first state.
     *
     * @return false if there is another one now
     */
    boolean keepKey(HashKey key) throws IOException {
        objects.write(bucket, hashKey(), key.bytes(), Optional.empty(), deadline);
        return key().fingerprint().equals(key.fingerprint());
    }

    /** The key for a rebuilt state: the existing one, or a new one if it is missing or damaged. */
    public HashKey keyAnew() throws IOException {
        return HashKeyObject.of(objects, bucket, hashKey(), deadline);
    }

    /** A state's parts and all its people. */
    record Whole(StateManifest manifest, People people) {}

    /** Reads the whole state; empty if there is none. It is read again if others have merged parts into a new base in the meantime. */
    Optional<Whole> whole() throws IOException {
        Optional<StateManifest> manifest = manifest();
        for (int attempt = 1; manifest.isPresent(); attempt++) {
            try {
                return Optional.of(new Whole(manifest.get(), people(manifest.get())));
            } catch (ProblemException e) {
                Optional<StateManifest> now = manifest();
                if (now.equals(manifest) || attempt == ATTEMPTS) {
                    throw e;
                }
                manifest = now;
            }
        }
        return Optional.empty();
    }

    /** All people of a manifest's parts. */
    People people(StateManifest manifest) throws IOException {
        People people = new People();
        if (manifest.base().isPresent()) {
            add(people::add, manifest.base().get());
        }
        for (StateManifest.SessionChanges session : manifest.sessions()) {
            boolean inDoubt = session.end() == StateManifest.End.IN_DOUBT;
            add(inDoubt ? people::addUnknown : people::add, session.changes());
        }
        return people;
    }

    /** Receives a part of a state. */
    private interface Part {
        void add(InputStream stored) throws IOException;
    }

    private void add(Part people, String key) throws IOException {
        try (InputStream in = new BufferedInputStream(objects.open(bucket, key, deadline), BUFFER)) {
            people.add(in);
        } catch (StreamCorruptedException e) {
            throw broken("it is damaged").exception();
        } catch (S3Failure e) {
            if (e.isMissing()) {
                throw broken("a part of it is missing").exception();
            }
            throw e;
        }
    }

    /** Writes all people as a new base; returns its key. */
    public String base(String name, People people) throws IOException {
        String key = STATE + app + "." + name + ".base";
        objects.put(place(key), "application/octet-stream", people::stored, people.storedBytes(), deadline);
        return key;
    }

    /** The key of a session's changes. */
    String changes(ImportId importId, int number) {
        return STATE + app + "." + importId.hash() + "." + number;
    }

    /** Stores a session's changes, until it is started. */
    void keepChanges(ImportId importId, int number, byte[] changes) throws IOException {
        objects.put(place(changes(importId, number)), "application/octet-stream", changes, deadline);
    }

    /** Stores a snapshot's changes of people who aren't sent. */
    void keepLearned(ImportId importId, ByteChunks learned) throws IOException {
        objects.put(
                place(changes(importId, Snapshots.LEARNED)),
                "application/octet-stream",
                learned::stream,
                learned.size(),
                deadline);
    }

    /** Whether a session's changes are stored. */
    boolean hasChanges(ImportId importId, int number) throws IOException {
        return objects.has(place(changes(importId, number)), deadline);
    }

    /**
     * Deletes objects that aren't part of the state: changes of sessions that were never started, and leftovers of an interrupted merge.
     * Idempotent.
     *
     * @param writtenBefore newer ones may belong to an import in progress
     */
    public void sweep(Instant writtenBefore) throws IOException {
        List<String> abandoned = new ArrayList<>();
        for (S3Objects.Named found : objects.list(bucket, STATE + app + ".", SWEPT, deadline)) {
            if (found.written().isBefore(writtenBefore)
                    && !found.key().equals(manifestKey())
                    && !found.key().equals(hashKey())) {
                abandoned.add(found.key());
            }
        }
        if (!abandoned.isEmpty()) {
            // Read after the listing: parts added to the state in the meantime aren't in the listing.
            manifest().ifPresentOrElse(state -> abandoned.removeAll(state.objects()), abandoned::clear);
            delete(abandoned);
        }
    }

    void delete(List<String> keys) throws IOException {
        for (String key : keys) {
            objects.delete(place(key), deadline);
        }
    }

    private StateManifest read(S3Objects.Stored stored) {
        StateManifest manifest;
        try {
            manifest = ManifestForm.read(stored.body());
        } catch (IOException e) {
            throw broken("it is damaged, or not from this function's version").exception();
        }
        boolean foreign = manifest.objects().stream().anyMatch(key -> !key.startsWith(STATE + app + "."))
                || manifest.owner()
                        .filter(owner -> !owner.application().equals(app))
                        .isPresent();
        if (foreign) {
            throw broken("it is another application's").exception();
        }
        if (manifest.newest().filter(ApplicationState::isInFuture).isPresent()) {
            throw broken("the snapshot that it is based on has a time in the future")
                    .exception();
        }
        return manifest;
    }

    /** S3's clock and ours differ by seconds; with a state from the future, every snapshot would count as older. */
    private static boolean isInFuture(StateManifest.Origin origin) {
        return origin.time().isAfter(Instant.now().plus(CLOCKS_DIFFER));
    }

    private ObjectPlace place(String key) {
        return new ObjectPlace(bucket, key);
    }

    private String hashKey() {
        return STATE + app + ".key";
    }

    private String manifestKey() {
        return STATE + app + ".json";
    }

    /** The problem for a state that can't be used: comparing a snapshot with it could deactivate the wrong people. */
    Problem broken(String what) {
        return Problem.invalidRequest(
                STATE + app, "can't be used: " + what + "; rebuild it with the action rebuildState");
    }
}
