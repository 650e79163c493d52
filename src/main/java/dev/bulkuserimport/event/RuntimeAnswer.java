package dev.bulkuserimport.event;

import dev.bulkuserimport.base.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers an invocation without the runtime client, for a process that ends immediately afterwards: the client would send the answer only
 * after the handler has returned, and would fetch the next event at once.
 *
 * <p>Source: "Using the Lambda runtime API for custom runtimes" in the Lambda developer guide.
 */
final class RuntimeAnswer {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final String api;
    private final String requestId;

    RuntimeAnswer(String api, String requestId) {
        this.api = api;
        this.requestId = requestId;
    }

    /** Lambda's runtime API; empty if the function doesn't run on Lambda. */
    static Optional<RuntimeAnswer> to(String requestId) {
        return Optional.ofNullable(System.getenv("AWS_LAMBDA_RUNTIME_API"))
                .map(api -> new RuntimeAnswer(api, requestId));
    }

    /** Answers with a result. */
    void response(byte[] json) throws IOException {
        post("response", json, Optional.empty());
    }

    /** Answers with a function error. */
    void error(FunctionError error) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("errorType", error.getClass().getName());
        document.put("errorMessage", error.getMessage());
        post("error", JsonOutput.bytes(document), Optional.of(error.getClass().getName()));
    }

    /**
     * Reports to Lambda why the function doesn't start, if it runs there.
     *
     * @param behind run afterwards; the function must not continue, because its runtime client would report a second error
     */
    static void initError(String type, String message, Runnable behind) {
        Optional<String> api = Optional.ofNullable(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        if (api.isEmpty()) {
            return;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("errorType", type);
        document.put("errorMessage", message);
        try {
            post(
                    URI.create("http://" + api.get() + "/2018-06-01/runtime/init/error"),
                    JsonOutput.bytes(document),
                    Optional.of(type));
        } catch (IOException | RuntimeException e) {
            // Lambda reports that the process ended; its output says why.
        } finally {
            behind.run();
        }
    }

    private void post(String what, byte[] json, Optional<String> errorType) throws IOException {
        post(URI.create("http://" + api + "/2018-06-01/runtime/invocation/" + requestId + "/" + what), json, errorType);
    }

    private static void post(URI uri, byte[] json, Optional<String> errorType) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        errorType.ifPresent(type -> connection.setRequestProperty("Lambda-Runtime-Function-Error-Type", type));
        connection.setFixedLengthStreamingMode(json.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json);
        }
        try (InputStream in = connection.getInputStream()) {
            in.readNBytes(1024);
        }
    }
}
