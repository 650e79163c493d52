package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * The users, groups or memberships, and bytes, of each request that a file needs, for a dry run's answer; the first {@link #LISTED}
 * individually.
 */
public final class RequestSizes {

    /** As many as the rejected records that a report lists. */
    private static final int LISTED = 10_000;

    /** @param isMixed whether the session contains more than users */
    record Size(int session, BulkOperation.Kind kind, int count, boolean isMixed, int bytes) {}

    private final List<Size> listed = new ArrayList<>();
    private int count;

    public void add(SessionPlan plan) {
        for (BulkRequest request : plan.requests()) {
            count++;
            if (listed.size() < LISTED) {
                BulkOperation.Kind kind = request.operation().kind();
                listed.add(new Size(
                        plan.number(),
                        kind,
                        kind == BulkOperation.Kind.MEMBERSHIPS ? plan.memberships(request) : request.items(),
                        plan.isMixed(),
                        request.bodyBytes()));
            }
        }
    }

    List<Size> listed() {
        return listed;
    }

    int count() {
        return count;
    }

    boolean leftOut() {
        return count > listed.size();
    }
}
