package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The description of the HTTP interface, held against real answers. */
public final class OpenApi {

    private static final JsonNode DOCUMENT = read();

    private OpenApi() {}

    public static JsonNode document() {
        return DOCUMENT;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("infra", "openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the answer to an HTTP event is one that the description has for its route. */
    public static void assertDescribes(JsonNode event, JsonNode answer) {
        JsonNode http = event.at("/requestContext/http");
        String method = http.isMissingNode()
                ? event.path("httpMethod").asText()
                : http.path("method").asText();
        String path = event.path(event.has("rawPath") ? "rawPath" : "path").asText();
        String stage = "/" + event.at("/requestContext/stage").asText();
        boolean staged = (path + "/").startsWith(stage + "/") && !stage.equals("/imports");
        String route = (staged ? path.substring(stage.length()) : path).replaceAll("/+$", "");
        assertDescribes(method, route.isEmpty() ? "/" : route, answer);
    }

    /** Fails unless the answer is one that the description has for the route. */
    public static void assertDescribes(String method, String path, JsonNode answer) {
        String status = answer.path("statusCode").asText();
        JsonNode operation = operation(path).path(method.toLowerCase(java.util.Locale.ROOT));
        JsonNode response = operation.path("responses").path(status);
        if (operation.isMissingNode()) {
            // A gateway's own business, or ours: a route that is not described has only these two answers.
            assertThat(status).isIn("404", "405");
            response = DOCUMENT.at("/components/responses/Problem");
        }
        if (response.isMissingNode()) {
            response = operation.path("responses").path("default");
        }
        response = resolved(response);
        assertThat(response.isMissingNode())
                .as("%s %s has no %s", method, path, status)
                .isFalse();
        JsonNode content =
                response.path("content").path(answer.at("/headers/Content-Type").asText());
        if (answer.path("body").asText().isEmpty()) {
            assertThat(response.has("content")).isFalse();
            return;
        }
        assertThat(content.isMissingNode())
                .as("%s %s %s %s", method, path, status, answer)
                .isFalse();
        ObjectNode schema = content.path("schema").deepCopy();
        schema.set("components", DOCUMENT.get("components"));
        JsonSchema compiled = JsonSchemas.of(schema);
        JsonNode body = answer.path("body");
        boolean json = answer.at("/headers/Content-Type").asText().contains("json");
        assertThat(compiled.validate(json ? Lambda.parse(body.asText()) : body))
                .as("%s %s %s", method, path, answer)
                .isEmpty();
    }

    private static JsonNode operation(String path) {
        for (Map.Entry<String, JsonNode> entry : DOCUMENT.get("paths").properties()) {
            if (path.matches(entry.getKey().replaceAll("\\{[^}]+}", "[^/]+"))) {
                return entry.getValue();
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }
}
