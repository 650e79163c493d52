package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.snapshot.GroupCounts;
import dev.bulkuserimport.snapshot.SnapshotCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Converts a report to the view for its page: positions and notes in words, links relative to the page. */
final class ReportViewer {

    private final FileReport report;

    private ReportViewer(FileReport report) {
        this.report = report;
    }

    /**
     * The view.
     *
     * @param place the report's place
     * @param page the page's key, in the same bucket
     */
    static ReportView view(FileReport report, ReportPlace place, String page) {
        return new ReportViewer(report).view(place, page);
    }

    private ReportView view(ReportPlace place, String page) {
        String key = report.source().key();
        return new ReportView(
                key.substring(key.lastIndexOf('/') + 1),
                Optional.of(new ObjectPlace(report.source().bucket(), key).url()),
                state(),
                report.operation().map(ImportOperation::name),
                report.application(),
                report.isDryRun(),
                report.known().mapping(),
                Optional.of(report.startedAt()),
                report.ending().finishedAt(),
                Math.max(1, report.hold().attempts()),
                counts(),
                report.compared().flatMap(Compared::counts),
                report.sessions(),
                report.problem().map(ReportViewer::failure),
                report.rejections().kinds().stream()
                        .map(kind -> new ReportView.ErrorKind(
                                kind.field(),
                                kind.message(),
                                kind.count(),
                                kind.places().stream()
                                        .map(at -> unit(kind.kind().map(BulkOperation.Kind::label)) + " " + at)
                                        .toList()))
                        .toList(),
                report.rejections().errors().stream().map(this::rejected).toList(),
                report.problem().map(Problem::notImported).orElse(List.of()).stream()
                        .map(this::range)
                        .toList(),
                report.ending().okta().map(ReportViewer::okta),
                notes(),
                links(place, page),
                report.beside().rejectedRows().map(Attachments.Rows::leftOut).orElse(0),
                report.review().map(review -> decision(review, page)),
                report.isResumable());
    }

    private ReportView.State state() {
        return switch (report.state()) {
            case COMPLETED -> ReportView.State.COMPLETED;
            case FAILED -> ReportView.State.FAILED;
            case SUPERSEDED ->
                switch (report.ending().supersededBy().orElse(Successor.NEWER_VERSION)) {
                    case NEWER_VERSION -> ReportView.State.SUPERSEDED;
                    case NEWER_SNAPSHOT -> ReportView.State.OVERTAKEN;
                    case NEWER_FILE -> ReportView.State.OUTDATED;
                };
            case UNCONFIRMED -> ReportView.State.UNCONFIRMED;
            case RETRY -> ReportView.State.RETRY;
            case WAITING -> ReportView.State.WAITING;
            default -> ReportView.State.WORKING;
        };
    }

    private ReportView.Decision decision(Review review, String page) {
        return new ReportView.Decision(
                report.importId().toString(),
                review,
                report.file().map(ReadFile::users).orElse(0),
                report.file().map(ReadFile::deactivations).orElse(0),
                groups().map(GroupCounts::joined).orElseGet(() -> removes() ? 0 : memberships()),
                groups().map(GroupCounts::left).orElseGet(() -> removes() ? memberships() : 0),
                report.beside().changes().map(key -> RelativeLink.between(page, key)));
    }

    private boolean removes() {
        return report.operation().filter(asked -> !asked.takesProfiles()).isPresent();
    }

    private int memberships() {
        return report.file().map(ReadFile::memberships).orElse(0);
    }

    private Optional<GroupCounts> groups() {
        return report.compared().flatMap(Compared::counts).flatMap(SnapshotCounts::groups);
    }

    private ReportView.Counts counts() {
        return new ReportView.Counts(
                report.file().map(ReadFile::records).orElse(0) - listed(),
                report.recordsImported(),
                report.rejections().users(),
                report.file().map(ReadFile::skipped).orElse(0),
                report.deactivated(),
                new CountsOfGroups(
                        listed(),
                        report.groupsImported(),
                        report.membershipsImported(),
                        report.rejections().groups(),
                        report.rejections().memberships()));
    }

    /** Groups and memberships that the file lists by themselves. */
    private int listed() {
        return report.file().map(ReadFile::beside).orElse(0);
    }

