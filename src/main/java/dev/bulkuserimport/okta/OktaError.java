package dev.bulkuserimport.okta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Okta's error document, or what can be said of an answer that has none.
 *
 * @param status the answer's HTTP status
 * @param code for example {@code E0000001}; null when the answer is not Okta's JSON
 * @param summary Okta's sentence; null when there is none
 * @param id what Okta's support asks for; null when there is none
 * @param causes Okta's further sentences
 */
public record OktaError(int status, String code, String summary, String id, List<String> causes) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 500;

    /** The member of a problem that holds the status of Okta's answer; absent when there was none. */
    public static final String STATUS = "oktaStatus";

    public static OktaError of(OktaReply.Answered answer) {
        JsonNode error;
        try {
            error = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            error = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (error == null || !error.isObject()) {
            return new OktaError(answer.status(), null, null, answer.requestId(), List.of());
        }
        List<String> causes = new ArrayList<>();
        for (JsonNode cause : error.path("errorCauses")) {
            causes.add(shortened(cause.path("errorSummary").asText("")));
        }
        String code = text(error, "errorCode");
        return new OktaError(
                answer.status(),
                code != null ? code : text(error, "error"),
                code != null ? text(error, "errorSummary") : text(error, "error_description"),
                text(error, "errorId"),
                causes);
    }

    /** Puts what Okta said into a problem. */
    public Problem addTo(Problem problem) {
        return problem.with(STATUS, status)
                .with("errorCode", Optional.ofNullable(code))
                .with("errorSummary", Optional.ofNullable(summary))
                .with("errorCauses", Optional.of(causes).filter(said -> !said.isEmpty()))
                .with("errorId", Optional.ofNullable(id));
    }

    /** What Okta said in one sentence. */
    public String sentence() {
        StringBuilder sentence = new StringBuilder("Okta answered ").append(status);
        if (code != null) {
            sentence.append(' ').append(code);
        }
        if (summary != null) {
            sentence.append(": ").append(summary);
        }
        return sentence.toString();
    }

    private static String text(JsonNode error, String field) {
        JsonNode value = error.get(field);
        return value == null || !value.isTextual() ? null : shortened(value.asText());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
