package dev.bulkuserimport.event;

import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer in the format that API Gateway and Function URLs turn into an HTTP response.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body its text; empty if there is no body
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {

    static HttpAnswer json(int status, byte[] json) {
        return of(status, "application/json", withoutMarkup(json));
    }

    static HttpAnswer csv(byte[] csv) {
        return of(200, "text/csv; charset=utf-8", new String(csv, StandardCharsets.UTF_8))
                .with("Content-Disposition", "attachment; filename=\"template.csv\"");
    }

    static HttpAnswer html(String page) {
        return of(200, "text/html; charset=utf-8", page);
    }

    static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), "");
    }

    static HttpAnswer problem(Problem problem) {
        byte[] document = JsonOutput.bytes(problem.document());
        HttpAnswer answer = of(problem.status(), "application/problem+json", withoutMarkup(document));
        return problem.retryAfterSeconds()
                .map(seconds -> answer.with("Retry-After", seconds.toString()))
                .orElse(answer);
    }

    /** The same answer with one more header. */
    HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The answer as Lambda returns it. */
    byte[] event() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("statusCode", status);
        event.put("headers", headers);
        event.put("body", body);
        event.put("isBase64Encoded", false);
        return JsonOutput.bytes(event);
    }

    private static HttpAnswer of(int status, String type, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", type);
        // An answer may repeat what a caller sent: no browser may render it as a page.
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cache-Control", "no-store");
        return new HttpAnswer(status, headers, body);
    }

    /** Angle brackets only appear in JSON strings, where escapes mean the same. */
    private static String withoutMarkup(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace("<", "\\u003c").replace(">", "\\u003e");
    }
}
