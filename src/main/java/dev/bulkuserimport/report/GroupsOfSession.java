package dev.bulkuserimport.report;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.rules.BulkOperation.Kind;
import dev.bulkuserimport.upload.Ranges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session's groups and memberships.
 *
 * @param groups groups that are created, updated or deleted
 * @param firstGroup the position of the first one in the file
 * @param lastGroup the position of the last one
 * @param memberships pairs of a group and a member that joins or leaves it
 * @param firstMembership the position of the first one
 * @param lastMembership the position of the last one
 * @param members if a membership at an end was split between two sessions, the members between which they lie
 */
public record GroupsOfSession(
        int groups,
        int firstGroup,
        int lastGroup,
        int memberships,
        int firstMembership,
        int lastMembership,
        Optional<NotImported.MemberRange> members) {

    /** Empty for a session with only users. */
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
                plan.lastPlace(Kind.MEMBERSHIPS),
                members(plan)));
    }

    private static Optional<NotImported.MemberRange> members(SessionPlan plan) {
        List<BulkRequest> requests = plan.requests().stream()
                .filter(request -> request.operation().kind() == Kind.MEMBERSHIPS)
                .toList();
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        BulkRequest last = requests.get(requests.size() - 1);
        return Ranges.members(plan, requests.get(0).firstRecord(), last.firstRecord() + last.items() - 1);
    }

    GroupsOfSession withoutMembers() {
        return new GroupsOfSession(
                groups, firstGroup, lastGroup, memberships, firstMembership, lastMembership, Optional.empty());
    }

    /** Adds its counts to an answer. */
    public void count(Map<String, Object> answer) {
        answer.put(Kind.GROUPS.label(), groups);
        answer.put(Kind.MEMBERSHIPS.label(), memberships);
    }

    List<String> content() {
        return CountsOfGroups.inWords(groups, memberships);
    }

    List<NotImported> ranges(NotImported.Outcome outcome) {
        return Stream.of(
                        range(Kind.GROUPS, firstGroup, lastGroup, groups, outcome, Optional.empty()),
                        range(Kind.MEMBERSHIPS, firstMembership, lastMembership, memberships, outcome, members))
                .filter(range -> range.count() > 0)
                .toList();
    }

    static NotImported range(
            Kind kind,
            int first,
            int last,
            int count,
            NotImported.Outcome outcome,
            Optional<NotImported.MemberRange> members) {
        return new NotImported(first, last, count, outcome, Optional.of(kind.label()), members);
    }
}
