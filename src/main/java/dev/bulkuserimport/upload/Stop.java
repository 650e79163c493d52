package dev.bulkuserimport.upload;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Whether more requests of an upload are started, and what is said where not everything is in. */
final class Stop {

    private static final Logger LOG = Logger.getLogger(UploadRun.class);

    /** Lost answers in a row after which no more requests are started: more of them would only add to what is unknown. */
    private static final int LOST_TO_STOP = 3;

    /** Requests that Okta refuses, after which no more are started, even though the session still takes some. */
    private static final int REFUSED_TO_STOP = 3;

    private Optional<Problem> stopped = Optional.empty();
    private Optional<Problem> fault = Optional.empty();
    private int refused;
    private int lostInARow;

    boolean isStopped() {
        return stopped.isPresent();
    }

    /** Why not everything is in; empty where nothing went wrong. */
    Optional<Problem> failure() {
        return stopped.or(() -> fault);
    }

    /** No more requests are started. The first reason counts. */
    void now(Problem problem) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(problem);
        }
    }

    /** Something failed that may succeed yet. */
    void note(Problem problem) {
        fault = Optional.of(problem);
    }

    void answered() {
        lostInARow = 0;
    }

    /** Okta may have a request, or not. */
    void lost(Problem problem) {
        note(problem);
        if (++lostInARow >= LOST_TO_STOP) {
            now(problem);
        }
    }

    /** Okta refused a request. */
    void refused(Problem problem, boolean sessionOver) {
        note(problem);
        if (sessionOver || ++refused >= REFUSED_TO_STOP) {
            now(problem);
        }
    }

    /** A bug: nothing more is sent, and what is out is waited for. The log gets where it happened, but no message. */
    void crashed(Throwable bug) {
        String id = UUID.randomUUID().toString();
        LOG.errorf("internal-error requestId=%s: an upload broke off%s", id, StackTraces.of(bug));
        now(Problem.internalError(
                "An internal error occurred while users were sent. Nothing more was sent; what is in, what is not and what is unknown"
                        + " is listed. The log has the details under this request ID.",
                id));
    }

    /**
     * There is no time for another request.
     *
     * @param wait how long it would have had to wait first
     */
    void outOfTime(Duration wait) {
        if (wait.isZero()) {
            now(Problem.unavailable(
                    "The time that this invocation has is used up. Send the rest again, or give the function a longer time-out.",
                    Duration.ofSeconds(1)));
        } else {
            now(fault.filter(known -> known.type() == ProblemType.OKTA_UNAVAILABLE)
                    .orElseGet(() -> Problem.unavailable(
                            "Okta's rate limit outlasts the time this invocation has left. Send the rest again later.",
                            wait)));
        }
    }
}
