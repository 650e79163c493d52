package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaDirectory;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
@DisplayName("A snapshot that a notification brings, and whose attempt broke off,")
class InterruptedSnapshotsIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    @Inject
    ImportFunction function;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        door.heal();
        bucket = Bucket.anew(s3, "hr-interrupted");
        app = "0oaInterrupted" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department"));
    }

    private PutFile put(String folder, Map<String, Person> people) {
        return bucket.put(
                "imports/" + app + "/" + folder + "/" + APPS.incrementAndGet() + ".csv", Person.csv(people), Map.of());
    }

    private Lambda.Result inSeconds(PutFile file, int seconds) {
        return Lambda.invokeHere(
                function, file.event().toString().getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(seconds));
    }

    private Map<String, Person> directory() {
        OktaDirectory directory = okta.directoryOf(app);
        return Person.in(directory);
    }

    private JsonNode state() {
        return bucket.json("state/" + app + ".json");
    }

    /** Whoever waits for some minutes finds the places of those who gave up free. */
    private void someMinutesLater() {
        bucket.keys("work/queue/" + app + "/").forEach(bucket::delete);
    }

    @Test
    @DisplayName("is superseded when it comes again after a newer one, though it had begun")
    void afterANewerOne() {
        put("snapshot", Person.staff(0, 20, "A")).imported();
        okta.fault(new Fault(
                Fault.Kind.STATUS, 504, null, path -> path.startsWith("POST") && path.endsWith("/sessions"), 0, 100));
        PutFile old = put("snapshot", Person.staff(0, 20, "B"));
        assertThat(Lambda.invoke(old.event().toString()).errorType()).endsWith("$OktaUnavailableException");
        okta.heal();
        someMinutesLater();
        put("snapshot", Person.staff(0, 20, "C")).imported();
        JsonNode newest = state().path("newest");

        JsonNode report = old.imported();
        assertThat(report.path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(report.has("problem")).as("nothing is wrong with it").isFalse();
        assertThat(directory()).isEqualTo(Person.staff(0, 20, "C"));
        assertThat(state().path("newest")).isEqualTo(newest);
    }

    @Test
    @DisplayName("and which Okta drops later is taken out of the state by the next one, which sends its people")
    void droppedLater() {
        okta.processing(app, new Processing(1_000, "ERROR", 0, Duration.ZERO));
        assertThat(inSeconds(put("snapshot", Person.staff(0, 20, "A")), 5).isFunctionError())
                .isFalse();
        okta.sessionsOf(app).get(0).status("ERROR");
        okta.processing(app, Processing.QUICK);

        JsonNode next = put("snapshot", Person.staff(0, 20, "A")).imported();
        assertThat(next.path("new").asInt()).isEqualTo(20);
        assertThat(directory()).isEqualTo(Person.staff(0, 20, "A"));
    }

    @Test
    @DisplayName(
            "and whose end Okta didn't tell in time is unconfirmed: the next one sends everyone again, and the state"
                    + " doesn't grow with the nights")
    void unconfirmed() {
        okta.processing(app, Processing.reads(1_000));
        PutFile file = put("snapshot", Person.staff(0, 20, "A"));
        assertThat(inSeconds(file, 5).isFunctionError()).isFalse();
        assertThat(file.report().path("state").asText()).isEqualTo("UNCONFIRMED");
        okta.sessionsOf(app).get(0).status("COMPLETED");
        okta.processing(app, Processing.QUICK);

        JsonNode next = put("snapshot", Person.staff(0, 21, "A")).imported();
        assertThat(next.path("recordsImported").asInt()).as(next.toString()).isEqualTo(21);
        assertThat(directory()).isEqualTo(Person.staff(0, 21, "A"));
        assertThat(state().path("sessions")).isEmpty();
        JsonNode last = put("snapshot", Person.staff(0, 21, "A")).imported();
        assertThat(last.path("unchanged").asInt()).isEqualTo(21);
    }

    @Test
    @DisplayName("leaves a whole state when it comes again after another import has settled what it had sent")
    void settledMeanwhile() {
        PutFile file = put("snapshot", Person.staff(0, 20, "A"));
        // Its claim, three steps of its session, and then its end, which is never written.
        door.fault(FaultyS3.Kind.FORBIDDEN, "PUT /" + bucket.name() + "/" + file.reportKey(), 4, 1_000);
        assertThat(inSeconds(file, 12).errorType()).endsWith("$StorageUnavailableException");
        door.heal();
        someMinutesLater();
        put("create-and-update", Person.staff(20, 22, "A")).imported();
        assertThat(state().path("sessions")).as("all of it is in the base").isEmpty();

        file.claimIsOver();
        assertThat(file.imported().path("state").asText()).isEqualTo("COMPLETED");
        JsonNode next = put("snapshot", Person.staff(0, 22, "A")).imported();
        assertThat(next.path("state").asText()).as(next.toString()).isEqualTo("COMPLETED");
        assertThat(next.path("unchanged").asInt()).isEqualTo(22);
    }
}
