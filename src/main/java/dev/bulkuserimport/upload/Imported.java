package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contents of the bulk requests that Okta accepted.
 *
 * @param users the number of users
 * @param groups the number of groups
 * @param memberships the number of pairs of a group and a member
 */
public record Imported(int users, int groups, int memberships) {

    static final Imported NOTHING = new Imported(0, 0, 0);

    /** @param outcomes of each of the plan's requests; empty for one that Okta accepted */
    static Imported of(SessionPlan plan, List<Optional<NotImported.Outcome>> outcomes) {
        int users = 0;
        int groups = 0;
        int memberships = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            BulkRequest request = plan.requests().get(i);
            if (outcomes.get(i).isEmpty()) {
                users += request.users();
                groups += plan.groups(request);
                memberships += plan.memberships(request);
            }
        }
        return new Imported(users, groups, memberships);
    }

    /** The members of an answer or problem next to {@code recordsImported}, for an import with more than users. */
    Map<String, Integer> beside() {
        Map<String, Integer> members = new LinkedHashMap<>();
        members.put("groupsImported", groups);
        members.put("membershipsImported", memberships);
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
