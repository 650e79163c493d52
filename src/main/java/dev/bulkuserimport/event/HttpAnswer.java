package dev.bulkuserimport.event;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer in the form that API Gateway and Function URLs turn into HTTP.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body JSON; null for no body
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    static HttpAnswer json(int status, Map<String, Object> members) {
        return new HttpAnswer(status, Map.of("Content-Type", "application/json"), JsonOutput.bytes(members));
    }

    static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), null);
    }

    static HttpAnswer problem(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/problem+json");
        problem.retryAfterSeconds().ifPresent(seconds -> headers.put("Retry-After", seconds.toString()));
        if (problem.more().get(HttpRoute.ALLOW) instanceof String methods) {
            headers.put("Allow", methods);
        }
        return new HttpAnswer(problem.type().status(), headers, JsonOutput.bytes(problem.document()));
    }

    /** The answer as Lambda returns it. */
    byte[] event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("statusCode", status);
        event.put("headers", headers);
        event.put("body", body == null ? "" : new String(body, StandardCharsets.UTF_8));
        event.put("isBase64Encoded", false);
        return JsonOutput.bytes(event);
    }
}
