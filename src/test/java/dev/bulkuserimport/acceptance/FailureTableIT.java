package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.Eventually;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Each row of the contract's failure table")
class FailureTableIT {

    private static final String APP = "0oaFailures";

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

    /** Has the same failure over HTTP and by direct invocation; the problem document. */
    private JsonNode failure(String payload, String name, int status) {
        ObjectNode event = Lambda.sample("http-api-v2").put("body", payload);
        JsonNode http = Lambda.invoke(event.toString()).json();
        JsonNode problem = assertAnswered(http).is(name).has("status", status).document();
        assertProblem(Lambda.invoke(payload)).is(name).has("status", status);
        return problem;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "nonsense",
                "[]",
                "{\"users\":{}}",
                "\"text\"",
                "{\"a\":1}x",
                "{\"users\":[{\"externalId\":\"a\""
            })
    @DisplayName("malformed-payload says where")
    void malformed(String payload) {
        JsonNode problem = failure(payload, "malformed-payload", 400);
        assertThat(problem.path("line").asInt()).isPositive();
        assertThat(problem.path("column").asInt()).isPositive();
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("invalid-request names every field at fault")
    void invalidRequest() {
        JsonNode problem = failure(
                "{\"importOperation\":\"Destroy\",\"usersPerPage\":0,\"sessionId\":\"../x\",\"users\":[]}",
                "invalid-request",
                400);
        assertThat(problem.path("errors"))
                .extracting(e -> e.path("field").asText())
                .containsExactlyInAnyOrder("importOperation", "usersPerPage", "sessionId", "applicationId");
        assertThat(okta.received()).isEmpty();
    }

    static Stream<Arguments> invalidUsers() {
        return Stream.of(
                Arguments.of("{\"profile\":{\"a\":\"b\"}}", "externalId"),
                Arguments.of("{\"externalId\":null,\"profile\":{\"a\":\"b\"}}", "externalId"),
                Arguments.of("{\"externalId\":\" \\t\",\"profile\":{\"a\":\"b\"}}", "externalId"),
                Arguments.of("{\"externalId\":\"" + "x".repeat(513) + "\",\"profile\":{\"a\":\"b\"}}", "externalId"),
                Arguments.of("{\"externalId\":\"dup\",\"profile\":{\"a\":\"b\"}}", "externalId"),
                Arguments.of("{\"externalId\":\"n\"}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":null}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{}}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":[]}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":null}}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":\"text\"}", "profile"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":[1]}}", "a"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":{}}}", "a"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":\"1\",\"a\":\"2\"}}", "a"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":\"\\u0000\"}}", "a"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":\"\\ud800\"}}", "a"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"userName\":\"" + "u".repeat(101) + "\"}}", "userName"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"firstName\":\"\"}}", "firstName"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"firstName\":\"" + "f".repeat(51) + "\"}}", "firstName"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"lastName\":\"" + "f".repeat(51) + "\"}}", "lastName"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"email\":\"a@b\"}}", "email"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"email\":\"not an address\"}}", "email"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"secondEmail\":\"" + "e".repeat(96) + "@b.co\"}}",
                        "secondEmail"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"mobilePhone\":\"" + "1".repeat(101) + "\"}}",
                        "mobilePhone"),
                Arguments.of(
                        "{\"externalId\":\"n\",\"profile\":{\"homeAddress\":\"" + "h".repeat(4097) + "\"}}",
                        "homeAddress"),
                Arguments.of("{\"externalId\":\"n\",\"profile\":{\"a\":\"" + "x".repeat(200_000) + "\"}}", ""));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("invalid-users says which record and field, and nothing is sent")
    void invalidUsers(String user, String field) {
        String payload = new Payload(APP, session.id())
                .user("{\"externalId\":\"dup\",\"profile\":{\"a\":\"b\"}}")
                .toString()
                .replace("]}", "," + user + "]}");
        JsonNode problem = failure(payload, "invalid-users", 422);
        assertThat(problem.path("errorCount").asInt()).isEqualTo(1);
        JsonNode error = problem.at("/errors/0");
        assertThat(error.path("index").asInt()).isEqualTo(1);
        assertThat(error.path("field").asText("").replace("null", "")).isEqualTo(field);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.has("externalId")).isTrue();
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("invalid-users lists the first 100 and counts all")
    void invalidUsersCounted() {
        Payload payload = new Payload(APP, session.id());
        for (int i = 0; i < 150; i++) {
            payload.user("{\"externalId\":\"" + i + "\"}");
        }
        JsonNode problem = failure(payload.toString(), "invalid-users", 422);
        assertThat(problem.path("errorCount").asInt()).isEqualTo(150);
        assertThat(problem.path("errors")).hasSize(100);
    }

    @Test
    @DisplayName("session-limit-exceeded gives both counts")
    void sessionLimit() {
        JsonNode problem = failure(
                new Payload(APP, session.id())
                        .with("usersPerPage", 1)
                        .users(0, 51)
                        .toString(),
                "session-limit-exceeded",
                422);
        assertThat(problem.path("users").asInt()).isEqualTo(51);
        assertThat(problem.path("requests").asInt()).isEqualTo(51);
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("application-not-found and session-not-found")
    void notFound() {
        failure(new Payload("0oaNobody", session.id()).users(0, 1).toString(), "application-not-found", 404);
        failure(new Payload(APP, "apsNobody").users(0, 1).toString(), "session-not-found", 404);
        assertThat(okta.receivedUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRIGGERED", "COMPLETED", "CLOSED", "EXPIRED", "ERROR"})
    @DisplayName("session-not-active names the status")
    void notActive(String status) {
        session.status(status);
        JsonNode problem = failure(new Payload(APP, session.id()).users(0, 1).toString(), "session-not-active", 409);
        assertThat(problem.path("sessionStatus").asText()).isIn(status, "COMPLETED");
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("okta-unauthorized for a token that Okta refuses, and for a missing permission")
    void unauthorized() {
        okta.apiToken("another");
        JsonNode problem = failure(new Payload(APP, session.id()).users(0, 1).toString(), "okta-unauthorized", 502);
        assertThat(problem.path("errorCode").asText()).isEqualTo("E0000011");
        assertThat(problem.path("detail").asText()).contains("OKTA_CLIENT_TOKEN");
        okta.reset();
        okta.fault(Fault.status(403).on("GET").times(9));
        problem = failure(new Payload(APP, session.id()).users(0, 1).toString(), "okta-unauthorized", 502);
        assertThat(problem.path("errorCode").asText()).isEqualTo("E0000006");
        assertThat(problem.path("detail").asText()).contains("okta.identitySources.read");
    }

    @Test
    @DisplayName("okta-rejected passes on what Okta says, with what is in and what is not")
    void rejected() {
        okta.fault(Fault.status(400).times(9));
        JsonNode problem = failure(new Payload(APP, session.id()).users(0, 3).toString(), "okta-rejected", 502);
        assertThat(problem.path("errorCode").asText()).isEqualTo("E0000001");
        assertThat(problem.path("errorSummary").asText()).contains("Api validation failed");
        assertThat(problem.path("errorCauses")).isNotEmpty();
        assertThat(problem.path("errorId").asText()).startsWith("oae");
        assertThat(problem.path("notImported"))
                .isEqualTo(Lambda.parse("[{\"firstIndex\":0,\"lastIndex\":2,\"count\":3,\"outcome\":\"rejected\"}]"));
    }

    @Test
    @DisplayName("okta-unavailable says when to try again")
    void unavailable() {
        okta.fault(Fault.status(503).on("GET").times(99).withHeader("Retry-After: 1"));
        JsonNode http = Lambda.invoke(Lambda.sample("http-api-v2")
                        .put("body", new Payload(APP, session.id()).users(0, 1).toString())
                        .toString())
                .json();
        assertAnswered(http).is("okta-unavailable").has("status", 503);
        assertThat(http.at("/headers/Retry-After").asInt()).isPositive();
        okta.heal();
        // One answer keeps the circuit closed for the tests that follow.
        Lambda.invoke(new Payload(APP, session.id()).users(0, 1).toString());
    }

    @Test
    @DisplayName(
            "ten thousand digits, deep nesting and huge strings end in a clear problem, and the next invocation works")
    void hostile() {
        String user = "{\"externalId\":\"a\",\"profile\":{\"x\":%s}}";
        for (String value : List.of(
                "9".repeat(10_000),
                "[".repeat(500) + "]".repeat(500),
                "\"" + "x".repeat(5_000_000) + "\"",
                "\"\u0001\"")) {
            failure(
                    new Payload(APP, session.id()).toString().replace("[]", "[" + user.formatted(value) + "]"),
                    "malformed-payload",
                    400);
        }
        failure("[".repeat(100_000), "malformed-payload", 400);
        failure("{\"users\":[],\"users\":[]}", "malformed-payload", 400);
        assertThat(okta.received()).isEmpty();
        assertThat(Lambda.invoke(new Payload(APP, session.id()).users(0, 1).toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("a hundred megabytes of spaces are malformed, not read to their end")
    void spaces() {
        Lambda.Result result = Lambda.invokeHere(function, " ".repeat(100_000_000));
        assertProblem(result).is("malformed-payload");
    }

    @Test
    @DisplayName("a dead Okta fails at once on later invocations, and is found again when it recovers")
    void circuit() {
        okta.fault(Fault.status(500).on("GET").times(1_000));
        String payload = new Payload(APP, session.id()).users(0, 1).toString();
        for (int i = 0; i < 2; i++) {
            assertProblem(Lambda.invoke(payload)).is("okta-unavailable");
        }
        // Where seconds pass between two invocations, the breaker has let a call through again.
        Eventually.assertThat(() -> {
            int received = okta.received().size();
            Lambda.Result result = Lambda.invoke(payload);
            assertProblem(result).is("okta-unavailable");
            assertThat(result.problem().path("retryAfter").asInt()).isPositive();
            return okta.received().size() == received;
        });

        okta.heal();
        Eventually.assertThat(
                () -> Lambda.invoke(payload).json().path("recordsImported").asInt() == 1);
    }

    @Test
    @DisplayName("a payload cut off at any byte is a clear problem")
    void truncated() {
        String payload = new Payload(APP, session.id())
                .user("{\"externalId\":\"é\",\"profile\":{\"a\":\"\\u00e9\",\"n\":1.5}}")
                .toString();
        byte[] bytes = payload.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int length = 1; length < bytes.length; length++) {
            Lambda.Result result = Lambda.invoke(java.util.Arrays.copyOf(bytes, length));
            assertProblem(result).as("after %d bytes", length).is("malformed-payload");
        }
        assertThat(okta.received()).isEmpty();
    }
}
