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
import dev.bulkuserimport.state.Snapshots;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What lies in {@code work/{importId}/} of the report bucket while a file is imported step by step: where the file is, and the ready
 * requests of its sessions, profile values and all, encrypted like the file. It is deleted at the end; a lifecycle rule deletes what was
 * never ended.
 */
@Singleton
class WorkFiles {

    private static final int BUFFER = 64 * 1024;

    private final S3Objects objects;

    WorkFiles(S3Objects objects) {
        this.objects = objects;
    }

    /** Writes down where the file is, so that its import's id is enough to find it. */
    void remember(ImportId importId, ObjectVersion object, Deadline deadline) throws S3Failure {
        objects.put(source(importId), "application/json", JsonOutput.bytes(SourceObject.members(object)), deadline);
    }

    /** Where the file is; empty when nobody planned it, or its import ended and was tidied up. */
    Optional<ObjectVersion> find(ImportId importId, Deadline deadline) throws S3Failure {
        ObjectPlace place = source(importId);
        return objects.read(place.bucket(), place.key(), deadline)
                .flatMap(stored -> SourceObject.document(stored.body()))
                .flatMap(SourceObject::read);
    }

    /** Stores a session's ready requests. */
    void store(ImportId importId, SessionPlan plan, ObjectHead source, Deadline deadline) throws IOException {
        ByteChunks bytes = new ByteChunks();
        plan.writeTo(bytes);
        objects.writeLike(
                source,
                session(importId, plan.number()),
                "application/octet-stream",
                bytes::stream,
                bytes.size(),
                deadline);
        bytes.release();
    }

    /** Reads a session's ready requests. */
    SessionPlan load(ImportId importId, int number, Deadline deadline) throws IOException {
        ObjectPlace place = session(importId, number);
        try (InputStream in = new BufferedInputStream(objects.open(place.bucket(), place.key(), deadline), BUFFER)) {
            return SessionPlan.readFrom(in);
        } catch (S3Failure e) {
            if (e.isMissing()) {
                throw gone(importId, number);
            }
            throw e;
        }
    }

    /** Whether a session's ready requests are there. */
    boolean has(ImportId importId, int number, Deadline deadline) throws S3Failure {
        ObjectPlace place = session(importId, number);
        return objects.list(place.bucket(), place.key(), 1, deadline).stream()
                .anyMatch(found -> found.key().equals(place.key()));
    }

    /** The first session whose prepared requests, or what they make of the state, are gone. */
    OptionalInt firstMissing(FileReport report, Snapshots snapshots, Deadline deadline) throws IOException {
        for (FileSession session : report.sessions()) {
            if (!session.isSent()
                    && !(has(report.importId(), session.number(), deadline)
                            && snapshots.isKept(report, session.number(), deadline))) {
                return OptionalInt.of(session.number());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Deletes all of it but where the file was, which steps that come late still ask for; the lifecycle rule deletes that.
     *
     * @param sessions how many there are
     */
    void tidy(ImportId importId, int sessions, Deadline deadline) throws S3Failure {
        for (int number = 1; number <= sessions; number++) {
            objects.delete(session(importId, number), deadline);
        }
    }

    /** Nobody can send a session any more whose requests are gone. */
    static ProblemException gone(ImportId importId, int number) {
        ObjectPlace place = session(importId, number);
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The prepared session " + number + " of the import " + importId
                                + " is gone: it was deleted at the import's end or by the lifecycle rule of "
                                + BucketLayout.WORK
                                + ". Put the file into the bucket again.")
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
