package dev.bulkuserimport.event;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.StackTraces;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The outermost layer: any exception becomes an answer, and a process that may be broken ends afterwards. */
final class ErrorEdge {

    private static final Logger LOG = Logger.getLogger(ErrorEdge.class);

    /** EX_SOFTWARE of sysexits.h; Lambda logs it. */
    private static final int EXIT_STATUS = 70;

    private final String requestId;

    /** @param awsRequestId Lambda's request ID, if there is one */
    ErrorEdge(Optional<String> awsRequestId) {
        this.requestId = awsRequestId.filter(id -> !id.isBlank()).orElseGet(() -> UUID.randomUUID()
                .toString());
    }

    /**
     * The problem that a failure becomes for the caller. For a bug, the log records where it happened, but no message, which could quote a
     * user's data; the caller gets neither.
     */
    Problem problem(Throwable failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        LOG.errorf("internal-error requestId=%s%s", requestId, StackTraces.of(failure));
        return Problem.internalError(
                "An internal error occurred. The log has the details under this request ID.", requestId);
    }

    /**
     * After a fatal error on Lambda: answers and ends the process, so that Lambda creates a new environment instead of sending more events
     * to this one. Elsewhere, and after any other error, it returns.
     *
     * @param overHttp whether the caller gets the problem as an HTTP response
     */
    void endAfterFatal(Throwable failure, Problem problem, boolean overHttp) {
        if (!Fatal.is(failure)) {
            return;
        }
        RuntimeAnswer.to(requestId).ifPresent(answer -> {
            try {
                if (overHttp) {
                    answer.response(HttpAnswer.problem(problem).event());
                } else {
                    answer.error(FunctionError.of(problem));
                }
            } catch (IOException | RuntimeException | Error e) {
                // Lambda answers on behalf of a process that has ended.
            } finally {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        });
    }
}
