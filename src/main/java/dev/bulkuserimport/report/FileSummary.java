package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.s3.ObjectPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code finishFile}: a summary of a report, without user data.
 *
 * @param report the report; empty for an object that isn't imported
 * @param place where it is
 */
public record FileSummary(Optional<FileReport> report, Optional<ReportPlace> place) {

    /** The summary of an object that isn't imported. */
    public static final FileSummary IGNORED = new FileSummary(Optional.empty(), Optional.empty());

    /** The summary of a report. */
    public FileSummary(FileReport report, ReportPlace place) {
        this(Optional.of(report), Optional.of(place));
    }

    /** How the import ended. */
    public FileState state() {
        return report.map(FileReport::state).orElse(FileState.IGNORED);
    }

    /** Records in requests that Okta accepted, in sessions that were started. */
    public int recordsImported() {
        return report.map(FileReport::recordsImported).orElse(0);
    }

    /** Why it failed; empty if it didn't. */
    public Optional<ProblemType> problem() {
        return report.flatMap(FileReport::problem).map(Problem::type);
    }

    /** Where the HTML page is; empty if there is none. */
    public Optional<String> page() {
        return report.flatMap(known -> known.beside().page())
                .map(key -> new ObjectPlace(place.orElseThrow().bucket(), key).url());
    }

    /** The members of the answer, in order. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        report.ifPresent(known -> members.put("importId", known.importId().toString()));
        members.put("state", state().name());
        report.flatMap(FileReport::application).ifPresent(id -> members.put("applicationId", id));
        report.flatMap(FileReport::operation).ifPresent(asked -> members.put("importOperation", asked.name()));
        report.filter(FileReport::isDryRun).ifPresent(known -> members.put("dryRun", true));
        members.put("recordsImported", recordsImported());
        report.filter(FileReport::hasGroups).ifPresent(known -> {
            members.put("groupsImported", known.groupsImported());
            members.put("membershipsImported", known.membershipsImported());
        });
        members.put(
                "rejectedCount",
                report.map(known -> known.rejections().records()).orElse(0));
        problem().ifPresent(type -> members.put("problem", type.slug()));
        place.ifPresent(at -> members.put("report", at.url()));
        page().ifPresent(url -> members.put("page", url));
        members.put(
                "sessions",
                report.map(FileReport::sessions).orElse(List.of()).stream()
                        .map(FileSummary::session)
                        .toList());
        return members;
    }

    private static Map<String, Object> session(FileSession session) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", session.number());
        session.sessionId().ifPresent(id -> members.put("sessionId", id));
        session.life().status().ifPresent(word -> members.put("status", word));
        members.put("users", session.users());
        members.put("recordsImported", session.recordsImported());
        return members;
    }
}
