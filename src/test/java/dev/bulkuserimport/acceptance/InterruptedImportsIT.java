package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
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
@DisplayName("A file that a notification brings, and whose attempt breaks off,")
class InterruptedImportsIT {

    /** Writes of a report: the claim, the session's creation, its id, its start. The next one is the end. */
    private static final int BEFORE_THE_START = 3;

    private static final int BEFORE_THE_END = 4;

    private static final AtomicInteger APPS = new AtomicInteger();

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        door.heal();
        bucket = Bucket.anew(s3, "hr-broken-off");
        app = "0oaBrokenOff" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department"));
    }

    private PutFile put(String folder, String content) {
        return bucket.put("imports/" + app + "/" + folder + "/" + APPS.incrementAndGet() + ".csv", content);
    }

    /** Nothing of its report is written any more. */
    private Lambda.Result withoutReport(PutFile file, int written) {
        door.fault(FaultyS3.Kind.FORBIDDEN, "PUT /" + bucket.name() + "/" + file.reportKey(), written, 1_000);
        Lambda.Result result = Lambda.invoke(file.event().toString());
        door.heal();
        return result;
    }

    private OktaSession only() {
        assertThat(okta.sessionsOf(app)).hasSize(1);
        return okta.sessionsOf(app).get(0);
    }

    @Test
    @DisplayName("sends its users once more when Okta let the session that was started expire")
    void expired() {
        okta.processing(app, Processing.reads(1_000), Processing.QUICK);
        // Followed until Okta refuses to say how it is.
        okta.fault(new Fault(
                Fault.Kind.STATUS, 403, null, path -> path.startsWith("GET") && path.contains("/sessions/"), 0, 100));
        PutFile file = put("create-and-update", Person.csv(Person.staff(0, 20, "A")));
        withoutReport(file, BEFORE_THE_END);
        okta.heal();
        only().status("EXPIRED");
        file.claimIsOver();

        JsonNode report = file.imported();
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(20);
        assertThat(Person.in(okta.directoryOf(app))).isEqualTo(Person.staff(0, 20, "A"));
        assertThat(okta.sessionsOf(app)).as("no session without users").hasSize(2);
    }

    @Test
    @DisplayName("says how many users were started, though its report can't be written")
    void reportLost() {
        PutFile file = put("create-and-update", Person.csv(Person.staff(0, 20, "A")));
        Lambda.Result result = withoutReport(file, BEFORE_THE_END);
        assertThat(result.errorType()).endsWith("$StorageUnavailableException");
        assertThat(result.problem().path("recordsImported").asInt()).isEqualTo(20);
    }

    @Test
    @DisplayName("leaves no session open, and says so, where its start can't be noted")
    void startNotNoted() {
        PutFile file = put("create-and-update", Person.csv(Person.staff(0, 20, "A")));
        Lambda.Result result = withoutReport(file, BEFORE_THE_START);
        assertThat(result.errorType()).endsWith("$StorageUnavailableException");
        assertThat(only().status()).isEqualTo("CLOSED");
        assertThat(result.problem().path("notImported"))
                .extracting(range -> range.path("count").asInt() + " "
                        + range.path("outcome").asText())
                .containsExactly("20 not-sent");
    }

    @Test
    @DisplayName("says that all of it is in a session that can't be cancelled either")
    void startNotNotedAndNotCancelled() {
        okta.fault(new Fault(Fault.Kind.STATUS, 500, null, path -> path.startsWith("DELETE"), 0, 100));
        PutFile file = put("create-and-update", Person.csv(Person.staff(0, 20, "A")));
        Lambda.Result result = withoutReport(file, BEFORE_THE_START);
        assertThat(result.problem().path("recordsImported").asInt()).isEqualTo(20);
    }

    @Test
    @DisplayName("and is refused when it comes again leaves no session open")
    void refusedLater() {
        okta.fault(new Fault(Fault.Kind.STATUS, 500, null, path -> path.startsWith("DELETE"), 0, 100));
        PutFile file = put("create-and-update", Person.csv(Person.staff(0, 20, "A")));
        withoutReport(file, BEFORE_THE_START);
        assertThat(only().status()).isIn("CREATED", "IN_PROGRESS");
        okta.heal();
        file.claimIsOver();
        okta.schema(app, OktaSchema.standard());

        JsonNode report = file.imported();
        assertThat(report.path("state").asText()).isEqualTo("FAILED");
        assertThat(report.at("/problem/type").asText()).endsWith(":invalid-request");
        assertThat(only().status()).isEqualTo("CLOSED");
    }

    @Test
    @DisplayName(
            "fails once where Okta knows none of those who leave, though their session could not be cancelled at first")
    void knowsNone() {
        okta.fault(new Fault(Fault.Kind.STATUS, 500, null, path -> path.startsWith("DELETE"), 0, 100));
        okta.directory(Set.of("E-99"));
        PutFile file = put("deactivate-and-delete", "externalId\nE-1\nE-2\n");
        Lambda.Result first = Lambda.invoke(file.event().toString());
        assertThat(first.isFunctionError())
                .as(() -> first.json() + file.report().toString())
                .isTrue();
        assertThat(only().status()).isEqualTo("CREATED");
        okta.heal();

        JsonNode report = file.imported();
        assertThat(report.path("state").asText()).isEqualTo("FAILED");
        assertThat(report.at("/problem/type").asText()).endsWith(":okta-rejected");
        assertThat(only().status()).isEqualTo("CLOSED");
    }
}
