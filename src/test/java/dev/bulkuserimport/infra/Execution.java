package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * How an execution of a state machine ended.
 *
 * @param output what it answered; missing after a failure
 * @param error the name of its failure; empty when it succeeded
 * @param cause what the failure says
 * @param states the states entered, in order, a retried one as often as it was tried
 */
public record Execution(JsonNode output, String error, String cause, List<String> states) {

    static Execution of(JsonNode end) {
        List<String> states = StreamSupport.stream(end.path("states").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new Execution(
                end.path("output"),
                end.path("error").asText(),
                end.path("cause").asText(),
                states);
    }

    public boolean succeeded() {
        return error.isEmpty();
    }

    public int times(String state) {
        return Collections.frequency(states, state);
    }
}
