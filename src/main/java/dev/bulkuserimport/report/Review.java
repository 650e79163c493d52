package dev.bulkuserimport.report;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.snapshot.StateManifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that a guard has stopped, for a person to decide: what it would do, until when it waits, and what was decided.
 *
 * @param plan the hash of exactly what would be sent
 * @param problem what the guard says
 * @param origin when the file was put, to tell whether a snapshot is newer
 * @param since when it was stopped
 * @param until when it ends if nothing is decided
 * @param people the external IDs of the first hundred whom the guard counts
 * @param desk where to decide
 * @param ruling what was decided; empty so far
 */
public record Review(
        String plan,
        Problem problem,
        StateManifest.Origin origin,
        Instant since,
        Instant until,
        List<String> people,
        Desk desk,
        Optional<Ruling> ruling) {

    /** The member of a problem that no guard is the reason for, only that the plan isn't the one that was approved. */
    public static final String APPROVED_PLAN_CHANGED = "approvedPlanChanged";

    public Review {
        people = List.copyOf(people);
    }

    /**
     * Where to decide.
     *
     * @param function the name of the function that takes the decision; empty where it isn't known
     * @param url the HTTP API's; empty where there is none
     */
    public record Desk(Optional<String> function, Optional<String> url) {}

    public Review with(Ruling made) {
        return new Review(plan, problem, origin, since, until, people, desk, Optional.of(made));
    }

    public boolean isDecided() {
        return ruling.isPresent();
    }

    /** Whether exactly this plan may go, whatever a guard says. */
    public boolean isApproved() {
        return is(Ruling.Choice.APPROVE);
    }

    public boolean isRejected() {
        return is(Ruling.Choice.REJECT);
    }

    private boolean is(Ruling.Choice choice) {
        return ruling.filter(made -> made.choice() == choice).isPresent();
    }
}
