package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.FileSummary;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A file that is imported step by step")
class FileImportIT {

    private static final AtomicInteger APPS = new AtomicInteger();

    @Inject
    FileImport steps;

    @Inject
    ObjectImport notifications;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        door.heal();
        app = "0oaSteps" + APPS.incrementAndGet();
        okta.application(app);
        bucket = Bucket.anew(s3, "hr-steps");
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static String csv(int users) {
        StringBuilder csv = new StringBuilder("externalId,userName,email\n");
        for (int i = 0; i < users; i++) {
            csv.append("E-" + i + ",u" + i + "@example.com,u" + i + "@example.com\n");
        }
        return csv.toString();
    }

    private ObjectVersion put(String name, String body) {
        String key = "imports/" + app + "/create-and-update/" + name;
        return version(bucket.put(key, body));
    }

    private static ObjectVersion version(PutFile file) {
        return new ObjectVersion(
                file.bucket().name(), file.key(), file.versionId(), Optional.of(file.eTag()), file.sequencer());
    }

    private JsonNode report(ObjectVersion object) {
        return ReportSchema.checked(
                bucket.json("reports/" + object.key() + "." + object.version().orElseThrow() + ".json"));
    }

    private List<String> workFiles(ImportId importId) {
        return bucket.keys("work/" + importId);
    }

    /** As the state machine does: each step is repeated until it comes back. */
    private FileSummary allSteps(ObjectVersion object, int attempts) {
        FilePlan plan = again(attempts, () -> steps.planFile(object, time()));
        for (FilePlan.Session session : plan.sessions()) {
            again(attempts, () -> steps.importSession(plan.importId().orElseThrow(), session.number(), time()));
            again(attempts, () -> {
                SessionFollow followed = steps.followSession(plan.importId().orElseThrow(), session.number(), time());
                assertThat(followed.done()).isTrue();
                return followed;
            });
        }
        return again(attempts, () -> steps.finishFile(plan.importId().orElseThrow(), Optional.empty(), time()));
    }

    private static <T> T again(int attempts, java.util.function.Supplier<T> step) {
        for (int i = 1; ; i++) {
            try {
                return step.get();
            } catch (ProblemException | AssertionError e) {
                if (i == attempts) {
                    throw e;
                }
            }
        }
    }

    private void assertEverybodyOnce(int users) {
        assertThat(okta.directoryOf(app).present()).hasSize(users);
        assertThat(okta.directoryOf(app).sentAgain()).isEmpty();
        assertThat(okta.directoryOf(app).present()).containsKeys("E-0", "E-" + (users - 1));
    }

    @Test
    @DisplayName("of 25,001 users goes through three sessions, in order, each user once, and each step may be repeated")
    void threeSessions() {
        ObjectVersion object = put("large.csv", csv(25_001));
        FilePlan plan = steps.planFile(object, time());
        assertThat(plan.state()).isEqualTo(FileState.PLANNED);
        assertThat(plan.users()).isEqualTo(25_001);
        assertThat(plan.sessions())
                .containsExactly(
                        new FilePlan.Session(1, 10_000, 50),
                        new FilePlan.Session(2, 10_000, 50),
                        new FilePlan.Session(3, 5_001, 26));
        assertThat(steps.planFile(object, time())).isEqualTo(plan);
        ImportId importId = plan.importId().orElseThrow();
        assertThat(ImportId.parse(importId.toString())).contains(importId);
        assertThatThrownBy(() -> steps.importSession(importId, 2, time()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT));

        for (int number = 1; number <= 3; number++) {
            SessionImport sent = steps.importSession(importId, number, time());
            assertThat(steps.importSession(importId, number, time())).isEqualTo(sent);
            assertThat(sent.recordsImported()).isEqualTo(number < 3 ? 10_000 : 5_001);
            SessionFollow followed = steps.followSession(importId, number, time());
            assertThat(followed.status()).isEqualTo("COMPLETED");
            assertThat(steps.followSession(importId, number, time())).isEqualTo(followed);
        }
        FileSummary summary = steps.finishFile(importId, Optional.empty(), time());
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(summary.recordsImported()).isEqualTo(25_001);
        assertThat(summary.page()).isPresent();
        assertThat(steps.finishFile(importId, Optional.empty(), time())).isEqualTo(summary);
        assertThat(steps.planFile(object, time()).sessions()).isEmpty();
        assertEverybodyOnce(25_001);
        assertThat(okta.sessionsOf(app)).hasSize(3);
        JsonNode report = report(object);
        assertThat(report.path("sessions")).hasSize(3);
        assertThat(report.at("/okta/sessions/2/status").asText()).isEqualTo("COMPLETED");
        assertThat(report.at("/okta/usersChecked").asBoolean()).isTrue();
        assertThat(report.at("/okta/users/shown").asInt()).isEqualTo(25_001);
        assertThat(workFiles(importId)).allMatch(key -> key.endsWith("import.json"));
    }

