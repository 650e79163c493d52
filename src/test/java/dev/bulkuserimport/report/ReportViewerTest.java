package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A report, as its page shows it,")
class ReportViewerTest {

    private static final ReportPlace PLACE = new ReportPlace("hr", "reports/imports/a.csv.e1.json");

    private static ReportView view(FileReport report) {
        return ReportViewer.view(report, PLACE, "reports/imports/a.csv.e1.html");
    }

    private static FileReport failed(Problem problem) {
        return FileReport.of(ReportFormTest.ID, ReportFormTest.SOURCE, ReportFormTest.NOON)
                .finished(FileState.FAILED, ReportFormTest.NOON)
                .withProblem(Optional.of(problem));
    }

    @Test
    @DisplayName("has everything that the page shows")
    void whole() {
        ReportView view = view(ReportFormTest.whole()
                .withProblem(Optional.of(Problem.of(ProblemType.OKTA_REJECTED, "It ended.")
                        .after(6, List.of(new NotImported(402, 1_500, 96, NotImported.Outcome.NOT_SENT)))))
                .withBeside(new Attachments(
                        Optional.of(new Attachments.Rows("reports/imports/a.csv.e1.rejected.csv", 1, 2)),
                        Optional.empty(),
                        Optional.empty()))
                .finished(FileState.FAILED, ReportFormTest.NOON));
        assertThat(view.file()).isEqualTo("a.csv");
        assertThat(view.place()).contains("s3://hr/imports/a.csv");
        assertThat(view.attempts()).isEqualTo(3);
        assertThat(view.counts()).isEqualTo(new ReportView.Counts(12, 24, 1, 1, 4, 0, 0));
        assertThat(view.changes().orElseThrow().changedBy()).containsOnly(entry("title", 20));
        assertThat(view.changes().orElseThrow().known()).contains(494);
        assertThat(view.sessions())
                .extracting(ReportView.Session::status)
                .startsWith(Optional.of("COMPLETED"), Optional.of("EXPIRED"))
                .endsWith(Optional.empty());
        assertThat(view.errorKinds().get(0).places()).containsExactly("line 5");
        assertThat(view.rejected()).extracting(ReportView.Rejected::place).containsExactly("line 5", "line 5");
        assertThat(view.notImported().get(0).places()).isEqualTo("lines 402 to 1,500");
        assertThat(view.rowsLeftOut()).isEqualTo(2);
        assertThat(view.notes())
                .containsExactly(
                        "a note",
                        "The columns were not checked against the application's schema: no scope",
                        "White space or invisible characters were removed from the edges of 1,200 cells.",
                        "Compared with the last snapshot, 4 memberships are new and 5 are over; of the groups 1 is new,"
                                + " 2 have another name or description, and 3 are deleted.",
                        "2 columns were not sent, because the mapping does not name them: Office, Desk");
        assertThat(view.links().json()).contains("./a.csv.e1.json");
        assertThat(view.links().source()).contains("../../imports/a.csv");
        assertThat(view.links().rejectedRows()).contains("./a.csv.e1.rejected.csv");
        assertThat(Verdict.of(view)).isEqualTo(Verdict.ENDED_BY_OKTA);
    }

    @Test
    @DisplayName("is guarded by what stopped it")
    void guards() {
        Problem problem = Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "Too many.");
        assertThat(view(failed(problem)).problem().orElseThrow().guard())
                .contains(new StoppingGuard(GuardKind.DEACTIVATIONS, false));
        assertThat(view(failed(problem.with("limitSetBy", "payload")))
                        .problem()
                        .orElseThrow()
                        .guard())
                .contains(new StoppingGuard(GuardKind.DEACTIVATIONS, true));
        ReportView changes = view(failed(problem.with("maxChanges", 5)));
        assertThat(changes.problem().orElseThrow().guard()).contains(new StoppingGuard(GuardKind.CHANGES, false));
        assertThat(Advice.of(changes, Verdict.of(changes))).anyMatch(step -> step.contains("max-changes"));
    }

    @ParameterizedTest
    @CsvSource({
        "CLAIMED,AT_WORK",
        "IMPORTING,AT_WORK",
        "PLANNED,AT_WORK",
        "RETRY,COMES_AGAIN",
        "SUPERSEDED,SUPERSEDED",
        "FAILED,REFUSED",
        "UNCONFIRMED,UNCONFIRMED",
        "COMPLETED,NOTHING_TO_SEND"
    })
    @DisplayName("in every state has a page, however little it says")
    void states(FileState state, Verdict verdict) {
        FileReport report = FileReport.of(ReportFormTest.ID, ReportFormTest.SOURCE, ReportFormTest.NOON)
                .withState(state);
        assertThat(Verdict.of(view(report))).isEqualTo(verdict);
        assertThat(new String(ReportPage.of(view(report)), StandardCharsets.UTF_8))
                .contains(verdict.label());
    }

    @ParameterizedTest
    @CsvSource({
        "NEWER_VERSION,CREATE_AND_UPDATE,SUPERSEDED,A newer version replaced this one",
        "NEWER_VERSION,SNAPSHOT,SUPERSEDED,A newer version replaced this one",
        "NEWER_SNAPSHOT,SNAPSHOT,OVERTAKEN,A newer snapshot of the application arrived",
        "NEWER_SNAPSHOT,CREATE_AND_UPDATE,OVERTAKEN,A newer snapshot of the application arrived",
        "NEWER_SNAPSHOT,DEACTIVATE_AND_DELETE,OVERTAKEN,A newer snapshot of the application arrived",
        "NEWER_FILE,CREATE_AND_UPDATE,OUTDATED,This file was uploaded more than a day before"
    })
    @DisplayName("that is superseded says by what, whatever the file's operation")
    void superseded(Successor by, ImportOperation operation, Verdict verdict, String sentence) {
        FileReport report = FileReport.of(ReportFormTest.ID, ReportFormTest.SOURCE, ReportFormTest.NOON);
        ReportView view = view(report.withKnown(report.known().naming(Optional.of("0oa1"), Optional.of(operation)))
                .withEnding(Ending.NONE.supersededBy(by))
                .finished(FileState.SUPERSEDED, ReportFormTest.NOON));
        assertThat(Verdict.of(view)).isEqualTo(verdict);
        assertThat(Summary.of(view, verdict)).startsWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "reports/a/b.html,reports/a/b.json,./b.json",
        "reports/a/b.html,a/b.csv,../../a/b.csv",
        "reports/x.html,'imports/ä b&c\"<.csv',../imports/%C3%A4%20b%26c%22%3C.csv",
        "r.html,javascript:alert(1),./javascript%3Aalert%281%29"
    })
    @DisplayName("links to what stands beside it by relative names")
    void links(String from, String to, String link) {
        assertThat(RelativeLink.between(from, to)).isEqualTo(link);
    }
}
