package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The kinds of outcome of the inputs in {@code src/test/resources/cases}, through S3 and HTTP; each input is tried where it is read. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file as HR exports it")
class HrExportsIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "hr-real-files");
        app = "0oaReal" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department", "costCenter", "employeeNumber", "title"));
    }

    private static byte[] input(String name) {
        try (InputStream in = HrExportsIT.class.getResourceAsStream("/cases/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode imported(String name) {
        return imported(name, object -> {});
    }

    /** The file's report. */
    private JsonNode imported(String name, Consumer<PutObjectRequest.Builder> more) {
        String key = "imports/" + app + "/create-and-update/" + name;
        return bucket.put(key, RequestBody.fromBytes(input(name)), more).imported();
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
        assertThat(imported("39k-content-encoding-gzip.csv", object -> object.contentEncoding("gzip"))
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
        JsonNode report = imported("31a-typo-headers.csv");
        assertThat(assertReported(report).is("invalid-request").document().path("errors"))
                .extracting(error -> error.path("field").asText())
                .containsExactly("E-Mail Address", "Surname", "Mobile", "Frist Name");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("that can't be read says where and what to do")
    void unreadable() {
        assertReported(imported("05a-windows1252.csv"))
                .is("malformed-payload")
                .has("line", 2)
                .says("CSV UTF-8");
    }

    @Test
    @DisplayName("is read as the mapping above it says")
    void mapped() {
        bucket.put(
                "imports/" + app + "/mapping.json",
                ("{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\","
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
        assertReported(imported("61-workday-raas.json")).says("Report_Entry");
        Lambda.Result http = Lambda.invoke(new String(input("57f-users-capital.json"), StandardCharsets.UTF_8));
        assertAnswered(http.json()).is("invalid-request");
    }
}
