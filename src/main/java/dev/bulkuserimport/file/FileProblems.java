package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.s3.S3Failure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The problems of a file's import. */
final class FileProblems {

    private static final Logger LOG = Logger.getLogger(FileProblems.class);

    private static final int UNAVAILABLE = 503;

    private static final Duration LATER = Duration.ofMinutes(5);

    private FileProblems() {}

    /** Converts any exception of an attempt to a problem. */
    static Problem of(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof S3Failure s3) {
            return s3.problem();
        }
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() instanceof S3Failure s3) {
            return s3.problem();
        }
        // The log gets where it happened, but no message, which could quote a user's data; the report gets neither.
        String id = UUID.randomUUID().toString();
        LOG.errorf("internal-error requestId=%s%s", id, StackTraces.of(failure));
        return Problem.internalError("An internal error occurred; the log has the details under this request ID.", id);
    }

    /** Adds the report's counts to a failure after users were sent that doesn't include them, for example a failure to write the report. */
    static Problem withAccount(Problem problem, FileReport report) {
        boolean knows = problem.recordsImported() > 0 || !problem.notImported().isEmpty();
        return knows || !report.hasSent() ? problem : problem.after(report.recordsImported(), rest(report));
    }

    /** The users of sessions that may not be in Okta; those of a cancelled one are not. */
    static List<NotImported> rest(FileReport report) {
        return report.sessions().stream()
                .filter(session -> !session.isSent() || session.isNeedless())
                .flatMap(session -> session
                        .ranges(
                                session.life() instanceof SessionLife.Broken
                                        ? NotImported.Outcome.UNKNOWN
                                        : NotImported.Outcome.NOT_SENT)
                        .stream())
                .toList();
    }

    /** Which sessions are in Okta and which aren't, and how to continue. */
    static String account(FileReport report) {
        long sent = report.sessions().stream()
                .filter(session -> session.isSent() && !session.isNeedless())
                .count();
        FileSession rest = report.sessions().stream()
                .filter(session -> !session.isSent())
                .findFirst()
                .orElseThrow();
        String in = sent == 0
                ? "Nothing is in Okta."
                : sent + " of " + report.sessions().size() + " sessions (" + report.recordsImported()
                        + " users) are in Okta.";
        return in + " Start the state machine's execution again with the same input: it continues with session "
                + rest.number() + ".";
    }

    /** Okta ended a session after it was started, or let it expire. */
    static Problem ended(FileSession session, FileReport report) {
        String status = session.life().status().orElse("ERROR");
        return Problem.of(
                        ProblemType.OKTA_REJECTED,
                        "Okta ended the session " + session.sessionId().orElse("") + " (" + session.number() + " of "
                                + report.sessions().size()
                                + ") with the status " + status
                                + ". Some of its users may be in Okta. See the application's import history in the Okta"
                                + " Admin Console; sending the same users again does no harm.")
                .with("sessionStatus", status)
                .after(report.recordsImported(), rest(report));
    }

    /** The result for a session's users can no longer be determined; includes what was not sent because of it. */
    static String stillWorking(FileSession session, FileReport report) {
        long unsent =
                report.sessions().stream().filter(other -> !other.isSent()).count();
        return "Okta had not finished the session " + session.sessionId().orElse("")
                + " in the time for which it is followed (IMPORT_FOLLOW_HOURS)."
                + (unsent > 0
                        ? " " + unsent + " of " + report.sessions().size()
                                + " sessions were not sent: upload the file again."
                        : "");
    }

    /** Without the state machine, a session is followed for as long as the invocation has time. */
    static String notFollowed(FileSession session) {
        return "Whether Okta completes the session " + session.sessionId().orElse("")
                + " is unknown: it had not finished, or did not say so, in the time that was left to ask.";
    }

    static Problem plannedAtOnce(String app) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "Another file for the application " + app
                                + " was planned at the same time, and their changes to its state conflict. This one"
                                + " will be planned again.")
                .retryAfter(Duration.ofSeconds(1));
    }

    static Problem notConfirmed(FileSession session, FileReport report) {
        return Problem.of(ProblemType.OKTA_UNAVAILABLE, stillWorking(session, report));
    }

    static Problem halfLoaded(FileSession session, String id) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "An earlier attempt was interrupted while users were being uploaded to the session " + id
                                + ". Which of them are in it is unknown. Cancel that session, create another and upload the file again.")
                .after(0, session.ranges(NotImported.Outcome.UNKNOWN));
    }

    static Problem outOfOrder(int earlier, int number) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "Session " + earlier + " of this file has not been imported yet; session " + number
                                + " comes after it.")
                .retryAfter(Duration.ofSeconds(60));
    }

    static Problem unfinished(FileSession session, FileReport report) {
        return Problem.of(
                ProblemType.SESSION_CONFLICT,
                "Session " + session.number() + " of " + report.sessions().size()
                        + " has not been imported yet. Import it, or pass the error that prevented it.");
    }

    static Problem noSession(ImportId importId, int number) {
        return Problem.invalidRequest("number", number + " is not a remaining session of the import " + importId + "");
    }

    static Problem outdatedPlan(int number) {
        return Problem.of(
                ProblemType.INVALID_REQUEST,
                "Session " + number
                        + " was not sent: the import had failed before anything of it was sent, and other files"
                        + " may have changed the application's people since. Start the state machine's execution again"
                        + " with the same input: it plans the file again.");
    }

    static Problem foreignBucket() {
        return Problem.invalidRequest(
                "importId", "names another bucket than the one for reports (IMPORT_REPORT_BUCKET)");
    }

    static Problem unknownImport() {
        return Problem.invalidRequest("importId", "is not the ID of a planned import: call planFile first");
    }

    /** A session whose requests no longer exist can't be sent. */
    static Problem gone(ImportId importId, int number) {
        return WorkFiles.gone(importId, number).problem();
    }

    static Problem dividedOtherwise(FileSession sent) {
        return Problem.of(
                ProblemType.INVALID_REQUEST,
                "Session " + sent.number()
                        + " of this file is in Okta already, and the file would be divided into sessions"
                        + " in another way now, for example because its mapping has changed or a rule depends on the day."
                        + " Nothing more was sent. Upload the file again.");
    }

    /** Only the state machine's error is known. */
    static Problem crashed(FileReport report, Optional<StepError> error) {
        Optional<ProblemType> known = error.flatMap(StepError::problem);
        if (known.isPresent()) {
            Problem problem = Problem.of(
                    known.get(),
                    known.get().title() + ". The state machine's step could not record more; its log has the details.");
            // It was repeated for hours; what can't pass would have been recorded at once.
            return known.get().status() == UNAVAILABLE ? problem.retryAfter(LATER) : problem;
        }
        return Problem.internalError(
                "A step of the state machine ended with "
                        + error.map(StepError::name).orElse("an unknown error")
                        + " before it could record why: it was killed, out of time or out of memory.",
                report.importId().toString());
    }
}
