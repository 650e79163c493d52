package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Decides whether more requests of an upload are started, and holds the reason if not everything is sent. */
final class Stop {

    private static final Logger LOG = Logger.getLogger(UploadRun.class);

    /** The number of consecutive lost answers after which no more requests are started: more would only add unknown records. */
    private static final int LOST_TO_STOP = 3;

    /** The number of refused requests after which no more are started, even if the session still accepts some. */
    private static final int REFUSED_TO_STOP = 3;

    private Optional<Problem> stopped = Optional.empty();
    private Optional<Problem> lasting = Optional.empty();
    private Optional<Problem> passing = Optional.empty();
    private int refused;
    private int lostInARow;

    boolean isStopped() {
        return stopped.isPresent();
    }

    /** Why not everything was accepted; empty if nothing went wrong. */
    Optional<Problem> failure() {
        return stopped.or(() -> lasting).or(() -> passing);
    }

    /** Stops starting requests. The first reason counts. */
    void now(Problem problem) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(problem);
        }
    }

    /** A failure that may still be resolved by a retry, so that it must not replace the reason for a lasting one. */
    void note(Problem problem) {
        passing = Optional.of(problem);
    }

    void answered() {
        lostInARow = 0;
    }

    /** It is unknown whether Okta has received a request. */
    void lost(Problem problem) {
        remain(problem);
        if (++lostInARow >= LOST_TO_STOP) {
            now(problem);
        }
    }

    /** Okta refused a request. */
    void refused(Problem problem, boolean sessionOver) {
        remain(problem);
        if (sessionOver || ++refused >= REFUSED_TO_STOP) {
            now(problem);
        }
    }

    /** A failure that no retry in this run resolves. The first one counts. */
    private void remain(Problem problem) {
        if (lasting.isEmpty()) {
            lasting = Optional.of(problem);
        }
    }

    /** A bug: nothing more is sent, and requests in flight are awaited. The log records where it happened, but no message. */
    void crashed(Throwable bug) {
        String id = UUID.randomUUID().toString();
        LOG.errorf("internal-error requestId=%s: an upload broke off%s", id, StackTraces.of(bug));
        now(Problem.internalError(
                "An internal error occurred while users were sent. Nothing more was sent; records that were accepted, not"
                        + " accepted or unknown are listed. The log has the details under this request ID.",
                id));
    }

    /**
     * There is not enough time for another request.
     *
     * @param wait how long it would have had to wait first
     */
    void outOfTime(Duration wait) {
        if (wait.isZero()) {
            now(Problem.unavailable(
                    "The time for this call is used up. Send the rest again. For more time, increase the function's timeout;"
                            + " API Gateway waits for half a minute at most, whatever the timeout: behind it, send"
                            + " fewer users at once, or use a Function URL, a direct invocation or a file.",
                    Duration.ofSeconds(1)));
        } else {
            now(passing.filter(known -> known.type() == ProblemType.OKTA_UNAVAILABLE)
                    .orElseGet(() -> Problem.unavailable(
                            "Okta's rate limit lasts longer than the time this invocation has left. Send the rest again later.",
                            wait)));
        }
    }
}
