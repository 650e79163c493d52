package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.plan.SourceShape;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.GroupCounts;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.Sessions;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.Imported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A report's document")
class ReportFormTest {

    static final ObjectVersion SOURCE =
            new ObjectVersion("hr", "imports/a.csv", Optional.empty(), Optional.of("e1"), Optional.of("00A"));
    static final ImportId ID = ImportId.of(SOURCE, "hr");
    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static Optional<FileReport> read(String json) {
        return ReportForm.read(json.getBytes(StandardCharsets.UTF_8), ID, SOURCE);
    }

    /** A report in which everything has a value. */
    static FileReport whole() {
        FileReport report = FileReport.of(ID, SOURCE, NOON);
        return report.withState(FileState.IMPORTING)
                .withHold(new Hold(true, 3, Optional.of("someone"), Optional.of(NOON.plusSeconds(60))))
                .withKnown(report.known()
                        .naming(Optional.of("0oa1"), Optional.of(ImportOperation.SNAPSHOT))
                        .read(
                                new ReadFile(
                                        Optional.empty(),
                                        false,
                                        12,
                                        0,
                                        10,
                                        1,
                                        1,
                                        3,
                                        0,
                                        0,
                                        new FileNotes(
                                                Optional.of(false),
                                                Optional.of("no scope"),
                                                1_200,
                                                List.of("Office", "Desk"),
                                                Optional.of("semicolon"),
                                                Optional.of("UTF-8"),
                                                Optional.empty(),
                                                List.of())),
                                new Rejections(
                                        7,
                                        2,
                                        4,
                                        8,
                                        List.of(
                                                new RecordError(
                                                        3, 5, Optional.of("E-3"), Optional.of("email"), "is none"),
                                                new RecordError(
                                                        3, 5, Optional.empty(), Optional.empty(), "is too long")),
                                        List.of(new ErrorKind(Optional.of("email"), "is none", 1, List.of(5L))),
                                        true))
                        .mappedBy(Optional.of("imports/0oa1/mapping.json"))
                        .withCompared(Optional.of(new Compared(
                                Optional.of(new SnapshotCounts(
                                        OptionalInt.of(494),
                                        10,
                                        2,
                                        20,
                                        Map.of("title", 20),
                                        3,
                                        4,
                                        5,
                                        1,
                                        List.of("E-9"),
                                        Optional.of(new GroupCounts(1, 2, 3, 4, 5)),
                                        false)),
                                new Compared.Learns(
                                        List.of("title"),
                                        Optional.of(new StateManifest.LastSnapshot(
                                                new StateManifest.Origin(NOON, "00A"),
                                                new SourceShape(
                                                        List.of("title"),
                                                        List.of(new SourceShape.RuleUse("skip", "Status", "9f", 7))))),
                                        true)))))
                .withSessions(lives().stream()
                        .map(life -> Sessions.planned(1 + lives().indexOf(life), 6, 1, 1, 2, 9)
                                .with(life))
                        .toList())
                .plus(new Effort(1, 2, 3, 4))
                .noting("a note")
                .withProblem(Optional.of(Problem.unavailable("Okta sleeps.", Duration.ofSeconds(7))
                        .with("oktaStatus", 503L)
                        .after(6, List.of(new NotImported(10, 13, 4, NotImported.Outcome.NOT_SENT)))))
                .withBeside(new Attachments(
                        Optional.of(new Attachments.Rows("reports/a.rejected.csv", 1, 2)),
                        Optional.of("reports/a.changes.csv"),
                        Optional.of("reports/a.html")));
    }

    private static List<SessionLife> lives() {
        return List.of(
                new SessionLife.Done("aps1", NOON, "COMPLETED", 6, NOON.plusSeconds(9)),
                SessionLife.Broken.ended("aps2", NOON, "EXPIRED", NOON.plusSeconds(9)),
                new SessionLife.Started("aps3", NOON, "TRIGGERED", 6),
                new SessionLife.Unconfirmed("aps9", NOON, "TRIGGERED", 6),
                new SessionLife.Starting("aps4", NOON, 6),
                new SessionLife.Loading("aps5", NOON),
                new SessionLife.Creating(List.of(new CreationWindow(NOON, NOON.plusSeconds(10)))),
                new SessionLife.Planned(),
                new SessionLife.Superseded());
    }

