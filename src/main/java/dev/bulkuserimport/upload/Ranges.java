package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The ranges of a plan's records that may not be in Okta. */
public final class Ranges {

    private Ranges() {}

    /** All records of a plan that were not accepted; adjacent ones with the same outcome are merged, upserts and deletes separately. */
    static List<NotImported> notImported(SessionPlan plan, List<Optional<NotImported.Outcome>> outcomes) {
        List<NotImported> ranges = new ArrayList<>();
        int open = -1;
        int begin = -1;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isEmpty()) {
                continue;
            }
            BulkRequest request = plan.requests().get(i);
            NotImported range = range(plan, request, outcomes.get(i).get());
            boolean together = open == i - 1
                    && open >= 0
                    && outcomes.get(open).equals(outcomes.get(i))
                    && plan.requests().get(open).operation() == request.operation();
            if (together) {
                range = joined(plan, plan.requests().get(begin), ranges.remove(ranges.size() - 1), request, range);
            } else {
                begin = i;
            }
            ranges.add(range);
            open = i;
        }
        return ranges;
    }

    /** All of a plan's records, with the same outcome; empty for a plan without users. */
    public static List<NotImported> all(SessionPlan plan, NotImported.Outcome outcome) {
        return notImported(plan, Collections.nCopies(plan.requests().size(), Optional.of(outcome)));
    }

    /** People who are gone from a snapshot have no position in it, so they don't affect where a range begins and ends. */
    private static NotImported range(SessionPlan plan, BulkRequest request, NotImported.Outcome outcome) {
        int last = request.firstRecord() + request.items() - 1;
        BulkOperation.Kind kind = request.operation().kind();
        return new NotImported(
                plan.firstPlace(request.firstRecord(), request.items()),
                plan.lastPlace(request.firstRecord(), request.items()),
                kind == BulkOperation.Kind.MEMBERSHIPS ? plan.memberships(request) : request.items(),
                outcome,
                Optional.of(kind.label()).filter(label -> plan.isMixed()),
                members(plan, request.firstRecord(), last));
    }

    /** The first and last member of a range of items, if a membership at an end of the range was split. */
    public static Optional<NotImported.MemberRange> members(SessionPlan plan, int firstItem, int lastItem) {
        Optional<SessionPlan.Members> first = plan.members(firstItem);
        Optional<SessionPlan.Members> last = plan.members(lastItem);
        return first.isPresent()
                        && last.isPresent()
                        && (first.get().isCut() || last.get().isCut())
                ? Optional.of(new NotImported.MemberRange(
                        first.get().first(), last.get().last()))
                : Optional.empty();
    }

    private static NotImported joined(
            SessionPlan plan, BulkRequest first, NotImported a, BulkRequest last, NotImported b) {
        // Not from the two ranges: one of people without a position has the same as one at index 0.
        int items = last.firstRecord() + last.items() - first.firstRecord();
        return new NotImported(
                plan.firstPlace(first.firstRecord(), items),
                plan.lastPlace(first.firstRecord(), items),
                a.count() + b.count(),
                a.outcome(),
                a.kind(),
                members(plan, first.firstRecord(), first.firstRecord() + items - 1));
    }
}
