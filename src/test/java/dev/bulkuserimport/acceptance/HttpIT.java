package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("An import over HTTP")
class HttpIT {

    private static final String APP = "0oaHttpTest";

    @Inject
    @Named("import")
    ImportFunction function;

    EmbeddedOkta okta;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        session = okta.newSession(APP);
    }

    private static ObjectNode at(ObjectNode event, String method, String path) {
        if (event.has("rawPath")) {
            event.put("rawPath", path);
            ((ObjectNode) event.at("/requestContext/http"))
                    .put("method", method)
                    .put("path", path);
        } else {
            event.put("path", path).put("httpMethod", method);
        }
        return event;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http-api-v2", "rest-api-v1", "function-url"})
    @DisplayName("gives the same answer through each of AWS's doors, plain and base64")
    void doors(String door) {
        String payload = new Payload(APP, session.id())
                .users(0, 250, (i, profile) -> profile.put("note", "\u00e9\ud83d\ude42\"\\\n\t/\u2028"))
                .toString();
        JsonNode plain = Lambda.invoke(Lambda.sample(door).put("body", payload).toString())
                .json();
        assertThat(plain.path("statusCode").asInt()).isEqualTo(200);
        assertThat(plain.at("/headers/Content-Type").asText()).isEqualTo("application/json");
        assertThat(plain.path("isBase64Encoded").asBoolean(true)).isFalse();
        JsonNode answer = Lambda.parse(plain.path("body").asText());
        assertThat(answer.path("recordsImported").asInt()).isEqualTo(250);
        JsonNode profile = session.users().get("E-7");
        assertThat(profile.path("note").asText()).isEqualTo("\u00e9\ud83d\ude42\"\\\n\t/\u2028");

        OktaSession other = okta.newSession(APP + "b");
        String second = payload.replace(session.id(), other.id()).replace(APP, APP + "b");
        JsonNode encoded = Lambda.invoke(Lambda.sample(door)
                        .put("body", Lambda.base64(second))
                        .put("isBase64Encoded", true)
                        .toString())
                .json();
        assertThat(Lambda.parse(encoded.path("body").asText())
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(250);
        assertThat(other.users()).isEqualTo(session.users());
    }

    @Test
    @DisplayName("resolves the escapes of the event that carries it, whatever they are")
    void escapes() {
        String payload = new Payload(APP, session.id())
                .user("{\"externalId\":\"\u00e9\ud83d\ude42\",\"profile\":{\"a/b\":\"\u20ac\"}}")
                .toString();
        StringBuilder escaped = new StringBuilder();
        for (char c : payload.toCharArray()) {
            escaped.append(String.format("\\u%04x", (int) c));
        }
        String event =
                Lambda.sample("http-api-v2").put("body", "HERE").toString().replace("HERE", escaped);
        JsonNode answer = Lambda.invoke(event).json();
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(session.users().get("\u00e9\ud83d\ude42").path("a/b").asText())
                .isEqualTo("\u20ac");
    }

    @ParameterizedTest
    @CsvSource({
        "http-api-v2,/imports,$default",
        "http-api-v2,/,$default",
        "http-api-v2,/imports/,$default",
        "http-api-v2,/prod/imports,prod",
        "http-api-v2,/prod/imports/,prod",
        "http-api-v2,/prod,prod",
        "http-api-v2,/imports,imports",
        "rest-api-v1,/imports/,prod",
        "rest-api-v1,/,prod",
        "rest-api-v1,/prod/imports,prod"
    })
    @DisplayName("is found under stages and with trailing slashes")
    void paths(String door, String path, String stage) {
        ObjectNode event = at(Lambda.sample(door), "POST", path);
        ((ObjectNode) event.path("requestContext")).put("stage", stage);
        event.put("body", new Payload(APP, session.id()).users(0, 1).toString());
        assertThat(Lambda.invoke(event.toString()).json().path("statusCode").asInt())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/imports,POST",
        "PUT,/,POST",
        "DELETE,/applications,GET",
        "PATCH,/applications/0oa1/sessions,'POST, GET'",
        "POST,/applications/0oa1/sessions/aps1,'GET, DELETE'",
        "GET,/applications/0oa1/sessions/aps1/start-import,POST"
    })
    @DisplayName("method-not-allowed names the methods in Allow")
    void methods(String method, String path, String allow) {
        JsonNode answer = Lambda.invoke(
                        at(Lambda.sample("http-api-v2"), method, path).toString())
                .json();
        assertThat(answer.at("/headers/Allow").asText()).isEqualTo(allow);
        assertAnswered(answer).is("method-not-allowed").has("status", 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/import", "/imports/x", "/applications/a/b", "/applications/a/sessions/b/c/d", "/%2e%2e"})
    @DisplayName("not-found for other paths")
    void unknownPaths(String path) {
        JsonNode answer = Lambda.invoke(
                        at(Lambda.sample("http-api-v2"), "POST", path).toString())
                .json();
        assertAnswered(answer).is("not-found").has("status", 404);
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv,415",
        "application/x-www-form-urlencoded,415",
        "application/json; charset=iso-8859-1,415",
        "application/xml,415",
        ";,415",
        "application/json;;,200",
        "application/json;charset=UTF-8,200",
        "APPLICATION/JSON,200",
        "application/vnd.import+json,200"
    })
    @DisplayName("unsupported-media-type for anything but JSON in UTF-8")
    void mediaTypes(String type, int status) {
        ObjectNode event = Lambda.sample("http-api-v2")
                .put("body", new Payload(APP, session.id()).users(0, 1).toString());
        ((ObjectNode) event.path("headers")).put("content-type", type);
        assertThat(Lambda.invoke(event.toString()).json().path("statusCode").asInt())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"body\":\"\"}", "{\"body\":null}", "{\"body\":\"  \"}", "{}"})
    @DisplayName("an empty body is malformed")
    void empty(String body) {
        ObjectNode event = Lambda.sample("http-api-v2").without("body");
        event.setAll((ObjectNode) Lambda.parse(body));
        JsonNode answer = Lambda.invoke(event.toString()).json();
        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.path("body").asText()).contains("malformed-payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/imports", "/applications/0oaHttpTest/map-users", "/applications/0oaHttpTest/inspect"})
    @DisplayName("an empty body is told what this route needs")
    void emptyOnAnyRoute(String path) {
        JsonNode answer = Lambda.invoke(at(Lambda.sample("http-api-v2").put("body", ""), "POST", path)
                        .toString())
                .json();
        assertAnswered(answer)
                .is("malformed-payload")
                .says("The body is empty; it must be a JSON object")
                .has("line", 1);
    }

    @Test
    @DisplayName("a body that says it is Base64 and isn't is malformed")
    void notBase64() {
        JsonNode answer = Lambda.invoke(Lambda.sample("http-api-v2")
                        .put("body", "{!}")
                        .put("isBase64Encoded", true)
                        .toString())
                .json();
        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
    }

    @Test
    @DisplayName("payload-too-large beyond what Lambda takes")
    void tooLarge() {
        for (int size : new int[] {7_000_000, 25_000_000}) {
            JsonNode answer = Lambda.invokeHere(
                            function,
                            Lambda.sample("http-api-v2")
                                    .put("body", " ".repeat(size))
                                    .toString())
                    .json();
            assertThat(answer.path("statusCode").asInt()).isEqualTo(413);
            assertThat(answer.path("body").asText()).contains("payload-too-large");
        }
        assertThat(okta.received()).isEmpty();
    }
}
