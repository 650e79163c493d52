package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file in the bucket")
class S3Test {

    private static final String BUCKET = "hr-imports";
    /** Of the sample event. */
    private static final String SEQUENCER = "0055AED6DCD90281E5";

    private static final AtomicInteger APPS = new AtomicInteger();
    private static boolean created;

    EmbeddedOkta okta;
    S3Client s3;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        app = "0oaS3x" + APPS.incrementAndGet();
        okta.application(app);
        if (!created) {
            s3.createBucket(b -> b.bucket(BUCKET));
            created = true;
        }
    }

    private String put(String key, byte[] body, Map<String, String> metadata) {
        return s3.putObject(b -> b.bucket(BUCKET).key(key).metadata(metadata), RequestBody.fromBytes(body))
                .eTag()
                .replace("\"", "");
    }

    private String put(String key, String body) {
        return put(key, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static ObjectNode event(String key, String eTag) {
        ObjectNode event = Lambda.sample("s3");
        ObjectNode object = (ObjectNode) event.at("/Records/0/s3/object");
        object.put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
        object.put("eTag", eTag);
        return event;
    }

    private JsonNode deliver(String key, String eTag) {
        Lambda.Result result = Lambda.invoke(event(key, eTag).toString());
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
        return result.json().at("/results/0");
    }

    private JsonNode report(String key, String eTag) {
        return Lambda.parse(s3.getObjectAsBytes(
                        b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".json"))
                .asUtf8String());
    }

    private String folder() {
        return "imports/" + app + "/create-and-update/";
    }

    private OktaSession onlySession() {
        List<OktaSession> sessions = okta.sessionsOf(app);
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    private static String csv(int users) {
        StringBuilder csv = new StringBuilder("\uFEFFExternal ID,user_name,FIRSTNAME,Last Name,e-mail,costCenter\r\n");
        for (int i = 0; i < users; i++) {
            csv.append("E-" + i + ",u" + i + "@example.com,\"Zoë, \"\"Z\"\"\",\"Line\nbreak\",u" + i + "@example.com,"
                    + (i % 2 == 0 ? "" : "CC " + i) + "\r\n");
        }
        return csv.toString();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("becomes a complete import: created, loaded, started, reported")
    void csvImport() {
        String key = folder() + "people.csv";
        String eTag = put(key, csv(450));
        JsonNode result = deliver(key, eTag);

        assertThat(result.path("outcome").asText()).isEqualTo("imported");
        assertThat(result.path("recordsImported").asInt()).isEqualTo(450);
        OktaSession session = onlySession();
        assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
        assertThat(session.repeated()).isEmpty();
        assertThat(session.users()).hasSize(450);
        assertThat(session.users().get("E-0")).isEqualTo(Lambda.parse("""
                {"userName":"u0@example.com","firstName":"Zoë, \\"Z\\"","lastName":"Line\\nbreak","email":"u0@example.com"}"""));
        assertThat(session.users().get("E-1").path("costCenter").asText()).isEqualTo("CC 1");

        JsonNode report = report(key, eTag);
        assertThat(report.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(450);
        assertThat(report.path("sessionId").asText()).isEqualTo(session.id());
        assertThat(report.at("/source/key").asText()).isEqualTo(key);
        assertThat(report.at("/answer/recordsImported").asInt()).isEqualTo(450);
        assertThat(Instant.parse(report.path("startedAt").asText()))
                .isBefore(Instant.parse(report.path("finishedAt").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "b.json.gz", "bare.json", "c.ndjson", "d.jsonl.gz", "e.csv.gz", "F.CSV"})
    @DisplayName("may be any of the formats")
    void formats(String name) throws IOException {
        String users =
                "[{\"externalId\":\"E-0\",\"profile\":{\"userName\":\"a\",\"n\":1.10}},{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"b\"}}]";
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        String text = lower.startsWith("bare")
                ? users
                : lower.contains(".json") && !lower.contains("jsonl")
                        ? "{\"users\":" + users + "}"
                        : lower.contains("nd") || lower.contains("jsonl")
                                ? "{\"externalId\":\"E-0\",\"profile\":{\"userName\":\"a\",\"n\":1.10}}\n\n{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"b\"}}\r\n"
                                : "externalId,userName,n\nE-0,a,1.10\nE-1,b,\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        okta.schema(app, OktaSchema.standard().custom("n"));
        String key = folder() + name;
        String eTag = put(key, name.endsWith(".gz") ? gzip(bytes) : bytes, Map.of());

        assertThat(deliver(key, eTag).path("recordsImported").asInt()).isEqualTo(2);
        assertThat(onlySession().users().get("E-0")).isEqualTo(Lambda.parse("{\"userName\":\"a\",\"n\":\"1.10\"}"));
    }

    @Test
    @DisplayName("takes application, operation and session from the payload, the metadata and the key, in that order")
    void sources() {
        OktaSession named = okta.newSession(app);
        String other = app + "other";
        okta.application(other);
        String payload = "{\"users\":[{\"externalId\":\"x\"}],\"applicationId\":\"" + app + "\"}";
        String key = "imports/" + other + "/create-and-update/x.json";
        String eTag = put(
                key,
                payload.getBytes(StandardCharsets.UTF_8),
                Map.of("application-id", other, "import-operation", "Deactivate & Delete", "session-id", named.id()));
        JsonNode result = deliver(key, eTag);

        assertThat(result.path("recordsImported").asInt()).as(result.toString()).isEqualTo(1);
        assertThat(named.deletions()).containsExactly("x");
        // A session of the caller's is neither started nor cancelled.
        assertThat(named.status()).isEqualTo("IN_PROGRESS");
    }

    @Test
    @DisplayName("without an application or operation anywhere is reported, not thrown")
    void noSettings() {
        String eTag = put("imports/nothing.csv", "externalId\na\n");
        JsonNode result = deliver("imports/nothing.csv", eTag);
        assertThat(result.path("outcome").asText()).isEqualTo("failed");
        assertThat(report("imports/nothing.csv", eTag).at("/problem/type").asText())
                .endsWith("invalid-request");
    }

    @Test
    @DisplayName("is imported once, however often and simultaneously S3 tells of it")
    void once() {
        okta.latencyMillis(150);
        String key = folder() + "once.csv";
        String eTag = put(key, csv(30));
        String event = event(key, eTag).toString();
        CompletableFuture<Lambda.Result> first = CompletableFuture.supplyAsync(() -> Lambda.invoke(event));
        Lambda.Result second = Lambda.invoke(event);
        assertThat(List.of(
                        first.join().json().at("/results/0/outcome").asText(),
                        second.json().at("/results/0/outcome").asText()))
                .containsExactlyInAnyOrder("imported", "duplicate");
        assertThat(deliver(key, eTag).path("outcome").asText()).isEqualTo("duplicate");
        assertThat(onlySession().repeated()).isEmpty();

        // Another version of the same key is another import.
        okta.sessionsOf(app);
        String second2 = put(key, csv(31));
        assertThat(second2).isNotEqualTo(eTag);
    }

    @ParameterizedTest
    @CsvSource({"imports/a b+c.csv", "imports/ünï cödé 漢字 🙂.csv", "imports/100%25 (copy)&=?#.csv", "imports/plus++.csv"
    })
    @DisplayName("may have any awkward key")
    void awkwardKeys(String key) {
        String eTag = put(
                key,
                "externalId\n".concat("E-1\n").getBytes(StandardCharsets.UTF_8),
                Map.of("application-id", app, "import-operation", "DEACTIVATE_AND_DELETE"));
        assertThat(deliver(key, eTag).path("recordsImported").asInt()).isEqualTo(1);
        assertThat(report(key, eTag).path("state").asText()).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("comes through EventBridge, SNS and SQS too; what should come again from SQS is named")
    void wrapped() {
        String key = folder() + "bridge.csv";
        String eTag = put(key, csv(3));
        ObjectNode bridge = Lambda.sample("s3-eventbridge");
        ((ObjectNode) bridge.at("/detail/object")).put("key", key).put("etag", eTag);
        assertThat(Lambda.invoke(bridge.toString())
                        .json()
                        .at("/results/0/outcome")
                        .asText())
                .isEqualTo("imported");

        ObjectNode sns = Lambda.sample("s3-sns");
        ((ObjectNode) sns.at("/Records/0/Sns")).put("Message", event(key, eTag).toString());
        assertThat(Lambda.invoke(sns.toString()).json().at("/results/0/outcome").asText())
                .isEqualTo("duplicate");

        ObjectNode sqs = Lambda.sample("s3-sqs");
        ObjectNode good = (ObjectNode) sqs.at("/Records/0");
        good.put("body", event(key, eTag).toString());
        ObjectNode test = good.deepCopy()
                .put("messageId", "test")
                .put("body", Lambda.sample("s3-test-event").toString());
        ObjectNode odd = good.deepCopy().put("messageId", "odd").put("body", "hello");
        ObjectNode failing = good.deepCopy().put("messageId", "failing");
        String failingKey = folder() + "conflict.csv";
        okta.newSession(app);
        failing.put("body", event(failingKey, put(failingKey, csv(2))).toString());
        sqs.withArray("Records").add(test).add(odd).add(failing);
        JsonNode answer = Lambda.invoke(sqs.toString()).json();
        assertThat(answer.path("batchItemFailures"))
                .isEqualTo(Lambda.parse("[{\"itemIdentifier\":\"odd\"},{\"itemIdentifier\":\"failing\"}]"));
        assertThat(answer.at("/results/0/outcome").asText()).isEqualTo("duplicate");

        Lambda.Result trail = Lambda.invoke(
                bridge.put("detail-type", "AWS API Call via CloudTrail").toString());
        assertThat(trail.errorType()).endsWith("$InvalidRequestException");
        assertThat(trail.problem().path("detail").asText()).contains("CloudTrail");
    }

    @Test
    @DisplayName("is left alone when it is a report, a folder, a deletion or a test event")
    void ignored() {
        assertThat(deliver("reports/imports/x.csv.1.json", "e").path("outcome").asText())
                .isEqualTo("ignored");
        assertThat(deliver("imports/", "e").path("outcome").asText()).isEqualTo("ignored");
        ObjectNode deletion = event("imports/x.csv", "e");
        ((ObjectNode) deletion.at("/Records/0")).put("eventName", "ObjectRemoved:Delete");
        assertThat(Lambda.invoke(deletion.toString()).json().path("results")).isEmpty();
        assertThat(Lambda.invoke(Lambda.sample("s3-test-event").toString()).isFunctionError())
                .isFalse();
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("with invalid rows is refused whole, and every one of them reported by line and field")
    void invalidRows() {
        String key = folder() + "invalid.csv";
        String eTag = put(
                key,
                "externalId,userName,email\r\nE-1,a,a@example.com\r\n,b,b@example.com\r\n\"E-\n3\",c,nonsense\r\nE-4,d\r\nE-1,e,e@example.com,extra\r\n");
        JsonNode result = deliver(key, eTag);
        assertThat(result.path("outcome").asText()).isEqualTo("failed");
        assertThat(result.path("problem").asText()).isEqualTo("invalid-users");
        assertThat(okta.sessionsOf(app)).isEmpty();

        JsonNode rejected = report(key, eTag).path("rejected");
        assertThat(rejected).extracting(r -> r.path("line").asInt()).containsExactly(3, 4, 6, 7, 7);
        assertThat(rejected)
                .extracting(r -> r.path("field").asText())
                .containsExactly("externalId", "email", "null", "null", "externalId");
        String rows = s3.getObjectAsBytes(
                        b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".rejected.csv"))
                .asUtf8String();
        assertThat(rows)
                .startsWith(
                        "\uFEFFexternalId,userName,email,rejectedBecause\r\n,b,b@example.com,externalId is missing\r\n");
        assertThat(rows).doesNotContain("E-1,a,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "externalId,userName\\nE-1,\"open|malformed-payload",
                "externalId,userName\\nE-1,a\"b\"\\n\"x\"y,z|malformed-payload",
                "userName\\na|malformed-payload",
                "externalId,External_ID\\na,b|malformed-payload",
                "externalId,,x\\na,b,c|malformed-payload"
            })
    @DisplayName("that is no CSV is refused with the line")
    void brokenCsv(String text, String problem) {
        String key = folder() + "broken.csv";
        String eTag = put(key, text.replace("\\n", "\n"));
        JsonNode result = deliver(key, eTag);
        assertThat(result.path("problem").asText()).isEqualTo(problem);
        assertThat(report(key, eTag).at("/problem/line").asInt()).isPositive();
    }

    @Test
    @DisplayName("that is not UTF-8, not gzip or a bomb is refused")
    void hostileFiles() throws IOException {
        String latin = folder() + "latin.csv";
        assertThat(deliver(
                                latin,
                                put(latin, "externalId,x\na,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), Map.of()))
                        .path("problem")
                        .asText())
                .isEqualTo("malformed-payload");
        String fake = folder() + "fake.csv.gz";
        assertThat(deliver(fake, put(fake, "externalId\na\n")).path("problem").asText())
                .isEqualTo("malformed-payload");
        String bomb = folder() + "bomb.json.gz";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] spaces = new byte[1_000_000];
            java.util.Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 300; i++) {
                gzip.write(spaces);
            }
        }
        assertThat(deliver(bomb, put(bomb, out.toByteArray(), Map.of()))
                        .path("problem")
                        .asText())
                .isEqualTo("malformed-payload");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName(
            "that Okta fails to take is thrown for a retry, its session cancelled, and the retry imports everything once")
    void retried() {
        String key = folder() + "retried.csv";
        String eTag = put(key, csv(450));
        okta.fault(Fault.status(503).after(1).times(99));
        Lambda.Result failed = Lambda.invoke(event(key, eTag).toString());
        assertThat(failed.errorType()).endsWith("OktaUnavailableException");
        assertThat(failed.problem().path("sessionCancelled").asBoolean()).isTrue();
        assertThat(failed.problem().path("recordsImported").asInt(-1)).isZero();
        assertThat(report(key, eTag).path("state").asText()).isEqualTo("RETRY");
        assertThat(onlySession().status()).isEqualTo("CLOSED");

        okta.heal();
        assertThat(deliver(key, eTag).path("recordsImported").asInt()).isEqualTo(450);
        OktaSession session = okta.sessionsOf(app).get(1);
        assertThat(session.users()).hasSize(450);
        assertThat(session.repeated()).isEmpty();
        assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
    }

    @Test
    @DisplayName("whose start's answer is lost is looked up instead of started twice")
    void lostStart() {
        String key = folder() + "loststart.csv";
        okta.fault(Fault.upload(Fault.Kind.RESET_AFTER).on("start-import"));
        assertThat(deliver(key, put(key, csv(3))).path("outcome").asText()).isEqualTo("imported");
        assertThat(okta.received().stream().filter(r -> r.endsWith("start-import")))
                .hasSize(1);
    }

    @Test
    @DisplayName("of an attempt that broke off is taken over, wherever that was, once its claim is old")
    void takenOver() {
        for (String state : List.of("CLAIMED", "IMPORTING", "STARTING", "STARTED")) {
            app = "0oaS3x" + APPS.incrementAndGet();
            okta.application(app);
            String key = folder() + state + ".csv";
            String eTag = put(key, csv(30));
            ObjectNode claim = Lambda.JSON.createObjectNode();
            claim.put("state", state.equals("STARTED") ? "STARTING" : state);
            claim.put("expiresAt", Instant.now().minusSeconds(1).toString());
            OktaSession left = null;
            if (!state.equals("CLAIMED")) {
                left = okta.newSession(app);
                claim.put("applicationId", app)
                        .put("sessionId", left.id())
                        .put("managedSession", true)
                        .put("recordsImported", 30);
                left.status(state.equals("STARTED") ? "TRIGGERED" : "IN_PROGRESS");
            }
            s3.putObject(
                    b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".json"),
                    RequestBody.fromString(claim.toString()));

            JsonNode result = deliver(key, eTag);
            assertThat(result.path("recordsImported").asInt()).as(state).isEqualTo(30);
            assertThat(report(key, eTag).path("state").asText()).isEqualTo("COMPLETED");
            for (OktaSession session : okta.sessionsOf(app)) {
                assertThat(session.status()).as(state).isIn("TRIGGERED", "COMPLETED", "CLOSED");
            }
            assertThat(okta.sessionsOf(app)).hasSize(state.equals("IMPORTING") ? 2 : 1);
        }
    }

    @Test
    @DisplayName("that went half-way into a caller's session is reported as unknown, never sent twice")
    void halfDone() {
        OktaSession named = okta.newSession(app);
        String key = folder() + "half.csv";
        String eTag = put(key, csv(30).getBytes(StandardCharsets.UTF_8), Map.of("session-id", named.id()));
        ObjectNode claim = Lambda.JSON.createObjectNode();
        claim.put("state", "IMPORTING")
                .put("expiresAt", Instant.now().minusSeconds(1).toString());
        claim.put("applicationId", app).put("sessionId", named.id()).put("managedSession", false);
        s3.putObject(
                b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".json"),
                RequestBody.fromString(claim.toString()));

        JsonNode result = deliver(key, eTag);
        assertThat(result.path("outcome").asText()).isEqualTo("failed");
        assertThat(report(key, eTag).at("/problem/notImported/0/outcome").asText())
                .isEqualTo("unknown");
        assertThat(report(key, eTag).at("/problem/notImported/0/count").asInt()).isEqualTo(30);
        assertThat(okta.receivedUploads()).isZero();
        assertThat(named.status()).isEqualTo("CREATED");
    }

    @Test
    @DisplayName("that is gone, or of which only an older version was meant, is reported")
    void gone() {
        String key = folder() + "gone.csv";
        JsonNode result = deliver(key, "0123456789abcdef0123456789abcdef");
        assertThat(result.path("outcome").asText()).isEqualTo("failed");
        assertThat(report(key, "0123456789abcdef0123456789abcdef")
                        .at("/problem/detail")
                        .asText())
                .contains("gone");
    }

    @Test
    @DisplayName("in a bucket that is not there is thrown, since not even a report can be written")
    void noBucket() {
        ObjectNode event = event("imports/x.csv", "e");
        ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", "no-such-bucket");
        Lambda.Result result = Lambda.invoke(event.toString());
        assertThat(result.errorType()).endsWith("StorageUnavailableException");
        assertThat(result.json().path("errorMessage").asText()).contains("404");
    }

    @Test
    @DisplayName("without users is refused: an empty export is a failed one")
    void empty() {
        String key = folder() + "empty.csv";
        String eTag = put(key, "externalId,userName\n");
        assertThat(deliver(key, eTag).path("problem").asText()).isEqualTo("invalid-request");
        assertThat(okta.sessionsOf(app)).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> s3.headObject(
                        b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".rejected.csv")))
                .isInstanceOf(NoSuchKeyException.class);
    }
}
