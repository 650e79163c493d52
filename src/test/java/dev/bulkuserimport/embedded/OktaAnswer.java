package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** An answer of the embedded Okta. */
record OktaAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {

    static final ObjectMapper JSON = new ObjectMapper();

    static OktaAnswer json(int status, JsonNode body) {
        return new OktaAnswer(
                status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), new LinkedHashMap<>());
    }

    static OktaAnswer empty(int status) {
        return of(status, null, new byte[0]);
    }

    static OktaAnswer of(int status, String contentType, byte[] body) {
        return new OktaAnswer(status, contentType, body, new LinkedHashMap<>());
    }

    static OktaAnswer html(int status) {
        String page = "<html><head><title>" + status + "</title></head><body>Bad gateway</body></html>";
        return new OktaAnswer(status, "text/html", page.getBytes(StandardCharsets.UTF_8), new LinkedHashMap<>());
    }

    /** Okta's error document. */
    static OktaAnswer error(int status, String code, String summary, String... causes) {
        ObjectNode error = JSON.createObjectNode();
        error.put("errorCode", code);
        error.put("errorSummary", summary);
        error.put("errorLink", code);
        error.put(
                "errorId", "oae" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
        for (String cause : causes) {
            error.withArray("errorCauses").addObject().put("errorSummary", cause);
        }
        error.withArray("errorCauses");
        return json(status, error);
    }

    static OktaAnswer validation(String cause) {
        return error(400, "E0000001", "Api validation failed: " + cause, cause);
    }

    OktaAnswer with(String header, String value) {
        headers.put(header, value);
        return this;
    }
}
