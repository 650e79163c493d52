package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.S3Resource;
import dev.bulkuserimport.support.WithReportBucket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
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
@DisplayName("A file that a guard stops")
class DecisionsIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.of(s3, WithReportBucket.BUCKET);
        app = "0oaDecisions" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department"));
    }

    private static Map<String, Person> staff(int from, int to) {
        Map<String, Person> people = new TreeMap<>();
        for (int i = from; i < to; i++) {
            people.put("E-%02d".formatted(i), new Person("u" + i + "@example.com", "D"));
        }
        return people;
    }

    private PutFile put(String folder, Map<String, Person> people) {
        return bucket.put("imports/" + app + "/" + folder + "/people.csv", Person.csv(people));
    }

    private static JsonNode step(String action, ObjectNode arguments) {
        Lambda.Result result = Lambda.invoke(arguments.put("action", action).toString());
        assertThat(result.isFunctionError()).as(result.json()::toString).isFalse();
        return result.json();
    }

    private static JsonNode plan(PutFile file) {
        return step("planFile", file.named());
    }

    private static ObjectNode of(JsonNode plan) {
        return Lambda.JSON
                .createObjectNode()
                .put("importId", plan.path("importId").asText());
    }

    /** Imports what is planned; the summary of its end. */
    private static JsonNode rest(JsonNode plan) {
        for (JsonNode session : plan.path("sessions")) {
            int number = session.path("number").asInt();
            step("importSession", of(plan).put("number", number));
            step("followSession", of(plan).put("number", number));
        }
        return step("finishFile", of(plan));
    }

    private static Lambda.Result decide(JsonNode plan, String decision) {
        return Lambda.invoke(of(plan).put("action", "decide")
                .put("decision", decision)
                .put("plan", plan.at("/decision/plan").asText())
                .put("by", "ann@example.com")
                .put("comment", "the merger")
                .toString());
    }

    /** A decision over HTTP, by somebody whom a JWT authorizer has admitted. */
    private static Lambda.Result post(String importId, String body) {
        ObjectNode event = Lambda.sample("http-api-v2");
        event.put("rawPath", "/imports/" + importId + "/decision")
                .put("body", body)
                .put("routeKey", "$default");
        event.put("isBase64Encoded", false).put("rawQueryString", "");
        event.withObject("/headers")
                .put("authorization", "Bearer " + WithReportBucket.SECRET)
                .put("content-type", "application/json");
        event.withObject("/requestContext").put("stage", "$default");
        event.withObject("/requestContext/http")
                .put("method", "POST")
                .put("path", "/imports/" + importId + "/decision");
        event.withObject("/requestContext/authorizer/jwt/claims").put("sub", "ann");
        return Lambda.invoke(event.toString());
    }

    private JsonNode stopped() {
        assertThat(rest(plan(put("snapshot", staff(0, 20)))).path("state").asText())
                .isEqualTo("COMPLETED");
        JsonNode stopped = plan(put("snapshot", staff(0, 10)));
        assertThat(stopped.path("state").asText()).as(stopped.toString()).isEqualTo("WAITING");
        return stopped;
    }

    private JsonNode report(JsonNode plan) {
        String place = plan.path("report").asText();
        return ReportSchema.checked(bucket.json(place.substring(("s3://" + bucket.name() + "/").length())));
    }

    private String beside(JsonNode plan, String what) {
        return bucket.text(plan.path(what).asText().substring(("s3://" + bucket.name() + "/").length()));
    }

    @Test
    @DisplayName("waits for a person, shows what would happen and to whom, and holds up no other")
    void waits() {
        JsonNode stopped = stopped();

        ReportSchema.checkedDecision(stopped);
        assertThat(stopped.at("/decision/detail").asText()).startsWith("10 people would be deactivated");
        assertThat(stopped.path("sessions")).isEmpty();
        JsonNode report = report(stopped);
        assertThat(report.path("state").asText()).isEqualTo("WAITING");
        assertThat(report.at("/decision/people")).hasSize(10);
        assertThat(report.at("/decision/people/0").asText()).isEqualTo("E-10");
        assertThat(report.has("expiresAt")).as("nobody holds it").isFalse();
        assertThat(beside(stopped, "changes")).contains("E-10,gone,,").contains("E-19,gone,,");
        assertThat(beside(stopped, "page")).contains("10 people would be deactivated");
        JsonNode waiting = step("awaitDecision", of(stopped));
        assertThat(waiting.path("waiting").asBoolean()).isTrue();
        assertThat(waiting.path("waitSeconds").asInt()).isEqualTo(60);
        assertThat(bucket.keys("work/queue/" + app)).isEmpty();
        assertThat(plan(bucketFile(report)).at("/decision/plan")).isEqualTo(stopped.at("/decision/plan"));
        assertThat(Person.in(okta.directoryOf(app))).hasSize(20);
        assertThat(rest(plan(put("create-and-update", staff(0, 3))))
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
    }

    private PutFile bucketFile(JsonNode report) {
        return new PutFile(
                bucket,
                report.at("/source/key").asText(),
                report.at("/source/eTag").asText(),
                java.util.Optional.empty(),
                java.util.Optional.of(report.at("/source/sequencer").asText()));
    }

    @Test
    @DisplayName("goes as it was shown after a yes, and the same yes again answers the same")
    void approved() {
        JsonNode stopped = stopped();

        Lambda.Result yes = decide(stopped, "approve");
        assertThat(yes.json().path("decision").asText())
                .as(yes.json().toString())
                .isEqualTo("approve");
        assertThat(decide(stopped, "approve").json()).isEqualTo(yes.json());
        Lambda.Result no = decide(stopped, "reject");
        assertThat(no.errorType()).endsWith("$SessionConflictException");
        assertThat(step("awaitDecision", of(stopped)).path("waiting").asBoolean())
                .isFalse();

        JsonNode report = report(stopped);
        JsonNode planned = plan(bucketFile(report));
        assertThat(planned.path("state").asText()).as(planned.toString()).isEqualTo("PLANNED");
        assertThat(rest(planned).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(Person.in(okta.directoryOf(app))).isEqualTo(staff(0, 10));
        assertThat(decide(stopped, "approve").json()).isEqualTo(yes.json());
        JsonNode done = report(stopped);
        assertThat(done.at("/decision/by").asText()).isEqualTo("ann@example.com");
        assertThat(done.at("/decision/authenticated").asBoolean()).isFalse();
        assertThat(done.at("/decision/comment").asText()).isEqualTo("the merger");
    }

    @Test
    @DisplayName("fails with what the guard says after a no, and the report has who said it")
    void rejected() {
        JsonNode stopped = stopped();
        String importId = stopped.path("importId").asText();
        String body = "{\"decision\":\"reject\",\"plan\":\""
                + stopped.at("/decision/plan").asText() + "\",\"by\":\"somebody else\",\"importId\":\"another\"}";

        Lambda.Result no = post(importId, body);

        assertThat(no.json().path("statusCode").asInt())
                .as(no.json().toString())
                .isEqualTo(200);
        assertThat(post(importId, body).json().path("body")).isEqualTo(no.json().path("body"));
        assertThat(post(importId, body.replace("reject", "approve"))
                        .json()
                        .path("statusCode")
                        .asInt())
                .isEqualTo(409);
        assertThat(post(importId, body.replace("reject", "maybe"))
                        .json()
                        .path("statusCode")
                        .asInt())
                .isEqualTo(400);
        assertThat(post(importId.replaceAll("^.", "0").replaceAll("^..", "ff"), body)
                        .json()
                        .path("statusCode")
                        .asInt())
                .isEqualTo(404);
        JsonNode ended = plan(bucketFile(report(stopped)));
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        JsonNode report = report(stopped);
        assertThat(report.at("/problem/type").asText()).endsWith("deactivation-limit-exceeded");
        assertThat(report.at("/decision/by").asText()).isEqualTo("ann");
        assertThat(report.at("/decision/authenticated").asBoolean()).isTrue();
        assertThat(report.path("notes").toString()).contains("Rejected by ann at ");
        assertThat(rest(ended).path("problem").asText()).isEqualTo("deactivation-limit-exceeded");
        assertThat(Person.in(okta.directoryOf(app))).hasSize(20);
    }

    @Test
    @DisplayName("waits anew where the state has changed since, and a decision about the old plan no longer counts")
    void changed() {
        JsonNode stopped = stopped();
        assertThat(decide(stopped, "approve").isFunctionError()).isFalse();
        // Another leaver by now: the approved plan would not have them.
        rest(plan(put("create-and-update", staff(20, 21))));

        JsonNode again = plan(bucketFile(report(stopped)));

        assertThat(again.path("state").asText()).as(again.toString()).isEqualTo("WAITING");
        assertThat(again.at("/decision/plan")).isNotEqualTo(stopped.at("/decision/plan"));
        assertThat(report(stopped).at("/decision/people")).hasSize(11);
        assertThat(decide(stopped, "approve").errorType()).endsWith("$SessionConflictException");
        assertThat(decide(again, "approve").isFunctionError()).isFalse();
        assertThat(rest(plan(bucketFile(report(stopped)))).path("state").asText())
                .isEqualTo("COMPLETED");
        assertThat(Person.in(okta.directoryOf(app))).isEqualTo(staff(0, 10));
    }

    @Test
    @DisplayName("after Okta has ended its first attempt is refused, and nothing of the state is lost")
    void endedAndStopped() {
        rest(plan(put("snapshot", staff(0, 20))));
        okta.processing(app, Processing.error(), Processing.QUICK);
        PutFile file = put("create-and-update", staff(0, 8));
        assertThat(rest(plan(file)).path("state").asText()).isEqualTo("FAILED");
        bucket.put(
                "imports/" + app + "/create-and-update/mapping.json",
                "{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\"},"
                        + "\"deactivate\":{\"when\":\"External ID\",\"empty\":false}}");

        Lambda.Result again =
                Lambda.invoke(file.named().put("action", "planFile").toString());

        assertThat(again.errorType()).as(again.json().toString()).endsWith("$DeactivationLimitExceededException");
        assertThat(rest(plan(put("snapshot", staff(0, 20)))).path("state").asText())
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("keeps its plan where another file has changed nothing of it")
    void unchanged() {
        JsonNode stopped = stopped();
        rest(plan(put("create-and-update", staff(0, 3))));
        assertThat(decide(stopped, "approve").isFunctionError()).isFalse();
        assertThat(rest(plan(bucketFile(report(stopped)))).path("state").asText())
                .isEqualTo("COMPLETED");
        assertThat(Person.in(okta.directoryOf(app))).isEqualTo(staff(0, 10));
    }

    @Test
    @DisplayName("is superseded by a newer snapshot, which may be stopped itself, and its decision comes too late")
    void superseded() {
        JsonNode stopped = stopped();
        JsonNode newer = plan(bucket.put("imports/" + app + "/snapshot/next.csv", Person.csv(staff(0, 11))));
        assertThat(newer.path("state").asText()).isEqualTo("WAITING");

        assertThat(step("awaitDecision", of(stopped)).path("waiting").asBoolean())
                .isFalse();
        assertThat(decide(stopped, "approve").isFunctionError()).isFalse();
        JsonNode ended = plan(bucketFile(report(stopped)));

        assertThat(ended.path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(report(stopped).path("notes").toString()).contains("waited for a decision");
        assertThat(decide(newer, "approve").isFunctionError()).isFalse();
        assertThat(rest(plan(bucketFile(report(newer)))).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(Person.in(okta.directoryOf(app))).isEqualTo(staff(0, 11));
    }

    @Test
    @DisplayName("lists its leavers where no state is known, and fails when its execution ends")
    void leavers() {
        PutFile file = bucket.put(
                "imports/" + app + "/deactivate-and-delete/people.csv",
                "externalId\r\nE-1\r\nE-2\r\nE-3\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of("max-deactivations", "2"));
        JsonNode stopped = plan(file);

        assertThat(stopped.path("state").asText()).as(stopped.toString()).isEqualTo("WAITING");
        assertThat(beside(stopped, "changes")).contains("E-1,deactivated", "E-2,deactivated", "E-3,deactivated");
        assertThat(report(stopped).at("/decision/people")).hasSize(3);
        ObjectNode aborted = of(stopped);
        aborted.putObject("error").put("Error", "Execution.ABORTED");
        JsonNode end = step("finishFile", aborted);
        assertThat(end.path("state").asText()).isEqualTo("FAILED");
        assertThat(end.path("problem").asText()).isEqualTo("deactivation-limit-exceeded");
        assertThat(decide(stopped, "approve").errorType()).endsWith("$SessionConflictException");
    }
}
