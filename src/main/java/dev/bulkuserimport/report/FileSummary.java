package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectPlace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code finishFile}: a summary of a report, without user data.
 *
 * @param importId the file's import; empty for an object that isn't imported
 * @param state how the import ended
 * @param applicationId empty if it could not be determined
 * @param operation empty if it could not be determined
 * @param recordsImported records in requests that Okta accepted, in sessions that were started
 * @param groups groups and memberships in such requests; empty for a file with only users
 * @param dryRun whether it was a dry run
 * @param rejectedCount invalid records
 * @param problem why it failed; empty if it didn't
 * @param report where the report is
 * @param page where the HTML page is; empty if there is none
 * @param sessions the result of each session
 */
public record FileSummary(
        Optional<ImportId> importId,
        FileState state,
        Optional<String> applicationId,
        Optional<ImportOperation> operation,
        boolean dryRun,
        int recordsImported,
        Optional<Groups> groups,
        int rejectedCount,
        Optional<ProblemType> problem,
        Optional<String> report,
        Optional<String> page,
        List<Session> sessions) {

    /** Groups, and pairs of a group and a member, in requests that Okta accepted. */
    public record Groups(int groups, int memberships) {}

    /** One session: its number from 1, Okta's id and last known status of it, its users, and those that Okta accepted. */
    public record Session(
            int number, Optional<String> sessionId, Optional<String> status, int users, int recordsImported) {

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("number", number);
            sessionId.ifPresent(id -> members.put("sessionId", id));
            status.ifPresent(word -> members.put("status", word));
            members.put("users", users);
            members.put("recordsImported", recordsImported);
            return members;
        }
    }

    /** The summary of a report. */
    public static FileSummary of(FileReport report, ReportPlace place) {
        return new FileSummary(
                Optional.of(report.importId()),
                report.state(),
                report.application(),
                report.operation(),
                report.isDryRun(),
                report.recordsImported(),
                Optional.of(new Groups(report.groupsImported(), report.membershipsImported()))
                        .filter(any -> report.hasGroups()),
                report.rejections().records(),
                report.problem().map(Problem::type),
                Optional.of(place.url()),
                report.beside().page().map(key -> new ObjectPlace(place.bucket(), key).url()),
                report.sessions().stream().map(FileSummary::session).toList());
    }

    private static Session session(FileSession session) {
        return new Session(
                session.number(),
                session.sessionId(),
                session.life().status(),
                session.users(),
                session.recordsImported());
    }

    /** The summary of an object that isn't imported. */
    public static FileSummary ignored() {
        return new FileSummary(
                Optional.empty(),
                FileState.IGNORED,
                Optional.empty(),
                Optional.empty(),
                false,
                0,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The members of the answer, in order. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        importId.ifPresent(id -> members.put("importId", id.toString()));
        members.put("state", state.name());
        applicationId.ifPresent(id -> members.put("applicationId", id));
        operation.ifPresent(asked -> members.put("importOperation", asked.name()));
        if (dryRun) {
            members.put("dryRun", true);
        }
        members.put("recordsImported", recordsImported);
        groups.ifPresent(imported -> {
            members.put("groupsImported", imported.groups());
            members.put("membershipsImported", imported.memberships());
        });
        members.put("rejectedCount", rejectedCount);
        problem.ifPresent(type -> members.put("problem", type.slug()));
        report.ifPresent(place -> members.put("report", place));
        page.ifPresent(place -> members.put("page", place));
        members.put("sessions", sessions.stream().map(Session::members).toList());
        return members;
    }
}
