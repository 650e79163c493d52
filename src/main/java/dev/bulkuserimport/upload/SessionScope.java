package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import java.util.Optional;

/** The lifecycle of the session for an import: the caller's own, or one that exists only for this import. */
public interface SessionScope {

    /** The session's ID; empty as long as there is none. */
    Optional<String> id();

    /** Checks whether {@link #open} would succeed, as far as that can be known without doing it. */
    void check(Deadline deadline);

    /** Ensures that there is a session that accepts uploads; returns its ID. */
    String open(Deadline deadline);

    /** Not everything was accepted, as {@code failure} describes. Cleans up the session and returns the problem to report. */
    Problem abandon(Problem failure, SessionPlan plan, Deadline deadline);

    /**
     * Everything was accepted.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when the remaining steps of the session fail
     */
    void close(SessionPlan plan, Deadline deadline);
}
