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
import jakarta.inject.Singleton;
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
 * Applications' states in the report bucket: {@code state/{applicationId}.json} lists the parts of a state, {@code .key} is the key of its
 * hashes, everything else named {@code state/{applicationId}.…} is a base or a session's changes. They are never deleted by a lifecycle
 * rule.
 */
@Singleton
public class StateStore {

    static final String STATE = BucketLayout.STATE;

    private static final int BUFFER = 64 * 1024;

    /** How often a conditional write is retried because another writer was faster. */
    private static final int ATTEMPTS = 10;

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    /** How many objects of a state one sweep examines; there are few, and the next import's sweep examines the others. */
    private static final int SWEPT = 1_000;

    private final S3Objects objects;

    StateStore(S3Objects objects) {
        this.objects = objects;
    }

    /** The parts of an application's state; empty if there is none. */
    Optional<StateManifest> manifest(String bucket, String app, Deadline deadline) throws IOException {
        Optional<S3Objects.Stored> stored = stored(bucket, app, deadline);
        return stored.isPresent() ? Optional.of(read(stored.get(), app)) : Optional.empty();
    }

    /**
     * Changes the manifest, safely with concurrent changes.
     *
     * @param change returns the new manifest, or the same if there is nothing to change
     */
    StateManifest change(
            String bucket, String app, StateManifest first, UnaryOperator<StateManifest> change, Deadline deadline)
            throws IOException {
        StateManifest[] now = {first};
        objects.update(
                bucket,
                manifestKey(app),
                ATTEMPTS,
                stored -> {
                    StateManifest before = stored.isPresent() ? read(stored.get(), app) : first;
                    StateManifest after = change.apply(before);
                    boolean same = stored.isPresent() && after.equals(before);
                    now[0] = same || after.owner().isPresent() ? after : after.boundTo(app, key(bucket, app, deadline));
                    return same ? Optional.empty() : Optional.of(ManifestForm.json(now[0]));
                },
                deadline);
        return now[0];
    }

    /** The key of an application's hashes; empty if there is none. */
    Optional<HashKey> keyIfAny(String bucket, String app, Deadline deadline) throws IOException {
        Optional<S3Objects.Stored> stored = objects.read(bucket, hashKey(app), deadline);
        if (stored.isPresent() && !HashKeyObject.isKey(stored.get())) {
            throw broken(app, "its key is missing or damaged").exception();
        }
        return stored.map(key -> HashKey.of(key.body()));
    }

    /** The key of the hashes of an application that has a state. */
    HashKey key(String bucket, String app, Deadline deadline) throws IOException {
        return keyIfAny(bucket, app, deadline)
                .orElseThrow(() -> broken(app, "its key is missing or damaged").exception());
    }

    /**
     * Stores the key of a first state.
     *
     * @return false if there is another one now
     */
    boolean keepKey(String bucket, String app, HashKey key, Deadline deadline) throws IOException {
        objects.write(bucket, hashKey(app), key.bytes(), Optional.empty(), deadline);
        return key(bucket, app, deadline).fingerprint().equals(key.fingerprint());
    }

    /** The key for a rebuilt state: the existing one, or a new one if it is missing or damaged. */
    public HashKey keyAnew(String bucket, String app, Deadline deadline) throws IOException {
        return HashKeyObject.of(objects, bucket, hashKey(app), deadline);
    }

    /** Replaces any existing state, readable or not. */
    public void replace(String bucket, String app, StateManifest manifest, Deadline deadline) throws IOException {
        objects.update(
                bucket, manifestKey(app), ATTEMPTS, stored -> Optional.of(ManifestForm.json(manifest)), deadline);
    }

    /** A state and all its people. */
    record Whole(StateManifest manifest, People people) {}

    /** Reads a whole state; empty if there is none. It is read again if others have merged parts into a new base in the meantime. */
    Optional<Whole> whole(String bucket, String app, Deadline deadline) throws IOException {
        Optional<StateManifest> manifest = manifest(bucket, app, deadline);
        for (int attempt = 1; manifest.isPresent(); attempt++) {
            try {
                return Optional.of(new Whole(manifest.get(), people(bucket, app, manifest.get(), deadline)));
            } catch (ProblemException e) {
                Optional<StateManifest> now = manifest(bucket, app, deadline);
                if (now.equals(manifest) || attempt == ATTEMPTS) {
                    throw e;
                }
                manifest = now;
            }
        }
        return Optional.empty();
    }

    /** All people of a state. */
    People people(String bucket, String app, StateManifest manifest, Deadline deadline) throws IOException {
        People people = new People();
        if (manifest.base().isPresent()) {
            add(people::add, bucket, app, manifest.base().get(), deadline);
        }
        for (StateManifest.SessionChanges session : manifest.sessions()) {
            boolean inDoubt = session.end() == StateManifest.End.IN_DOUBT;
            add(inDoubt ? people::addUnknown : people::add, bucket, app, session.changes(), deadline);
        }
        return people;
    }

