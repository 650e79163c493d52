package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.FieldError;
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

/** The problems of a file's import, in words. */
final class FileProblems {

    private static final Logger LOG = Logger.getLogger(FileProblems.class);

    private FileProblems() {}

    /** Whatever an attempt throws, as a problem. */
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

    /** A failure after users were sent that knows nothing of them, like one of writing the report, with what the report knows. */
    static Problem withAccount(Problem problem, FileReport report) {
        boolean knows = problem.recordsImported() > 0 || !problem.notImported().isEmpty();
        return knows || !report.hasSent() ? problem : problem.after(report.recordsImported(), rest(report));
    }

    /** The users of sessions that are not in Okta for certain. */
    static List<NotImported> rest(FileReport report) {
        return report.sessions().stream()
                .filter(session -> !session.isSent())
                .flatMap(session -> session
                        .ranges(
                                session.life() instanceof SessionLife.Broken
                                        ? NotImported.Outcome.UNKNOWN
                                        : NotImported.Outcome.NOT_SENT)
                        .stream())
                .toList();
    }

    /** What is in Okta and what isn't, session by session, and how it goes on. */
    static String account(FileReport report) {
        long sent = report.sessions().stream().filter(FileSession::isSent).count();
        FileSession rest = report.sessions().stream()
                .filter(session -> !session.isSent())
                .findFirst()
                .orElseThrow();
        String in = sent == 0
                ? "Nothing is in Okta."
                : sent + " of " + report.sessions().size() + " sessions (" + report.recordsImported()
                        + " users) are in Okta.";
        return in + " Start the state machine's execution again with the same input: it goes on with session "
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
                                + ". Its users may be in Okta in part. The application's import history in Okta's Admin"
                                + " Console says more; sending the same users again does no harm.")
                .with("sessionStatus", status)
                .after(report.recordsImported(), rest(report));
    }

    /** What became of a session's users can't be learned any more; with what was not sent because of it. */
    static String stillWorking(FileSession session, FileReport report) {
        long unsent =
                report.sessions().stream().filter(other -> !other.isSent()).count();
        return "Okta had not finished the session " + session.sessionId().orElse("")
                + " in the time for which it is followed (IMPORT_FOLLOW_HOURS)."
                + (unsent > 0
                        ? " " + unsent + " of " + report.sessions().size()
                                + " sessions were not sent: put the file into the bucket again."
                        : "");
    }

    static Problem notConfirmed(FileSession session, FileReport report) {
        return Problem.of(ProblemType.OKTA_UNAVAILABLE, stillWorking(session, report));
    }

    static Problem halfLoaded(FileSession session, String id) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "An earlier attempt broke off while users went to the session " + id
                                + ". Which of them are in it is unknown. Cancel that session, create another"
                                + " and put the file into the bucket again.")
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
                        + " has not been imported yet. Import it, or give the error that kept it from being"
                        + " imported.");
    }

    static Problem noSession(ImportId importId, int number) {
        return Problem.invalidRequest(List.of(new FieldError(
                "number", number + " is no session of the import " + importId + " that remains to be done")));
    }

    static Problem foreignBucket() {
        return Problem.invalidRequest(List.of(
                new FieldError("importId", "names another bucket than the one for reports (IMPORT_REPORT_BUCKET)")));
    }

    static Problem unknownImport() {
        return Problem.invalidRequest(
                List.of(new FieldError("importId", "names no import that was planned: planFile comes first")));
    }

    /** No one can send a session any more whose requests are gone. */
    static Problem gone(ImportId importId, int number) {
        return WorkFiles.gone(importId, number).problem();
    }

    /** Nothing is known but what the state machine says. */
    static Problem crashed(FileReport report, Optional<StepError> error) {
        Optional<ProblemType> known = error.flatMap(StepError::problem);
        if (known.isPresent()) {
            return Problem.of(
                    known.get(),
                    known.get().title()
                            + ". The step of the state machine that met this could not write down more; its log says what"
                            + " it was.");
        }
        return Problem.internalError(
                "A step of the state machine ended with "
                        + error.map(StepError::name).orElse("nothing that is known")
                        + " before it could write down why: it was killed, out of time or out of memory.",
                report.importId().toString());
    }
}
