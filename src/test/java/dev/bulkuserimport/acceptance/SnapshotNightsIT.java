package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaDirectory;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An HR export, night after night: a seeded sample of some weeks, or as many nights as {@code -Dnights=365} says. After each night Okta's
 * directory must hold what the accepted snapshots say, and nobody may have been sent without a change.
 */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Snapshots")
class SnapshotNightsIT {

    private static final int NIGHTS = Integer.getInteger("nights", 14);
    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "hr-snapshots");
        app = "0oaNights" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department"));
    }

    /** Puts a file and tells the function of it, as often as it asks for; its report. */
    private JsonNode drop(String folder, String content, Map<String, String> metadata) {
        PutFile file = bucket.put("imports/" + app + "/" + folder + "/people.csv", content, metadata);
        for (int delivery = 0; delivery < 6; delivery++) {
            if (!Lambda.invoke(file.event().toString()).isFunctionError()) {
                break;
            }
            okta.heal();
        }
        // Once more, as S3 does now and then.
        return file.imported();
    }

    private JsonNode drop(Map<String, Person> people) {
        return drop("snapshot", Person.csv(people), Map.of());
    }

    private static Map<String, Person> staff(int count) {
        Map<String, Person> people = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            people.put("E-" + i, new Person("u" + i + "@example.com", "D" + i % 3));
        }
        return people;
    }

    private Map<String, Person> directory() {
        return Person.in(okta.directoryOf(app));
    }

    /** A payload in a file that names a session of the caller's, before its users or after them. */
    private PutFile putForSession(String folder, String session, boolean before, Person person) {
        String users = "\"users\":[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"" + person.login()
                + "\",\"department\":\"" + person.department() + "\"}}]";
        String named = "\"sessionId\":\"" + session + "\"";
        return bucket.put(
                "imports/" + app + "/" + folder + "/people.json",
                "{" + (before ? named + "," + users : users + "," + named) + "}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("can't name a session; a file that names one leaves what is known of the people as it is")
    void callersSession(boolean before) {
        Map<String, Person> people = staff(10);
        drop(people);
        String session = okta.newSession(app).id();
        Person moved = new Person("u1@example.com", "moved");

        JsonNode refused = putForSession("snapshot", session, before, moved).imported();
        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.at("/problem/errors/0/field").asText()).isEqualTo("sessionId");
        assertThat(refused.at("/problem/errors/0/message").asText()).contains("can't be specified for a snapshot");

        JsonNode uploaded =
                putForSession("create-and-update", session, before, moved).imported();
        assertThat(uploaded.path("state").asText()).as(uploaded.toString()).isEqualTo("COMPLETED");
        assertThat(uploaded.path("sessionId").asText()).isEqualTo(session);
        String leavers = okta.newSession(app).id();
        JsonNode left = bucket.put(
                        "imports/" + app + "/deactivate-and-delete/leavers.json",
                        "{\"sessionId\":\"" + leavers + "\",\"users\":[{\"externalId\":\"E-2\"}]}",
                        Map.of("max-deactivations", "5%"))
                .imported();
        assertThat(left.path("notes").toString())
                .contains("A file that names its session isn't compared with the application's state, so a percentage")
                .doesNotContain("has no state");
        okta.session(leavers).status("CLOSED");
        // Nobody starts the session, so the person hasn't moved yet.
        okta.session(session).status("CLOSED");
        people.put("E-1", moved);
        JsonNode night = drop(people);
        assertThat(night.path("changed").asInt()).as(night.toString()).isOne();
        assertThat(directory()).isEqualTo(people);
    }

    @Test
    @DisplayName("send only the changes, and deactivate who is gone")
    void changes() {
        Map<String, Person> people = staff(40);
        JsonNode first = drop(people);
        assertThat(first.path("state").asText()).as(first.toString()).isEqualTo("COMPLETED");
        assertThat(first.path("new").asInt()).isEqualTo(40);
        assertThat(directory()).isEqualTo(people);

        JsonNode same = drop(people);
        assertThat(same.path("unchanged").asInt()).isEqualTo(40);
        assertThat(same.path("recordsImported").asInt()).isZero();

        people.put("E-3", new Person("u3@example.com", "moved"));
        people.remove("E-7");
        people.put("E-99", new Person("u99@example.com", "D1"));
        JsonNode preview = drop("snapshot/preview", Person.csv(people), Map.of());
        assertThat(preview.path("dryRun").asBoolean()).isTrue();
        assertThat(preview.at("/goneIds/0").asText()).isEqualTo("E-7");
        assertThat(directory()).hasSize(40);

        JsonNode third = drop(people);
        assertThat(third.path("new").asInt()).isEqualTo(1);
        assertThat(third.path("changed").asInt()).isEqualTo(1);
        assertThat(third.at("/changedByProperty/department").asInt()).isEqualTo(1);
        assertThat(third.path("gone").asInt()).isEqualTo(1);
        assertThat(third.path("recordsImported").asInt()).isEqualTo(3);
        assertThat(directory()).isEqualTo(people);
    }

    @Test
    @DisplayName("that were truncated are stopped by the guard; one file may be let through")
    void guard() {
        Map<String, Person> people = staff(60);
        drop(people);
        Map<String, Person> truncated = staff(20);
        JsonNode stopped = drop(truncated);
        assertThat(stopped.path("state").asText()).isEqualTo("FAILED");
        assertReported(stopped).is("deactivation-limit-exceeded").says("This source has 20 people, the last had 60");
        assertThat(directory()).isEqualTo(people);

        JsonNode through = drop("snapshot", Person.csv(truncated), Map.of("max-deactivations", "40"));
        assertThat(through.path("state").asText()).as(through.toString()).isEqualTo("COMPLETED");
        assertThat(directory()).isEqualTo(truncated);
    }

    private JsonNode dropJson(String folder, String limit, Map<String, Person> people) {
        ObjectNode payload = (ObjectNode) Lambda.parse("{" + limit + "}");
        people.forEach((id, person) -> payload.withArray("users")
                .addObject()
                .put("externalId", id)
                .putObject("profile")
                .put("userName", person.login())
                .put("department", person.department()));
        return bucket.put("imports/" + app + "/" + folder + "/people.json", payload.toString())
                .imported();
    }

    @Test
    @DisplayName("keep the limits that they bring themselves, of changes too, and percentages of the people known")
    void limitsOfTheirOwn() {
        Map<String, Person> people = staff(400);
        drop(people);
        Map<String, Person> fewer = new TreeMap<>(people);
        fewer.keySet().removeIf(id -> id.startsWith("E-39"));
        assertReported(dropJson("snapshot", "\"maxDeactivations\":\"1%\"", fewer))
                .is("deactivation-limit-exceeded")
                .says("11 people would be deactivated; at most 5 may be (maxDeactivations 1% of the payload itself)")
                .says("raise it there, or omit it");

        Map<String, Person> moved = new TreeMap<>(people);
        moved.put("E-1", new Person("u1@example.com", "moved"));
        moved.put("E-2", new Person("u2@example.com", "moved"));
        assertReported(dropJson("snapshot", "\"maxChanges\":1", moved))
                .is("deactivation-limit-exceeded")
                .says("2 people would be changed; at most 1 may be (maxChanges 1 of the payload itself)");
        assertReported(drop("snapshot", Person.csv(moved), Map.of("max-changes", "1")))
                .is("deactivation-limit-exceeded")
                .says("at most 1 may be (the file's metadata max-changes 1)")
                .says("upload the file again with a higher one");
        assertThat(directory()).isEqualTo(people);
        assertThat(dropJson("snapshot", "\"maxChanges\":2", moved).path("state").asText())
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("that are none, and of whose application nothing is known, say that a limit in percent doesn't apply")
    void percentageOfNobody() {
        JsonNode report = drop("deactivate-and-delete", "externalId\nE-1\n", Map.of("max-deactivations", "5%"));
        assertThat(report.path("notes").toString()).contains("a percentage limit on deactivations doesn't apply");
        JsonNode number = drop("deactivate-and-delete", "externalId\nE-1\n", Map.of("max-deactivations", "5"));
        assertThat(number.path("notes").toString()).doesNotContain("percent");
    }

    @Test
    @DisplayName("that are none, and whose session Okta drops, list their users as unknown")
    void droppedUsers() {
        okta.processing(app, Processing.error());
        JsonNode report = drop("create-and-update", Person.csv(staff(20)), Map.of());
        assertReported(report).is("okta-rejected");
        assertThat(report.at("/problem/notImported").toString())
                .isEqualTo("[{\"firstIndex\":2,\"lastIndex\":21,\"count\":20,\"outcome\":\"unknown\"}]");
    }

    @Test
    @DisplayName(
            "take back what a session that Okta dropped would have made of the state, and send it again the next night")
    void takenBack() {
        Map<String, Person> people = staff(30);
        okta.processing(app, Processing.error());
        JsonNode failed = drop(people);
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(directory()).isEmpty();
        okta.processing(app, Processing.QUICK);
        assertThat(drop(people).path("new").asInt()).isEqualTo(30);
        assertThat(directory()).isEqualTo(people);
    }

    @Test
    @DisplayName("know of what other files did meanwhile")
    void otherFiles() {
        Map<String, Person> people = staff(30);
        drop(people);
        drop("deactivate-and-delete", "External ID\r\nE-4\r\n", Map.of());
        assertThat(directory()).doesNotContainKey("E-4");
        JsonNode next = drop(people);
        assertThat(next.path("returned").asInt())
                .as("the leaver of the day is in the export again")
                .isEqualTo(1);
        assertThat(directory()).isEqualTo(people);
    }

    @Test
    @DisplayName("can be compared with a state that was made anew, from a file or from what Okta knows")
    void rebuilt() {
        Map<String, Person> people = staff(20);
        people.forEach((id, person) -> okta.directoryOf(app)
                .add(id, "{\"userName\":\"" + person.login() + "\",\"department\":\"" + person.department() + "\"}"));
        // Nothing could ever be sent for it.
        String tooLong = "x".repeat(513);
        okta.directoryOf(app).add(tooLong, "{\"userName\":\"x\"}");
        Lambda.Result fromOkta = Lambda.invoke(
                "{\"action\":\"rebuildState\",\"applicationId\":\"" + app + "\",\"bucket\":\"" + bucket.name() + "\"}");
        assertThat(fromOkta.json().path("people").asInt())
                .as(fromOkta.json().toString())
                .isEqualTo(20);
        assertThat(fromOkta.json().path("notCompared").toString())
                .as("Okta shows it of nobody")
                .contains("\"email\"")
                .doesNotContain("userName", "department");
        people.remove("E-5");
        people.put("E-6", new Person(people.get("E-6").login(), "moved"));
        JsonNode next = drop(people);
        assertThat(next.path("changed").asInt()).as("only who differs is sent").isEqualTo(1);
        assertThat(next.path("unchanged").asInt()).isEqualTo(18);
        assertThat(next.path("gone").asInt()).isEqualTo(1);
        Map<String, Person> held = new HashMap<>(directory());
        assertThat(held.remove(tooLong)).isNotNull();
        assertThat(held).isEqualTo(people);

        String key = "imports/" + app + "/snapshot/people.csv";
        Lambda.Result fromFile = Lambda.invoke("{\"action\":\"rebuildState\",\"applicationId\":\"" + app
                + "\",\"bucket\":\"" + bucket.name() + "\",\"key\":\"" + key + "\"}");
        assertThat(fromFile.json().path("people").asInt())
                .as(fromFile.json().toString())
                .isEqualTo(19);
        assertThat(drop("snapshot", Person.csv(people) + "\r\n", Map.of())
                        .path("unchanged")
                        .asInt())
                .isEqualTo(19);
    }

    @Test
    @DisplayName("from which the state is made anew are whole: a part would make the people of the others unknown")
    void rebuiltFromAPart() {
        String part = "imports/" + app + "/snapshot/part-00000.csv";
        for (Map<String, String> metadata : List.of(Map.<String, String>of(), Map.of("parts", "one"))) {
            bucket.put(part, Person.csv(staff(10)), metadata);
            JsonNode answer = Lambda.invoke("{\"action\":\"rebuildState\",\"applicationId\":\"" + app
                            + "\",\"bucket\":\"" + bucket.name() + "\",\"key\":\"" + part + "\"}")
                    .json();
            if (metadata.isEmpty()) {
                assertThat(answer.toString()).contains("indicates one part of several");
            } else {
                assertThat(answer.path("people").asInt()).isEqualTo(10);
            }
        }
    }

    @Test
    @DisplayName("of which the first deactivates whom the mapping says, and its note doesn't deny it")
    void firstWithLeavers() {
        bucket.put(
                "imports/" + app + "/mapping.json",
                "{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\",\"department\":\"department\"},"
                        + "\"deactivate\":{\"when\":\"department\",\"is\":[\"left\"]}}");
        Map<String, Person> people = staff(10);
        people.put("E-5", new Person(people.get("E-5").login(), "left"));
        JsonNode first = drop(people);
        assertThat(first.path("deactivated").asInt()).as(first.toString()).isOne();
        assertThat(first.path("notes").toString())
                .contains("so no one counts as gone")
                .doesNotContain("no one is deactivated");
    }

    @Test
    @DisplayName("from which the state is made anew keep the people of rows that they skip")
    void rebuiltWithSkippedRows() {
        bucket.put(
                "imports/" + app + "/mapping.json",
                "{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\",\"department\":\"department\"},"
                        + "\"skip\":{\"when\":\"department\",\"is\":[\"on leave\"]}}");
        Map<String, Person> people = staff(10);
        drop(people);
        Person colleague = people.get("E-5");
        people.put("E-5", new Person(colleague.login(), "on leave"));
        drop(people);
        Lambda.Result rebuilt = Lambda.invoke("{\"action\":\"rebuildState\",\"applicationId\":\"" + app
                + "\",\"bucket\":\"" + bucket.name() + "\",\"key\":\"imports/" + app + "/snapshot/people.csv\"}");
        assertThat(rebuilt.json().path("people").asInt())
                .as(rebuilt.json().toString())
                .isEqualTo(10);
        assertThat(rebuilt.json().path("skipped").asInt()).isOne();
        assertThat(rebuilt.json().has("rejected")).isFalse();
        people.remove("E-5");
        JsonNode next = drop(people);
        assertThat(next.path("unchanged").asInt()).as(next.toString()).isEqualTo(9);
        assertThat(next.path("gone").asInt()).isOne();
        assertThat(directory()).isEqualTo(people);
    }

    @Test
    @DisplayName("over many nights leave Okta with what they say, whatever goes wrong")
    void nights() {
        Random random = new Random(20_261_125);
        Map<String, Person> people = staff(120);
        OktaDirectory held = okta.directoryOf(app);
        Map<String, Integer> mayBeSent = new HashMap<>();
        Map<String, Person> last = Map.of();
        for (int night = 0; night < NIGHTS; night++) {
            change(people, random);
            arrange(random);
            JsonNode report = drop(people);
            okta.heal();
            okta.processing(app, Processing.QUICK);
            count(last, people, mayBeSent);
            if (!report.path("state").asText().equals("COMPLETED")) {
                // The same people once more: whatever was not done is done now.
                count(last, people, mayBeSent);
                report = drop("snapshot", Person.csv(people) + "\r\n", Map.of());
            }
            assertThat(report.path("state").asText())
                    .as("night %d: %s", night, report)
                    .isEqualTo("COMPLETED");
            assertThat(directory()).as("night %d", night).isEqualTo(people);
            last = new TreeMap<>(people);
        }
        assertThat(mayBeSent).allSatisfy((id, times) -> assertThat(held.sent(id) + held.sentDeletions(id))
                .as(id)
                .isLessThanOrEqualTo(2 * times));
        assertNoValueIsKept();
    }

    private static void change(Map<String, Person> people, Random random) {
        for (int i = random.nextInt(12); i > 0; i--) {
            String id = "E-" + random.nextInt(200);
            if (people.containsKey(id) && random.nextInt(4) == 0) {
                people.remove(id);
            } else {
                people.put(id, new Person("u" + id.substring(2) + "@example.com", "D" + random.nextInt(5)));
            }
        }
    }

    private void arrange(Random random) {
        switch (random.nextInt(6)) {
            case 0 -> okta.fault(Fault.status(503).times(2));
            case 1 -> okta.fault(Fault.page(502).times(9));
            case 2 -> okta.processing(app, Processing.error());
            case 3 -> okta.processing(app, Processing.reads(2));
            default -> {
                // A good night.
            }
        }
    }

    private static void count(Map<String, Person> before, Map<String, Person> now, Map<String, Integer> mayBeSent) {
        List<String> ids = new ArrayList<>(now.keySet());
        ids.addAll(before.keySet());
        for (String id : new java.util.HashSet<>(ids)) {
            if (!java.util.Objects.equals(before.get(id), now.get(id))) {
                mayBeSent.merge(id, 1, Integer::sum);
            }
        }
    }

    private void assertNoValueIsKept() {
        List<String> keys = bucket.keys("state/" + app);
        assertThat(keys).isNotEmpty();
        for (String key : keys) {
            assertThat(new String(bucket.bytes(key), StandardCharsets.ISO_8859_1))
                    .as(key)
                    .doesNotContain("@example.com");
        }
    }
}
