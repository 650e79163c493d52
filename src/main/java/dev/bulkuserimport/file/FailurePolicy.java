package dev.bulkuserimport.file;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;

/** Decides what becomes of an import whose attempt has failed. Pure, like {@link FilePolicy}. */
final class FailurePolicy {

    private FailurePolicy() {}

    /** What to do with an import whose attempt has failed. */
    enum Response {
        /** Another attempt may succeed. */
        RETRY,
        /** The state machine decides: it repeats the step, or ends the import. */
        RELEASE,
        /** The import has failed. */
        FAIL
    }

    static Response to(FileReport report, Errand errand, Problem problem, boolean claimLost) {
        if (errand instanceof Errand.Send && needsChange(problem) && !claimLost && !report.hasOpenSession()) {
            // The state machine would try for hours what can't succeed before someone has changed something.
            return Response.FAIL;
        }
        if (errand instanceof Errand.Send || errand instanceof Errand.Finish) {
            return Response.RELEASE;
        }
        return claimLost || mayRetry(report, problem) ? Response.RETRY : Response.FAIL;
    }

    /**
     * Whether another attempt may succeed without sending anyone twice. An own session that could not be cancelled is also a reason for
     * another attempt.
     */
    static boolean mayRetry(FileReport report, Problem problem) {
        boolean passing =
                switch (problem.type()) {
                    case OKTA_UNAVAILABLE, SESSION_CONFLICT -> true;
                    case STORAGE_UNAVAILABLE, SECRET_UNAVAILABLE -> !needsChange(problem);
                    default -> false;
                };
        return report.callerSession().isPresent()
                ? passing && !problem.mayHaveImported()
                : passing || report.hasOpenSession();
    }

    /** A secret or an object that is refused for good: without a retry time, someone has to change something first. */
    private static boolean needsChange(Problem problem) {
        return (problem.type() == ProblemType.STORAGE_UNAVAILABLE || problem.type() == ProblemType.SECRET_UNAVAILABLE)
                && problem.retryAfter().isEmpty();
    }
}
