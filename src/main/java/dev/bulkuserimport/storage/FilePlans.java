package dev.bulkuserimport.storage;

import java.util.List;
import java.util.Optional;

/** What the steps answer, from what the report says. */
final class FilePlans {

    private FilePlans() {}

    /** The plan of a file, with the sessions that remain to be done. */
    static FilePlan of(Report report, ReportPlace place) {
        return new FilePlan(
                Optional.of(report.importId()),
                report.application(),
                report.operation(),
                report.file().map(ReadFile::dryRun).orElse(false),
                report.state(),
                report.file().map(ReadFile::users).orElse(0),
                report.file().map(ReadFile::records).orElse(0),
                report.rejections().records(),
                report.state().isOver() ? List.of() : remaining(report),
                Optional.of(place.url()));
    }

    private static List<FilePlan.Session> remaining(Report report) {
        return report.sessions().stream()
                .filter(session -> session.state() != SessionState.DONE)
                .map(session -> new FilePlan.Session(session.number(), session.users(), session.requests()))
                .toList();
    }

    /** What is no file to import. */
    static FilePlan ignored() {
        return new FilePlan(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                FileState.IGNORED,
                0,
                0,
                0,
                List.of(),
                Optional.empty());
    }

    static FileSummary summary(Report report, ReportPlace place) {
        return new FileSummary(
                Optional.of(report.importId()),
                report.state(),
                report.application(),
                report.operation(),
                report.file().filter(ReadFile::dryRun).isPresent(),
                report.recordsImported(),
                report.rejections().records(),
                report.problem().map(StoredProblem::type),
                Optional.of(place.url()),
                report.page().map(key -> new Place(place.bucket(), key).url()),
                report.sessions().stream().map(SessionEntry::summary).toList());
    }

    static FileSummary ignoredSummary() {
        return new FileSummary(
                Optional.empty(),
                FileState.IGNORED,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
