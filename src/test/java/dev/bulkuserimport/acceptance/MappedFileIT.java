package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file with a mapping")
class MappedFileIT {

    private static final Path EXPORTS = Path.of("src/test/resources/hr-exports");
    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "hr-mapped");
        app = "0oaMapped" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(
                app,
                OktaSchema.standard()
                        .custom(
                                "department",
                                "costCenter",
                                "title",
                                "division",
                                "location",
                                "hireDate",
                                "company",
                                "manager",
                                "displayName"));
    }

    private static byte[] export(String file) throws IOException {
        return Files.readAllBytes(EXPORTS.resolve(file));
    }

    private String folder() {
        return "imports/" + app + "/create-and-update/";
    }

    private JsonNode imported(String key, String export, Map<String, String> metadata) throws IOException {
        return bucket.put(key, export(export), metadata).imported();
    }

    private OktaSession onlySession() {
        List<OktaSession> sessions = okta.sessionsOf(app);
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    @Test
    @DisplayName("that is wrong is refused, and the journal says whose file it was")
    void wrongMapping() {
        bucket.put(folder() + "mapping.json", "{\"externalId\":7}");
        try (JournalLines journal = new JournalLines()) {
            JsonNode report = bucket.put(folder() + "people.csv", "ID\nE-1\n").imported();
            assertThat(report.at("/problem/type").asText()).endsWith(":invalid-request");
            assertThat(report.path("applicationId").asText()).isEqualTo(app);
            assertThat(journal.taken())
                    .singleElement()
                    .asString()
                    .startsWith("invalid-request applicationId=" + app + " ")
                    .contains("operation=CREATE_AND_UPDATE");
        }
    }

    @Test
    @DisplayName(
            "beside it becomes the right people; leavers are deactivated, contractors left alone, the rest is not sent")
    void beside() throws IOException {
        bucket.put(folder() + "mapping.json", export("bamboohr/mapping.json"));
        JsonNode report = imported(folder() + "people.csv", "bamboohr/export.csv", Map.of());
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        assertThat(onlySession().users().get("1001")).isEqualTo(Lambda.parse("""
                {"userName":"bella.moreau@example.com","email":"bella.moreau@example.com","secondEmail":"bella@example.net",
                 "firstName":"Bella","lastName":"Moreau","mobilePhone":"+33 6 00 00 00 01","title":"Accountant",
                 "department":"Finance","location":"Lyon","hireDate":"2024-03-18"}"""));
        assertThat(onlySession().users()).containsOnlyKeys("1001", "1002");
        assertThat(onlySession().deletions()).containsExactly("1003");
    }

    @Test
    @DisplayName("is found in the nearest folder above, and before it under the key that the metadata names")
    void places() throws IOException {
        bucket.put("imports/mapping.json", "{}");
        bucket.put("imports/" + app + "/mapping.json", export("google-workspace/mapping.json"));
        JsonNode google = imported(folder() + "google.csv", "google-workspace/export.csv", Map.of());
        assertThat(google.path("state").asText()).as(google.toString()).isEqualTo("COMPLETED");
        assertThat(onlySession().users().toString()).contains("00123").doesNotContain("****");
        assertThat(google.toString()).contains("Password [Required]").doesNotContain("****");
        application();
        bucket.put("imports/mapping.json", "{}");
        bucket.put("mappings/adp.json", export("adp/mapping.json"));
        JsonNode adp = imported(folder() + "adp.csv", "adp/export.csv", Map.of("mapping", "mappings/adp.json"));
        assertThat(adp.path("state").asText()).as(adp.toString()).isEqualTo("COMPLETED");
        assertThat(onlySession().users().get("A1B2C3D4E").path("hireDate").asText())
                .isEqualTo("2026-01-02");
    }

    @Test
    @DisplayName("that is wrong, or isn't where the metadata says, is refused once, and nothing is sent")
    void wrong() throws IOException {
        bucket.put(folder() + "mapping.json", "{\"externalId\":\"ID\",\"profile\":{\"userName\":{\"form\":\"x\"}}}");
        JsonNode wrong = imported(folder() + "wrong.csv", "adp/export.csv", Map.of());
        assertThat(wrong.path("state").asText()).isEqualTo("FAILED");
        assertReported(wrong).is("invalid-request");
        assertThat(wrong.at("/problem/errors").toString()).contains("mapping.profile.userName.form");
        JsonNode missing = imported(folder() + "missing.csv", "adp/export.csv", Map.of("mapping", "nowhere.json"));
        assertReported(missing).is("invalid-request").says("nowhere.json");
        bucket.put(folder() + "mapping.json", " ".repeat(2_000_000));
        JsonNode large = imported(folder() + "large.csv", "adp/export.csv", Map.of());
        assertReported(large).says("mapping has more than 1000000 bytes");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName(
            "that is there and may not be read refuses the file, once; one that isn't there counts as none, whatever S3 calls it")
    void unreadable() throws IOException {
        bucket.put("imports/" + app + "/mapping.json", export("adp/mapping.json"));
        try {
            // S3 answers 403 for the nearer mapping too, which isn't there: only its folder's listing shows that.
            door.fault(
                    FaultyS3.Kind.FORBIDDEN,
                    "GET /" + bucket.name() + "/imports/" + app + "/create-and-update/mapping.json",
                    0,
                    9);
            JsonNode read = imported(folder() + "read.csv", "adp/export.csv", Map.of());
            assertThat(read.path("state").asText()).as(read.toString()).isEqualTo("COMPLETED");
            door.fault(FaultyS3.Kind.FORBIDDEN, "GET /" + bucket.name() + "/imports/" + app + "/mapping.json", 0, 9);
            JsonNode refused = imported(folder() + "refused.csv", "adp/export.csv", Map.of());
            assertThat(refused.path("state").asText()).isEqualTo("FAILED");
            assertReported(refused).is("storage-unavailable").says("can't be read", "imports/");
            JsonNode named = imported(
                    folder() + "named.csv", "adp/export.csv", Map.of("mapping", "imports/" + app + "/mapping.json"));
            assertReported(named).is("storage-unavailable").says("can't be read");
            door.heal();
            door.fault(FaultyS3.Kind.KEY_DISABLED, "GET /" + bucket.name() + "/imports/" + app + "/mapping.json", 0, 9);
            JsonNode disabled = imported(folder() + "disabled.csv", "adp/export.csv", Map.of());
            assertReported(disabled).is("storage-unavailable").says("mapping.json", "KMS key");
            assertThat(okta.sessionsOf(app)).hasSize(1);
        } finally {
            door.heal();
        }
    }

    @Test
    @DisplayName("whose mapping has disappeared says so every time, whether it was beside it or named")
    void lost() {
        String mapping = """
                {"externalId":"externalId","profile":{"userName":"userName"},
                 "deactivate":[{"when":"title","is":["Leaver"]}]}""";
        String people = "externalId,userName,title\nE-1,e1@example.com,Engineer\n";
        String beside = "imports/" + app + "/mapping.json";
        bucket.put(beside, mapping);
        JsonNode first = bucket.put(folder() + "monday.csv", people).imported();
        assertThat(first.path("mapping").asText()).isEqualTo(beside);
        assertThat(first.path("notes").toString()).doesNotContain("No mapping");
        bucket.delete(beside);
        for (String key : List.of(folder() + "tuesday.csv", folder() + "2026/wednesday.csv")) {
            JsonNode next = bucket.put(key, people).imported();
            assertThat(next.path("state").asText()).isEqualTo("COMPLETED");
            assertThat(next.has("mapping")).isFalse();
            assertThat(next.path("notes").toString()).contains("No mapping was found", beside);
        }

        String named = "imports/" + app + "/mappings/hr.json";
        bucket.put(named, mapping);
        String folder = folder() + "named/";
        bucket.put(folder + "monday.csv", people.getBytes(StandardCharsets.UTF_8), Map.of("mapping", named))
                .imported();
        JsonNode preview = bucket.put(
                        folder + "tuesday.csv", people.getBytes(StandardCharsets.UTF_8), Map.of("dry-run", "true"))
                .imported();
        assertThat(preview.path("notes").toString()).contains("No mapping was found", named);
    }

    @Test
    @DisplayName("is no file itself")
    void mappingAlone() {
        assertThat(bucket.put(folder() + "mapping.json", "{}")
                        .deliver()
                        .path("outcome")
                        .asText())
                .isEqualTo("ignored");
    }

    @Test
    @DisplayName("in its own payload becomes the same, over HTTP too")
    void payload() throws IOException {
        OktaSession session = okta.newSession(app);
        ObjectNode payload =
                (ObjectNode) Lambda.parse(new String(export("payload/payload.json"), StandardCharsets.UTF_8));
        payload.put("applicationId", app).put("sessionId", session.id());
        assertThat(Lambda.invoke(payload.toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(1);
        // The mapping may stand behind the users.
        JsonNode mapping = payload.remove("mapping");
        payload.set("mapping", mapping);
        assertThat(Lambda.invoke(payload.toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(1);
        assertThat(session.users())
                .containsEntry(
                        "1001",
                        Lambda.parse(
                                "{\"userName\":\"bella.moreau@example.com\",\"firstName\":\"Bella\",\"lastName\":\"Moreau\"}"));
    }
}
