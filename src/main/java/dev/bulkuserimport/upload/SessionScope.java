package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import java.util.Optional;

/** The life of the session that an import goes to: a caller's own, or one that lives for this import alone. */
public interface SessionScope {

    /** The session's id; empty as long as there is none. */
    Optional<String> id();

    /** Looks whether {@link #open} would succeed, as far as that can be known without doing it. */
    void check(Deadline deadline);

    /** Makes sure of a session that takes uploads; its id. */
    String open(Deadline deadline);

    /** Not everything got in, as {@code failure} says; what to report, after whatever is done about the session. */
    Problem abandon(Problem failure, SessionPlan plan, Deadline deadline);

    /**
     * Everything is in.
     *
     * @throws dev.bulkuserimport.problem.ProblemException when what remains to be done with the session fails
     */
    void close(SessionPlan plan, Deadline deadline);
}
