package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents of the bulk requests that Okta accepted.
 *
 * @param users the number of users
 * @param deactivated how many of the users are deactivated
 * @param groups the number of groups
 * @param memberships the number of pairs of a group and a member
 */
public record Imported(int users, int deactivated, int groups, int memberships) {

    static final Imported NOTHING = new Imported(0, 0, 0, 0);

    static Imported of(SessionPlan plan, RequestOutcome[] outcomes) {
        int users = 0;
        int deactivated = 0;
        int groups = 0;
        int memberships = 0;
        for (int i = 0; i < outcomes.length; i++) {
            BulkRequest request = plan.requests().get(i);
            if (outcomes[i] == RequestOutcome.ACCEPTED) {
                users += request.users();
                deactivated += request.operation() == BulkOperation.DELETE_USERS ? request.users() : 0;
                groups += plan.groups(request);
                memberships += plan.memberships(request);
            }
        }
        return new Imported(users, deactivated, groups, memberships);
    }

    /** The members of an answer or problem next to {@code recordsImported}, for an import with more than users. */
    Map<String, Integer> beside() {
        Map<String, Integer> members = new LinkedHashMap<>();
        members.put(Problem.GROUPS_IMPORTED, groups);
        members.put(Problem.MEMBERSHIPS_IMPORTED, memberships);
        return members;
    }

    /** Adds these counts to the failure of a plan that may contain more than users. */
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