    @Test
    @DisplayName("leaves nothing behind where whoever finished it was killed before taking away what it needed")
    void finishedAndKilled() {
        ObjectVersion object = put("people.csv", csv(3));
        ImportId importId = steps.planFile(object, time()).importId().orElseThrow();
        FileSummary summary = allSteps(object, 1);
        bucket.put("work/" + importId + "/session-1", "what was not deleted");
        assertThat(steps.finishFile(importId, Optional.empty(), time())).isEqualTo(summary);
        assertThat(workFiles(importId)).allMatch(key -> key.endsWith("import.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, reports/, 3",
        "CLOSE_AFTER, PUT, 0",
        "CLOSE_AFTER, PUT, 4",
        "CONFLICT, PUT, 1",
        "HALF_BODY, GET /{bucket}/imports, 0",
        "HALF_BODY, session-1, 1",
        "NO_ETAG, HEAD /{bucket}/imports, 0",
        "NO_ETAG, HEAD /{bucket}/imports, 1",
        "NO_ETAG, GET /{bucket}/reports, 0",
        "NO_ETAG, GET /{bucket}/reports, 2"
    })
    @DisplayName("gets there although S3 fails on the way, each user once, and no session is left open")
    void faultyStorage(FaultyS3.Kind kind, String where, int after) {
        ObjectVersion object = put("faulty.csv", csv(450));
        door.fault(kind, where.replace("{bucket}", bucket.name()), after, kind == FaultyS3.Kind.UNAVAILABLE ? 4 : 1);
        FileSummary summary = null;
        for (int i = 0; i < 3 && summary == null; i++) {
            Throwable failure = catchThrowable(() -> allSteps(object, 1));
            if (failure == null) {
                summary = steps.finishFile(object, Optional.empty(), time());
            } else {
                assertThat(failure).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                                e.problem().type())
                        .isNotEqualTo(ProblemType.INTERNAL_ERROR));
            }
            door.heal();
        }
        assertThat(summary).isNotNull();
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(summary.recordsImported()).isEqualTo(450);
        assertThat(okta.directoryOf(app).present()).hasSize(450);
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).isSubsetOf("COMPLETED", "CLOSED");
        report(object);
    }

    @ParameterizedTest
    @CsvSource({"RESET_AFTER, POST", "HTML, POST", "RESET_AFTER, bulk-", "RESET_AFTER, start-import"})
    @DisplayName("whose answer from Okta is lost finds its own session again")
    void lostAnswers(Fault.Kind kind, String where) {
        ObjectVersion object = put("lost.csv", csv(450));
        okta.fault(Fault.upload(kind).withStatus(504).on(where));
        FileSummary summary = allSteps(object, 4);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).present()).hasSize(450);
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).isSubsetOf("COMPLETED", "CLOSED");
    }

    @Test
    @DisplayName("never takes somebody else's session for its own, and names it")
    void othersSession() {
        OktaSession others = okta.newSession(app);
        ObjectVersion object = put("conflict.csv", csv(3));
        FilePlan plan = steps.planFile(object, time());
        ImportId importId = plan.importId().orElseThrow();
        assertThatThrownBy(() -> steps.importSession(importId, 1, time()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT);
                    assertThat(e.problem().detail()).contains(others.id());
                });
        assertThat(others.status()).isEqualTo("CREATED");
        others.status("COMPLETED");
        assertThat(steps.importSession(importId, 1, time()).recordsImported()).isEqualTo(3);
    }

    @Test
    @DisplayName("that fails in its second session says what is in Okta, and goes on with it when it is started again")
    void goesOn() {
        okta.processing(app, Processing.QUICK, Processing.error(), Processing.QUICK);
        ObjectVersion object = put("error.csv", csv(20_001));
        FilePlan plan = steps.planFile(object, time());
        ImportId importId = plan.importId().orElseThrow();
        steps.importSession(importId, 1, time());
        assertThat(steps.followSession(importId, 1, time()).status()).isEqualTo("COMPLETED");
        steps.importSession(importId, 2, time());
        SessionFollow followed = steps.followSession(importId, 2, time());
        assertThat(followed.done()).isTrue();
        assertThat(followed.status()).isEqualTo("ERROR");
        FileSummary failed = steps.finishFile(importId, Optional.empty(), time());
        assertThat(failed.state()).isEqualTo(FileState.FAILED);
        assertThat(failed.problem()).contains(ProblemType.OKTA_REJECTED);
        assertThat(failed.recordsImported()).isEqualTo(10_000);
        JsonNode problem = report(object).path("problem");
        assertThat(problem.path("detail").asText()).contains("session 2");
        assertThat(problem.path("notImported")).hasSize(2);

        FilePlan again = steps.planFile(object, time());
        assertThat(again.sessions()).extracting(FilePlan.Session::number).containsExactly(2, 3);
        FileSummary summary = allSteps(object, 1);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(summary.recordsImported()).isEqualTo(20_001);
        assertThat(okta.directoryOf(app).present()).hasSize(20_001);
    }

    @Test
    @DisplayName("waits for the one that came earlier, and is superseded when it is replaced meanwhile")
    void waits() {
        ObjectVersion first = put("first.csv", csv(10_001));
        ObjectVersion second = put("second.csv", csv(3));
        FilePlan one = steps.planFile(first, time());
        FilePlan two = steps.planFile(second, time());
        ImportId early = one.importId().orElseThrow();
        ImportId late = two.importId().orElseThrow();
        steps.importSession(early, 1, time());
        steps.followSession(early, 1, time());
        assertThatThrownBy(() -> steps.importSession(late, 1, time())).hasMessageContaining("arrived earlier");
        assertThat(steps.importOrWait(late, 1, time()).members())
                .containsEntry("state", "PLANNED")
                .containsEntry("waiting", true)
                .containsEntry("waitSeconds", 60L);

        bucket.put(second.key(), csv(4));
        steps.importSession(early, 2, time());
        steps.followSession(early, 2, time());
        steps.finishFile(early, Optional.empty(), time());
        assertThat(steps.importSession(late, 1, time()).state()).isEqualTo(SessionState.SUPERSEDED);
        assertThat(steps.followSession(late, 1, time()).done()).isTrue();
        assertThat(steps.finishFile(late, Optional.empty(), time()).state()).isEqualTo(FileState.SUPERSEDED);
        assertThat(report(second).path("state").asText()).isEqualTo("SUPERSEDED");
        assertEverybodyOnce(10_001);
    }

    @Test
    @DisplayName("that is refused, replaced, or none at all has nothing to import")
    void nothingToDo() {
        ObjectVersion invalid = put("invalid.csv", "externalId,userName\nE-1,\n,b@example.com\n");
        assertThatThrownBy(() -> steps.planFile(invalid, time())).isInstanceOf(ProblemException.class);
        assertThat(steps.planFile(invalid, time()).state()).isEqualTo(FileState.FAILED);
        FileSummary refused = steps.finishFile(
                invalid,
                Optional.of(
                        new StepError("FunctionError$InvalidUsersException", Optional.of(ProblemType.INVALID_USERS))),
                time());
        assertThat(refused.problem()).contains(ProblemType.INVALID_USERS);
        assertThat(report(invalid).path("rejectedRows").asText()).endsWith(".rejected.csv");

        ObjectVersion old = put("old.csv", csv(3));
        put("old.csv", csv(4));
        assertThat(steps.planFile(old, time()).state()).isEqualTo(FileState.SUPERSEDED);

        ObjectVersion mapping = put("mapping.json", "{}");
        assertThat(steps.planFile(mapping, time()).members()).containsEntry("sessions", List.of());
        assertThat(steps.planFile(mapping, time()).importId()).isEmpty();
        bucket.delete(mapping.key());
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("whose planning crashed is closed with what the state machine says")
    void crashed() {
        ObjectVersion object = put("crashed.csv", csv(3));
        FileSummary summary =
                steps.finishFile(object, Optional.of(new StepError("Lambda.Unknown", Optional.empty())), time());
        assertThat(summary.state()).isEqualTo(FileState.FAILED);
        assertThat(summary.problem()).contains(ProblemType.INTERNAL_ERROR);
        assertThat(report(object).at("/problem/detail").asText()).contains("Lambda.Unknown");
        // Nothing of it was read, so starting it again reads it.
        assertThat(allSteps(object, 1).state()).isEqualTo(FileState.COMPLETED);
    }

    @Test
    @DisplayName("deactivates nobody whom Okta doesn't know, and says so once")
    void unknownDeactivations() {
        String key = "imports/" + app + "/deactivate-and-delete/leavers.csv";
        ObjectVersion object = version(bucket.put(key, "externalId\nX-1\nX-2\n"));
        okta.directory(Set.of("somebody"));
        ObjectResult result = notifications.run(object, Turns.LONGEST_PAUSE, time());
        assertThat(result.outcome()).isEqualTo(ObjectResult.Outcome.FAILED);
        assertThat(result.problem()).contains(ProblemType.OKTA_REJECTED);
        assertThat(report(object).at("/problem/detail").asText()).contains("Okta doesn't know any of these users");
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).containsOnly("CLOSED");
        assertThat(notifications.run(object, Turns.LONGEST_PAUSE, time()).outcome())
                .isEqualTo(ObjectResult.Outcome.DUPLICATE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"X-51, COMPLETED, 50", "X-101, COMPLETED, 1", "somebody, FAILED, 0"})
    @DisplayName(
            "deactivates whom Okta knows, though a session has nobody of them, and fails once where it knows nobody at all")
    void unknownSession(String known, FileState end, int imported) {
        String leavers = IntStream.rangeClosed(1, 101)
                .mapToObj(i -> "{\"externalId\":\"X-" + i + "\"}")
                .collect(Collectors.joining(","));
        ObjectVersion object = version(bucket.put(
                "imports/" + app + "/deactivate-and-delete/" + known + ".json",
                "{\"usersPerPage\":1,\"users\":[" + leavers + "]}"));
        okta.directory(Set.of(known));
        FilePlan plan = steps.planFile(object, time());
        assertThat(plan.sessions()).hasSize(3);
        FileSummary summary;
        try {
            summary = allSteps(object, 1);
        } catch (ProblemException e) {
            assertThat(e.problem().type()).isEqualTo(ProblemType.OKTA_REJECTED);
            summary = steps.finishFile(plan.importId().orElseThrow(), Optional.empty(), time());
        }
        JsonNode report = report(object);
        assertThat(summary.state()).as(report.toString()).isEqualTo(end);
        assertThat(report.path("recordsImported").asInt()).isEqualTo(imported);
        if (end == FileState.FAILED) {
            assertThat(report.at("/problem/type").asText()).endsWith("okta-rejected");
            assertThat(report.at("/problem/detail").asText()).contains("Nothing is in Okta");
            int missing = 0;
            for (JsonNode range : report.at("/problem/notImported")) {
                assertThat(range.path("outcome").asText()).isEqualTo("not-sent");
                missing += range.path("count").asInt();
            }
            assertThat(missing).isEqualTo(101);
        } else {
            assertThat(report.path("notes").toString())
                    .contains("whom session 1 was to deactivate, so there was nothing to do");
        }
    }

    @Test
    @DisplayName("that is refused comes again as long as its report can't be written, for nobody would hear of it")
    void noReport() {
        ObjectVersion invalid = put("unheard.csv", "externalId,userName\nE-1,a\n,b\n");
        door.fault(FaultyS3.Kind.UNAVAILABLE, "PUT ", 1, 999);
        try (JournalLines journal = new JournalLines()) {
            assertThatThrownBy(
                            () -> notifications.run(invalid, Turns.LONGEST_PAUSE, Deadline.in(Duration.ofSeconds(1))))
                    .isInstanceOf(ProblemException.class);
            assertThat(journal.taken()).isEmpty();
            door.heal();
            bucket.claimsAreOver("reports/");
            assertThat(notifications.run(invalid, Turns.LONGEST_PAUSE, time()).problem())
                    .contains(ProblemType.INVALID_USERS);
            assertThat(journal.takenEnds()).containsExactly("invalid-users");
        }
    }

    @Test
    @DisplayName(
            "whose end the log doesn't have, because whoever ended it was killed, is in the log after the next attempt, once")
    void untold() {
        ObjectVersion object = put("untold.csv", csv(3));
        notifications.run(object, Turns.LONGEST_PAUSE, time());
        String key = "reports/" + object.key() + "." + object.version().orElseThrow() + ".json";
        ObjectNode killed = bucket.json(key).deepCopy();
        bucket.put(key, killed.put("expiresAt", "2026-11-25T12:00:00Z").toString());
        try (JournalLines journal = new JournalLines()) {
            assertThat(notifications.run(object, Turns.LONGEST_PAUSE, time()).outcome())
                    .isEqualTo(ObjectResult.Outcome.IMPORTED);
            assertThat(notifications.run(object, Turns.LONGEST_PAUSE, time()).outcome())
                    .isEqualTo(ObjectResult.Outcome.DUPLICATE);
            assertThat(journal.takenEnds()).containsExactly("imported");
        }
        assertThat(report(object).has("expiresAt")).isFalse();
        assertThat(report(object).path("recordsImported").asInt()).isEqualTo(3);
    }

    @Test
    @DisplayName("ends as unconfirmed when Okta hasn't finished it in the time for which it is followed")
    void unconfirmed() {
        okta.processing(app, Processing.reads(1_000));
        ObjectVersion object = put("slow.csv", csv(3));
        ImportId importId = steps.planFile(object, time()).importId().orElseThrow();
        steps.importSession(importId, 1, time());
        assertThat(steps.followSession(importId, 1, time()).done()).isFalse();
        String key = "reports/" + object.key() + "." + object.version().orElseThrow() + ".json";
        ObjectNode old = bucket.json(key).deepCopy();
        ((ObjectNode) old.at("/sessions/0")).put("startedAt", "2026-01-01T00:00:00Z");
        bucket.put(key, old.toString());
        try (JournalLines journal = new JournalLines()) {
            SessionFollow followed = steps.followSession(importId, 1, time());
            assertThat(followed.done()).isTrue();
            assertThat(followed.status()).isEqualTo("TRIGGERED");
            assertThat(steps.finishFile(importId, Optional.empty(), time()).state())
                    .isEqualTo(FileState.UNCONFIRMED);
            assertThat(journal.takenEnds()).containsExactly("unconfirmed");
        }
        assertThat(report(object).path("notes").toString()).contains("IMPORT_FOLLOW_HOURS");
    }

    @Test
    @DisplayName("is given up in time, after few tries, where S3 answers every write of the claim with 409")
    void conflictsForLong() {
        ObjectVersion object = put("contended.csv", csv(3));
        door.fault(FaultyS3.Kind.CONFLICT, "PUT ", 0, 9_999);
        Deadline deadline = Deadline.in(Duration.ofSeconds(3));
        assertThatThrownBy(() -> notifications.run(object, Turns.LONGEST_PAUSE, deadline))
                .isInstanceOf(ProblemException.class);
        assertThat(door.received()).filteredOn(line -> line.startsWith("PUT ")).hasSizeBetween(2, 60);
    }

    @Test
    @DisplayName("whose upload Okta refuses, and whose session can't be cancelled then, comes again until it is")
    void refusedAndLeftOpen() {
        ObjectVersion object = put("leftopen.csv", csv(30));
        okta.fault(Fault.status(400));
        okta.fault(Fault.status(500).on("DELETE ").times(99));
        assertThatThrownBy(() -> notifications.run(object, Turns.LONGEST_PAUSE, Deadline.in(Duration.ofSeconds(6))))
                .isInstanceOf(ProblemException.class);
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).containsExactly("CREATED");
        okta.heal();
        notifications.run(object, Turns.LONGEST_PAUSE, time());
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).isSubsetOf("COMPLETED", "CLOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "<html>started</html>"})
    @DisplayName("whose start is answered by something in front of Okta, and not carried out, is started again")
    void startedByNobody(String body) {
        ObjectVersion object = put("notstarted.csv", csv(30));
        okta.fault(Fault.answer(200, "text/html", body).on("start-import"));
        FileSummary summary = allSteps(object, 4);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).present()).hasSize(30);
        assertThat(okta.sessionsOf(app)).extracting(OktaSession::status).isSubsetOf("COMPLETED", "CLOSED");
    }
}
