package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.rules.BulkOperation.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a session holds beside its users.
 *
 * @param groups groups that are created, updated or deleted
 * @param firstGroup the place of the first of them in the file
 * @param lastGroup the place of the last
 * @param memberships pairs of a group and a member that joins or leaves it
 * @param firstMembership the place of the first of them
 * @param lastMembership the place of the last
 */
public record GroupsOfSession(
        int groups, int firstGroup, int lastGroup, int memberships, int firstMembership, int lastMembership) {

    /** Empty for a session of users alone. */
    public static Optional<GroupsOfSession> of(SessionPlan plan) {
        if (!plan.isMixed()) {
            return Optional.empty();
        }
        return Optional.of(new GroupsOfSession(
                plan.requests().stream().mapToInt(plan::groups).sum(),
                plan.firstPlace(Kind.GROUPS),
                plan.lastPlace(Kind.GROUPS),
                plan.requests().stream().mapToInt(plan::memberships).sum(),
                plan.firstPlace(Kind.MEMBERSHIPS),
                plan.lastPlace(Kind.MEMBERSHIPS)));
    }

    /** Puts its numbers into an answer. */
    public void count(Map<String, Object> members) {
        members.put(Kind.GROUPS.label(), groups);
        members.put(Kind.MEMBERSHIPS.label(), memberships);
    }

    List<NotImported> ranges(NotImported.Outcome outcome) {
        return Stream.of(
                        range(Kind.GROUPS, firstGroup, lastGroup, groups, outcome),
                        range(Kind.MEMBERSHIPS, firstMembership, lastMembership, memberships, outcome))
                .filter(range -> range.count() > 0)
                .toList();
    }

    static NotImported range(Kind kind, int first, int last, int count, NotImported.Outcome outcome) {
        return new NotImported(first, last, count, outcome, Optional.of(kind.label()), Optional.empty());
    }
}
