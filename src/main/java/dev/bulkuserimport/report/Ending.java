package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * How an import, or its last attempt, ended.
 *
 * @param finishedAt when it ended; empty while it hasn't
 * @param problem why it, or the last attempt, failed
 * @param supersededBy what has replaced it; empty if nothing has
 * @param okta its users in Okta
 */
public record Ending(
        Optional<Instant> finishedAt,
        Optional<Problem> problem,
        Optional<Successor> supersededBy,
        Optional<OktaView> okta) {

    public static final Ending NONE =
            new Ending(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Ending withFinishedAt(Optional<Instant> when) {
        return new Ending(when, problem, supersededBy, okta);
    }

    public Ending withProblem(Optional<Problem> failure) {
        return new Ending(finishedAt, failure, supersededBy, okta);
    }

    public Ending supersededBy(Successor successor) {
        return new Ending(finishedAt, problem, Optional.of(successor), okta);
    }

    public Ending withOkta(OktaView view) {
        return new Ending(finishedAt, problem, supersededBy, Optional.of(view));
    }
}
