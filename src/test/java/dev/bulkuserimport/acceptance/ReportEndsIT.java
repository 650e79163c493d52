package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.Confirmation;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.infra.Execution;
import dev.bulkuserimport.infra.Interpreter;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Guards;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.S3Resource;
import dev.bulkuserimport.support.Told;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Each kind of end, through the state machine that is deployed: what the report says, by its schema, what a person reads on the page beside
 * it, above all what to do next, and the event that tells of it. None of the three holds a value of anybody's profile, and neither do the log
 * and the metrics, which have one line of it each.
 */
@QuarkusTest
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.SAME_THREAD)
@TestProfile(Guards.class)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("An import's end")
class ReportEndsIT {

    private static final Pattern VERDICT = Pattern.compile("<p class=\"verdict\">.*</span> (.*)</p>");
    private static final Pattern NEXT = Pattern.compile("<h2 id=\"next\">.*?</h2>(.*?)</section>", Pattern.DOTALL);
    private static final List<String> VALUES = List.of("isaac", "Brock", "Research", "example.com");
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static Interpreter interpreter;
    /** Where the pages can be looked at afterwards. */
    private static final Path PAGES = Path.of(System.getProperty("build.directory", "target"), "pages-of-ends");

    private static int apps;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private Bucket bucket;
    private String app;

    /** What there is to see of an end. */
    private record End(JsonNode report, String page, String event) {

        String state() {
            return report.path("state").asText();
        }

        String verdict() {
            return found(VERDICT);
        }

        /** The page's part that says what to do next. */
        String next() {
            return found(NEXT);
        }

        private String found(Pattern pattern) {
            Matcher found = pattern.matcher(page);
            assertThat(found.find()).isTrue();
            return found.group(1);
        }
    }

