package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which records of a plan are not certainly in Okta, as ranges. */
public final class Ranges {

    private Ranges() {}

    /** All records of a plan that are not accepted; neighbours of the same outcome are together, upserts and deletes apart. */
    static List<NotImported> notImported(SessionPlan plan, RequestOutcome[] outcomes) {
        List<NotImported> ranges = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == RequestOutcome.ACCEPTED) {
                continue;
            }
            BulkRequest request = plan.requests().get(i);
            NotImported range = range(plan, request, outcomes[i].reported());
            boolean together = open == i - 1
                    && open >= 0
                    && outcomes[open] == outcomes[i]
                    && plan.requests().get(open).operation() == request.operation();
            if (together) {
                range = joined(ranges.remove(ranges.size() - 1), range);
            }
            ranges.add(range);
            open = i;
        }
        return ranges;
    }

    /** All of a plan's records, with the same outcome; none for a plan without users. */
    public static List<NotImported> all(SessionPlan plan, NotImported.Outcome outcome) {
        RequestOutcome[] outcomes = new RequestOutcome[plan.requests().size()];
        Arrays.fill(outcomes, RequestOutcome.of(outcome));
        return notImported(plan, outcomes);
    }

    /** People who are gone from a snapshot have no place in it, so they don't count for where a range begins and ends. */
    private static NotImported range(SessionPlan plan, BulkRequest request, NotImported.Outcome outcome) {
        return new NotImported(
                plan.firstPlace(request.firstRecord(), request.users()),
                plan.lastPlace(request.firstRecord(), request.users()),
                request.users(),
                outcome);
    }

    private static NotImported joined(NotImported a, NotImported b) {
        return new NotImported(
                Math.min(a.first(), b.first()), Math.max(a.last(), b.last()), a.count() + b.count(), a.outcome());
    }
}
