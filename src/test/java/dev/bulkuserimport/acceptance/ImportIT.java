package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
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
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
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
@DisplayName("An import by direct invocation")
class ImportIT {

    private static final String APP = "0oaImportTest";

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

    @Test
    @DisplayName("answers with the count and loads every user once")
    void loads() {
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).users(0, 450).toString());

        assertThat(result.json()).isEqualTo(Lambda.parse("""
                {"recordsImported":450,"applicationId":"0oaImportTest","sessionId":"%s",
                 "importOperation":"CREATE_AND_UPDATE","requests":3}""".formatted(session.id())));
        assertThat(session.users()).hasSize(450);
        assertThat(session.repeated()).isEmpty();
        assertThat(okta.received().get(0)).startsWith("GET /api/v1/identity-sources/" + APP + "/sessions/");
    }

    @Test
    @DisplayName("brings 10,000 users of mixed Unicode to Okta exactly, in 50 requests within both limits")
    void tenThousand() {
        String text = "ñ漢字🙂\u200d\"\\/\b\f\n\r\t\u2028end";
        Payload payload = new Payload(APP, session.id())
                .users(0, 10_000, (i, profile) -> profile.put("custom ✓ " + i % 7, i + text)
                        .put("salary", 1.10));
        Lambda.Result result = Lambda.invoke(payload.toString().replace("\"salary\":1.1", "\"salary\":1.10"));

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(10_000);
        assertThat(result.json().path("requests").asInt()).isEqualTo(50);
        assertThat(session.repeated()).isEmpty();
        assertThat(session.requestUsers()).hasSize(50).allMatch(users -> users <= 200);
        assertThat(session.requestBytes()).allMatch(bytes -> bytes <= 200_000);
        Map<String, JsonNode> held = session.users();
        for (JsonNode user : payload.json().get("users")) {
            ObjectNode expected = user.get("profile").deepCopy();
            expected.put("salary", "1.10");
            assertThat(held.get(user.get("externalId").asText())).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("is refused with 10,001 users, and nothing is sent")
    void tenThousandAndOne() {
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).users(0, 10_001).toString());

        assertProblem(result).is("session-limit-exceeded").has("users", 10_001).has("requests", 51);
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("cuts by bytes where users are large")
    void cutsByBytes() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .users(0, 200, (i, profile) -> profile.put("notes", "é".repeat(1000)))
                .toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(200);
        assertThat(session.requestUsers()).hasSizeGreaterThan(2);
        assertThat(session.requestBytes()).allMatch(bytes -> bytes <= 200_000);
        assertThat(session.users()).hasSize(200);
    }

    @Test
    @DisplayName("is refused with both counts when users are too large for 50 requests")
    void tooManyBytes() {
        Lambda.Result result = Lambda.invokeHere(
                function,
                new Payload(APP, session.id())
                        .users(0, 5_200, (i, profile) -> profile.put("notes", "x".repeat(2_000)))
                        .toString());

        assertProblem(result).is("session-limit-exceeded").has("users", 5_200);
        assertThat(result.problem().path("requests").asInt()).isGreaterThan(50);
        assertThat(okta.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "199.01,200", "0.001,1", "200,200", "99.5,100", "1e-400,1"})
    @DisplayName("takes Users Per Page as the card does")
    void usersPerPage(String number, int pageSize) {
        String payload = new Payload(APP, session.id())
                .users(0, 30)
                .toString()
                .replaceFirst("\\{", "{\"usersPerPage\":" + number + ",");
        Lambda.Result result = Lambda.invoke(payload);

        assertThat(result.json().path("requests").asInt()).isEqualTo((30 + pageSize - 1) / pageSize);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "200.01", "201", "\"200\"", "true", "1e400", "-1e-400"})
    @DisplayName("refuses a Users Per Page that the card refuses")
    void wrongUsersPerPage(String number) {
        String payload = new Payload(APP, session.id())
                .users(0, 3)
                .toString()
                .replaceFirst("\\{", "{\"usersPerPage\":" + number + ",");
        Lambda.Result result = Lambda.invoke(payload);

        assertProblem(result).is("invalid-request").has("/errors/0/field", "usersPerPage");
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("refuses more than 50 pages")
    void fiftyOnePages() {
        assertThat(Lambda.invoke(new Payload(APP, session.id())
                                .with("usersPerPage", 2)
                                .users(0, 100)
                                .toString())
                        .json()
                        .path("requests")
                        .asInt())
                .isEqualTo(50);
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .with("usersPerPage", 2)
                .users(0, 101)
                .toString());
        assertProblem(result).is("session-limit-exceeded").has("requests", 51);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEACTIVATE_AND_DELETE", "deactivate & delete", "Deactivate & Delete"})
    @DisplayName("deactivates by external ID alone")
    void deactivates(String operation) {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .with("importOperation", operation)
                .users(0, 201)
                .user("{\"externalId\":\"bare\"}")
                .toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(202);
        assertThat(result.json().path("importOperation").asText()).isEqualTo("DEACTIVATE_AND_DELETE");
        assertThat(session.deletions()).hasSize(202).contains("bare");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE_AND_UPDATE", "Create & Update", "create & update", "create_and_update"})
    @DisplayName("takes enum names and the card's labels in any case")
    void labels(String operation) {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .with("importOperation", operation)
                .users(0, 1)
                .toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes its fields in any order, users first too, and ignores fields it doesn't know")
    void usersFirst() {
        ObjectNode ordered = new Payload(APP, session.id()).users(0, 5).json();
        ObjectNode reversed = Lambda.JSON.createObjectNode();
        reversed.set("users", ordered.get("users"));
        reversed.put("comment", "unknown");
        reversed.set("sessionId", ordered.get("sessionId"));
        reversed.set("importOperation", ordered.get("importOperation"));
        reversed.putObject("more").put("deep", 1);
        reversed.set("applicationId", ordered.get("applicationId"));

        assertThat(Lambda.invoke(reversed.toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(5);
        assertThat(session.users()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"users\":[]", ",\"users\":null", ""})
    @DisplayName("sends nothing when there are no users")
    void noUsers(String users) {
        String payload = new Payload(APP, session.id()).without("users").toString();
        Lambda.Result result = Lambda.invoke(payload.substring(0, payload.length() - 1) + users + "}");

        assertThat(result.json().path("recordsImported").asInt(-1)).isZero();
        assertThat(result.json().path("requests").asInt(-1)).isZero();
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("sends null only where Okta takes it, and numbers and booleans digit for digit")
    void values() {
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).toString().replace("[]", """
                        [{"externalId":"a","profile":{"firstName":null,"email":null,"custom":null,"n":1.10,"big":12345678901234567890123,
                          "exp":1E+2,"flag":true,"off":false,"neg":-0.0}}]"""));

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(1);
        assertThat(session.users().get("a")).isEqualTo(Lambda.parse("""
                {"firstName":null,"n":"1.10","big":"12345678901234567890123","exp":"1E+2","flag":"true","off":"false","neg":"-0.0"}"""));
    }

    @Test
    @DisplayName("finds how many requests Okta takes at once, up to ten")
    void parallel() {
        // Long enough that a busy machine's hiccups are no sign, and as many requests as the way up from any width
        // takes that an import before
        // this one left behind.
        okta.latencyMillis(300);
        Lambda.invoke(new Payload(APP, session.id())
                .with("usersPerPage", 10)
                .users(0, 500)
                .toString());

        assertThat(okta.mostInFlight()).isBetween(6, 10);
    }

    @Test
    @DisplayName("plans without sending in a dry run")
    void dryRun() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .with("dryRun", true)
                .users(0, 250)
                .toString());

        assertThat(result.json().path("recordsImported").asInt(-1)).isZero();
        JsonNode plan = result.json().path("plan");
        assertThat(plan).hasSize(2);
        assertThat(plan.at("/0/users").asInt()).isEqualTo(200);
        assertThat(plan.at("/1/users").asInt()).isEqualTo(50);
        assertThat(plan.at("/0/bytes").asInt()).isBetween(10_000, 200_000);
        assertThat(okta.receivedUploads()).isZero();
        assertThat(session.status()).isEqualTo("CREATED");
    }

    @Test
    @DisplayName("holds custom properties against the application's schema when asked to")
    void validateProperties() {
        okta.schema(APP, Lambda.parse("""
                {"definitions":{"base":{"properties":{"userName":{"title":"Username","type":"string","required":true}},"required":["userName"]},
                 "custom":{"properties":{"costCenter":{"title":"Cost center","type":"string"}},"required":["costCenter"]}}}"""));
        Payload payload = new Payload(APP, session.id())
                .with("validateProperties", true)
                .user("{\"externalId\":\"ok\",\"profile\":{\"userName\":\"a\",\"costCenter\":\"1\"}}")
                .user("{\"externalId\":\"typo\",\"profile\":{\"userName\":\"b\",\"costCentre\":\"1\"}}");
        Lambda.Result result = Lambda.invoke(payload.toString());

        assertProblem(result).is("invalid-users").has("errorCount", 2);
        assertThat(result.problem().at("/errors/0/field").asText()).isEqualTo("costCentre");
        assertThat(result.problem().at("/errors/0/message").asText()).contains("did you mean costCenter?");
        assertThat(result.problem().at("/errors/1/field").asText()).isEqualTo("costCenter");
        assertThat(okta.receivedUploads()).isZero();

        // The same with the flag before the users.
        String first = payload.toString()
                .replace(",\"validateProperties\":true", "")
                .replaceFirst("\\{", "{\"validateProperties\":true,");
        Lambda.Result again = Lambda.invoke(first);
        assertThat(again.problem()).isEqualTo(result.problem());
    }

    @Test
    @DisplayName("never prints a profile value in a problem")
    void noValues() {
        String secret = "S3cretValue";
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .user("{\"externalId\":\"a\",\"profile\":{\"email\":\"" + secret + "\",\"firstName\":\""
                        + secret.repeat(9) + "\",\"x\":[\"" + secret + "\"]}}")
                .toString());

        assertThat(result.problem().path("errorCount").asInt()).isEqualTo(3);
        assertThat(result.json().toString()).doesNotContain(secret);
    }

    @Test
    @DisplayName("counts characters, not UTF-16 units, against Okta's lengths")
    void characters() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .user("{\"externalId\":\"" + "🙂".repeat(250) + "\",\"profile\":{\"firstName\":\"" + "🙂".repeat(50)
                        + "\"}}")
                .toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(1);
        Iterator<String> ids = session.users().keySet().iterator();
        assertThat(ids.next().getBytes(StandardCharsets.UTF_8)).hasSize(1000);
    }
}
