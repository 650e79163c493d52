package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaGroups;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.FileSummary;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.source.Workbook;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
@DisplayName("A file with groups")
class GroupFilesIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    private static final String MAPPING = """
            {"externalId": "ID",
             "profile": {"userName": "Mail", "email": "Mail"},
             "groups": [{"externalId": {"from": "Dept", "prefix": "dept-"}, "displayName": "Dept Name"},
                        {"externalId": {"from": "Sites", "prefix": "site-"}, "displayName": "Sites", "split": ";"}]}""";

    @Inject
    FileImport steps;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        door.heal();
        app = "0oaGroupFiles" + APPS.incrementAndGet();
        okta.application(app);
        bucket = Bucket.anew(s3, "hr-groups");
        bucket.put("imports/" + app + "/mapping.json", MAPPING);
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(60));
    }

    private ObjectVersion put(String name, String body) {
        return version(bucket.put("imports/" + app + "/create-and-update/" + name, body));
    }

    private static ObjectVersion version(PutFile file) {
        return new ObjectVersion(
                file.bucket().name(), file.key(), file.versionId(), Optional.of(file.eTag()), file.sequencer());
    }

    private JsonNode report(ObjectVersion object) {
        return ReportSchema.checked(
                bucket.json("reports/" + object.key() + "." + object.version().orElseThrow() + ".json"));
    }

    private FileSummary allSteps(ObjectVersion object) {
        FilePlan plan = steps.planFile(object, time());
        for (FilePlan.Session session : plan.sessions()) {
            steps.importSession(plan.importId().orElseThrow(), session.number(), time());
            while (!steps.followSession(plan.importId().orElseThrow(), session.number(), time())
                    .done()) {
                Thread.onSpinWait();
            }
        }
        return steps.finishFile(plan.importId().orElseThrow(), Optional.empty(), time());
    }

    private List<String> uploads() {
        return okta.received().stream()
                .filter(call -> call.contains("/bulk-"))
                .map(call -> call.substring(call.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    @DisplayName("brings 10,000 people, 300 groups and 40,000 memberships in as few requests as they need")
    void tenThousand() {
        StringBuilder csv = new StringBuilder("ID,Mail,Dept,Dept Name,Sites\n");
        for (int i = 0; i < 10_000; i++) {
            csv.append("E-" + i + ",u" + i + "@example.com," + i % 150 + ",Department " + i % 150 + ",S" + i % 50 + ";S"
                    + (50 + i % 40) + ";S" + (90 + i % 60) + "\n");
        }
        ObjectVersion object = put("people.csv", csv.toString());
        FileSummary summary = allSteps(object);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(summary.members())
                .containsEntry("recordsImported", 10_000)
                .containsEntry("groupsImported", 300)
                .containsEntry("membershipsImported", 40_000);
        assertThat(uploads().stream().filter("bulk-upsert"::equals)).hasSize(50);
        assertThat(uploads().stream().filter("bulk-groups-upsert"::equals)).hasSize(2);
        assertThat(uploads()).hasSizeLessThanOrEqualTo(50 + 2 + 3 + 2);

        OktaGroups groups = okta.directoryOf(app).groups();
        assertThat(groups.profiles()).hasSize(300);
        assertThat(groups.members("dept-7")).hasSize(67).contains("E-7", "E-157");
        assertThat(groups.members("site-S90")).hasSize(167);
        JsonNode report = report(object);
        assertThat(report.path("recordsImported").asInt()).isEqualTo(10_000);
        assertThat(report.path("groupsImported").asInt()).isEqualTo(300);
        assertThat(report.path("membershipsImported").asInt()).isEqualTo(40_000);
        assertThat(report.path("answer").path("membershipsImported").asInt()).isEqualTo(40_000);
        assertThat(report.path("sessions")).hasSize(2);
        assertThat(report.path("okta").path("users").path("shown").asInt()).isEqualTo(10_000);
        assertThat(report.path("okta").path("memberships").toString())
                .isEqualTo("{\"groups\":300,\"shown\":40000,\"notShown\":0,\"stillShown\":0}");
    }

    /** As the Terraform provider's okta_identity_source_import sends it: one request for each kind, whatever is in it. */
    @Test
    @DisplayName("of 10,000 people and 300 groups is refused by Okta where each kind goes as one request")
    void oneRequestForEachKind() throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode users = json.createObjectNode().put("entityType", "USERS");
        ObjectNode groups = json.createObjectNode();
        ObjectNode memberships = json.createObjectNode();
        for (int i = 0; i < 10_000; i++) {
            users.withArray("profiles")
                    .addObject()
                    .put("externalId", "E-" + i)
                    .putObject("profile")
                    .put("userName", "u" + i + "@example.com");
        }
        for (int group = 0; group < 300; group++) {
            groups.withArray("profiles")
                    .addObject()
                    .put("externalId", "g-" + group)
                    .putObject("profile")
                    .put("displayName", "Group " + group);
            ArrayNode members = memberships
                    .withArray("memberships")
                    .addObject()
                    .put("groupExternalId", "g-" + group)
                    .putArray("memberExternalIds");
            IntStream.range(0, 133).forEach(i -> members.add("E-" + i));
        }
        String session = okta.newSession(app).id();
        for (Map.Entry<String, ObjectNode> kind : Map.of(
                        "bulk-upsert", users,
                        "bulk-groups-upsert", groups,
                        "bulk-group-memberships-upsert", memberships)
                .entrySet()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(okta.url() + "/api/v1/identity-sources/" + app
                            + "/sessions/" + session + "/" + kind.getKey()))
                    .header("Authorization", "SSWS " + EmbeddedOkta.TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(kind.getValue().toString()))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(kind.getKey())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("may be of any format")
    void formats() {
        String csv = "ID,Mail,Dept,Dept Name,Sites\nE-1,a@example.com,10,Sales,A;B\nE-2,b@example.com,10,Sales,\n";
        String objects = """
                {"ID": "E-1", "Mail": "a@example.com", "Dept": "10", "Dept Name": "Sales", "Sites": "A;B"}
                {"ID": "E-2", "Mail": "b@example.com", "Dept": "10", "Dept Name": "Sales", "Sites": null}
                """;
        byte[] sheet = new Workbook()
                .row("Sheet1", 1, "ID", "Mail", "Dept", "Dept Name", "Sites")
                .row("Sheet1", 2, "E-1", "a@example.com", "10", "Sales", "A;B")
                .row("Sheet1", 3, "E-2", "b@example.com", "10", "Sales")
                .bytes();
        bucket.put("imports/" + app + "/mapping.json", MAPPING);
        for (ObjectVersion object : List.of(
                put("a.csv", csv),
                put("b.ndjson", objects),
                put("c.json", "[" + objects.strip().replace("}\n", "},") + "]"),
                version(bucket.put("imports/" + app + "/create-and-update/d.xlsx", sheet)))) {
            okta.reset();
            okta.application(app);
            FileSummary summary = allSteps(object);
            assertThat(summary.state()).as(object.key()).isEqualTo(FileState.COMPLETED);
            OktaGroups groups = okta.directoryOf(app).groups();
            assertThat(groups.profiles().keySet()).containsExactly("dept-10", "site-A", "site-B");
            assertThat(groups.members("dept-10")).containsExactly("E-1", "E-2");
            assertThat(groups.members("site-B")).containsExactly("E-1");
        }
    }

    @Test
    @DisplayName("says what of it is not in when a request is refused, by kind and line")
    void refused() {
        okta.fault(Fault.status(400).on("bulk-group-memberships-upsert"));
        ObjectVersion object =
                put("r.csv", "ID,Mail,Dept,Dept Name,Sites\nE-1,a@example.com,10,Sales,\nE-2,b@example.com,10,S,\n");
        FilePlan plan = steps.planFile(object, time());
        try {
            steps.importSession(plan.importId().orElseThrow(), 1, time());
        } catch (RuntimeException e) {
            // Its report says why.
        }
        steps.finishFile(plan.importId().orElseThrow(), Optional.empty(), time());
        JsonNode report = report(object);
        assertThat(report.path("state").asText()).isEqualTo("FAILED");
        assertThat(report.path("notes").toString()).contains("1 row gives its group another name");
        assertThat(report.path("problem").path("sessionCancelled").asBoolean()).isTrue();
        for (String counted : List.of("recordsImported", "groupsImported", "membershipsImported")) {
            assertThat(report.path("problem").path(counted).asInt(-1)).isZero();
        }
        assertThat(report.path("problem").path("notImported").toString())
                .isEqualTo(
                        "[{\"kind\":\"users\",\"firstIndex\":2,\"lastIndex\":3,\"count\":2,\"outcome\":\"not-sent\"},"
                                + "{\"kind\":\"groups\",\"firstIndex\":2,\"lastIndex\":2,\"count\":1,\"outcome\":\"not-sent\"},"
                                + "{\"kind\":\"memberships\",\"firstIndex\":2,\"lastIndex\":3,\"count\":2,\"outcome\":\"not-sent\"}]");
    }

    @Test
    @DisplayName("lists them beside its users, in a payload")
    void payload() {
        ObjectVersion object = put("p.json", """
                {"users": [{"externalId": "E-1", "profile": {"userName": "a@example.com", "email": "a@example.com"}}],
                 "groups": [{"externalId": "g-1", "profile": {"displayName": "One"}}],
                 "memberships": [{"groupExternalId": "g-1", "memberExternalIds": ["E-1"]}]}""");
        bucket.delete("imports/" + app + "/mapping.json");
        FileSummary summary = allSteps(object);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(summary.members()).containsEntry("groupsImported", 1).containsEntry("membershipsImported", 1);
        assertThat(okta.directoryOf(app).groups().members("g-1")).containsExactly("E-1");
    }

    @ParameterizedTest
    @CsvSource({"1,FAILED", "50%,COMPLETED", "2,COMPLETED"})
    @DisplayName("are guarded by a number where a file removes members itself, though nothing is known of the group")
    void removals(String most, FileState end) {
        bucket.delete("imports/" + app + "/mapping.json");
        ObjectVersion object = version(bucket.put(
                "imports/" + app + "/deactivate-and-delete/removals.json", """
                {"users": [{"externalId": "E-1"}],
                 "memberships": [{"groupExternalId": "g-1", "memberExternalIds": ["E-1", "E-2", "E-3"]}],
                 "dryRun": true}""", Map.of("max-group-removals", most)));
        try {
            steps.planFile(object, time());
        } catch (RuntimeException e) {
            // Its report says why.
        }
        steps.finishFile(object, Optional.empty(), time());
        JsonNode report = report(object);
        assertThat(report.path("state").asText()).isEqualTo(end.name());
        if (end == FileState.FAILED) {
            assertThat(report.path("problem").path("detail").asText())
                    .startsWith("2 members would be removed from the group g-1; at most 1 may be");
        }
        assertThat(report.path("notes").toString().contains("a percentage limit on removals from groups"))
                .isEqualTo(most.endsWith("%"));
        assertThat(uploads()).isEmpty();
    }

    @Test
    @DisplayName("are counted in a dry run, request by request, and not sent")
    void dryRun() {
        PutFile file = bucket.put(
                "imports/" + app + "/create-and-update/dry.csv",
                "ID,Mail,Dept,Dept Name,Sites\nE-1,a@example.com,10,Sales,A\n",
                Map.of("dry-run", "true"));
        ObjectVersion object = version(file);
        steps.planFile(object, time());
        steps.finishFile(object, Optional.empty(), time());
        JsonNode answer = report(object).path("answer");
        assertThat(answer.path("membershipsImported").asInt()).isZero();
        assertThat(answer.path("plan").findValuesAsText("kind")).containsExactly("users", "groups", "memberships");
        assertThat(answer.path("plan").get(1).path("groups").asInt()).isEqualTo(2);
        assertThat(uploads()).isEmpty();
    }

    private ObjectVersion night(int night, String rows, Map<String, String> metadata) {
        return version(bucket.put(
                "imports/" + app + "/snapshot/night-" + night + ".csv",
                "ID,Mail,Dept,Dept Name,Sites\n" + rows,
                metadata));
    }

    private ObjectVersion night(int night, String rows) {
        return night(night, rows, Map.of());
    }

    private static String people(int from, int to, String rest) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "E-" + i + ",u" + i + "@example.com," + rest + "\n")
                .collect(Collectors.joining());
    }

    @Test
    @DisplayName(
            "sends in a snapshot who has joined and who has left; one group that would lose most of its members stops it")
    void snapshots() {
        allSteps(night(1, people(1, 20, "10,Sales,A;B") + people(21, 40, "20,R&D,A")));
        OktaGroups groups = okta.directoryOf(app).groups();
        assertThat(groups.members("dept-10")).hasSize(20);

        ObjectVersion second = night(2, people(1, 19, "10,Sales,A;B") + people(20, 40, "20,R&D,A"));
        assertThat(allSteps(second).state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).groups().members("dept-10"))
                .hasSize(19)
                .doesNotContain("E-20");
        assertThat(okta.directoryOf(app).groups().members("dept-20"))
                .hasSize(21)
                .contains("E-20");
        JsonNode report = report(second);
        assertThat(report.path("joined").asInt()).isEqualTo(1);
        assertThat(report.path("left").asInt()).isEqualTo(2);
        assertThat(report.path("unchanged").asInt()).isEqualTo(40);
        assertThat(report.path("users").asInt()).isZero();
        assertThat(report.path("requests").asInt()).isEqualTo(2);
        assertThat(bucket.text(report.path("changes").asText()).lines().skip(1))
                .containsExactly("E-20,joined,,dept-20", "E-20,left,,dept-10", "E-20,left,,site-B");

        ObjectVersion third = night(3, people(1, 40, "20,R&D,A"));
        FilePlan plan = null;
        try {
            plan = steps.planFile(third, time());
        } catch (RuntimeException e) {
            // Its report says why.
        }
        assertThat(plan).isNull();
        steps.finishFile(third, Optional.empty(), time());
        assertThat(report(third).path("problem").path("detail").asText())
                .startsWith("19 of 19 members would be removed from the group dept-10; at most 9 may be");
        assertThat(okta.directoryOf(app).groups().members("dept-10")).hasSize(19);

        ObjectVersion let = night(3, people(1, 40, "20,R&D,A"), Map.of("max-group-removals", "none"));
        assertThat(allSteps(let).state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).groups().members("dept-10")).isEmpty();
        assertThat(okta.directoryOf(app).groups().profiles()).containsKey("dept-10");

        bucket.put(
                "imports/" + app + "/mapping.json",
                MAPPING.replace("\"groups\":", "\"groupsGone\": \"delete\", \"groups\":"));
        ObjectVersion last = night(4, people(1, 39, "20,R&D,A"));
        assertThat(allSteps(last).state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).groups().profiles().keySet()).containsExactly("dept-20", "site-A");
        assertThat(okta.directoryOf(app).groups().members("dept-20")).hasSize(39);
        assertThat(report(last).path("groupsDeleted").asInt()).isEqualTo(2);
    }

    @Test
    @DisplayName("brings its groups back when Okta lets the session expire")
    void expired() {
        okta.processing(app, Processing.QUICK, Processing.expired(), Processing.QUICK);
        allSteps(night(1, people(1, 3, "10,Sales,A")));
        allSteps(night(2, people(1, 2, "10,Sales,A") + people(3, 3, "20,R&D,")));
        assertThat(allSteps(night(3, people(1, 2, "10,Sales,A") + people(3, 3, "20,R&D,")))
                        .state())
                .isEqualTo(FileState.COMPLETED);
        OktaGroups groups = okta.directoryOf(app).groups();
        assertThat(groups.members("dept-20")).containsExactly("E-3");
        assertThat(groups.members("site-A")).containsExactly("E-1", "E-2");
    }
}
