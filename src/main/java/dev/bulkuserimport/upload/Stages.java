package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.List;

/**
 * The order of a plan's requests: all people, then groups, then memberships, as in the plan, because a membership must never reach Okta
 * before its group and its member.
 */
final class Stages {

    private final int[] stages;
    private final int[] open;
    private int current;

    Stages(SessionPlan plan) {
        List<BulkRequest> requests = plan.requests();
        this.stages = new int[requests.size()];
        this.open = new int[requests.size() + 1];
        int stage = 0;
        for (int i = 0; i < stages.length; i++) {
            BulkOperation.Kind before =
                    requests.get(Math.max(0, i - 1)).operation().kind();
            stage += before == requests.get(i).operation().kind() ? 0 : 1;
            stages[i] = stage;
            open[stage]++;
        }
    }

    /** Whether a request may be sent now. */
    boolean isOpen(int request) {
        return stages[request] == current;
    }

    /** Okta has accepted a request; once all requests of a stage are accepted, the next stage may be sent. */
    void accepted(int request) {
        if (--open[stages[request]] == 0) {
            current++;
        }
    }
}
