package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.MetricLines;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Through a notification and through the state machine's steps alike. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Of an application's files")
class OrderOfFilesIT {

    private static final AtomicInteger APPS = new AtomicInteger();
    private static final String NOTE =
            "It was uploaded before a file of the application that has already been imported";

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private final MetricLines.Kept metrics = new MetricLines.Kept();
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "hr-order");
        app = "0oaOrder" + APPS.incrementAndGet();
        okta.application(app);
    }

    @AfterEach
    void console() {
        metrics.close();
    }

    /** Who imports a file. */
    enum Way {
        NOTIFICATION,
        STATE_MACHINE;

        /** The answer that ends the import, or the first failure, after which the state machine has not closed it. */
        Lambda.Result run(PutFile file) {
            if (this == NOTIFICATION) {
                return Lambda.invoke(file.event().toString());
            }
            Lambda.Result plan = step(file.named(), "planFile");
            if (plan.isFunctionError()) {
                return plan;
            }
            ObjectNode named = Lambda.JSON.createObjectNode();
            named.set("importId", plan.json().path("importId"));
            for (JsonNode session : plan.json().path("sessions")) {
                ObjectNode one = named.deepCopy();
                one.set("number", session.path("number"));
                Lambda.Result sent = step(one, "importSession");
                if (sent.isFunctionError()) {
                    return sent;
                }
                step(one, "followSession");
            }
            return step(named, "finishFile");
        }

        private static Lambda.Result step(ObjectNode arguments, String action) {
            return Lambda.invoke(arguments.deepCopy().put("action", action).toString());
        }
    }

    private PutFile put(String name, String department, Duration earlier) {
        return put(
                "create-and-update",
                name,
                "externalId,userName,department\nE-1,u1@example.com," + department + "\n",
                earlier);
    }

    private PutFile put(String operation, String name, String content, Duration earlier) {
        String key = "imports/" + app + "/" + operation + "/" + name;
        door.putEarlier(key, earlier);
        return bucket.put(key, content);
    }

    private JsonNode imported(Way way, PutFile file) {
        Lambda.Result result = way.run(file);
        assertThat(result.isFunctionError()).as(result.json().toString()).isFalse();
        return file.report();
    }

    private List<String> departments() {
        List<String> departments = new ArrayList<>();
        okta.sessionsOf(app).stream()
                .filter(session -> !session.status().equals("CLOSED"))
                .forEach(session -> session.users()
                        .forEach((id, user) ->
                                departments.add(user.path("department").asText())));
        return departments;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("the older goes first, however long its retries wait; the newer one waits for it")
    void olderFirst(Way way) {
        PutFile older = put("older.csv", "old", Duration.ofHours(3));
        PutFile newer = put("newer.csv", "new", Duration.ofHours(2));
        okta.fault(Fault.status(503).times(99));
        assertProblem(way.run(older)).is("okta-unavailable");
        okta.heal();
        for (int minute = 0; minute < 3; minute++) {
            assertProblem(way.run(newer)).is("session-conflict").says(app);
        }
        assertThat(imported(way, older).path("state").asText()).isEqualTo("COMPLETED");
        JsonNode last = imported(way, newer);
        assertThat(last.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(last.path("notes").toString()).doesNotContain(NOTE);
        assertThat(departments()).containsExactly("old", "new");
        assertThat(bucket.keys("work/queue/" + app)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("the older one that comes late is imported within a day of its being put, and its report says so")
    void late(Way way) {
        imported(way, put("newer.csv", "new", Duration.ofHours(2)));
        JsonNode older = imported(way, put("older.csv", "old", Duration.ofHours(23)));
        assertThat(older.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(older.path("notes").toString()).contains(NOTE);
        JsonNode newest = imported(way, put("newest.csv", "newest", Duration.ofHours(1)));
        assertThat(newest.path("notes").toString()).doesNotContain(NOTE);
        assertThat(departments()).containsExactly("new", "old", "newest");
    }

    @ParameterizedTest
    @CsvSource({
        "NOTIFICATION, create-and-update",
        "NOTIFICATION, deactivate-and-delete",
        "STATE_MACHINE, create-and-update",
        "STATE_MACHINE, deactivate-and-delete"
    })
    @DisplayName("last week's, delivered once more, brings no leaver back: it is not imported, and an alarm rings")
    void outdated(Way way, String operation) {
        imported(way, put("newer.csv", "new", Duration.ofHours(2)));
        metrics.taken();
        PutFile file = put(operation, "monday.csv", "externalId,userName\nE-1,u1@example.com\n", Duration.ofHours(25));
        JsonNode report = imported(way, file);
        assertThat(report.path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(report.path("supersededBy").asText()).isEqualTo("NEWER_FILE");
        assertThat(report.path("notes").toString()).contains("upload it again", "Nothing from it was sent");
        assertThat(okta.sessionsOf(app)).hasSize(1);
        assertThat(metrics.taken()).singleElement().satisfies(line -> {
            assertThat(line.path("OutdatedFiles").asInt()).isEqualTo(1);
            assertThat(line.path("FailedImports").asInt()).isZero();
        });
        assertThat(bucket.text(report.path("page").asText())).contains("upload it again");
        assertThat(bucket.keys("work/queue/" + app)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("an old one is imported where no newer one was")
    void oldButNewest(Way way) {
        imported(way, put("older.csv", "older", Duration.ofDays(9)));
        imported(way, put("old.csv", "old", Duration.ofDays(8)));
        assertThat(departments()).containsExactly("older", "old");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @DisplayName("a preview waits for no one, and is never outdated")
    void preview(Way way) {
        PutFile older = put("older.csv", "old", Duration.ofHours(3));
        okta.fault(Fault.status(503).times(99));
        way.run(older);
        okta.heal();
        String key = "imports/" + app + "/create-and-update/preview.csv";
        door.putEarlier(key, Duration.ofDays(7));
        PutFile preview = bucket.put(key, "externalId,userName\nE-1,a@example.com\n", Map.of("dry-run", "true"));
        assertThat(imported(way, preview).path("state").asText()).isEqualTo("COMPLETED");
        assertThat(okta.sessionsOf(app).stream()
                        .filter(session -> !session.status().equals("CLOSED")))
                .isEmpty();
    }

    @Test
    @DisplayName("a ticket that someone put by hand stops none")
    void planted() {
        bucket.put("work/queue/" + app + "/begun-0000000000000--" + "0".repeat(32), "{}");
        bucket.put("work/queue/" + app + "/0000000000000-" + "0".repeat(32), "");
        assertThat(imported(Way.NOTIFICATION, put("a.csv", "a", Duration.ZERO))
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
        assertThat(imported(Way.STATE_MACHINE, put("b.csv", "b", Duration.ZERO))
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
    }
}
