package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import java.util.ArrayList;
import java.util.List;

/** Which records of a plan are not certainly in Okta, as ranges. */
public final class Ranges {

    private Ranges() {}

    /** All records of a plan that are not accepted, neighbours of the same outcome together. */
    static List<NotImported> notImported(SessionPlan plan, RequestOutcome[] outcomes) {
        List<NotImported> ranges = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            BulkRequest request = plan.requests().get(i);
            boolean neighbour = i > 0 && outcomes[i - 1] == outcomes[i];
            NotImported.Outcome outcome;
            switch (outcomes[i]) {
                case REJECTED -> outcome = NotImported.Outcome.REJECTED;
                case UNKNOWN -> outcome = NotImported.Outcome.UNKNOWN;
                case NOT_SENT -> outcome = NotImported.Outcome.NOT_SENT;
                default -> {
                    continue;
                }
            }
            int last = plan.position(request.firstRecord() + request.users() - 1);
            if (neighbour) {
                NotImported open = ranges.remove(ranges.size() - 1);
                ranges.add(new NotImported(open.first(), last, open.count() + request.users(), outcome));
            } else {
                ranges.add(new NotImported(plan.position(request.firstRecord()), last, request.users(), outcome));
            }
        }
        return ranges;
    }

    /** All of a plan's records, with the same outcome; none for a plan without users. */
    public static List<NotImported> all(SessionPlan plan, NotImported.Outcome outcome) {
        return plan.users() == 0
                ? List.of()
                : List.of(new NotImported(plan.position(0), plan.position(plan.users() - 1), plan.users(), outcome));
    }
}
