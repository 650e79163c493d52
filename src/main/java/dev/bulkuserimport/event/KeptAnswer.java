package dev.bulkuserimport.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands under an idempotency key: nothing of a profile, only a keyed hash of the request and its answer.
 *
 * @param state how far the request is
 * @param request the request's hash
 * @param until how long this counts
 * @param writer makes each writing like nobody else's, so that S3's lost answers can be told from another's writing
 * @param answer what was answered; empty before that
 */
record KeptAnswer(State state, String request, Instant until, String writer, Optional<KeptAnswers.Answer> answer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How far a request with a key is. */
    enum State {
        /** Somebody works on it until a time at which they must have ended. */
        AT_WORK,
        /** It ended as asked. */
        KEPT,
        /** It ended otherwise: whoever comes next may try again. */
        FREE
    }

    static KeptAnswer of(State state, String request, Instant until, Optional<KeptAnswers.Answer> answer) {
        return new KeptAnswer(state, request, until, UUID.randomUUID().toString(), answer);
    }

    byte[] json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("state", state.name());
        document.put("request", request);
        document.put("until", until.toString());
        document.put("writer", writer);
        answer.ifPresent(given -> {
            document.put("status", given.status());
            document.put("headers", given.headers());
            document.put("body", given.body());
        });
        return JsonOutput.bytes(document);
    }

    /** Empty for what this function never wrote. */
    static Optional<KeptAnswer> parse(byte[] json) {
        try {
            JsonNode document = JSON.readTree(json);
            State state = State.valueOf(document.path("state").asText());
            Map<String, String> headers = new LinkedHashMap<>();
            document.path("headers")
                    .fields()
                    .forEachRemaining(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            Optional<KeptAnswers.Answer> answer = state == State.KEPT
                    ? Optional.of(new KeptAnswers.Answer(
                            document.path("status").asInt(),
                            headers,
                            document.path("body").asText()))
                    : Optional.empty();
            return Optional.of(new KeptAnswer(
                    state,
                    document.path("request").asText(),
                    Instant.parse(document.path("until").asText()),
                    document.path("writer").asText(),
                    answer));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
