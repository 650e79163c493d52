package dev.bulkuserimport.okta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.rules.OktaId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An import session as Okta describes it.
 *
 * @param id {@code aps…}
 * @param status {@code CREATED}, {@code IN_PROGRESS}, {@code TRIGGERED}, {@code COMPLETED}, {@code CLOSED}, {@code EXPIRED} or
 *     {@code ERROR}
 * @param members everything that Okta returned
 */
public record ImportSession(String id, String status, Map<String, Object> members) {

    /** Whether uploads are accepted. Observed with Okta in both states, although one sentence in Okta's guide says only CREATED. */
    public boolean takesUploads() {
        return status.equals("CREATED") || status.equals("IN_PROGRESS");
    }

    /** Whether nothing has been uploaded: the state changes with the first upload. */
    public boolean isEmpty() {
        return status.equals("CREATED");
    }

    /** Whether it prevents other sessions from being created. */
    public boolean isActive() {
        return takesUploads() || isProcessing();
    }

    /** Whether Okta is processing it, so that it doesn't show all of its people yet. */
    public boolean isProcessing() {
        return status.equals("TRIGGERED");
    }

    /** Whether Okta is processing it, or has finished. */
    public boolean isStarted() {
        return isProcessing() || status.equals("COMPLETED") || status.equals("ERROR");
    }

    /** Whether it was cancelled, so that nothing of it reached Okta's directory. */
    boolean isCancelled() {
        return status.equals("CLOSED");
    }

    /** When Okta created it, by Okta's clock; empty if Okta doesn't say. */
    public Optional<Instant> created() {
        return time("created");
    }

    /**
     * Whether it was used recently; true if Okta doesn't say when it last changed.
     *
     * @param ahead how far Okta's clock is ahead of ours
     */
    public boolean touchedWithin(Duration time, Duration ahead) {
        Instant since = Instant.now().plus(ahead).minus(time);
        return lastUpdated().or(this::created).map(since::isBefore).orElse(true);
    }

    /** When something last happened to it, by Okta's clock; empty where it doesn't say. */
    public Optional<Instant> lastUpdated() {
        return time("lastUpdated");
    }

    private Optional<Instant> time(String member) {
        try {
            return Optional.ofNullable(members.get(member)).map(text -> Instant.parse(text.toString()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The session in an answer's body; empty if there is none. */
    static Optional<ImportSession> of(OktaReply.Answered answer) {
        return OktaJson.object(answer.body()).flatMap(ImportSession::of);
    }

    static Optional<ImportSession> of(JsonNode session) {
        if (!session.path("id").isTextual()
                || !OktaId.isValid(session.path("id").asText())
                || !session.path("status").isTextual()) {
            return Optional.empty();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        session.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                members.put(field.getKey(), field.getValue().asText());
            }
        });
        return Optional.of(new ImportSession(
                session.get("id").asText(), session.get("status").asText(), members));
    }
}
