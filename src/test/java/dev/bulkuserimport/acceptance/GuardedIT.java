package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Guards;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(Guards.class)
@QuarkusTestResource(OktaResource.class)
@DisplayName("With its guards on, the function")
class GuardedIT {

    private static final String APP = "0oaGuarded";

    EmbeddedOkta okta;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        session = okta.newSession(APP);
    }

    @Test
    @DisplayName("skips invalid users, lists them, and sends the others")
    void skips() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .users(0, 3)
                .user("{\"externalId\":\"bad\",\"profile\":{\"email\":\"nonsense\"}}")
                .user("{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"again\"}}")
                .user("{\"externalId\":\"lone\",\"profile\":{\"x\":\"\\u0000\"}}")
                .users(3, 300)
                .toString());

        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(302);
        assertThat(result.json().path("rejected"))
                .extracting(r -> r.path("index").asInt())
                .containsExactly(1, 3, 4, 5);
        assertThat(result.json().path("rejected"))
                .extracting(r -> r.path("externalId").asText())
                .containsExactly("E-1", "bad", "E-1", "lone");
        assertThat(session.users()).hasSize(302).doesNotContainKeys("bad", "lone", "E-1");
    }

    @Test
    @DisplayName(
            "lists the first 100 faults of thousands of invalid users and counts the others, so that the answer stays small")
    void manyInvalid() {
        Payload payload = new Payload(APP, session.id()).users(0, 1);
        for (int i = 0; i < 2_400; i++) {
            payload.user("{\"externalId\":\"bad-" + i + "\",\"profile\":{\"userName\":\"" + "u".repeat(101)
                    + "\",\"email\":\"nonsense\",\"secondEmail\":\"nonsense\",\"firstName\":\"" + "f".repeat(51)
                    + "\"}}");
        }
        Lambda.Result result = Lambda.invoke(payload.toString());
        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(1);
        assertThat(result.json().path("rejected")).hasSize(100);
        assertThat(result.json().path("rejectedCount").asInt())
                .as("records, not faults")
                .isEqualTo(2_400);
        assertThat(result.json().toString().length()).isLessThan(50_000);
        assertThat(session.users()).containsOnlyKeys("E-0");
    }

    @Test
    @DisplayName("imports nothing when all are invalid, and says so")
    void allInvalid() {
        Lambda.Result result = Lambda.invoke(
                new Payload(APP, session.id()).user("{}").user("{}").toString());
        assertProblem(result).is("invalid-users").has("recordsImported", 0).has("errorCount", 4);
        assertThat(result.problem().path("errors")).hasSize(4);
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("refuses a mass deactivation before anything is sent")
    void massDeactivation() {
        assertThat(Lambda.invoke(new Payload(APP, session.id())
                                .deactivating()
                                .users(0, 10)
                                .toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(10);
        long before = okta.receivedUploads();
        Lambda.Result result = Lambda.invoke(
                new Payload(APP, session.id()).deactivating().users(0, 11).toString());
        assertProblem(result)
                .is("deactivation-limit-exceeded")
                .has("status", 422)
                .has("users", 11)
                .says("raise that setting");
        assertThat(okta.receivedUploads()).isEqualTo(before);
    }

    private static String signature(String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Guards.KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v1="
                    + HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode call(String body, String bearer, String timestamp, String signature, boolean base64) {
        ObjectNode event = Lambda.sample("http-api-v2");
        event.put("body", base64 ? Lambda.base64(body) : body).put("isBase64Encoded", base64);
        ObjectNode headers = (ObjectNode) event.get("headers");
        if (bearer != null) {
            headers.put("authorization", bearer);
        }
        if (signature != null) {
            headers.put("x-import-timestamp", timestamp).put("x-import-signature", signature);
        }
        return Lambda.invoke(event.toString()).json();
    }

    @Test
    @DisplayName("lets in who knows the secret and signs, and nobody else, before it reads anything")
    void callers() {
        String body = new Payload(APP, session.id()).users(0, 3).toString();
        String now = String.valueOf(Instant.now().getEpochSecond());
        String bearer = "Bearer " + Guards.SECRET;
        assertThat(call(body, bearer, now, signature(now, body), false)
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);
        assertThat(call(body, "bearer " + Guards.SECRET, now, signature(now, body), true)
                        .path("statusCode")
                        .asInt())
                .isEqualTo(200);

        String old = String.valueOf(Instant.now().getEpochSecond() - 301);
        JournalLines journal = new JournalLines();
        JsonNode[] refused = {
            call("{", null, now, signature(now, "{"), false),
            call("{", "Bearer wrong", now, signature(now, "{"), false),
            call("{", Guards.SECRET, now, signature(now, "{"), false),
            call("{", bearer, null, null, false),
            call("{", bearer, now, signature(now, body), false),
            call("{", bearer, now, "v1=zz", false),
            call("{", bearer, "soon", signature("soon", "{"), false),
            call("{", bearer, old, signature(old, "{"), false)
        };
        journal.close();
        assertThat(journal.takenEnds())
                .as("imports that are turned away were asked for too")
                .hasSize(refused.length)
                .containsOnly("unauthorized");
        for (JsonNode answer : refused) {
            assertThat(assertAnswered(answer)
                            .is("unauthorized")
                            .has("status", 401)
                            .hides(Guards.SECRET)
                            .document()
                            .path("detail")
                            .asText())
                    .doesNotContainIgnoringCase("signature");
        }
        // Direct invocations are IAM's business.
        assertProblem(Lambda.invoke("{}")).is("invalid-request");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /imports",
        "POST, /applications/0oaGuarded/sessions",
        "GET, /applications/0oaGuarded/sessions",
        "POST, /applications/0oaGuarded/sessions/SESSION/start-import",
        "DELETE, /applications/0oaGuarded/sessions/SESSION"
    })
    @DisplayName("turns away a signature of a body that isn't the Base64 it claims to be, on every route")
    void bodyThatIsNotBase64(String method, String path) {
        int sessions = okta.sessionsOf(APP).size();
        for (String signature : new String[] {"v2=00", "v1=00", "v2=", "v2=" + "00".repeat(32)}) {
            ObjectNode event = Lambda.sample("http-api-v2");
            String target = path.replace("SESSION", session.id());
            event.put("body", "{!}").put("isBase64Encoded", true).put("rawPath", target);
            event.withObject("/requestContext/http").put("method", method).put("path", target);
            event.withObject("/headers")
                    .put("authorization", "Bearer " + Guards.SECRET)
                    .put("x-import-timestamp", String.valueOf(Instant.now().getEpochSecond()))
                    .put("x-import-signature", signature);
            assertAnswered(Lambda.invoke(event.toString()).json())
                    .is("unauthorized")
                    .has("status", 401);
        }
        assertThat(okta.sessionsOf(APP)).hasSize(sessions);
        assertThat(session.status()).isEqualTo("CREATED");
    }
}