    /** Receives a part of a state. */
    private interface Part {
        void add(InputStream stored) throws IOException;
    }

    private void add(Part people, String bucket, String app, String key, Deadline deadline) throws IOException {
        try (InputStream in = new BufferedInputStream(objects.open(bucket, key, deadline), BUFFER)) {
            people.add(in);
        } catch (StreamCorruptedException e) {
            throw broken(app, "it is damaged").exception();
        } catch (S3Failure e) {
            if (e.isMissing()) {
                throw broken(app, "a part of it is missing").exception();
            }
            throw e;
        }
    }

    /** Stores a session's changes, until it is started. */
    void keepChanges(ObjectPlace place, byte[] changes, Deadline deadline) throws IOException {
        objects.put(place, "application/octet-stream", changes, deadline);
    }

    /** The same for people who aren't sent. */
    void keepLearned(ObjectPlace place, ByteChunks learned, Deadline deadline) throws IOException {
        objects.put(place, "application/octet-stream", learned::stream, learned.size(), deadline);
    }

    /** The location of a session's changes. */
    static ObjectPlace changes(ImportId importId, String app, int number) {
        return new ObjectPlace(importId.reportBucket(), STATE + app + "." + importId.hash() + "." + number);
    }

    /** Writes all people as a new base; returns its key. */
    public String base(String bucket, String app, String name, People people, Deadline deadline) throws IOException {
        String key = STATE + app + "." + name + ".base";
        objects.put(
                new ObjectPlace(bucket, key),
                "application/octet-stream",
                people::stored,
                people.storedBytes(),
                deadline);
        return key;
    }

    /** Whether a session's changes are stored. */
    boolean has(ObjectPlace place, Deadline deadline) throws IOException {
        return objects.has(place, deadline);
    }

    /**
     * Deletes objects that aren't part of a state: changes of sessions that were never started, and leftovers of an interrupted merge.
     * Idempotent.
     *
     * @param writtenBefore newer ones may belong to an import in progress
     */
    public void sweep(String bucket, String app, Instant writtenBefore, Deadline deadline) throws IOException {
        List<String> abandoned = new ArrayList<>();
        for (S3Objects.Named found : objects.list(bucket, STATE + app + ".", SWEPT, deadline)) {
            if (found.written().isBefore(writtenBefore)
                    && !found.key().equals(manifestKey(app))
                    && !found.key().equals(hashKey(app))) {
                abandoned.add(found.key());
            }
        }
        if (!abandoned.isEmpty()) {
            // Read after the listing: parts added to the state in the meantime aren't in the listing.
            manifest(bucket, app, deadline)
                    .ifPresentOrElse(state -> abandoned.removeAll(state.objects()), abandoned::clear);
            delete(bucket, abandoned, deadline);
        }
    }

    void delete(String bucket, List<String> keys, Deadline deadline) throws IOException {
        for (String key : keys) {
            objects.delete(new ObjectPlace(bucket, key), deadline);
        }
    }

    private Optional<S3Objects.Stored> stored(String bucket, String app, Deadline deadline) throws IOException {
        return objects.read(bucket, manifestKey(app), deadline);
    }

    private static StateManifest read(S3Objects.Stored stored, String app) {
        StateManifest manifest;
        try {
            manifest = ManifestForm.read(stored.body());
        } catch (IOException e) {
            throw broken(app, "it is damaged, or not from this function's version")
                    .exception();
        }
        boolean foreign = manifest.objects().stream().anyMatch(key -> !key.startsWith(STATE + app + "."))
                || manifest.owner()
                        .filter(owner -> !owner.application().equals(app))
                        .isPresent();
        if (foreign) {
            throw broken(app, "it is another application's").exception();
        }
        if (manifest.newest().filter(StateStore::isInFuture).isPresent()) {
            throw broken(app, "the snapshot that it is based on has a time in the future")
                    .exception();
        }
        return manifest;
    }

    /** S3's clock and ours differ by seconds; with a state from the future, every snapshot would count as older. */
    private static boolean isInFuture(StateManifest.Origin origin) {
        return origin.time().isAfter(Instant.now().plus(CLOCKS_DIFFER));
    }

    private static String hashKey(String app) {
        return STATE + app + ".key";
    }

    private static String manifestKey(String app) {
        return STATE + app + ".json";
    }

    /** The problem for a state that can't be used: comparing a snapshot with it could deactivate the wrong people. */
    static Problem broken(String app, String what) {
        return Problem.invalidRequest(
                STATE + app, "can't be used: " + what + "; rebuild it with the action rebuildState");
    }
}
