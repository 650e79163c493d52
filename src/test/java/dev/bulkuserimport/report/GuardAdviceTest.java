package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The advice on a file that a guard stops")
class GuardAdviceTest {

    private static final Problem LEAVERS =
            Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "Too many.").with("users", 600);

    private static FileReport report(String key, ImportOperation operation, boolean dryRun, Optional<String> mapping) {
        ObjectVersion source = new ObjectVersion("b", key, Optional.of("v1"), Optional.empty(), Optional.empty());
        FileReport report = FileReport.of(ImportId.of(source, "b"), source, ReportFormTest.NOON);
        return report.withKnown(report.known()
                .naming(Optional.of("0oa1"), Optional.of(operation))
                .mappedBy(mapping)
                .read(
                        new ReadFile(Optional.empty(), dryRun, 10_000, 0, 0, 0, 0, 0, 0, 0, FileNotes.NONE),
                        Rejections.NONE));
    }

    private static FileReport withLeaversByTheFile(FileReport report, int leavers) {
        return report.withKnown(report.known()
                .withCompared(Optional.of(new Compared(
                        Optional.of(new SnapshotCounts(
                                OptionalInt.of(10_000),
                                0,
                                0,
                                0,
                                Map.of(),
                                9_900,
                                0,
                                0,
                                leavers,
                                List.of(),
                                Optional.empty(),
                                false)),
                        new Compared.Learns(List.of(), Optional.empty(), false)))));
    }

    private static ReportView stopped(FileReport report, Problem problem) {
        return view(report.finished(report.isDryRun() ? FileState.COMPLETED : FileState.FAILED, ReportFormTest.NOON)
                .withProblem(Optional.of(problem)));
    }

    private static ReportView view(FileReport report) {
        return ReportViewer.view(report, new ReportPlace("b", "reports/a.json"), "reports/a.html");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imports/0oa1/snapshot/p.csv|SNAPSHOT|false||max-deactivations=600",
                "imports/0oa1/snapshot/p.csv|SNAPSHOT|true||max-deactivations=600,dry-run=true",
                "imports/0oa1/Create_And_Update/p.csv|CREATE_AND_UPDATE|false||max-deactivations=600",
                "imports/0oa1/snapshot/p.csv|SNAPSHOT|false|imports/0oa1/snapshot/mapping.json|max-deactivations=600",
                "imports/0oa1/snapshot/p.csv|SNAPSHOT|false|snapshot/mapping.json|max-deactivations=600,mapping=snapshot/mapping.json",
                "imports/0oa1/snapshot/p.csv|SNAPSHOT|true|maps/hr.json|max-deactivations=600,dry-run=true,mapping=maps/hr.json",
                "imports/hr/p.csv|SNAPSHOT|false||max-deactivations=600,application-id=0oa1,import-operation=SNAPSHOT",
                "imports/0oa2/snapshot/p.csv|SNAPSHOT|false||max-deactivations=600,application-id=0oa1,import-operation=SNAPSHOT",
                "imports/0oa1/snapshot/p.csv|CREATE_AND_UPDATE|false||max-deactivations=600,application-id=0oa1,import-operation=CREATE_AND_UPDATE",
                "p.csv|SNAPSHOT|false||max-deactivations=600,application-id=0oa1,import-operation=SNAPSHOT"
            })
    @DisplayName("has a command that does the same import again, or the same dry run")
    void command(String key, ImportOperation operation, boolean dryRun, String mapping, String metadata) {
        ReportView view = stopped(report(key, operation, dryRun, Optional.ofNullable(mapping)), LEAVERS);
        assertThat(GuardAdvice.command(view)).contains("aws s3 cp 'p.csv' 's3://b/" + key + "' --metadata " + metadata);
    }

    @Test
    @DisplayName("has no command whose list of metadata would be read as another one")
    void noCommand() {
        FileReport report = report(
                "imports/0oa1/snapshot/p.csv", ImportOperation.SNAPSHOT, false, Optional.of("a,dry-run=false.json"));
        assertThat(GuardAdvice.command(stopped(report, LEAVERS))).isEmpty();
    }

    @Test
    @DisplayName("never makes a preview an import")
    void preview() {
        ReportView byFolder = stopped(
                report("imports/0oa1/Snapshot/Preview/p.csv", ImportOperation.SNAPSHOT, true, Optional.empty()),
                LEAVERS);
        assertThat(GuardAdvice.command(byFolder).orElseThrow())
                .contains("/Snapshot/Preview/p.csv'")
                .doesNotContain("dry-run");
        ReportView byMetadata = stopped(
                report("imports/0oa1/snapshot/p.csv", ImportOperation.SNAPSHOT, true, Optional.empty()), LEAVERS);
        assertThat(GuardAdvice.of(byMetadata, new StoppingGuard(GuardKind.DEACTIVATIONS, false)))
                .anyMatch(step -> step.contains("again with dry-run: true"));
    }

    @ParameterizedTest
    @CsvSource({
        "users,maxDeactivations,max-deactivations",
        "changed,maxChanges,max-changes",
        "returned,maxReturns,max-returns"
    })
    @DisplayName("has the number that the guard counted, people whom the file itself deactivates included")
    void counted(String member, String limit, String metadata) {
        FileReport report = withLeaversByTheFile(
                report("imports/0oa1/snapshot/p.csv", ImportOperation.SNAPSHOT, false, Optional.empty()), 600);
        ReportView view = stopped(
                report,
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "Too many.")
                        .with(member, 600)
                        .with(limit, 500));
        assertThat(GuardAdvice.command(view).orElseThrow()).endsWith("--metadata " + metadata + "=600");
        assertThat(Advice.of(view, Verdict.of(view))).anyMatch(step -> step.contains("(here 600)"));
    }

    @Test
    @DisplayName(
            "leaves the number of removals from groups open, because the report has only those from the first group")
    void removals() {
        ReportView view = stopped(
                report("imports/0oa1/snapshot/p.csv", ImportOperation.SNAPSHOT, false, Optional.empty()),
                Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "Too many.")
                        .with("removals", 7)
                        .with("maxGroupRemovals", 5));
        assertThat(GuardAdvice.command(view).orElseThrow()).endsWith("max-group-removals=NUMBER");
    }

    @Test
    @DisplayName("is not needed to see in a preview whom the file itself deactivates")
    void leaversByTheFile() {
        FileReport report = withLeaversByTheFile(
                report("imports/0oa1/snapshot/p.csv", ImportOperation.SNAPSHOT, true, Optional.empty()), 100);
        ReportView view = view(report.finished(FileState.COMPLETED, ReportFormTest.NOON));
        assertThat(PageBars.of(view, Verdict.of(view)).get(0).get("words"))
                .isEqualTo("9,900 unchanged, not sent, 100 marked as leavers in the file, would be deactivated");
        assertThat(Advice.of(view, Verdict.of(view)))
                .startsWith("Check that the 100 people who would be deactivated have really left.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imports/0oa1/snapshot/Preview/p.csv|upload the same file to the folder above preview.",
                "imports/0oa1/snapshot/p.csv|upload the same file there again without the object metadata dry-run.",
                "imports/0oa1/snapshot/p.json|remove dryRun from the file, if it is there, and upload it there again without the object metadata dry-run."
            })
    @DisplayName("on a preview says how it becomes an import")
    void forReal(String key, String step) {
        ReportView view = view(report(key, ImportOperation.SNAPSHOT, true, Optional.empty())
                .finished(FileState.COMPLETED, ReportFormTest.NOON));
        assertThat(Advice.of(view, Verdict.of(view))).endsWith("To import it, " + step);
    }
}
