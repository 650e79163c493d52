package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What lies in {@code work/{importId}/} of the report bucket while a file is imported step by step: where the file is, and the ready
 * requests of its sessions, profile values and all, encrypted like the file. It is deleted at the end; a lifecycle rule deletes what was
 * never ended.
 */
@Singleton
class WorkFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 64 * 1024;

    private final S3Objects objects;

    WorkFiles(S3Objects objects) {
        this.objects = objects;
    }

    /** Writes down where the file is, so that its import's id is enough to find it. */
    void remember(ImportId importId, ObjectVersion object, Deadline deadline) throws S3Failure {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bucket", object.bucket());
        members.put("key", object.key());
        object.versionId().ifPresent(id -> members.put("versionId", id));
        object.eTag().ifPresent(tag -> members.put("eTag", tag));
        object.sequencer().ifPresent(text -> members.put("sequencer", text));
        objects.put(source(importId), "application/json", JsonOutput.bytes(members), deadline);
    }

    /** Where the file is; empty when nobody planned it, or its import ended and was tidied up. */
    Optional<ObjectVersion> find(ImportId importId, Deadline deadline) throws S3Failure {
        ObjectPlace place = source(importId);
        Optional<S3Objects.Stored> stored = objects.read(place.bucket(), place.key(), deadline);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(stored.get().body());
            return Optional.of(new ObjectVersion(
                    json.path("bucket").asText(),
                    json.path("key").asText(),
                    Optional.ofNullable(json.path("versionId").textValue()),
                    Optional.ofNullable(json.path("eTag").textValue()),
                    Optional.ofNullable(json.path("sequencer").textValue())));
        } catch (IOException e) {
            return Optional.empty();
        }
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
