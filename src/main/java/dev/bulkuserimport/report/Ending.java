package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * How an import ended, or its last attempt.
 *
 * @param finishedAt when it ended; empty while it hasn't
 * @param problem why it, or the last attempt, failed
 * @param okta what Okta shows of its users
 */
public record Ending(Optional<Instant> finishedAt, Optional<Problem> problem, Optional<OktaView> okta) {

    public static final Ending NONE = new Ending(Optional.empty(), Optional.empty(), Optional.empty());

    public Ending withFinishedAt(Optional<Instant> when) {
        return new Ending(when, problem, okta);
    }

    public Ending withProblem(Optional<Problem> failure) {
        return new Ending(finishedAt, failure, okta);
    }

    public Ending withOkta(OktaView view) {
        return new Ending(finishedAt, problem, Optional.of(view));
    }
}
