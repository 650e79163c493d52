package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import java.util.List;

/** What is told of a plan that shares one fate as a whole. */
public final class WholePlan {

    private WholePlan() {}

    /** The problem of a plan of which nothing is in Okta any more, because its session was cancelled: all of it can be sent again. */
    public static Problem dropped(Problem failure, SessionPlan plan) {
        return failure.withRecordsImported(0)
                .with(
                        Problem.NOT_IMPORTED,
                        List.of(RecordRange.all(plan, Outcome.NOT_SENT).members()));
    }

    /** The problem of a plan of which nobody knows how much is in Okta. */
    public static Problem unknown(Problem failure, SessionPlan plan) {
        return failure.withRecordsImported(0)
                .with(
                        Problem.NOT_IMPORTED,
                        List.of(RecordRange.all(plan, Outcome.UNKNOWN).members()));
    }
}
