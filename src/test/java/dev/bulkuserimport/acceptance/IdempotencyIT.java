package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.event.KeptAnswers;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import dev.bulkuserimport.support.S3Resource;
import dev.bulkuserimport.support.WithReportBucket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(WithReportBucket.class)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A request with an Idempotency-Key")
class IdempotencyIT {

    private static int apps;

    @Inject
    KeptAnswers kept;

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        app = "0oaOnce" + apps++;
        session = okta.newSession(app);
        bucket = Bucket.of(s3, WithReportBucket.BUCKET);
    }

    private static ObjectNode event(String key, String body, String secret) {
        ObjectNode event = Lambda.sample("http-api-v2").put("body", body);
        ((ObjectNode) event.get("headers")).put("idempotency-key", key).put("x-import-secret", secret);
        return event;
    }

    private static JsonNode call(String key, String body) {
        return Lambda.invoke(event(key, body, WithReportBucket.SECRET).toString())
                .json();
    }

    private static int status(JsonNode answer) {
        return answer.path("statusCode").asInt();
    }

    private static String request(String key, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(("import{}\n" + body).getBytes(StandardCharsets.UTF_8)));
    }

    private String stored() {
        StringBuilder all = new StringBuilder();
        for (String object : bucket.keys("state/idempotency/")) {
            all.append(object).append(bucket.text(object));
        }
        return all.toString();
    }

    @Test
    @DisplayName("is done once, and answered again the same; the key with another body is refused")
    void again() {
        String key = "key-of-" + app;
        String body = new Payload(app, session.id()).users(0, 3).toString();
        JsonNode first = call(key, body);
        assertThat(status(first)).isEqualTo(200);
        assertThat(first.at("/headers").has("Idempotency-Replayed")).isFalse();
        long uploads = okta.receivedUploads();
        JsonNode second = call(key, body);
        assertThat(second.path("body")).isEqualTo(first.path("body"));
        assertThat(second.at("/headers/Idempotency-Replayed").asText()).isEqualTo("true");
        assertThat(second.at("/headers/Content-Type").asText()).isEqualTo("application/json");
        assertThat(okta.receivedUploads()).isEqualTo(uploads);

        JsonNode other = call(key, new Payload(app, session.id()).users(0, 4).toString());
        assertAnswered(other).is("invalid-request").has("status", 422);
        assertThat(okta.receivedUploads()).isEqualTo(uploads);
        assertThat(stored())
                .doesNotContain("user1", key, WithReportBucket.SECRET)
                .contains("recordsImported");
    }

    @Test
    @DisplayName(
            "is one import in the journal, however often it comes; another's attempt to use its key is one of its own")
    void journal() {
        String key = "journal-" + app;
        String body = new Payload(app, session.id()).users(0, 3).toString();
        try (JournalLines journal = new JournalLines()) {
            call(key, body);
            call(key, body);
            assertThat(journal.takenEnds()).containsExactly("imported");
            call(key, body + " ");
            assertThat(journal.takenEnds()).containsExactly("invalid-request");
            call("", body);
            assertThat(journal.takenEnds()).containsExactly("invalid-request");
        }
    }

    private String keyed(String key, int users) {
        String body = new Payload(app, session.id()).users(0, users).toString();
        return body.replaceFirst("\\{", "{\"idempotencyKey\":\"" + key + "\",");
    }

    @Test
    @DisplayName(
            "may be a direct invocation, whose payload has the key: it is done once, and one import in the journal")
    void direct() {
        String body = keyed("direct-" + app, 3);
        try (JournalLines journal = new JournalLines()) {
            JsonNode first = Lambda.invoke(body).json();
            assertThat(first.path("recordsImported").asInt()).isEqualTo(3);
            long uploads = okta.receivedUploads();
            assertThat(Lambda.invoke(body).json()).isEqualTo(first);
            assertThat(okta.receivedUploads()).isEqualTo(uploads);
            assertThat(journal.takenEnds()).containsExactly("imported");
            assertProblem(Lambda.invoke(keyed("direct-" + app, 4)))
                    .is("invalid-request")
                    .has("status", 422);
            assertThat(okta.receivedUploads()).isEqualTo(uploads);
            assertThat(journal.takenEnds()).containsExactly("invalid-request");
        }
    }

    @Test
    @DisplayName("may have the key in its payload instead of the header, or the same in both")
    void payload() {
        String key = "payload-" + app;
        String body = keyed(key, 3);
        ObjectNode event = event("", body, "s3cret");
        ((ObjectNode) event.get("headers")).remove("idempotency-key");
        JsonNode first = Lambda.invoke(event.toString()).json();
        assertThat(status(first)).isEqualTo(200);
        assertThat(call(key, body).at("/headers/Idempotency-Replayed").asText()).isEqualTo("true");
        assertAnswered(call("another", body)).is("invalid-request");
        event.put("body", body.replace("idempotencyKey", "idempotency\\u004bey"));
        assertAnswered(Lambda.invoke(event.toString()).json())
                .is("invalid-request")
                .has("status", 422);
        event.put("body", keyed(" ", 3));
        assertAnswered(Lambda.invoke(event.toString()).json())
                .is("invalid-request")
                .has("/errors/0/field", "idempotencyKey");
    }

    @Test
    @DisplayName("whose worker was killed goes on with the same body, and with no other")
    void killed() throws GeneralSecurityException {
        String key = "killed-" + app;
        String body = new Payload(app, session.id()).users(0, 3).toString();
        kept.take(key, request(key, body), Deadline.in(Duration.ofSeconds(30)));
        assertThat(status(call(key, body))).isEqualTo(409);
        for (String object : bucket.keys("state/idempotency/")) {
            ObjectNode entry = (ObjectNode) bucket.json(object);
            if (entry.path("state").asText().equals("AT_WORK")) {
                entry.put("until", Instant.now().minusSeconds(1).toString());
                bucket.put(object, entry.toString());
            }
        }
        assertThat(status(call(key, new Payload(app, session.id()).users(0, 4).toString())))
                .isEqualTo(422);
        assertThat(okta.receivedUploads()).isZero();
        assertThat(status(call(key, body))).isEqualTo(200);
        assertThat(session.users()).hasSize(3);
    }

    @Test
    @DisplayName("that failed may be tried again")
    void failed() {
        String key = "again-" + app;
        assertThat(status(call(key, "{"))).isEqualTo(400);
        assertThat(status(call(key, new Payload(app, session.id()).users(0, 1).toString())))
                .isEqualTo(200);
    }

    @Test
    @DisplayName("counts only for callers that may call, and only with 1 to 255 characters")
    void refused() {
        String body = new Payload(app, session.id()).users(0, 1).toString();
        String key = "mine-" + app;
        assertThat(status(call(key, body))).isEqualTo(200);
        assertThat(status(Lambda.invoke(event(key, body, "wrong").toString()).json()))
                .isEqualTo(401);
        assertThat(status(call("", body))).isEqualTo(400);
        assertThat(status(call("k".repeat(256), body))).isEqualTo(400);
        assertThat(status(call("k".repeat(250) + apps, body))).isEqualTo(200);
    }

    @Test
    @DisplayName("that is still at work is answered with a conflict and when to come again")
    void atWork() throws GeneralSecurityException {
        String key = "at-work-" + app;
        String body = new Payload(app, session.id()).users(0, 3).toString();
        String request = request(key, body);
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        KeptAnswers.Taken first = kept.take(key, request, deadline);
        assertThat(first).isInstanceOf(KeptAnswers.Taken.Turn.class);
        assertThat(kept.take(key, "another", deadline)).isInstanceOf(KeptAnswers.Taken.Other.class);

        JsonNode second;
        try (JournalLines journal = new JournalLines()) {
            second = call(key, body);
            assertThat(journal.taken()).as("the first one writes it down").isEmpty();
        }
        assertAnswered(second).is("session-conflict").has("status", 409);
        assertThat(second.at("/headers/Retry-After").asInt()).isBetween(1, 10);
        assertThat(okta.receivedUploads()).isZero();

        kept.giveBack((KeptAnswers.Taken.Turn) first, deadline);
        assertThat(status(call(key, body))).isEqualTo(200);
        assertThat(kept.take(key, request, deadline)).isInstanceOf(KeptAnswers.Taken.Before.class);
    }
}
