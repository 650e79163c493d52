package dev.bulkuserimport.file;

import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.GroupsOfSession;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.s3.ObjectPlace;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code planFile}.
 *
 * @param importId the ID for the other actions; empty for an object that isn't imported
 * @param applicationId empty if unknown
 * @param operation empty if unknown
 * @param dryRun whether it is a dry run
 * @param state the progress of the import
 * @param users records that are sent, in all sessions
 * @param records records of the file
 * @param rejectedCount records that are invalid
 * @param sessions the sessions that remain to be imported, in order; empty if there is nothing to do
 * @param report where the report is; empty for an object that isn't imported
 * @param decision the members about the decision that a person has to make; empty for a file that doesn't wait
 * @param waiting whether other files go first, so that it has not been read yet
 * @param waitSeconds how long to wait before the first of the sessions is imported, or before {@code planFile} again while the file waits
 */
public record FilePlan(
        Optional<ImportId> importId,
        Optional<String> applicationId,
        Optional<ImportOperation> operation,
        boolean dryRun,
        FileState state,
        int users,
        int records,
        int rejectedCount,
        List<Session> sessions,
        Optional<String> report,
        Map<String, Object> decision,
        boolean waiting,
        long waitSeconds) {

    /** One session of a plan: its number from 1, its users, what it holds beside them, and its bulk requests. */
    public record Session(int number, int users, Optional<GroupsOfSession> beside, int requests) {

        /** A session of users alone. */
        Session(int number, int users, int requests) {
            this(number, users, Optional.empty(), requests);
        }

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("number", number);
            members.put("users", users);
            beside.ifPresent(groups -> groups.count(members));
            members.put("requests", requests);
            return members;
        }
    }

    /** The plan of a file, with the sessions that remain to be done. */
    static FilePlan of(FileReport report, ReportPlace place, long waitSeconds) {
        return of(report, place, false, waitSeconds);
    }

    /** The answer for a file that waits until it may be read. */
    static FilePlan waiting(FileReport report, ReportPlace place, long waitSeconds) {
        return of(report, place, true, waitSeconds);
    }

    /** What an earlier attempt has found in a file that is still to be read may not be so any more, and isn't returned. */
    private static FilePlan of(FileReport report, ReportPlace place, boolean waiting, long waitSeconds) {
        Optional<FileReport> read = Optional.of(report).filter(any -> !waiting);
        Optional<ReadFile> file = read.flatMap(FileReport::file);
        return new FilePlan(
                Optional.of(report.importId()),
                report.application(),
                report.operation(),
                report.isDryRun(),
                report.state(),
                file.map(ReadFile::users).orElse(0),
                file.map(ReadFile::records).orElse(0),
                read.map(known -> known.rejections().records()).orElse(0),
                read.filter(known -> !known.state().isOver())
                        .map(FilePlan::remaining)
                        .orElse(List.of()),
                Optional.of(place.url()),
                read.filter(known -> known.state() == FileState.WAITING)
                        .flatMap(FileReport::stopped)
                        .map(review -> decision(review, report, place))
                        .orElse(Map.of()),
                waiting,
                waitSeconds);
    }

    /**
     * What the state machine waits for, and the content of the event {@code Decision Needed}: no user data, not even external IDs; the
     * guard's sentence may name a group by its own.
     */
    private static Map<String, Object> decision(Review review, FileReport report, ReportPlace place) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("problem", review.problem().type().slug());
        report.beside().page().ifPresent(key -> members.put("page", new ObjectPlace(place.bucket(), key).url()));
        report.beside().changes().ifPresent(key -> members.put("changes", new ObjectPlace(place.bucket(), key).url()));
        Map<String, Object> decision = new LinkedHashMap<>();
        decision.put("plan", review.plan());
        decision.put("until", review.until().toString());
        decision.put("detail", review.problem().detail());
        review.desk().function().ifPresent(name -> decision.put("function", name));
        review.desk().url().ifPresent(url -> decision.put("url", url));
        decision.put("waitSeconds", ReviewPolicy.secondsToWait(review, Instant.now()));
        members.put("decision", decision);
        return members;
    }

    private static List<Session> remaining(FileReport report) {
        return report.sessions().stream()
                .filter(session -> session.state() != SessionState.DONE)
                .map(session -> new Session(session.number(), session.users(), session.beside(), session.requests()))
                .toList();
    }

    /** The answer for an object that isn't imported. */
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
                Optional.empty(),
                Map.of(),
                false,
                0);
    }

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        importId.ifPresent(id -> members.put("importId", id.toString()));
        applicationId.ifPresent(id -> members.put("applicationId", id));
        operation.ifPresent(asked -> members.put("importOperation", asked.name()));
        members.put("dryRun", dryRun);
        members.put("state", state.name());
        members.put("users", users);
        members.put("records", records);
        members.put("rejectedCount", rejectedCount);
        members.put("sessions", sessions.stream().map(Session::members).toList());
        report.ifPresent(place -> members.put("report", place));
        members.putAll(decision);
        if (waiting) {
            members.put("waiting", true);
        }
        importId.ifPresent(id -> members.put("waitSeconds", waitSeconds));
        return members;
    }
}
