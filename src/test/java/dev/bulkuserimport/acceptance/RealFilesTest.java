package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/** The kinds of outcome of the inputs in {@code src/test/resources/cases}, through S3 and HTTP; each input is tried where it is read. */
@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file as HR exports it")
class RealFilesTest {

    private static final String BUCKET = "hr-real-files";

    private static final String SEQUENCER = "0055AED6DCD90281E5";

    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    S3Client s3;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        app = "0oaReal" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department", "costCenter", "employeeNumber", "title"));
        try {
            s3.createBucket(b -> b.bucket(BUCKET));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // By the test before.
        }
    }

    private static byte[] input(String name) {
        try (InputStream in = RealFilesTest.class.getResourceAsStream("/cases/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode imported(String name) {
        return imported(name, null);
    }

    /** The file's report. */
    private JsonNode imported(String name, String contentEncoding) {
        String key = "imports/" + app + "/create-and-update/" + name;
        String eTag = s3.putObject(
                        b -> b.bucket(BUCKET).key(key).contentEncoding(contentEncoding),
                        RequestBody.fromBytes(input(name)))
                .eTag()
                .replace("\"", "");
        ObjectNode event = Lambda.sample("s3");
        ObjectNode s3Event = (ObjectNode) event.at("/Records/0/s3");
        ((ObjectNode) s3Event.path("bucket")).put("name", BUCKET);
        ObjectNode object = (ObjectNode) s3Event.path("object");
        object.put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
        object.put("eTag", eTag);
        Lambda.Result result = Lambda.invoke(event.toString());
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
        String report = "reports/" + key + "." + eTag + "." + SEQUENCER + ".json";
        return Lambda.parse(
                s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(report)).asUtf8String());
    }

    @Test
    @DisplayName("goes in with what was found out about it in its report")
    void goesIn() {
        JsonNode report = imported("04a-utf16le-tab-unicode-text.csv");
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        assertThat(report.toString())
                .contains("\"columnsChecked\":true")
                .contains("UTF-16LE")
                .contains("tab");
        assertThat(imported("39k-content-encoding-gzip.csv", "gzip")
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
    }

    @Test
    @DisplayName("goes on without the scope for schemas, and its report says so")
    void withoutTheScope() {
        okta.withoutScopes("okta.schemas.read");
        JsonNode report = imported("01-semicolon-excel-de.csv");
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        assertThat(report.toString()).contains("\"columnsChecked\":false").contains("okta.schemas.read");
    }

    @Test
    @DisplayName("with columns that the application doesn't have is refused before anything is created")
    void unknownColumns() {
        JsonNode problem = imported("31a-typo-headers.csv").path("problem");
        assertThat(problem.path("type").asText()).endsWith("invalid-request");
        assertThat(problem.path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("E-Mail Address", "Surname", "Mobile", "Frist Name");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("that can't be read says where and what to do")
    void unreadable() {
        JsonNode problem = imported("05a-windows1252.csv").path("problem");
        assertThat(problem.path("type").asText()).endsWith("malformed-payload");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("detail").asText()).contains("CSV UTF-8");
    }

    @Test
    @DisplayName("is read as the mapping above it says")
    void mapped() {
        s3.putObject(
                b -> b.bucket(BUCKET).key("imports/" + app + "/mapping.json"),
                RequestBody.fromString("{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\","
                        + "\"firstName\":\"First Name\"},\"file\":{\"encoding\":\"windows-1252\"}}"));
        JsonNode report = imported("05a-windows1252.csv");
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        assertThat(okta.sessionsOf(app)
                        .get(0)
                        .users()
                        .get("E-1")
                        .path("firstName")
                        .asText())
                .isEqualTo("Jürgen");
    }

    @Test
    @DisplayName("whose list has another name is refused, over HTTP too")
    void listUnderAnotherName() {
        assertThat(imported("61-workday-raas.json").at("/problem/detail").asText())
                .contains("Report_Entry");
        Lambda.Result http = Lambda.invoke(new String(input("57f-users-capital.json"), StandardCharsets.UTF_8));
        assertThat(http.json().path("statusCode").asInt()).isEqualTo(400);
        assertThat(Lambda.parse(http.json().path("body").asText()).path("type").asText())
                .endsWith("invalid-request");
    }
}
