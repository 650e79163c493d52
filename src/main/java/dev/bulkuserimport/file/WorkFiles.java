package dev.bulkuserimport.file;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.HashKey;
import dev.bulkuserimport.state.HashKeyObject;
import dev.bulkuserimport.state.Snapshots;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The objects under {@code work/{importId}/} in the report bucket while a file is imported step by step: where the file is, and the
 * prepared requests of its sessions, including profile values, encrypted like the file. They are deleted at the end; a lifecycle rule
 * deletes those of imports that never ended.
 */
@Singleton
class WorkFiles {

    private static final int BUFFER = 64 * 1024;

    private final S3Objects objects;

    WorkFiles(S3Objects objects) {
        this.objects = objects;
    }

    /** Records where the file is, so that it can be found by its import's ID. */
    void remember(ImportId importId, ObjectVersion object, Deadline deadline) throws S3Failure {
        objects.put(source(importId), "application/json", JsonOutput.bytes(SourceObject.members(object)), deadline);
    }

    /** Where the file is; empty if it was never planned, or its import has ended and was cleaned up. */
    Optional<ObjectVersion> find(ImportId importId, Deadline deadline) throws S3Failure {
        ObjectPlace place = source(importId);
        return objects.read(place.bucket(), place.key(), deadline)
                .flatMap(stored -> SourceObject.document(stored.body()))
                .flatMap(SourceObject::read)
                .filter(object -> ImportId.of(object, importId.reportBucket()).equals(importId));
    }

    /**
     * Where the file of an import is that a caller names. What the ID leads to counts only where it leads back to the ID.
     *
     * @throws ProblemException {@code invalid-request} for an ID that names another bucket, or no planned import
     */
    ObjectVersion known(ImportId importId, Claims claims, Deadline deadline) throws S3Failure {
        if (!claims.isOurs(importId)) {
            throw FileProblems.foreignBucket().exception();
        }
        try {
            return find(importId, deadline)
                    .filter(object -> claims.importId(object).equals(importId))
                    .orElseThrow(() -> FileProblems.unknownImport().exception());
        } catch (S3Failure e) {
            if (e.isMissing()) {
                throw FileProblems.foreignBucket().exception();
            }
            throw e;
        }
    }

    /** The key of the report bucket's seals, made at its first use. */
    HashKey key(String bucket, Deadline deadline) throws S3Failure {
        return HashKeyObject.of(objects, bucket, BucketLayout.WORK_KEY, deadline);
    }

    /**
     * Stores a session's prepared requests.
     *
     * @return their seal
     */
    String store(ImportId importId, SessionPlan plan, HashKey key, ObjectHead source, Deadline deadline)
            throws IOException {
        ByteChunks bytes = new ByteChunks();
        plan.writeTo(bytes);
        SealedInput sealed = new SealedInput(bytes.stream(), key, importId, plan.number());
        sealed.transferTo(OutputStream.nullOutputStream());
        objects.writeLike(
                source,
                session(importId, plan.number()),
                "application/octet-stream",
                bytes::stream,
                bytes.size(),
                deadline);
        bytes.release();
        return sealed.seal();
    }

    /**
     * Reads a session's prepared requests.
     *
     * @throws ProblemException {@code invalid-request} when they are gone, or not those that were planned
     */
    SessionPlan load(ImportId importId, FileSession session, HashKey key, Deadline deadline) throws IOException {
        int number = session.number();
        ObjectPlace place = session(importId, number);
        try (SealedInput sealed =
                        new SealedInput(objects.open(place.bucket(), place.key(), deadline), key, importId, number);
                InputStream in = new BufferedInputStream(sealed, BUFFER)) {
            Optional<SessionPlan> plan = parsed(in);
            in.transferTo(OutputStream.nullOutputStream());
            String expected = session.seal().orElse("");
            if (plan.isEmpty() || plan.get().number() != number || !sealed.isSealed(expected)) {
                throw changed(importId, number);
            }
            return plan.get();
        } catch (S3Failure e) {
            if (e.isMissing()) {
                throw gone(importId, number);
            }
            throw e;
        }
    }

    /** Empty for bytes that this function never wrote. */
    private static Optional<SessionPlan> parsed(InputStream in) throws IOException {
        try {
            return Optional.of(SessionPlan.readFrom(in));
        } catch (StreamCorruptedException | EOFException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether a session's prepared requests exist. */
    boolean has(ImportId importId, int number, Deadline deadline) throws S3Failure {
        return objects.has(session(importId, number), deadline);
    }

    /** The first session whose prepared requests, or changes to the state, no longer exist. */
    OptionalInt firstMissing(FileReport report, Snapshots snapshots, Deadline deadline) throws IOException {
        for (FileSession session : report.sessions()) {
            // One that an earlier version prepared has no seal.
            if (!session.isSent()
                    && !(session.seal().isPresent()
                            && has(report.importId(), session.number(), deadline)
                            && snapshots.isKept(report, session.number(), deadline))) {
                return OptionalInt.of(session.number());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Deletes everything except the location of the file, which late steps still need; the lifecycle rule deletes that.
     *
     * @param sessions how many there are
     */
    void tidy(ImportId importId, int sessions, Deadline deadline) throws S3Failure {
        for (int number = 1; number <= sessions; number++) {
            objects.delete(session(importId, number), deadline);
        }
    }

    /** A session whose requests no longer exist can't be sent. */
    static ProblemException gone(ImportId importId, int number) {
        ObjectPlace place = session(importId, number);
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The prepared session " + number + " of the import " + importId
                                + " no longer exists, or what it changes is in the application's state already: it was deleted at"
                                + " the end of this import or of a later one, or by the lifecycle rule for "
                                + BucketLayout.WORK
                                + ". Upload the file again.")
                .with("bucket", place.bucket())
                .with("key", place.key())
                .exception();
    }

    /** What was planned is what is sent, and nothing else. */
    private static ProblemException changed(ImportId importId, int number) {
        ObjectPlace place = session(importId, number);
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The prepared session " + number + " of the import " + importId
                                + " is not what was planned: it was changed, or prepared by an earlier version of this"
                                + " function. It was not sent. Find out who may write under "
                                + BucketLayout.WORK
                                + ", and put the file into the bucket again.")
                .with("bucket", place.bucket())
                .with("key", place.key())
                .exception();
    }

    private static ObjectPlace source(ImportId importId) {
        return new ObjectPlace(importId.reportBucket(), BucketLayout.source(importId.toString()));
    }

    private static ObjectPlace session(ImportId importId, int number) {
        return new ObjectPlace(importId.reportBucket(), BucketLayout.session(importId.toString(), number));
    }
}
