package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the bulk requests hold that Okta accepted.
 *
 * @param users users
 * @param groups groups
 * @param memberships pairs of a group and a member
 */
public record Imported(int users, int groups, int memberships) {

    static final Imported NOTHING = new Imported(0, 0, 0);

    static Imported of(SessionPlan plan, RequestOutcome[] outcomes) {
        int users = 0;
        int groups = 0;
        int memberships = 0;
        for (int i = 0; i < outcomes.length; i++) {
            BulkRequest request = plan.requests().get(i);
            if (outcomes[i] == RequestOutcome.ACCEPTED) {
                users += request.users();
                groups += plan.groups(request);
                memberships += plan.memberships(request);
            }
        }
        return new Imported(users, groups, memberships);
    }

    /** What an answer and a problem say beside {@code recordsImported} of an import that holds more than users. */
    Map<String, Integer> beside() {
        Map<String, Integer> members = new LinkedHashMap<>();
        members.put("groupsImported", groups);
        members.put("membershipsImported", memberships);
        return members;
    }

    /** A failure after which this is in, of a plan that may hold more than users. */
    Problem addTo(Problem failure, SessionPlan plan) {
        Problem problem = failure;
        if (plan.isMixed()) {
            for (Map.Entry<String, Integer> member : beside().entrySet()) {
                problem = problem.with(member.getKey(), member.getValue());
            }
        }
        return problem;
    }
}
