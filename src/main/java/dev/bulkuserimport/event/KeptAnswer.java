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
 * What is stored for an idempotency key: a keyed hash of the request and its answer, nothing from a profile.
 *
 * @param state the progress of the request
 * @param request the request's hash
 * @param until when this expires
 * @param writer makes each write unique, so that a write whose answer was lost can be distinguished from another writer's
 * @param answer the answer; empty until there is one
 */
record KeptAnswer(State state, String request, Instant until, String writer, Optional<HttpAnswer> answer) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The progress of a request with a key. */
    enum State {
        /** An invocation is processing it, and must have ended by a given time. */
        AT_WORK,
        /** It succeeded. */
        KEPT,
        /** It failed: the next request may try again. */
        FREE
    }

    static KeptAnswer of(State state, String request, Instant until, Optional<HttpAnswer> answer) {
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

    /** Empty for anything that this function didn't write. */
    static Optional<KeptAnswer> parse(byte[] json) {
        try {
            JsonNode document = JSON.readTree(json);
            State state = State.valueOf(document.path("state").asText());
            Map<String, String> headers = new LinkedHashMap<>();
            document.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            Optional<HttpAnswer> answer = state == State.KEPT
                    ? Optional.of(new HttpAnswer(
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
