package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import java.util.ArrayList;
import java.util.List;

/** Users and bytes of each request that a file needs, for a dry run's answer; the first {@link #LISTED} one by one. */
public final class RequestSizes {

    /** As many as a report lists of rejected records. */
    private static final int LISTED = 10_000;

    record Size(int session, int users, int bytes) {}

    private final List<Size> listed = new ArrayList<>();
    private int count;

    public void add(SessionPlan plan) {
        for (BulkRequest request : plan.requests()) {
            count++;
            if (listed.size() < LISTED) {
                listed.add(new Size(plan.number(), request.users(), request.bodyBytes()));
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