    private static Review review(Optional<Ruling> ruling) {
        return new Review(
                "0123456789abcdef".repeat(4),
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "9 people would be deactivated.")
                        .with("users", 9L),
                new StateManifest.Origin(NOON, "00A"),
                NOON,
                NOON.plusSeconds(172_800),
                List.of("E-9"),
                new Review.Desk(Optional.of("hr-decide:live"), Optional.of("https://api.example.com")),
                ruling);
    }

    static Stream<FileReport> reports() {
        FileReport whole = whole();
        OktaView.Seen seen = new OktaView.Seen(Map.of("ACTIVE", 5, "STAGED", 1), 1, List.of("E-3"), true);
        OktaView.Seen part = new OktaView.Seen(Map.of("ACTIVE", 5), 2, List.of(), false);
        List<OktaView.Session> sessions = List.of(new OktaView.Session(1, "aps1", "COMPLETED"));
        return Stream.of(
                FileReport.of(ID, SOURCE, NOON).withHold(new Hold(false, 1, Optional.empty(), Optional.empty())),
                whole,
                whole.withState(FileState.WAITING).withKnown(whole.known().withReview(review(Optional.empty()))),
                whole.withKnown(whole.known()
                        .withReview(review(Optional.of(new Ruling(
                                Ruling.Choice.REJECT, NOON, Optional.of("ann"), true, Optional.of("cut off")))))),
                whole.finished(FileState.COMPLETED, NOON)
                        .withProblem(Optional.empty())
                        .withEnding(new Ending(
                                Optional.of(NOON),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new OktaView(
                                        sessions, Optional.of(seen), Optional.of(seen), Optional.empty())))),
                FileReport.of(ID, SOURCE, NOON)
                        .withHold(new Hold(false, 1, Optional.empty(), Optional.empty()))
                        .withKnown(FileReport.of(ID, SOURCE, NOON).known().putAt(NOON))
                        .withEnding(Ending.NONE.supersededBy(Successor.NEWER_FILE))
                        .finished(FileState.SUPERSEDED, NOON),
                whole.finished(FileState.UNCONFIRMED, NOON)
                        .withEnding(new Ending(
                                Optional.of(NOON),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new OktaView(
                                                sessions, Optional.of(part), Optional.empty(), Optional.of("No time."))
                                        .withMemberships(Optional.of(
                                                new OktaView.Memberships(2, 5, 1, 1, Optional.of("No time."))))))));
    }

    @ParameterizedTest
    @MethodSource("reports")
    @DisplayName("is read as what it was written from, and keeps its schema")
    void roundTrip(FileReport report) throws IOException {
        byte[] json = ReportForm.json(report);
        FileReport again = ReportForm.read(json, ID, SOURCE).orElseThrow();
        assertThat(again).isEqualTo(report);
        assertThat(new String(ReportForm.json(again), StandardCharsets.UTF_8))
                .isEqualTo(new String(json, StandardCharsets.UTF_8));
        ReportSchema.checked(new ObjectMapper().readTree(json));
    }

    @ParameterizedTest
    @CsvSource({"recordsImported, -1", "planCount, -1", "sessions, 9"})
    @DisplayName("has an answer that the schema describes, member by member")
    void answer(String member, int value) throws IOException {
        FileReport completed = whole().finished(FileState.COMPLETED, NOON).withProblem(Optional.empty());
        JsonNode report = new ObjectMapper()
                .readTree(ReportForm.json(completed.withKnown(completed.known().withSizes(new RequestSizes()))));
        assertThat(ReportSchema.checked(report).at("/answer/plan").isArray()).isTrue();
        ((ObjectNode) report.path("answer")).put(member, value);
        assertThatThrownBy(() -> ReportSchema.checked(report)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("has what a caller's session holds nevertheless, and where a membership is cut between two sessions")
    void groups() throws IOException {
        FileSession cut = new FileSession(
                1,
                6,
                0,
                3,
                0,
                5,
                Optional.of(new GroupsOfSession(2, 0, 1, 40, 0, 3, Optional.of(new NotImported.MemberRange(7, 9)))),
                Optional.empty(),
                new SessionLife.Broken("aps9", NOON, "IN_PROGRESS", new Imported(6, 2, 30), Optional.empty()));
        FileReport report = whole().withSessions(List.of(cut));
        ReadFile file = new ReadFile(Optional.of("aps9"), false, 12, 6, 6, 0, 0, 3, 2, 40, FileNotes.NONE);
        roundTrip(report.withKnown(report.known().read(file, Rejections.NONE)));
        assertThat(report.groupsImported()).isEqualTo(2);
        assertThat(report.membershipsImported()).isEqualTo(30);
        assertThat(cut.ranges(NotImported.Outcome.NOT_SENT))
                .extracting(NotImported::memberRange)
                .endsWith(Optional.of(new NotImported.MemberRange(7, 9)));
    }

    @Test
    @DisplayName("has the caller's session, and that it isn't this function's own")
    void callers() {
        FileReport report = whole();
        ReadFile file = new ReadFile(Optional.of("aps9"), false, 1, 0, 1, 0, 0, 0, 0, 0, FileNotes.NONE);
        report = report.withKnown(report.known().read(file, Rejections.NONE));
        assertThat(ReportForm.read(ReportForm.json(report), ID, SOURCE)
                        .orElseThrow()
                        .callerSession())
                .contains("aps9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "{\"state\":\"ELSE\"}",
                "{\"state\":\"CLAIMED\",\"expiresAt\":\"soon\"}",
                "{\"state\":\"RETRY\",\"sessions\":[{\"number\":1,\"state\":\"ELSE\"}]}"
            })
    @DisplayName("that is none is left alone")
    void foreign(String json) {
        assertThat(read(json)).isEmpty();
    }
}
