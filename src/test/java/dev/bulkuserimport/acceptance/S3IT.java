package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file in the bucket")
class S3IT {

    private static final AtomicInteger APPS = new AtomicInteger();

    private static final String FIRST = "{\"externalId\":\"E-0\",\"profile\":{\"userName\":\"a\",\"n\":1.10}}";
    private static final String SECOND = "{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"b\"}}";
    private static final String ARRAY = "[" + FIRST + "," + SECOND + "]";
    private static final String LINES = "`" + FIRST + "\n\n" + SECOND + "\r\n`";

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "hr-imports");
        app = "0oaS3x" + APPS.incrementAndGet();
        okta.application(app);
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
        PutFile file = bucket.put(folder() + "people.csv", csv(450));
        JsonNode result = file.deliver();

        assertThat(result.path("outcome").asText()).isEqualTo("imported");
        assertThat(result.path("recordsImported").asInt()).isEqualTo(450);
        OktaSession session = onlySession();
        assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
        assertThat(session.repeated()).isEmpty();
        assertThat(session.users()).hasSize(450);
        assertThat(session.users().get("E-0")).isEqualTo(Lambda.parse("""
                {"userName":"u0@example.com","firstName":"Zoë, \\"Z\\"","lastName":"Line\\nbreak","email":"u0@example.com"}"""));
        assertThat(session.users().get("E-1").path("costCenter").asText()).isEqualTo("CC 1");

        JsonNode report = file.report();
        assertThat(report.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(450);
        assertThat(report.path("sessionId").asText()).isEqualTo(session.id());
        assertThat(report.at("/source/key").asText()).isEqualTo(file.key());
        assertThat(report.at("/answer/recordsImported").asInt()).isEqualTo(450);
        assertThat(Instant.parse(report.path("startedAt").asText()))
                .isBefore(Instant.parse(report.path("finishedAt").asText()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.json | {\"users\":" + ARRAY + "}",
                "bare.json | " + ARRAY,
                "c.ndjson | " + LINES,
                "F.CSV | `externalId,userName,n\nE-0,a,1.10\nE-1,b,\n`"
            })
    @DisplayName("may be any of the formats")
    void formats(String name, String content) {
        assertTwoUsers(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b.json.gz | {\"users\":" + ARRAY + "}",
                "d.jsonl.gz | " + LINES,
                "e.csv.gz | `externalId,userName,n\nE-0,a,1.10\nE-1,b,\n`"
            })
    @DisplayName("may be packed")
    void packed(String name, String content) throws IOException {
        assertTwoUsers(name, gzip(content.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertTwoUsers(String name, byte[] content) {
        okta.schema(app, OktaSchema.standard().custom("n"));
        PutFile file = bucket.put(folder() + name, content);

        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(2);
        assertThat(onlySession().users().get("E-0")).isEqualTo(Lambda.parse("{\"userName\":\"a\",\"n\":\"1.10\"}"));
    }

    @Test
    @DisplayName("takes application, operation and session from the payload, the metadata and the key, in that order")
    void sources() {
        OktaSession named = okta.newSession(app);
        String other = app + "other";
        okta.application(other);
        String payload = "{\"users\":[{\"externalId\":\"x\"}],\"applicationId\":\"" + app + "\"}";
        JsonNode result = bucket.put(
                        "imports/" + other + "/create-and-update/x.json",
                        payload,
                        Map.of(
                                "application-id",
                                other,
                                "import-operation",
                                "Deactivate & Delete",
                                "session-id",
                                named.id()))
                .deliver();

        assertThat(result.path("recordsImported").asInt()).as(result.toString()).isEqualTo(1);
        assertThat(named.deletions()).containsExactly("x");
        // A session of the caller's is neither started nor cancelled.
        assertThat(named.status()).isEqualTo("IN_PROGRESS");
    }

    @Test
    @DisplayName("without an application or operation anywhere is reported, not thrown")
    void noSettings() {
        PutFile file = bucket.put("imports/nothing.csv", "externalId\na\n");
        assertThat(file.deliver().path("outcome").asText()).isEqualTo("failed");
        assertReported(file.report()).is("invalid-request");
    }

    @Test
    @DisplayName("is imported once, however often and simultaneously S3 tells of it")
    void once() {
        okta.latencyMillis(150);
        PutFile file = bucket.put(folder() + "once.csv", csv(30));
        String event = file.event().toString();
        CompletableFuture<Lambda.Result> first = CompletableFuture.supplyAsync(() -> Lambda.invoke(event));
        Lambda.Result second = Lambda.invoke(event);
        assertThat(List.of(
                        first.join().json().at("/results/0/outcome").asText(),
                        second.json().at("/results/0/outcome").asText()))
                .containsExactlyInAnyOrder("imported", "duplicate");
        assertThat(file.deliver().path("outcome").asText()).isEqualTo("duplicate");
        assertThat(onlySession().repeated()).isEmpty();

        // Another version of the same key is another import.
        okta.sessionsOf(app).forEach(session -> session.status("CLOSED"));
        assertThat(bucket.put(file.key(), csv(31)).deliver().path("outcome").asText())
                .isEqualTo("imported");
        assertThat(okta.sessionsOf(app)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"imports/a b+c.csv", "imports/ünï cödé 漢字 🙂.csv", "imports/100%25 (copy)&=?#.csv", "imports/plus++.csv"
    })
    @DisplayName("may have any awkward key")
    void awkwardKeys(String key) {
        PutFile file = bucket.put(
                key, "externalId\nE-1\n", Map.of("application-id", app, "import-operation", "DEACTIVATE_AND_DELETE"));
        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(1);
        assertThat(file.report().path("state").asText()).isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("comes through EventBridge, SNS and SQS too; what should come again from SQS is named")
    void wrapped() {
        S3Event file = bucket.put(folder() + "bridge.csv", csv(3)).event();
        assertThat(Lambda.deliver(file.bridged()).path("outcome").asText()).isEqualTo("imported");
        assertThat(Lambda.deliver(file.published()).path("outcome").asText()).isEqualTo("duplicate");

        okta.newSession(app);
        JsonNode answer = Lambda.invoke(S3Event.queued(
                                file.toString(),
                                Lambda.sample("s3-test-event").toString(),
                                "hello",
                                bucket.put(folder() + "conflict.csv", csv(2))
                                        .event()
                                        .toString())
                        .toString())
                .json();
        assertThat(answer.path("batchItemFailures"))
                .extracting(failure -> failure.path("itemIdentifier").asText())
                .containsExactly("message-2", "message-3");
        assertThat(answer.at("/results/0/outcome").asText()).isEqualTo("duplicate");

        assertProblem(Lambda.invoke(file.bridged()
                        .put("detail-type", "AWS API Call via CloudTrail")
                        .toString()))
                .is("invalid-request")
                .says("CloudTrail")
                .has("/errors/0/field", "event");
    }

    @Test
    @DisplayName("is left alone when it is a report, a folder, a deletion or a test event")
    void ignored() {
        for (String key : List.of("reports/imports/x.csv.1.json", "state/x", "work/x", "imports/")) {
            assertThat(bucket.absent(key).deliver().path("outcome").asText())
                    .as(key)
                    .isEqualTo("ignored");
        }
        S3Event deletion = bucket.absent("imports/x.csv").event().named("ObjectRemoved:Delete");
        assertThat(Lambda.invoke(deletion.toString()).json().path("results")).isEmpty();
        assertThat(Lambda.invoke(Lambda.sample("s3-test-event").toString()).isFunctionError())
                .isFalse();
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("with invalid rows is refused whole, and every one of them reported by line and field")
    void invalidRows() {
        PutFile file = bucket.put(
                folder() + "invalid.csv",
                "externalId,userName,email\r\nE-1,a,a@example.com\r\n,b,b@example.com\r\n\"E-\n3\",c,nonsense\r\nE-4,d\r\nE-1,e,e@example.com,extra\r\n");
        JsonNode result = file.deliver();
        assertThat(result.path("outcome").asText()).isEqualTo("failed");
        assertThat(result.path("problem").asText()).isEqualTo("invalid-users");
        assertThat(okta.sessionsOf(app)).isEmpty();

        JsonNode rejected = file.report().path("rejected");
        assertThat(rejected).extracting(r -> r.path("line").asInt()).containsExactly(3, 4, 6, 7, 7);
        assertThat(rejected)
                .extracting(r -> r.path("field").asText())
                .containsExactly("externalId", "email", "null", "null", "externalId");
        assertThat(file.rejectedRows())
                .startsWith(
                        "\uFEFFexternalId,userName,email,rejectedBecause\r\n,b,b@example.com,externalId is missing\r\n")
                .doesNotContain("E-1,a,");
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
        PutFile file = bucket.put(folder() + "broken.csv", text.replace("\\n", "\n"));
        assertThat(file.deliver().path("problem").asText()).isEqualTo(problem);
        assertThat(file.report().at("/problem/line").asInt()).isPositive();
    }

    @Test
    @DisplayName("that is not UTF-8, not gzip or a bomb is refused")
    void hostileFiles() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] spaces = new byte[1_000_000];
            java.util.Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < 300; i++) {
                gzip.write(spaces);
            }
        }
        Map<String, byte[]> files = Map.of(
                "latin.csv", "externalId,x\na,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
                "fake.csv.gz", "externalId\na\n".getBytes(StandardCharsets.UTF_8),
                "bomb.json.gz", out.toByteArray());
        files.forEach((name, content) -> assertThat(bucket.put(folder() + name, content)
                        .deliver()
                        .path("problem")
                        .asText())
                .as(name)
                .isEqualTo("malformed-payload"));
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_DISABLED, GET, the KMS key of the object is disabled",
        "SSE_C, '', must be uploaded again",
        "ARCHIVED, GET, restore it"
    })
    @DisplayName("that S3 has and can't give, whatever is tried, fails once and says what to do")
    void outOfReach(FaultyS3.Kind kind, String calls, String advice) {
        PutFile file = bucket.put(folder() + "out-of-reach.csv", csv(3));
        door.fault(kind, (calls + " ").stripLeading() + "/" + bucket.name() + "/" + file.key(), 0, 99);
        try {
            assertThat(file.deliver().path("outcome").asText()).isEqualTo("failed");
        } finally {
            door.heal();
        }
        assertThat(file.report().path("state").asText()).isEqualTo("FAILED");
        assertReported(file.report()).is("storage-unavailable").says(advice, file.key());
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName(
            "that Okta fails to take is thrown for a retry, its session cancelled, and the retry imports everything once")
    void retried() {
        PutFile file = bucket.put(folder() + "retried.csv", csv(450));
        okta.fault(Fault.status(503).after(1).times(99));
        assertProblem(Lambda.invoke(file.event().toString()))
                .is("okta-unavailable")
                .has("sessionCancelled", true)
                .has("recordsImported", 0);
        assertThat(file.report().path("state").asText()).isEqualTo("RETRY");
        assertThat(onlySession().status()).isEqualTo("CLOSED");

        okta.heal();
        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(450);
        OktaSession session = okta.sessionsOf(app).get(1);
        assertThat(session.users()).hasSize(450);
        assertThat(session.repeated()).isEmpty();
        assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
    }

    @Test
    @DisplayName("that fills a session starts anew in a fresh one after a gateway's 502 that hid an acceptance")
    void fullSessionAfterGateway() {
        PutFile file = bucket.put(folder() + "full.csv", csv(10_000));
        okta.fault(Fault.page(502).after(20).carriedOut());
        assertProblem(Lambda.invoke(file.event().toString()))
                .is("okta-unavailable")
                .has("sessionCancelled", true)
                .has("recordsImported", 0);
        assertThat(onlySession().status()).isEqualTo("CLOSED");

        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(10_000);
        OktaSession session = okta.sessionsOf(app).get(1);
        assertThat(session.requestUsers()).hasSize(50);
        assertThat(session.repeated()).isEmpty();
    }

    @Test
    @DisplayName("for an inactive application fails once, and says what to do")
    void inactiveApplication() {
        okta.application(app, "Asleep", "INACTIVE");
        PutFile file = bucket.put(folder() + "asleep.csv", csv(3));
        assertThat(file.deliver().path("outcome").asText()).isEqualTo("failed");
        assertThat(file.report().toString()).contains("okta-rejected", "The application is inactive");
    }

    @Test
    @DisplayName("whose start's answer is lost is looked up instead of started twice")
    void lostStart() {
        okta.fault(Fault.upload(Fault.Kind.RESET_AFTER).on("start-import"));
        assertThat(bucket.put(folder() + "loststart.csv", csv(3))
                        .deliver()
                        .path("outcome")
                        .asText())
                .isEqualTo("imported");
        assertThat(okta.received().stream().filter(r -> r.endsWith("start-import")))
                .hasSize(1);
    }

    @Test
    @DisplayName("of an attempt that broke off before it had a session is taken over once its claim is old")
    void takenOver() {
        PutFile file = bucket.put(folder() + "claimed.csv", csv(30));
        bucket.put(file.reportKey(), brokenOff("CLAIMED").toString());
        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(30);
        assertThat(file.report().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(onlySession().status()).isIn("TRIGGERED", "COMPLETED");
    }

    @ParameterizedTest
    @CsvSource({
        // what its report says, what Okta says of its session, how many sessions there are in the end
        "LOADING, IN_PROGRESS, 2",
        "STARTING, IN_PROGRESS, 1",
        "STARTING, TRIGGERED, 1"
    })
    @DisplayName("of an attempt that broke off with a session of its own is taken over, with that session or a new one")
    void takenOverWithItsSession(String state, String status, int sessions) {
        OktaSession left = okta.newSession(app);
        left.status(status);
        PutFile file = bucket.put(folder() + "broken-off.csv", csv(30));
        bucket.put(
                file.reportKey(), brokenOff("IMPORTING", state, left.id(), true).toString());

        assertThat(file.deliver().path("recordsImported").asInt()).isEqualTo(30);
        assertThat(file.report().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(okta.sessionsOf(app))
                .hasSize(sessions)
                .extracting(OktaSession::status)
                .isSubsetOf("TRIGGERED", "COMPLETED", "CLOSED");
    }

    /** A report whose attempt's time is over. */
    private static ObjectNode brokenOff(String state) {
        return Lambda.JSON
                .createObjectNode()
                .put("reportVersion", 2)
                .put("state", state)
                .put("expiresAt", Instant.now().minusSeconds(1).toString());
    }

    /** The same of a file of 30 users that had a session. */
    private ObjectNode brokenOff(String state, String session, String id, boolean managed) {
        ObjectNode report = brokenOff(state)
                .put("applicationId", app)
                .put("importOperation", "CREATE_AND_UPDATE")
                .put("records", 30)
                .put("users", 30)
                .put("sessionId", id)
                .put("managedSession", managed);
        report.withArray("sessions")
                .addObject()
                .put("number", 1)
                .put("users", 30)
                .put("requests", 1)
                .put("first", 2)
                .put("last", 31)
                .put("recordsImported", session.equals("STARTING") ? 30 : 0)
                .put("state", session)
                .put("sessionId", id);
        return report;
    }

    @Test
    @DisplayName("that went half-way into a caller's session is reported as unknown, never sent twice")
    void halfDone() {
        OktaSession named = okta.newSession(app);
        PutFile file = bucket.put(folder() + "half.csv", csv(30), Map.of("session-id", named.id()));
        ObjectNode claim = brokenOff("IMPORTING", "LOADING", named.id(), false);
        bucket.put(file.reportKey(), claim.toString());

        assertThat(file.deliver().path("outcome").asText()).isEqualTo("failed");
        assertReported(file.report()).hasNotImported("unknown", 30);
        assertThat(okta.receivedUploads()).isZero();
        assertThat(named.status()).isEqualTo("CREATED");
    }

    @Test
    @DisplayName("that is gone, or of which only an older version was meant, is reported")
    void gone() {
        PutFile file = bucket.absent(folder() + "gone.csv");
        assertThat(file.deliver().path("outcome").asText()).isEqualTo("failed");
        assertReported(file.report()).says("gone");
    }

    @Test
    @DisplayName("in a bucket that is not there is thrown, since not even a report can be written")
    void noBucket() {
        assertProblem(Lambda.invoke(
                        S3Event.of("no-such-bucket", "imports/x.csv").toString()))
                .is("storage-unavailable")
                .says("404");
    }

    @Test
    @DisplayName("without users is refused: an empty export is a failed one")
    void empty() {
        PutFile file = bucket.put(folder() + "empty.csv", "externalId,userName\n");
        assertThat(file.deliver().path("problem").asText()).isEqualTo("invalid-request");
        assertThat(okta.sessionsOf(app)).isEmpty();
        assertThat(file.hasRejectedRows()).isFalse();
    }
}
