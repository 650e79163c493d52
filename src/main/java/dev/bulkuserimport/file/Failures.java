package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.StackTraces;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.s3.S3Failure;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Whatever a file's attempt throws, as a problem; and whether another attempt may mend it. */
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (failure instanceof S3Failure s3) {
            return s3.problem();
        }
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() instanceof S3Failure s3) {
            return s3.problem();
        }
        return bug(failure);
    }

    /** A bug of ours: the log gets where it happened, but no message, which could quote a user's data; the report gets neither. */
    private static Problem bug(Throwable failure) {
        String id = UUID.randomUUID().toString();
        LOG.errorf("internal-error requestId=%s%s", id, StackTraces.of(failure));
        return Problem.internalError(
                "The function has a fault of its own. Its log says more under this request id.", id);
    }

    /**
     * Whether another attempt may do better, and would send nobody twice. A session of our own that could not be cancelled is reason enough
     * for another attempt.
     */
    static boolean isMendable(Problem problem, Report report) {
        boolean passing =
                switch (problem.type()) {
                    case OKTA_UNAVAILABLE, SESSION_CONFLICT, SECRET_UNAVAILABLE -> true;
                    case STORAGE_UNAVAILABLE -> problem.retryAfter().isPresent();
                    default -> false;
                };
        boolean callers = report.file().flatMap(ReadFile::callerSession).isPresent();
        return callers ? passing && nothingSent(problem) : passing || report.hasOpenSession();
    }

    private static boolean nothingSent(Problem problem) {
        return problem.recordsImported() == 0
                && problem.notImported().stream().noneMatch(range -> range.outcome() == NotImported.Outcome.UNKNOWN);
    }
}
