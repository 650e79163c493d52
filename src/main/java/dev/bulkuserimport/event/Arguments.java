package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.OktaId;
import dev.bulkuserimport.source.Malformed;
import dev.bulkuserimport.source.Payload;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An operation's arguments: from an action's event, or from a route's path and query.
 *
 * @param texts strings, numbers and booleans by name
 */
record Arguments(Map<String, String> texts) {

    /** Step Functions' error is an object; a Catch may supply only its name. */
    private static final String ERROR = "error";

    /**
     * Reads an action's event to its end, so that invalid JSON has no effect.
     *
     * @throws ProblemException {@code malformed-payload}
     */
    static Arguments read(Payload event) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser json = event.open(JsonInput.FACTORY)) {
            JsonToken first = json.nextToken();
            if (first != null && first != JsonToken.START_OBJECT) {
                throw Malformed.json("The arguments must be a JSON object", json.currentTokenLocation());
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    texts.put(name, json.getText());
                } else if (name.equals(ERROR) && value == JsonToken.START_OBJECT) {
                    readErrorName(json, texts);
                } else {
                    json.skipChildren();
                }
            }
            Malformed.refuseMore(json);
        } catch (JsonProcessingException e) {
            throw Malformed.json(e);
        } catch (IOException e) {
            throw Malformed.whole("The event is not JSON in UTF-8");
        }
        return new Arguments(texts);
    }

    private static void readErrorName(JsonParser json, Map<String, String> texts) throws IOException {
        texts.putIfAbsent(ERROR, "unknown");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean name = json.currentName().equals("Error");
            if (json.nextToken() == JsonToken.VALUE_STRING && name) {
                texts.put(ERROR, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Empty if it is missing or blank. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isBlank());
    }

    /** Fails with {@code invalid-request} if it is missing. */
    String required(String name) {
        return text(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    String applicationId() {
        return oktaId("applicationId");
    }

    String sessionId() {
        return oktaId("sessionId");
    }

    /** A whole number, at least 1. */
    int number(String name) {
        String text = required(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw invalid(name, "must be a whole number of at least 1");
    }

    private String oktaId(String name) {
        String id = required(name);
        if (!OktaId.isValid(id)) {
            throw invalid(name, "is not an Okta ID (letters and digits, 100 at most)");
        }
        return id;
    }

    static ProblemException invalid(String field, String message) {
        return Problem.invalidRequest(field, message).exception();
    }
}
