package dev.bulkuserimport.support;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.event.ImportFunction;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;

/** Invokes the function through the mock Lambda event server, with events as AWS sends them. */
public final class Lambda {

    public static final ObjectMapper JSON = new ObjectMapper();

    private Lambda() {}

    /** What an invocation came to. */
    public record Result(int status, JsonNode json) {

        /** For a function error, its type. */
        public String errorType() {
            return json.path("errorType").asText();
        }

        /** For a function error, the problem that is its message. */
        public JsonNode problem() {
            return parse(json.path("errorMessage").asText());
        }

        public boolean isFunctionError() {
            return json.has("errorType");
        }
    }

    public static Result invoke(String event) {
        return invoke(event.getBytes(StandardCharsets.UTF_8));
    }

    public static Result invoke(byte[] event) {
        // As a stream, because rest-assured writes an array out as text, number by number.
        Response response = given().contentType("application/json")
                .body(new ByteArrayInputStream(event))
                .post("http://localhost:" + port());
        byte[] body = response.asByteArray();
        Result result = new Result(
                response.statusCode(), body.length == 0 ? null : parse(new String(body, StandardCharsets.UTF_8)));
        if (result.json() != null && result.json().has("statusCode")) {
            OpenApi.assertDescribes(parse(new String(event, StandardCharsets.UTF_8)), result.json());
        }
        return result;
    }

    /** Tells the function of one file, which it must not answer with an error; the file's result. */
    public static JsonNode deliver(JsonNode event) {
        Result result = invoke(event.toString());
        assertThat(result.isFunctionError()).as(result.json()::toString).isFalse();
        return result.json().at("/results/0");
    }

    /** Invokes the function without the event server, which takes no more than 10 MB. */
    public static Result invokeHere(ImportFunction function, String event) {
        return invokeHere(function, event.getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(10));
    }

    /** The same, with as much time as Lambda would leave it. */
    public static Result invokeHere(ImportFunction function, byte[] event, Duration time) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(event), answer, new TimedContext(time));
            return new Result(200, parse(answer.toString(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            ObjectNode error = JSON.createObjectNode();
            error.put("errorType", e.getClass().getName()).put("errorMessage", e.getMessage());
            return new Result(500, error);
        }
    }

    /** The free port that the server has taken, or the one that {@code -Dquarkus.lambda.mock-event-server.test-port} names. */
    private static String port() {
        return ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", String.class);
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sample event with parts of it set. */
    public static ObjectNode sample(String name) {
        try (InputStream in = Lambda.class.getResourceAsStream("/events/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