    private static ReportView.Failure failure(Problem problem) {
        boolean changed = Boolean.TRUE.equals(problem.more().get(Review.APPROVED_PLAN_CHANGED));
        Optional<StoppingGuard> guard = problem.type() == ProblemType.DEACTIVATION_LIMIT_EXCEEDED && !changed
                ? Optional.of(StoppingGuard.of(problem))
                : Optional.empty();
        return new ReportView.Failure(
                problem.type().slug(),
                changed
                        ? "The plan that was approved has changed"
                        : problem.type().title(),
                problem.detail(),
                Boolean.TRUE.equals(problem.more().get("sessionCancelled")),
                guard,
                guard.filter(by -> !by.isOwn()).flatMap(by -> by.kind().people(problem)));
    }

    private ReportView.Rejected rejected(RecordError error) {
        String place = error.line() > 0
                ? lineWord() + " " + Words.number(error.line())
                : unit(error.kind().map(BulkOperation.Kind::label)) + " " + Words.number(error.index());
        return new ReportView.Rejected(place, error.externalId(), error.field(), error.message());
    }

    private ReportView.NotImported range(NotImported range) {
        return new ReportView.NotImported(
                places(range, unit(range.kind())),
                range.count(),
                range.outcome().label(),
                range.kind());
    }

    private String places(NotImported range, String unit) {
        // Lines count from 1; people who are gone from a snapshot have none.
        if (range.last() == 0 && unit.equals(lineWord())) {
            return "not in the file";
        }
        return range.first() == range.last()
                ? unit + " " + Words.number(range.first())
                : unit + "s " + Words.number(range.first()) + " to " + Words.number(range.last());
    }

    /** What a place counts: a mapping's groups have the places of their users, listed ones have their own. */
    private String unit(Optional<String> kind) {
        String name = report.source().key().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".json") && !name.endsWith(".json.gz")) {
            return lineWord();
        }
        return kind.filter(of -> listed() > 0)
                .map(of -> of.substring(0, of.length() - 1))
                .orElse("user");
    }

    private String lineWord() {
        return report.source().key().toLowerCase(Locale.ROOT).endsWith(".xlsx") ? "row" : "line";
    }

    private static ReportView.Okta okta(OktaView view) {
        return new ReportView.Okta(view.users().orElse(OktaView.Seen.NO_ONE), view.deactivated(), view.partial());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(report.notes());
        FileNotes read = report.file().map(ReadFile::notes).orElse(FileNotes.NONE);
        if (read.columnsChecked().filter(checked -> !checked).isPresent()) {
            read.whyUnchecked()
                    .filter(why -> notes.stream().noneMatch(note -> note.contains(why)))
                    .ifPresent(
                            why -> notes.add("The columns were not checked against the application's schema: " + why));
        }
        if (read.trimmedCells() > 0) {
            notes.add("White space or invisible characters were removed from the edges of "
                    + Words.count((int) read.trimmedCells(), "cell") + ".");
        }
        report.compared()
                .flatMap(Compared::counts)
                .flatMap(SnapshotCounts::groups)
                .ifPresent(groups -> notes.add(compared(groups)));
        List<String> ignored = read.listedColumns();
        int count = read.ignoredColumns().size();
        if (count > 0) {
            notes.add(Words.count(count, "column") + Words.verb(count, " was", " were")
                    + " not sent, because the mapping does not name " + Words.verb(count, "it: ", "them: ")
                    + String.join(", ", ignored) + (count > ignored.size() ? ", …" : ""));
        }
        return notes;
    }

    private static String compared(GroupCounts groups) {
        return "Compared with the last snapshot, " + Words.count(groups.joined(), "membership")
                + Words.verb(groups.joined(), " is", " are") + " new and " + Words.number(groups.left())
                + Words.verb(groups.left(), " is", " are") + " over; of the groups " + Words.number(groups.created())
                + Words.verb(groups.created(), " is", " are") + " new, " + Words.number(groups.changed())
                + Words.verb(groups.changed(), " has", " have") + " another name or description, and "
                + Words.number(groups.deleted()) + Words.verb(groups.deleted(), " is", " are") + " deleted.";
    }

    private ReportView.Links links(ReportPlace place, String page) {
        return new ReportView.Links(
                Optional.of(RelativeLink.between(page, place.key())),
                report.beside().rejectedRows().map(rows -> RelativeLink.between(page, rows.key())),
                report.source().bucket().equals(place.bucket())
                        ? Optional.of(RelativeLink.between(page, report.source().key()))
                        : Optional.empty());
    }
}
