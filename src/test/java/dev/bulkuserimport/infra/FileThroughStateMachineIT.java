package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaDirectory;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.ReportSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Files through everything that is deployed but AWS itself: the state machine's definition in an interpreter, the built function under
 * Lambda's Runtime API, a real S3 API, and the embedded Okta, whose sessions are looked into user by user.
 */
@DisplayName("a file through the state machine")
class FileThroughStateMachineIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Files of one application at once; {@code -Dstate-machine.files=40} takes two minutes. */
    private static final int FILES = Integer.getInteger("state-machine.files", 8);

    private static S3MockProcess mock;
    private static MachineStand stand;
    private static EmbeddedOkta okta;

    /** Without versions: S3Mock lists what was deleted from a bucket with versions as if it were there. */
    private static Bucket bucket;

    private static Bucket versioned;
    private static int applications;

    private String app;

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
        stand = new MachineStand(mock);
        okta = stand.okta();
        versioned = Bucket.of(mock.client(), "through-state-machine-versions");
        mock.client().putBucketVersioning(versioning -> versioning
                .bucket(versioned.name())
                .versioningConfiguration(configuration -> configuration.status(BucketVersioningStatus.ENABLED)));
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    @BeforeEach
    void application() {
        bucket = Bucket.anew(mock.client(), "through-state-machine");
        stand.reset();
        app = "0oaMachine" + ++applications;
        okta.application(app).pauseBetweenSessions(app, Duration.ZERO);
    }

    private static Execution run(ObjectNode file) {
        return stand.run(file);
    }

    /** Puts a CSV of users with the external IDs {@code E-0}, {@code E-1} and so on; what the starter makes of its event. */
    private ObjectNode put(String folder, String name, int users, IntFunction<String> row) {
        StringBuilder csv = new StringBuilder(80 * users + 80).append("External ID,User Name,First Name,department\n");
        for (int i = 0; i < users; i++) {
            csv.append(row.apply(i)).append('\n');
        }
        return bucket.put("imports/" + folder + "/create-and-update/" + name, csv.toString())
                .named();
    }

    private static String row(int i) {
        return "E-" + i + ",user" + i + "@example.com,Name,Dept" + i % 7;
    }

    /** A payload in a file, with one user a request and so 50 a session. */
    private ObjectNode putSmallSessions(int users) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "CREATE_AND_UPDATE")
                .put("usersPerPage", 1);
        for (int i = 0; i < users; i++) {
            ObjectNode user = payload.withArray("users").addObject().put("externalId", "E-" + i);
            user.putObject("profile").put("userName", "user" + i + "@example.com");
        }
        return bucket.put("imports/small-" + app + ".json", payload.toString()).named();
    }

    /** Every user that Okta has completed, session by session; fails if one is there twice. */
    private static List<Set<String>> completed(String application) {
        List<Set<String>> sessions = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>();
        for (OktaSession session : okta.sessionsOf(application)) {
            if (session.status().equals("COMPLETED")) {
                assertThat(session.repeated()).isEmpty();
                assertThat(Collections.disjoint(all, session.users().keySet())).isTrue();
                all.addAll(session.users().keySet());
                sessions.add(session.users().keySet());
            }
        }
        return sessions;
    }

    private static Set<String> people(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "E-" + i).collect(java.util.stream.Collectors.toSet());
    }

    private JsonNode report(Execution execution) {
        return ReportSchema.checked(
                bucket.json(execution.output().path("report").asText().replace("s3://" + bucket.name() + "/", "")));
    }

    private void workIsTidy() {
        assertThat(bucket.keys("work/"))
                .filteredOn(key -> key.contains("/session-"))
                .isEmpty();
    }

    @Test
    @DisplayName("of 25,001 users is in Okta once, in its order, in three sessions, and told")
    void large() {
        Execution execution = run(put(app, "people.csv", 25_001, FileThroughStateMachineIT::row));
        assertThat(execution.succeeded()).as(execution.toString()).isTrue();
        assertThat(completed(app)).containsExactly(people(0, 10_000), people(10_000, 20_000), people(20_000, 25_001));
        assertThat(execution.output().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(execution.output().path("recordsImported").asInt()).isEqualTo(25_001);
        assertThat(report(execution).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(stand.events()).singleElement().satisfies(event -> {
            assertThat(event.path("Detail")).isEqualTo(execution.output());
            assertThat(event.toString()).doesNotContain("example.com", "E-1");
        });
        workIsTidy();
    }

    @Test
    @DisplayName("stops at a session that doesn't complete; another execution goes on with that one")
    void broken() {
        ObjectNode file = putSmallSessions(120);
        okta.processing(app, Processing.QUICK, Processing.dropped("EXPIRED"), Processing.QUICK);
        Execution execution = run(file);
        assertThat(execution.error()).isEqualTo("ImportFailed");
        assertThat(completed(app)).containsExactly(people(0, 50));
        assertThat(stand.events()).singleElement().satisfies(event -> {
            assertThat(event.at("/Detail/state").asText()).isEqualTo("FAILED");
            assertThat(event.at("/Detail/recordsImported").asInt()).isLessThanOrEqualTo(100);
        });

        Execution again = run(file);
        assertThat(again.succeeded()).as(again.toString()).isTrue();
        assertThat(completed(app)).containsExactly(people(0, 50), people(50, 100), people(100, 120));
        assertThat(again.output().path("recordsImported").asInt()).isEqualTo(120);
    }

    /** All the people there are, in a file, with one user a request and so 50 a session. */
    private ObjectNode putSnapshot(String name, Map<String, String> departments) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "SNAPSHOT")
                .put("usersPerPage", 1);
        departments.forEach((id, department) -> {
            ObjectNode user = payload.withArray("users").addObject().put("externalId", id);
            user.putObject("profile")
                    .put("userName", id.toLowerCase(java.util.Locale.ROOT) + "@example.com")
                    .put("department", department);
        });
        return bucket.put("imports/" + name + "-" + app + ".json", payload.toString())
                .named();
    }

    /** Who was sent so far, and how often, upserts and deletions. */
    private static Map<String, List<Integer>> sent(String application, Set<String> ids) {
        OktaDirectory directory = okta.directoryOf(application);
        Map<String, List<Integer>> sent = new HashMap<>();
        ids.forEach(id -> sent.put(id, List.of(directory.sent(id), directory.sentDeletions(id))));
        return sent;
    }

    private static Map<String, String> departments(String application) {
        Map<String, String> held = new HashMap<>();
        okta.directoryOf(application)
                .present()
                .forEach(
                        (id, profile) -> held.put(id, profile.path("department").asText()));
        return held;
    }

    @Test
    @DisplayName(
            "of all people, of whom Okta drops a session, leaves that session's people and those after it to the next"
                    + " night, and nobody else")
    void snapshotBroken() {
        Map<String, String> staff = new TreeMap<>();
        IntStream.range(0, 120).forEach(i -> staff.put("E-" + i, "Before"));
        Execution first = run(putSnapshot("monday", staff));
        assertThat(first.succeeded()).as(first.toString()).isTrue();
        Map<String, String> monday = Map.copyOf(staff);

        // 56 changed, 4 new and 5 gone: 50 of them in a first session, 15 in a second, the leavers last.
        staff.replaceAll((id, department) -> Integer.parseInt(id.substring(2)) < 56 ? "After" : department);
        IntStream.range(115, 120).forEach(i -> staff.remove("E-" + i));
        IntStream.range(120, 124).forEach(i -> staff.put("E-" + i, "After"));
        Set<String> everybody = new LinkedHashSet<>(staff.keySet());
        everybody.addAll(monday.keySet());
        Map<String, List<Integer>> before = sent(app, everybody);
        okta.processing(app, Processing.QUICK, Processing.dropped("ERROR"));
        stand.events().clear();
        int printed = stand.printed().length();
        ObjectNode tuesday = putSnapshot("tuesday", staff);
        Execution stopped = run(tuesday);

        assertThat(stopped.error()).isEqualTo("ImportFailed");
        List<OktaSession> sessions = okta.sessionsOf(app);
        assertThat(sessions).hasSize(5).last().satisfies(session -> assertThat(session.status())
                .isEqualTo("ERROR"));
        Set<String> accepted = sessions.get(3).users().keySet();
        Map<String, String> held = new HashMap<>(monday);
        accepted.forEach(id -> held.put(id, staff.get(id)));
        assertThat(departments(app)).isEqualTo(held);
        assertTold(tuesday, stopped, stand.printed().substring(printed));

        // The state has taken the dropped session's part back: the next night finds it to do once more, and nothing
        // else.
        Map<String, List<Integer>> between = sent(app, everybody);
        okta.processing(app, Processing.QUICK);
        Execution next = run(putSnapshot("wednesday", staff));
        assertThat(next.succeeded()).as(next.toString()).isTrue();
        JsonNode report = report(next);
        assertThat(report.path("changed").asInt() + report.path("new").asInt()).isEqualTo(60 - accepted.size());
        assertThat(report.path("gone").asInt()).isEqualTo(5);
        assertThat(report.path("unchanged").asInt()).isEqualTo(59 + accepted.size());
        assertThat(report.path("recordsImported").asInt()).isEqualTo(65 - accepted.size());
        assertThat(departments(app)).isEqualTo(staff);
        Set<String> sentNow = new LinkedHashSet<>(everybody);
        sentNow.removeIf(id -> sent(app, Set.of(id)).get(id).equals(between.get(id)));
        Set<String> toDo = new LinkedHashSet<>(everybody);
        toDo.removeIf(id -> Objects.equals(held.get(id), staff.get(id)));
        assertThat(sentNow).as("who was sent on Wednesday").isEqualTo(toDo);
        assertThat(toDo).hasSize(65 - accepted.size());
        sent(app, accepted)
                .forEach((id, times) ->
                        assertThat(times.get(0)).as(id).isEqualTo(before.get(id).get(0) + 1));
    }

    /** What the report, the page, the event, the log and the metric say of a snapshot that stopped at a session that Okta dropped. */
    private void assertTold(ObjectNode file, Execution stopped, String printed) {
        int in = 50;
        String place = "reports/" + file.path("key").asText() + "."
                + file.path("eTag").asText() + "." + file.path("sequencer").asText();
        JsonNode report = ReportSchema.checked(bucket.json(place + ".json"));
        assertThat(report.path("state").asText()).isEqualTo("FAILED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(in);
        assertThat(report.at("/problem/type").asText()).endsWith(":okta-rejected");
        assertThat(report.at("/problem/recordsImported").asInt()).isEqualTo(in);
        assertThat(report.at("/problem/detail").asText())
                .contains("with the status ERROR")
                .contains("1 of 2 sessions (50 users) are in Okta.");
        assertThat(report.at("/problem/notImported"))
                .singleElement()
                .satisfies(range -> assertThat(range.path("outcome").asText()).isEqualTo("unknown"));
        assertThat(report.at("/sessions/1/status").asText()).isEqualTo("ERROR");
        assertThat(bucket.text(place + ".html")).contains("ERROR").doesNotContain("@example.com");
        assertThat(stand.events()).singleElement().satisfies(event -> {
            assertThat(event.at("/Detail/state").asText()).isEqualTo("FAILED");
            assertThat(event.at("/Detail/problem").asText()).isEqualTo("okta-rejected");
            assertThat(event.at("/Detail/recordsImported").asInt()).isEqualTo(in);
        });
        assertThat(stopped.cause()).doesNotContain("@example.com");
        assertThat(printed.lines().filter(line -> line.contains("okta-rejected applicationId=" + app)))
                .as("one line of the log: %s", printed)
                .singleElement()
                .satisfies(line -> assertThat(line).contains(" imported=" + in + " "));
        assertThat(printed.lines().filter(line -> line.contains("\"_aws\"")))
                .as("one metric: %s", printed)
                .singleElement()
                .satisfies(line -> {
                    JsonNode metric = JSON.readTree(line);
                    assertThat(line).contains("okta-rejected");
                    assertThat(metric.path("RecordsImported").asInt()).isEqualTo(in);
                });
    }

    @Test
    @DisplayName("that is refused is told with its problem, and nothing is sent")
    void refused() {
        ObjectNode file = put(app, "wrong.csv", 3, i -> i == 1 ? ",nobody@example.com,N,D" : row(i));
        Execution execution = run(file);
        assertThat(execution.error()).isEqualTo("ImportFailed");
        assertThat(okta.sessionsOf(app)).isEmpty();
        assertThat(stand.events()).singleElement().satisfies(event -> {
            assertThat(event.at("/Detail/state").asText()).isEqualTo("FAILED");
            assertThat(event.at("/Detail/problem").asText()).isEqualTo("invalid-users");
            assertThat(event.toString()).doesNotContain("nobody@example.com");
        });
    }

    @Test
    @DisplayName("that a newer version has replaced is superseded, and only the newer one is sent")
    void superseded() {
        String key = "imports/" + app + "/create-and-update/people.csv";
        String header = "External ID,User Name\n";
        ObjectNode old = versioned.put(key, header + "E-0,user0@example.com\n").named();
        ObjectNode newer = versioned
                .put(key, header + "E-0,user0@example.com\nE-1,user1@example.com\n")
                .named();
        Execution first = run(old);
        assertThat(first.succeeded()).as(first.toString()).isTrue();
        assertThat(first.output().path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(okta.sessionsOf(app)).isEmpty();
        assertThat(run(newer).output().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(completed(app)).containsExactly(people(0, 2));
    }

    @Test
    @DisplayName("that is no import (a mapping) ends without a word")
    void mapping() {
        ObjectNode file = bucket.absent("imports/" + app + "/mapping.json").named();
        Execution execution = run(file);
        assertThat(execution.succeeded()).isTrue();
        assertThat(stand.events()).isEmpty();
    }

    @Test
    @DisplayName(
            "waits for the others of its application: many of one and three of another all end, the three without waiting for the many")
    void many() {
        String other = app + "b";
        okta.application(other).pauseBetweenSessions(other, Duration.ZERO);
        okta.pauseBetweenSessions(app, Duration.ofSeconds(2));
        List<ObjectNode> files = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            int from = 10 * i;
            files.add(put(app, "file-" + i + ".csv", 2, n -> row(from + n)));
        }
        for (int i = 0; i < 3; i++) {
            int from = 10 * i;
            files.add(put(other, "other-" + i + ".csv", 2, n -> row(from + n)));
        }
        List<Integer> othersSeen = new CopyOnWriteArrayList<>();
        stand.listener((state, parameters) -> {
            if (state.equals("ImportFinished")
                    && parameters.toString().contains("\"applicationId\":\"" + other + "\"")) {
                othersSeen.add(completed(app).size());
            }
        });
        List<Execution> executions = stand.run(files, Duration.ofSeconds(1));
        assertThat(executions).allSatisfy(execution -> assertThat(execution.succeeded())
                .as(execution.toString())
                .isTrue());
        assertThat(completed(app)).hasSize(FILES).allSatisfy(session -> assertThat(session)
                .hasSize(2));
        assertThat(completed(other)).hasSize(3);
        assertThat(stand.events()).hasSize(FILES + 3);
        assertThat(othersSeen).hasSize(3);
        assertThat(othersSeen.get(0)).as("the first of three isn't behind many").isLessThan(FILES);
        assertThat(executions.subList(0, FILES).stream()
                        .mapToInt(execution -> execution.times("ImportSession"))
                        .max()
                        .orElse(0))
                .as("somebody had to wait")
                .isGreaterThan(1);
    }

    @Test
    @DisplayName("is imported once, however often an execution is started for it")
    void twice() {
        ObjectNode file = put(app, "people.csv", 5, FileThroughStateMachineIT::row);
        List<Execution> executions = stand.run(List.of(file, file.deepCopy()), Duration.ofMillis(100));
        assertThat(executions).allSatisfy(execution -> assertThat(execution.succeeded())
                .as(execution.toString())
                .isTrue());
        Execution third = run(file);
        assertThat(third.output().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(completed(app)).containsExactly(people(0, 5));
    }
}
