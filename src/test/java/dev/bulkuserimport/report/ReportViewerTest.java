package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.bulkuserimport.plan.ErrorKind;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.GroupCounts;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.support.Sessions;
import dev.bulkuserimport.upload.Imported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
        assertThat(view.counts()).isEqualTo(new ReportView.Counts(12, 24, 1, 1, 4, new CountsOfGroups(0, 0, 0, 2, 4)));
        assertThat(view.changes().orElseThrow().changedByProperty()).containsOnly(entry("title", 20));
        assertThat(view.changes().orElseThrow().known()).hasValue(494);
        assertThat(view.sessions())
                .extracting(session -> session.life().status())
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

    private static int count(BulkOperation.Kind kind, BulkOperation.Kind... all) {
        return (int) Stream.of(all).filter(kind::equals).count();
    }

    /** Two valid users, a group and two memberships in a payload; what is wrong is of these kinds. */
    private static ReportView payload(FileState state, BulkOperation.Kind... invalid) {
        List<RecordError> errors = new ArrayList<>();
        List<ErrorKind> kinds = new ArrayList<>();
        for (BulkOperation.Kind kind : invalid) {
            errors.add(new RecordError(1, 0, Optional.empty(), Optional.of("x"), "is wrong", Optional.of(kind)));
            kinds.add(new ErrorKind(Optional.of("x"), "is wrong", 1, List.of(1L), Optional.of(kind)));
        }
        ObjectVersion source =
                new ObjectVersion("hr", "imports/p.json", Optional.empty(), Optional.of("e1"), Optional.of("00A"));
        FileReport report = FileReport.of(ImportId.of(source, "hr"), source, ReportFormTest.NOON);
        boolean sent = state == FileState.COMPLETED;
        return view(report.withKnown(report.known()
                        .naming(Optional.of("0oa1"), Optional.of(ImportOperation.CREATE_AND_UPDATE))
                        .read(
                                new ReadFile(Optional.empty(), false, 5, 3, 2, 0, 0, 0, 1, 1, FileNotes.NONE),
                                new Rejections(
                                        errors.size(),
                                        count(BulkOperation.Kind.GROUPS, invalid),
                                        count(BulkOperation.Kind.MEMBERSHIPS, invalid),
                                        errors.size(),
                                        errors,
                                        kinds,
                                        false)))
                .withSessions(
                        sent
                                ? List.of(Sessions.planned(1, 2, 0, 1, 0, 1)
                                        .with(new SessionLife.Done(
                                                "aps1", ReportFormTest.NOON, "COMPLETED", 2, ReportFormTest.NOON)))
                                : List.of())
                .withProblem(
                        sent
                                ? Optional.empty()
                                : Optional.of(Problem.of(ProblemType.INVALID_USERS, "1 error.")
                                        .after(
                                                0,
                                                List.of(new NotImported(
                                                        0,
                                                        1,
                                                        2,
                                                        NotImported.Outcome.NOT_SENT,
                                                        Optional.of("memberships"),
                                                        Optional.empty())))))
                .finished(state, ReportFormTest.NOON));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMPLETED | MEMBERSHIPS | membership 1 | Okta accepted all 2 users; 1 membership was left out, because there are errors in it.",
                "COMPLETED | GROUPS MEMBERSHIPS | group 1 | Okta accepted all 2 users; 1 group and 1 membership were left out, because there are errors in them.",
                "FAILED | MEMBERSHIPS | membership 1 | No one was imported: 1 membership has errors, and the valid ones were not sent either.",
                "FAILED | USERS GROUPS | user 1 | No one was imported: 1 user and 1 group have errors, and the valid ones were not sent either.",
                "FAILED | USERS GROUPS MEMBERSHIPS | user 1 | No one was imported: 1 user, 1 group, and 1 membership have errors, and the valid ones were not sent either."
            })
    @DisplayName("calls no group and no membership a user")
    void kinds(FileState state, String invalid, String place, String summary) {
        ReportView view = payload(
                state,
                Stream.of(invalid.split(" ")).map(BulkOperation.Kind::valueOf).toArray(BulkOperation.Kind[]::new));
        Verdict verdict = Verdict.of(view);
        assertThat(verdict).isEqualTo(state == FileState.COMPLETED ? Verdict.PARTLY_IN : Verdict.REFUSED);
        assertThat(Summary.of(view, verdict)).isEqualTo(summary);
        assertThat(view.rejected().get(0).place()).isEqualTo(place);
        assertThat(view.errorKinds().get(0).places()).containsExactly(place);
        assertThat(Advice.of(view, verdict)).noneMatch(step -> step.startsWith("Fix the users"));
        Map<String, Object> model = PageModel.of(view);
        assertThat(model.get("rejectedNote").toString())
                .startsWith(view.counts().invalidInWords() + " ha");
        boolean invalidUser = invalid.startsWith("USERS");
        assertThat(model.get("bars").toString().contains("invalid, left out")).isEqualTo(invalidUser);
        if (state == FileState.FAILED) {
            assertThat(view.notImported().get(0).places()).isEqualTo("memberships 0 to 1");
            assertThat(PageBars.of(view, verdict).toString()).contains(invalidUser ? "count=1" : "count=2");
        }
        assertThat(model.get("facts").toString()).contains("name=Records in the file, value=5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // users, groups and memberships that Okta accepted into the caller's session
                "0 0 0 | REFUSED | No one was imported: Okta refuses a request.",
                "0 3 0 | BROKEN_OFF | The import was interrupted after Okta had accepted 3 groups.",
                "0 3 40 | BROKEN_OFF | The import was interrupted after Okta had accepted 3 groups and 40 memberships.",
                "2 1 0 | BROKEN_OFF | The import was interrupted after Okta had accepted 2 of 3 users and 1 group.",
                "2 3 40 | BROKEN_OFF | The import was interrupted after Okta had accepted 2 of 3 users, 3 groups, and 40 memberships.",
                "2 0 0 | BROKEN_OFF | The import was interrupted after Okta had accepted 2 of 3 users."
            })
    @DisplayName("says what Okta accepted before a failure, be it only groups and memberships")
    void accepted(String accepted, Verdict verdict, String summary) {
        int[] counts =
                Stream.of(accepted.split(" ")).mapToInt(Integer::parseInt).toArray();
        ReportView view = view(ReportFormTest.whole()
                .withKnown(ReportFormTest.whole()
                        .known()
                        .read(
                                new ReadFile(Optional.empty(), false, 3, 0, 3, 0, 0, 0, 0, 0, FileNotes.NONE),
                                Rejections.NONE))
                .withSessions(List.of(Sessions.planned(1, 3, 0, 4, 0, 2)
                        .with(new SessionLife.Broken(
                                "aps1",
                                ReportFormTest.NOON,
                                "CREATED",
                                new Imported(counts[0], counts[1], counts[2]),
                                Optional.empty()))))
                .withProblem(Optional.of(Problem.of(ProblemType.OKTA_REJECTED, "It was refused.")))
                .finished(FileState.FAILED, ReportFormTest.NOON));
        assertThat(Verdict.of(view)).isEqualTo(verdict);
        assertThat(Summary.of(view, verdict)).isEqualTo(summary);
        assertThat(Advice.of(view, verdict).stream().anyMatch(step -> step.contains("already accepted can be sent")))
                .isEqualTo(verdict == Verdict.BROKEN_OFF);
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
        "OKTA_UNAVAILABLE,true,true",
        "INTERNAL_ERROR,true,true",
        "OKTA_UNAVAILABLE,false,false",
        "SECRET_UNAVAILABLE,true,false",
        "INVALID_REQUEST,true,false"
    })
    @DisplayName("says that a file that was never planned can be started again, where a state machine imports it")
    void startedAgain(ProblemType type, boolean stepped, boolean again) {
        ReportView view =
                view(failed(Problem.of(type, "x")).withHold(new Hold(stepped, 1, Optional.empty(), Optional.empty())));
        assertThat(Advice.of(view, Verdict.of(view)).stream()
                        .anyMatch(step -> step.contains("start this file's execution in AWS Step Functions again")))
                .isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({"ERROR,treats its people as unknown,reverted", "EXPIRED,reverted,unknown"})
    @DisplayName("says what the state makes of a session that Okta has ended")
    void endedByOkta(String status, String told, String untold) {
        FileReport whole = ReportFormTest.whole();
        ReportView view = view(whole.withSessions(List.of(Sessions.planned(1, 2, 0, 1, 0, 1)
                        .with(SessionLife.Broken.ended("aps1", ReportFormTest.NOON, status, ReportFormTest.NOON))))
                .finished(FileState.FAILED, ReportFormTest.NOON));
        List<String> advice = Advice.of(view, Verdict.of(view));
        assertThat(advice).anyMatch(step -> step.contains(told)).noneMatch(step -> step.contains(untold));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLANNED | GUARDED | Nothing was sent",
                "ERROR | ENDED_BY_OKTA | Okta ended",
                "EXPIRED | ENDED_BY_OKTA | Okta ended"
            })
    @DisplayName("doesn't say that nothing was sent if a guard stops a file once Okta has ended a session of it")
    void guardedAgain(String status, Verdict verdict, String summary) {
        FileSession session = Sessions.planned(1, 200, 0, 4, 0, 1);
        ReportView view = view(ReportFormTest.whole()
                .withSessions(List.of(
                        verdict == Verdict.GUARDED
                                ? session
                                : session.with(SessionLife.Broken.ended(
                                        "aps1", ReportFormTest.NOON, status, ReportFormTest.NOON))))
                .withProblem(Optional.of(Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "Too many.")
                        .with("maxReturns", 1)))
                .finished(FileState.FAILED, ReportFormTest.NOON));
        assertThat(Verdict.of(view)).isEqualTo(verdict);
        assertThat(Summary.of(view, verdict)).startsWith(summary);
    }

    @Test
    @DisplayName("that ended without a decision about a changed plan names no guard, and no limit to be raised")
    void changedPlan() {
        ReportView view = view(failed(Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "It is not the one.")
                .with("users", 0)
                .with("approvedPlanChanged", true)));
        assertThat(view.problem().orElseThrow().guard()).isEmpty();
        assertThat(Verdict.of(view)).isEqualTo(Verdict.REFUSED);
        assertThat(Summary.of(view, Verdict.REFUSED))
                .isEqualTo("No one was imported: the plan that was approved has changed.");
        assertThat(Advice.of(view, Verdict.REFUSED))
                .containsExactly("Follow the explanation below. Then upload the whole file to the same folder again.");
        assertThat(GuardAdvice.command(view)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true,'A guard has stopped this file, and nothing',whom the guard counts:",
        "false,'The plan that was approved has changed, and nothing',concerned:"
    })
    @DisplayName("that waits for a decision says whether a guard stops it, or it isn't the plan that was approved")
    void decision(boolean guarded, String sentence, String people) {
        Problem problem =
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "x").with("users", 5);
        Review review = new Review(
                "p1",
                guarded ? problem.with("maxDeactivations", 4) : problem,
                new StateManifest.Origin(ReportFormTest.NOON, ""),
                ReportFormTest.NOON,
                ReportFormTest.NOON,
                List.of("E-1"),
                new Review.Desk(Optional.empty(), Optional.empty()),
                Optional.empty());
        FileReport report = FileReport.of(ReportFormTest.ID, ReportFormTest.SOURCE, ReportFormTest.NOON);
        ReportView view =
                view(report.withKnown(report.known().withReview(review)).withState(FileState.WAITING));
        assertThat(PageDecision.sentence(view.decision().orElseThrow(), view.changes()))
                .startsWith(sentence)
                .endsWith("nothing will be changed.");
        GroupCounts groups = new GroupCounts(1, 2, 3, 0, 4);
        SnapshotCounts onlyGroups = new SnapshotCounts(
                OptionalInt.of(10), 0, 0, 0, Map.of(), 10, 0, 0, 0, List.of(), Optional.of(groups), false);
        assertThat(PageDecision.sentence(view.decision().orElseThrow(), Optional.of(onlyGroups)))
                .endsWith("1 group will be created, 2 groups will be changed and 3 groups will be deleted.");
        assertThat(PageDecision.model(view, Verdict.of(view)).get("peopleNote").toString())
                .endsWith(people);
    }

    @ParameterizedTest
    @CsvSource({"0,0,not in the file", "2,2,line 2", "2,3,lines 2 to 3"})
    @DisplayName("gives people who are gone from a file no line")
    void places(int first, int last, String places) {
        Problem problem = Problem.unavailable("Okta sleeps.", Duration.ofSeconds(5))
                .after(0, List.of(new NotImported(first, last, 2, NotImported.Outcome.NOT_SENT)));
        assertThat(view(failed(problem)).notImported()).singleElement().satisfies(range -> assertThat(range.places())
                .isEqualTo(places));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 'Nothing had to be sent: no one is new, changed or gone since the last snapshot.'",
                "1 | 0 | 'Nothing had to be sent: no one is new or changed since the last snapshot, and Okta does not know the person to be deactivated.'",
                "1 | 2 | 'Nothing had to be sent: no one is new or changed since the last snapshot, and Okta does not know the 3 people to be deactivated.'"
            })
    @DisplayName("with nothing to send names those who are gone and whom Okta doesn't know")
    void nothingToSend(int gone, int deactivated, String sentence) {
        ReportView view = new ReportSamples.Draft()
                .changes(new SnapshotCounts(
                        OptionalInt.of(10),
                        0,
                        0,
                        0,
                        Map.of(),
                        7,
                        gone,
                        0,
                        deactivated,
                        List.of(),
                        Optional.empty(),
                        false))
                .view();
        assertThat(Summary.of(view, Verdict.NOTHING_TO_SEND)).isEqualTo(sentence);
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

    @Test
    @DisplayName("calls what its errors and ranges count records, because they may be groups too")
    void counted() {
        String page = new String(ReportPage.of(ReportSamples.all().get("partly-rejected")), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("<td class=\"right count\" data-label=\"Records\">4</td>", ">Records</th>")
                .contains("This page contains no names");
    }
}
