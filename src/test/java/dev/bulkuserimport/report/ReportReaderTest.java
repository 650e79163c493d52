package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.metrics.Effort;
import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.upload.CreationWindow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A report that is read back")
class ReportReaderTest {

    private static final ObjectVersion SOURCE =
            new ObjectVersion("hr", "imports/a.csv", Optional.empty(), Optional.of("e1"), Optional.of("00A"));
    private static final ImportId ID = ImportId.of(SOURCE, "hr");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static Optional<Report> read(String json) {
        return ReportReader.read(json.getBytes(StandardCharsets.UTF_8), ID, SOURCE);
    }

    @Test
    @DisplayName("is written the same again, to the last byte")
    void roundTrip() {
        Report report = new Report(ID, SOURCE, NOON);
        report.state(FileState.IMPORTING);
        report.stepped(true);
        report.attempts(3);
        report.held("somebody", NOON.plusSeconds(60));
        report.file(new ReadFile(
                "0oa1",
                ImportOperation.CREATE_AND_UPDATE,
                Optional.empty(),
                false,
                12,
                10,
                1,
                1,
                0,
                new Rejections(
                        1,
                        2,
                        List.of(
                                new RecordError(3, 5, Optional.of("E-3"), Optional.of("email"), "is none"),
                                new RecordError(3, 5, Optional.empty(), Optional.empty(), "has too many fields")),
                        List.of(new ErrorKind(Optional.of("email"), "is none", 1, List.of(5L))),
                        true),
                FileNotes.NONE));
        report.sessions(List.of(
                SessionEntry.planned(1, 6, 1, 1, 2, 9)
                        .created("aps1", NOON)
                        .starting(6)
                        .started("TRIGGERED", 6)
                        .seen("COMPLETED", NOON.plusSeconds(9)),
                SessionEntry.planned(2, 4, 0, 1, 10, 13)
                        .creating(List.of(new CreationWindow(NOON, NOON.plusSeconds(10))))));
        report.sent(new Effort(1, 2, 3, 4));
        report.note("a note");
        report.problem(Problem.of(ProblemType.OKTA_UNAVAILABLE, "Okta sleeps.")
                .with("oktaStatus", 503)
                .after(6, List.of(new NotImported(10, 13, 4, NotImported.Outcome.NOT_SENT))));

        Report again = ReportReader.read(report.json(), ID, SOURCE).orElseThrow();
        assertThat(new String(again.json(), StandardCharsets.UTF_8))
                .isEqualTo(new String(report.json(), StandardCharsets.UTF_8));
        assertThat(again.session(2).orElseThrow().lost()).hasSize(1);
        assertThat(again.hasOpenSession()).isTrue();
        assertThat(again.recordsImported()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "CLAIMED, false, , 0",
        "IMPORTING, true, LOADING, 1",
        "STARTING, true, STARTING, 1",
        "RETRY, true, LOADING, 1",
        "IMPORTING, false, LOADING, 1",
        "COMPLETED, true, STARTED, 1"
    })
    @DisplayName("may be one of version 1, whose session is known")
    void version1(String state, boolean managed, String session, int sessions) {
        String id = sessions == 0 ? "" : "\"sessionId\":\"aps1\",\"managedSession\":" + managed + ",";
        Report report = read("{\"state\":\"" + state + "\"," + id
                        + "\"applicationId\":\"0oa1\",\"recordsImported\":30,\"expiresAt\":\"2026-11-25T12:00:00Z\"}")
                .orElseThrow();
        assertThat(report.state().name()).isEqualTo(state);
        assertThat(report.expiresAt().isPresent()).isEqualTo(!report.state().isOver());
        assertThat(report.sessions()).hasSize(sessions);
        report.session(1).ifPresent(entry -> {
            assertThat(entry.state().name()).isEqualTo(session);
            assertThat(entry.sessionId()).contains("aps1");
            assertThat(entry.recordsImported()).isEqualTo(30);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "[]", "{}", "{\"state\":\"ELSE\"}", "{\"state\":\"CLAIMED\",\"expiresAt\":\"soon\"}"
            })
    @DisplayName("is left alone when it is none of ours")
    void foreign(String json) {
        assertThat(read(json)).isEmpty();
    }
}
