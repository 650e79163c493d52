package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
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
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file with a mapping")
class MappedFileTest {

    private static final String BUCKET = "hr-mapped";
    /** Of the sample event. */
    private static final String SEQUENCER = "0055AED6DCD90281E5";

    private static final Path EXPORTS = Path.of("src/test/resources/hr-exports");
    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    S3Client s3;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
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
        try {
            s3.createBucket(b -> b.bucket(BUCKET));
        } catch (S3Exception e) {
            assertThat(e.statusCode()).as("another test has made it").isEqualTo(409);
        }
    }

    private String put(String key, byte[] body, Map<String, String> metadata) {
        return s3.putObject(b -> b.bucket(BUCKET).key(key).metadata(metadata), RequestBody.fromBytes(body))
                .eTag()
                .replace("\"", "");
    }

    private void put(String key, String body) {
        put(key, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static byte[] export(String file) throws IOException {
        return Files.readAllBytes(EXPORTS.resolve(file));
    }

    private String folder() {
        return "imports/" + app + "/create-and-update/";
    }

    /** Puts a file, tells the function of it and reads its report. */
    private JsonNode imported(String key, byte[] body, Map<String, String> metadata) {
        String eTag = put(key, body, metadata);
        ObjectNode event = Lambda.sample("s3");
        ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", BUCKET);
        ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).put("eTag", eTag);
        Lambda.Result result = Lambda.invoke(event.toString());
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
        return Lambda.parse(s3.getObjectAsBytes(
                        b -> b.bucket(BUCKET).key("reports/" + key + "." + eTag + "." + SEQUENCER + ".json"))
                .asUtf8String());
    }

    private OktaSession onlySession() {
        List<OktaSession> sessions = okta.sessionsOf(app);
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    @Test
    @DisplayName(
            "beside it becomes the right people; leavers are deactivated, contractors left alone, the rest is not sent")
    void beside() throws IOException {
        put(folder() + "mapping.json", export("bamboohr/mapping.json"), Map.of());
        JsonNode report = imported(folder() + "people.csv", export("bamboohr/export.csv"), Map.of());
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
        put("imports/mapping.json", "{}");
        put("imports/" + app + "/mapping.json", export("google-workspace/mapping.json"), Map.of());
        put("mappings/adp.json", export("adp/mapping.json"), Map.of());
        JsonNode google = imported(folder() + "google.csv", export("google-workspace/export.csv"), Map.of());
        assertThat(google.path("state").asText()).as(google.toString()).isEqualTo("COMPLETED");
        assertThat(onlySession().users().toString()).contains("00123").doesNotContain("****");
        assertThat(google.toString()).contains("Password [Required]").doesNotContain("****");
        okta.reset();
        application();
        JsonNode adp = imported(folder() + "adp.csv", export("adp/export.csv"), Map.of("mapping", "mappings/adp.json"));
        assertThat(adp.path("state").asText()).as(adp.toString()).isEqualTo("COMPLETED");
        assertThat(onlySession().users().get("A1B2C3D4E").path("hireDate").asText())
                .isEqualTo("2026-01-02");
        s3.deleteObject(b -> b.bucket(BUCKET).key("imports/mapping.json"));
    }

    @Test
    @DisplayName("that is wrong, or isn't where the metadata says, is refused once, and nothing is sent")
    void wrong() throws IOException {
        put(folder() + "mapping.json", "{\"externalId\":\"ID\",\"profile\":{\"userName\":{\"form\":\"x\"}}}");
        JsonNode wrong = imported(folder() + "wrong.csv", export("adp/export.csv"), Map.of());
        assertThat(wrong.path("state").asText()).isEqualTo("FAILED");
        assertThat(wrong.at("/problem/type").asText()).endsWith("invalid-request");
        assertThat(wrong.at("/problem/errors").toString()).contains("mapping.profile.userName.form");
        JsonNode missing =
                imported(folder() + "missing.csv", export("adp/export.csv"), Map.of("mapping", "nowhere.json"));
        assertThat(missing.at("/problem/type").asText()).endsWith("invalid-request");
        assertThat(missing.at("/problem/detail").asText()).contains("nowhere.json");
        put(folder() + "mapping.json", " ".repeat(2_000_000));
        JsonNode large = imported(folder() + "large.csv", export("adp/export.csv"), Map.of());
        assertThat(large.at("/problem/detail").asText()).contains("mapping has more than 1000000 bytes");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("is no file itself")
    void mappingAlone() {
        String key = folder() + "mapping.json";
        String eTag = put(key, "{}".getBytes(StandardCharsets.UTF_8), Map.of());
        ObjectNode event = Lambda.sample("s3");
        ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", BUCKET);
        ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).put("eTag", eTag);
        assertThat(Lambda.invoke(event.toString())
                        .json()
                        .at("/results/0/outcome")
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
