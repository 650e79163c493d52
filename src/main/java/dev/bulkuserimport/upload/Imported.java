package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.BulkOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The contents of the bulk requests that Okta accepted.
 *
 * @param users the number of users
 * @param groups the number of groups
 * @param memberships the number of pairs of a group and a member
 */
public record Imported(int users, int groups, int memberships) {

    public static final Imported NOTHING = new Imported(0, 0, 0);

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

    /** How many users are in accepted requests that deactivate them: a mapping deactivates people in an import of another operation, too. */
    static int deactivated(SessionPlan plan, List<Optional<NotImported.Outcome>> outcomes) {
        return IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i).isEmpty())
                .mapToObj(plan.requests()::get)
                .filter(request -> request.operation() == BulkOperation.DELETE_USERS)
                .mapToInt(BulkRequest::users)
                .sum();
    }

    /** Everything in a plan. */
    static Imported all(SessionPlan plan) {
        return new Imported(
                plan.users(),
                plan.requests().stream().mapToInt(plan::groups).sum(),
                plan.requests().stream().mapToInt(plan::memberships).sum());
    }

    /** What a failure says. */
    public static Imported of(Problem failure) {
        return new Imported(
                failure.recordsImported(),
                failure.count(Problem.GROUPS_IMPORTED),
                failure.count(Problem.MEMBERSHIPS_IMPORTED));
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
