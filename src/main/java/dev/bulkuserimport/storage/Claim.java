package dev.bulkuserimport.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.upload.SessionRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The report of one object version, which until the end is the claim of whoever works on it. Each change replaces exactly the version
 * that this instance wrote last, so nobody can lose a claim without noticing.
 */
final class Claim implements SessionRecord {

    /** How far an attempt got; written before the step that it names. */
    enum State {
        CLAIMED,
        /** A session of our own exists, or users are about to go to the caller's session. */
        IMPORTING,
        /** Everything is in our session; only the start is missing. */
        STARTING,
        /** It failed in a way that the next delivery may mend. */
        RETRY,
        COMPLETED,
        FAILED
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Objects objects;
    private final String bucket;
    private final String key;
    private final Map<String, Object> document;
    private String eTag;

    private Claim(S3Objects objects, String bucket, String key, Map<String, Object> document, String eTag) {
        this.objects = objects;
        this.bucket = bucket;
        this.key = key;
        this.document = document;
        this.eTag = eTag;
    }

    /**
     * What somebody wrote before.
     *
     * @param state how far they got
     * @param eTag to replace it by
     * @param expires until when they may still be at it
     * @param managed whether the session is of the function's own making
     */
    record Found(
            State state,
            String eTag,
            Instant expires,
            String applicationId,
            String sessionId,
            boolean managed,
            int recordsImported) {

        boolean isOver() {
            return state == State.COMPLETED || state == State.FAILED;
        }

        boolean isFree(Instant now) {
            return state == State.RETRY || now.isAfter(expires);
        }
    }

    /** Claims an object version that nobody has claimed, or one whose claim is {@code found} and free; empty when another was faster. */
    static Optional<Claim> take(
            S3Objects objects, String bucket, String key, ObjectVersion source, Instant expires, Found found)
            throws S3Failure {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("state", State.CLAIMED.name());
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("bucket", source.bucket());
        origin.put("key", source.key());
        origin.put("versionId", source.versionId().orElse(null));
        origin.put("eTag", source.eTag().orElse(null));
        document.put("source", origin);
        document.put("startedAt", Instant.now().toString());
        document.put("expiresAt", expires.toString());
        if (found != null && found.sessionId() != null && found.managed()) {
            // Kept until it is dealt with, in case this attempt breaks off too.
            document.put("applicationId", found.applicationId());
            document.put("sessionId", found.sessionId());
            document.put("managedSession", true);
        }
        String replaced = found == null ? null : found.eTag();
        return objects.write(bucket, key, JsonOutput.bytes(document), replaced)
                .map(eTag -> new Claim(objects, bucket, key, document, eTag));
    }

    /** The present claim or report; empty when there is none. */
    static Optional<Found> find(S3Objects objects, String bucket, String key) throws S3Failure {
        Optional<S3Objects.Stored> stored = objects.read(bucket, key);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        String eTag = stored.get().eTag();
        try {
            JsonNode found = JSON.readTree(stored.get().body());
            return Optional.of(new Found(
                    State.valueOf(found.path("state").asText()),
                    eTag,
                    Instant.parse(found.path("expiresAt").asText()),
                    found.path("applicationId").asText(null),
                    found.path("sessionId").asText(null),
                    found.path("managedSession").asBoolean(),
                    found.path("recordsImported").asInt()));
        } catch (IOException | RuntimeException e) {
            // Nothing of ours: whatever stands there is left alone, and nothing is imported twice because of it.
            return Optional.of(new Found(State.FAILED, eTag, Instant.MAX, null, null, false, 0));
        }
    }

    /** Writes down how far the attempt has got. */
    void update(State state, Map<String, Object> more) throws S3Failure {
        document.put("state", state.name());
        document.putAll(more);
        eTag = objects.write(bucket, key, JsonOutput.bytes(document), eTag)
                .orElseThrow(() -> new IllegalStateException("the claim was taken over"));
    }

    @Override
    public void created(String applicationId, String sessionId) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("applicationId", applicationId);
        more.put("sessionId", sessionId);
        more.put("managedSession", true);
        record(State.IMPORTING, more);
    }

    @Override
    public void starting(int recordsImported) {
        record(State.STARTING, Map.of("recordsImported", recordsImported));
    }

    private void record(State state, Map<String, Object> more) {
        try {
            update(state, more);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    String bucket() {
        return bucket;
    }

    String key() {
        return key;
    }
}