    @BeforeEach
    void application() {
        okta.reset();
        okta.listener(request -> {});
        door.heal();
        bucket = Bucket.anew(s3, "report-ends");
        app = "0oaEnds" + apps++;
        okta.application(app).pauseBetweenSessions(app, Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        if (interpreter != null) {
            interpreter.close();
        }
    }

    private String key(String folder) {
        return "imports/" + app + "/" + folder + "/people.csv";
    }

    private JsonNode task(String state, JsonNode parameters, Runnable afterFailure) throws Interpreter.TaskFailed {
        if (state.equals("ImportFinished")) {
            events.add(parameters.at("/Entries/0"));
            return Lambda.JSON.createObjectNode().put("FailedEntryCount", 0);
        }
        Lambda.Result result = Lambda.invoke(parameters.path("Payload").toString());
        if (result.isFunctionError()) {
            afterFailure.run();
            throw new Interpreter.TaskFailed(
                    result.errorType(), result.json().path("errorMessage").asText());
        }
        return Lambda.JSON.createObjectNode().put("StatusCode", 200).set("Payload", result.json());
    }

    private End end(PutFile file) {
        return end(file, () -> {});
    }

    /** Runs a file through the state machine, which does a failed step once more and no oftener. */
    private End end(PutFile file, Runnable afterFailure) {
        if (interpreter == null) {
            interpreter = new Interpreter();
        }
        ObjectNode definition = Interpreter.definition("import");
        definition.path("States").forEach(state -> state.path("Retry")
                .forEach(retry -> ((ObjectNode) retry).put("MaxAttempts", 1)));
        ObjectNode input =
                Lambda.JSON.createObjectNode().put("bucket", bucket.name()).put("key", file.key());
        input.put("eTag", file.eTag()).put("sequencer", file.sequencer().orElseThrow());
        try (Told told = new Told()) {
            Execution execution = interpreter
                    .run(
                            definition,
                            (state, parameters) -> task(state, parameters, afterFailure),
                            List.of(input),
                            PAUSE)
                    .get(0);
            assertThat(told.text()).doesNotContain(VALUES);
            assertThat(told.metricLines()).as(told.text()).isEqualTo(1);
            return end(file, execution);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private End end(PutFile file, Execution execution) throws IOException {
        JsonNode report = file.report();
        assertThat(events).as(execution.toString()).hasSize(1);
        JsonNode event = events.get(0);
        JsonNode detail = ReportSchema.checkedEvent(event.path("Detail"));
        assertThat(event.path("DetailType").asText()).isEqualTo("Import Finished");
        assertThat(detail.path("state")).isEqualTo(report.path("state"));
        assertThat(detail.path("report").asText()).isEqualTo("s3://" + bucket.name() + "/" + file.reportKey());
        assertThat(detail.path("page").asText())
                .isEqualTo("s3://" + bucket.name() + "/" + report.path("page").asText());
        assertThat(execution.succeeded())
                .isEqualTo(!report.path("state").asText().equals("FAILED"));
        End end = new End(report, bucket.text(report.path("page").asText()), event.toString());
        Files.createDirectories(PAGES);
        Files.writeString(PAGES.resolve(app + "-" + end.state() + ".html"), end.page);
        for (String value : VALUES) {
            assertThat(report.toString()).doesNotContain(value);
            assertThat(end.page).doesNotContain(value);
            assertThat(end.event).doesNotContain(value, "E-0", "L-0");
        }
        return end;
    }

    private End end(String folder, String body, Map<String, String> metadata) {
        return end(bucket.put(key(folder), body, metadata));
    }

    private End end(String folder, String body) {
        return end(folder, body, Map.of());
    }

    private static String csv(int users) {
        StringBuilder csv = new StringBuilder("External ID,User Name,Last Name,department\r\n");
        for (int i = 0; i < users; i++) {
            csv.append("E-" + i + ",isaac" + i + "@example.com,Brock,Research\r\n");
        }
        return csv.toString();
    }

    private static String leavers(int count) {
        StringBuilder leavers = new StringBuilder("externalId\n");
        for (int i = 0; i < count; i++) {
            leavers.append("L-").append(i).append('\n');
        }
        return leavers.toString();
    }

    @Test
    @DisplayName("with everybody in says so, and that nothing is to be done")
    void allIn() {
        End end = end("create-and-update", csv(5));
        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.verdict()).isEqualTo("All imported");
        assertThat(end.page)
                .contains("all 5 users")
                .contains("COMPLETED (Okta has finished)")
                .doesNotContain("an earlier one was interrupted");
        assertThat(end.next()).contains("Nothing.");
        assertThat(end.report.at("/okta/users/byStatus/ACTIVE").asInt()).isEqualTo(5);
        assertThat(end.report.at("/okta/users/notShown").asInt(-1)).isZero();
        assertThat(end.event).contains("\"recordsImported\":5").contains("\"status\":\"COMPLETED\"");
    }

    @Test
    @DisplayName("with some rejected names each by its line, and links the rows to fix")
    void partlyRejected() {
        End end =
                end("create-and-update", csv(3) + "E-9,isaac@@example.com,\"Brock\",\r\nE-0,isaac9@example.com,,\r\n");
        assertThat(end.verdict()).isEqualTo("Imported, but not everyone");
        assertThat(end.page).contains(">line 6<").contains(".rejected.csv\"");
        assertThat(end.next())
                .contains("fix them")
                .contains("Upload that file to the folder")
                .contains(".rejected.csv");
        assertThat(end.report.path("rejectedCount").asInt()).isPositive();
        assertThat(end.event).contains("\"rejectedCount\":" + end.report.path("rejectedCount"));
    }

    @Test
    @DisplayName(
            "of an attempt that was killed after everything was in still names the rejected rows, counted as records")
    void rejectedAfterAKill() {
        PutFile file = bucket.put(
                key("create-and-update"),
                csv(3) + "E-8," + "u".repeat(101) + ',' + "n".repeat(51) + ",Research\r\n,isaac9@example.com,"
                        + "n".repeat(51) + ",Research\r\n");
        List<String> left = new ArrayList<>();
        okta.listener(request -> {
            if (request.contains("start-import")) {
                left.add(bucket.text(file.reportKey()));
            }
        });
        JsonNode whole = file.imported();
        String rows = file.rejectedRows();
        assertThat(whole.path("rejectedCount").asInt()).isEqualTo(2);
        assertThat(whole.path("rejected")).as("faults").hasSize(4);

        // The attempt was killed when it had asked Okta to start: this is what it left.
        bucket.put(file.reportKey(), left.get(0));
        bucket.delete(file.reportKey().replace(".json", ".rejected.csv"));
        file.claimIsOver();
        long uploads = okta.receivedUploads();
        JsonNode delivered = file.deliver();
        assertThat(okta.receivedUploads()).as("everything was in").isEqualTo(uploads);
        assertThat(delivered.path("recordsImported").asInt()).isEqualTo(3);
        JsonNode report = file.report();
        assertThat(report.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(3);
        assertThat(report.path("rejectedCount").asInt()).isEqualTo(2);
        assertThat(report.path("rejected")).isEqualTo(whole.path("rejected"));
        assertThat(report.at("/answer/rejectedCount").asInt()).isEqualTo(2);
        assertThat(file.rejectedRows()).isEqualTo(rows);
    }

    @Test
    @DisplayName("that waits for an admin says who has to do what, and that the file needn't come again")
    void waiting() {
        okta.directoryOf(app).confirmation(Confirmation.MANUAL).oktaLogins(Set.of("isaac1@example.com"));
        End end = end("create-and-update", csv(3));
        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.verdict()).isEqualTo("Waiting for confirmation");
        assertThat(end.report.at("/okta/users/byStatus").toString()).isEqualTo("{\"IMPORTED\":2,\"MATCHED\":1}");
        assertThat(end.report.at("/okta/users/notShown").asInt(-1)).isZero();
        assertThat(end.page).contains("3 users wait until an Okta admin confirms them");
        assertThat(end.next())
                .contains("Ask an Okta admin to open the application")
                .contains("Import tab")
                .contains("upload the file again for them: Okta already has these users");
    }

    @Test
    @DisplayName("before anything was sent says why, and what to change")
    void refused() {
        End end = end("create-and-update", csv(2).replace("department", "Departement"));
        assertReported(end.report).is("invalid-request");
        assertThat(end.verdict()).isEqualTo("Nothing was sent");
        assertThat(end.page).contains("invalid-request").contains("Departement");
        assertThat(end.next()).contains("Fix what is named below").contains("upload the whole file to the same folder");
        assertThat(end.event).contains("\"problem\":\"invalid-request\"");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName(
            "of leavers over the setting's limit is a good one where the file's metadata lets them through, and only as many")
    void letThrough() {
        StringBuilder everybody = new StringBuilder("External ID,User Name\r\n");
        for (int i = 0; i < 12; i++) {
            everybody.append("L-" + i + ",leaver" + i + "@leavers.example\r\n");
        }
        assertThat(bucket.put(key("create-and-update"), everybody.toString())
                        .imported()
                        .path("state")
                        .asText())
                .isEqualTo("COMPLETED");
        PutFile eleven = bucket.put(key("deactivate-and-delete"), leavers(12), Map.of("max-deactivations", "11"));
        assertReported(eleven.imported()).is("deactivation-limit-exceeded");
        PutFile twelve = bucket.put(key("deactivate-and-delete"), leavers(12), Map.of("max-deactivations", "12"));
        assertThat(twelve.imported().path("recordsImported").asInt()).isEqualTo(12);
    }

    @Test
    @DisplayName("by a guard says how to let the file through")
    void guard() {
        End end = end("deactivate-and-delete", leavers(11));
        assertReported(end.report).is("deactivation-limit-exceeded");
        assertThat(end.verdict()).isEqualTo("Stopped by a guard");
        assertThat(end.next())
                .contains("the object metadata max-deactivations")
                .contains("aws s3 cp")
                .contains("--metadata max-deactivations=11")
                .contains(key("deactivate-and-delete"));
        assertThat(end.event).contains("\"problem\":\"deactivation-limit-exceeded\"");
    }

    @Test
    @DisplayName("of a snapshot counts who is new, changed, unchanged and gone, and names who is gone but still there")
    void snapshot() {
        assertThat(end("snapshot", csv(12)).verdict()).isEqualTo("All imported");
        events.clear();
        End end = end("snapshot", csv(12).replaceAll("(?m)^E-(1|11),.*\r\n", "").replace("E-2,isaac2", "E-2,isaacII"));
        assertThat(end.verdict()).isEqualTo("All imported");
        assertThat(end.page)
                .contains("gone, to be deactivated")
                .contains("Those who were to be deactivated beside them")
                .contains("DEPROVISIONED");
        assertThat(end.report.at("/okta/deactivations/byStatus/DEPROVISIONED").asInt())
                .isEqualTo(2);
        assertThat(end.report.at("/okta/users/byStatus/ACTIVE").asInt()).isEqualTo(1);
        assertThat(end.event).contains("\"importOperation\":\"SNAPSHOT\"").doesNotContain("E-11");
    }

    @Test
    @DisplayName("by a guard of snapshots shows what would have gone")
    void guardedSnapshot() {
        end("snapshot", csv(30));
        events.clear();
        End end = end("snapshot", csv(3));
        assertThat(end.verdict()).isEqualTo("Stopped by a guard");
        assertThat(end.next()).contains("--metadata max-deactivations=27");
        assertThat(end.page).contains("gone, would be deactivated").contains("E-29");
    }

    @Test
    @DisplayName("by Okta's refusal repeats none of the values that Okta quotes")
    void quoting() {
        okta.fault(Fault.upload(Fault.Kind.QUOTING).times(9));
        End end = end("create-and-update", csv(4));
        assertReported(end.report).is("okta-rejected");
        assertThat(end.page).contains("okta-rejected");
        assertThat(end.next()).contains("Read Okta&#39;s reason below");
        assertThat(end.event).contains("\"problem\":\"okta-rejected\"");
    }

    @Test
    @DisplayName("by Okta's ending the session does not say more than Okta did")
    void endedByOkta() {
        okta.processing(app, Processing.errorAfter(2));
        End end = end("create-and-update", csv(4));
        assertThat(end.state()).isEqualTo("FAILED");
        assertThat(end.verdict()).isEqualTo("Okta ended a session without completing it");
        assertThat(end.next()).contains("System Log").contains("Upload the file to the same folder again");
        assertThat(end.report.at("/okta/users/byStatus/ACTIVE").asInt()).isEqualTo(2);
        assertThat(end.report.at("/okta/users").has("notShown")).isFalse();
        assertThat(end.report.at("/okta/usersChecked").asBoolean(true)).isFalse();
        assertThat(end.page).contains("Not the whole picture.");
    }

    @Test
    @DisplayName("because Okta is not to be reached says when to try again")
    void unavailable() {
        okta.fault(Fault.status(503).withHeader("Retry-After: 86400").on("POST").times(1_000));
        List<String> before = new ArrayList<>();
        PutFile file = bucket.put(key("create-and-update"), csv(5));
        End end = end(
                file, () -> before.add(bucket.text(file.report().path("page").asText())));
        assertThat(before.get(0)).contains("Will be retried").contains("the import is retried automatically");
        assertReported(end.report).is("okta-unavailable");
        assertThat(end.verdict()).isEqualTo("Nothing was sent");
        assertThat(end.next()).contains("status.okta.com").contains("upload the file to the same folder again");
        assertThat(end.event).contains("\"problem\":\"okta-unavailable\"");
    }

    @Test
    @DisplayName("is put off while Okta doesn't answer, says so, and after that tells of both attempts")
    void putOff() {
        PutFile file = bucket.put(key("create-and-update"), csv(5));
        okta.fault(Fault.status(503).withHeader("Retry-After: 86400").on("POST").times(1_000));
        assertProblem(Lambda.invoke(file.event().toString())).is("okta-unavailable");
        assertThat(file.report().path("state").asText()).isEqualTo("RETRY");
        String page = bucket.text(file.report().path("page").asText());
        assertThat(page).contains("Will be retried").contains("not sent so far");
        okta.heal();
        assertThat(file.imported().path("state").asText()).isEqualTo("COMPLETED");
        page = bucket.text(file.report().path("page").asText());
        assertThat(page).contains("All imported").contains("an earlier one was interrupted");
    }

    @Test
    @DisplayName("of an attempt that crashed is told by the one that took it over")
    void takenOver() {
        PutFile file = bucket.put(key("create-and-update"), csv(5));
        // Its users are in Okta's session, and nothing of that can be written down any more.
        AtomicBoolean once = new AtomicBoolean(true);
        okta.listener(request -> {
            if (request.contains("bulk-upsert") && once.getAndSet(false)) {
                door.fault(FaultyS3.Kind.FORBIDDEN, "PUT /" + bucket.name() + "/reports/", 0, 1_000);
            }
        });
        End end = end(file, () -> {
            door.heal();
            file.claimIsOver();
        });
        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.verdict()).isEqualTo("All imported");
        assertThat(end.page).contains("an earlier one was interrupted");
        assertThat(end.next()).contains("Nothing.");
        assertThat(okta.sessionsOf(app)).extracting(session -> session.status()).containsExactly("CLOSED", "COMPLETED");
    }

    @Test
    @DisplayName("after a crash that nobody took over says that it is no fault of the file")
    void crashed() {
        PutFile file = bucket.put(key("create-and-update"), csv(5));
        okta.listener(request -> {
            if (request.contains("bulk-upsert")) {
                door.fault(FaultyS3.Kind.FORBIDDEN, "PUT /" + bucket.name() + "/reports/", 0, 1_000);
            }
        });
        int[] failures = {0};
        End end = end(file, () -> {
            door.heal();
            if (++failures[0] == 2) {
                okta.listener(request -> {});
            }
            file.claimIsOver();
        });
        assertThat(end.state()).isEqualTo("FAILED");
        assertThat(end.page).contains("storage-unavailable");
        assertThat(end.next()).contains("Ask the function&#39;s operator to check");
        assertThat(okta.sessionsOf(app)).extracting(session -> session.status()).containsOnly("CLOSED");
    }

    @Test
    @DisplayName("by a newer version says that nothing is to be done")
    void superseded() {
        PutFile first = bucket.put(key("create-and-update"), csv(5));
        bucket.put(key("create-and-update"), csv(6));
        End end = end(first);
        assertThat(end.state()).isEqualTo("SUPERSEDED");
        assertThat(end.verdict()).isEqualTo("Superseded by a newer version");
        assertThat(end.next()).contains("Nothing.");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("of a preview says how to do it in earnest")
    void preview() {
        End end = end("create-and-update", csv(5), Map.of("dry-run", "true"));
        assertThat(end.verdict()).isEqualTo("Preview: nothing was sent");
        assertThat(end.next()).contains("dry-run");
        assertThat(end.event).contains("\"dryRun\":true");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("of leavers whom Okta doesn't know says whom to check")
    void leavers() {
        okta.directoryOf(app).add("L-1", "{\"userName\":\"isaac1@example.com\"}");
        End end = end("deactivate-and-delete", leavers(3));
        assertThat(end.verdict()).isEqualTo("Done, but some users need attention");
        assertThat(end.report.at("/okta/users/notShownIds").toString()).isEqualTo("[\"L-0\",\"L-2\"]");
        assertThat(end.next()).contains("Check the external IDs that Okta does not show");
    }

    @Test
    @DisplayName("without the scope to look at the users says that nobody was looked for")
    void withoutTheScope() {
        okta.withoutScopes("okta.apps.read");
        End end = end("create-and-update", csv(3));
        assertThat(end.verdict()).isEqualTo("All imported");
        assertThat(end.report.path("okta").has("users")).isFalse();
        assertThat(end.page).contains("Not the whole picture.").contains("okta.apps.read");
    }

    @Test
    @DisplayName("names nobody as missing when Okta's list broke off")
    void listBrokeOff() {
        okta.usersAPage(2);
        okta.fault(Fault.status(500)
                .on("GET /api/v1/apps/" + app + "/users")
                .after(1)
                .times(1_000));
        End end = end("create-and-update", csv(5));
        assertThat(end.report.at("/okta/users/shown").asInt()).isEqualTo(2);
        assertThat(end.report.at("/okta/users/notSeenYet").asInt()).isEqualTo(3);
        assertThat(end.report.at("/okta/users").has("notShownIds")).isFalse();
        assertThat(end.verdict()).isEqualTo("All imported");
        assertThat(end.page)
                .contains("Not the whole picture.")
                .contains("3 users of this file were not found in Okta so far");
    }

    @Test
    @DisplayName(
            "is looked for no longer than until everybody was found, and leaves others their part of the rate limit")
    void noMoreThanNeeded() {
        for (int i = 0; i < 9; i++) {
            okta.directoryOf(app).add("Z-" + i, "{\"userName\":\"z" + i + "@z.example\"}");
        }
        okta.usersAPage(3);
        okta.directoryOf(app).add("E-0", "{\"userName\":\"isaac0@example.com\"}");
        for (int i = 10; i < 40; i++) {
            okta.directoryOf(app).add("Z-" + i, "{\"userName\":\"z" + i + "@z.example\"}");
        }
        End end = end("create-and-update", csv(1));
        assertThat(end.report.at("/okta/usersChecked").asBoolean()).isTrue();
        assertThat(okta.received().stream().filter(line -> line.contains("/users")))
                .hasSize(4);
    }
}
