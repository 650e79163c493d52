package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.DateForm;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.GroupProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The groups and memberships of an import: checked as they are read, and added to its sessions after its users, or before them where they are
 * removed, whatever their order in the source. There are few compared with users, so they are kept until then.
 */
final class GroupPlan {

    private static final String EXTERNAL_ID = "externalId";
    private static final String GROUP = "groupExternalId";
    private static final String MEMBERS = "memberExternalIds";

    private final boolean upserts;
    private final boolean leavesOut;
    private final List<Group> groups = new ArrayList<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final Map<String, Group> groupsById = new HashMap<>();
    private final FirstOccurrences pairs = new FirstOccurrences();
    private int repeated;
    /** External IDs of users who are left out. */
    private Optional<FirstOccurrences> rejectedUsers = Optional.empty();

    /** A group and its faults. */
    private record Group(GroupRecord record, List<FieldFault> faults) {}

    /** A membership and its faults; a member who is already in the group is empty. */
    private record Membership(int index, String group, List<String> members, List<FieldFault> faults) {}

    GroupPlan(PlanRules rules) {
        this.upserts = rules.operation().takesProfiles();
        this.leavesOut = rules.skipInvalid();
    }

    boolean isEmpty() {
        return groups.isEmpty() && memberships.isEmpty();
    }

    /** The number of groups and memberships, valid or not. */
    int records() {
        return groups.size() + memberships.size();
    }

    /** The number of groups and members that occur again unchanged. */
    int repeated() {
        return repeated;
    }

    /** A user is left out, and so are their memberships; the external ID where it can be read. */
    void rejectedUser(Optional<String> id) {
        if (leavesOut && id.isPresent()) {
            FirstOccurrences rejected = rejectedUsers.orElseGet(FirstOccurrences::new);
            rejected.putIfAbsent(id.get(), 0);
            rejectedUsers = Optional.of(rejected);
        }
    }

    void add(GroupRecord record) {
        List<FieldFault> faults = new ArrayList<>(record.wrong());
        if (faults.isEmpty()) {
            GroupId.check(EXTERNAL_ID, record.externalId(), "", faults);
            if (upserts) {
                GroupProperty.faults(record.profile())
                        .forEach((name, fault) -> faults.add(new FieldFault(Optional.of(name), fault)));
            }
        }
        Group group = new Group(record, faults);
        Optional<Group> first = record.externalId()
                .map(id -> Optional.ofNullable(groupsById.putIfAbsent(id, group)))
                .orElse(Optional.empty());
        if (first.isPresent() && !repeats(first.get(), group)) {
            return;
        }
        groups.add(group);
    }

    /** Handles a group that occurs again; false if it is the same and counts as one. */
    private boolean repeats(Group first, Group again) {
        boolean valid = first.faults().isEmpty() && again.faults().isEmpty();
        boolean same =
                !upserts || first.record().profile().equals(again.record().profile());
        if (leavesOut && valid && same) {
            repeated++;
            return false;
        }
        again.faults()
                .add(twice(
                        "is also the externalId of an earlier group (index ",
                        first.record().index()));
        if (leavesOut) {
            first.faults()
                    .add(twice(
                            "is also the externalId of a later group (index ",
                            again.record().index()));
        }
        return true;
    }

    private static FieldFault twice(String what, int index) {
        return new FieldFault(Optional.of(EXTERNAL_ID), Fault.of(what, index, "): keep one"));
    }

    void add(MembershipRecord record) {
        List<FieldFault> faults = new ArrayList<>(record.wrong());
        List<String> members = new ArrayList<>(record.members());
        if (faults.isEmpty()) {
            GroupId.check(GROUP, record.group(), "", faults);
            if (members.isEmpty()) {
                faults.add(FieldFault.of(MEMBERS, "is empty; a membership must have at least one member"));
            }
            for (int i = 0; i < members.size() && faults.isEmpty(); i++) {
                GroupId.check(MEMBERS, Optional.of(members.get(i)), "has a member whose external ID ", faults);
            }
        }
        String group = record.group().orElse("");
        for (int i = 0; i < members.size() && faults.isEmpty(); i++) {
            int first = pairs.putIfAbsent(group + '\0' + members.get(i), record.index());
            if (first >= 0 && leavesOut) {
                members.set(i, "");
                repeated++;
            } else if (first >= 0) {
                faults.add(new FieldFault(
                        Optional.of(MEMBERS),
                        Fault.of("names a member of the group who is already named (index ", first, "): keep one")));
            }
        }
        memberships.add(new Membership(record.index(), group, members, faults));
    }

    /** Rejects invalid groups and memberships, and memberships of invalid groups. */
    void rejectInvalid(RejectedRecords rejected) {
        if (isEmpty()) {
            return;
        }
        rejected.mixed();
        doubtDates();
        for (Group group : groups) {
            reject(
                    rejected,
                    BulkOperation.Kind.GROUPS,
                    group.record().index(),
                    group.record().externalId(),
                    group.faults());
        }
        for (Membership membership : memberships) {
            Optional<Group> group = Optional.ofNullable(groupsById.get(membership.group()));
            if (leavesOut && group.filter(its -> !its.faults().isEmpty()).isPresent()) {
                membership.faults().add(FieldFault.of(GROUP, "is the ID of an invalid group"));
            }
            List<FieldFault> faults = new ArrayList<>(membership.faults());
            if (faults.isEmpty()) {
                withoutRejected(membership.members()).ifPresent(faults::add);
            }
            reject(
                    rejected,
                    BulkOperation.Kind.MEMBERSHIPS,
                    membership.index(),
                    Optional.of(membership.group()).filter(id -> !id.isEmpty()),
                    faults);
        }
    }

    /** Finds groups' IDs that a spreadsheet has made dates, which only the others show. */
    private void doubtDates() {
        Set<String> ids = new LinkedHashSet<>();
        groups.stream()
                .filter(group -> group.faults().isEmpty())
                .forEach(group -> ids.add(group.record().externalId().orElseThrow()));
        memberships.stream()
                .filter(membership -> membership.faults().isEmpty())
                .forEach(membership -> ids.add(membership.group()));
        DateIds dates = DateIds.ofGroups();
        for (String id : ids) {
            dates.still(id);
            dates.count();
        }
        if (!dates.areDamaged()) {
            return;
        }
        for (Group group : groups) {
            if (group.record().externalId().filter(DateForm::matches).isPresent()) {
                group.faults().add(new FieldFault(Optional.of(EXTERNAL_ID), DateIds.DATE));
            }
        }
        for (Membership membership : memberships) {
            if (!groupsById.containsKey(membership.group()) && DateForm.matches(membership.group())) {
                membership.faults().add(new FieldFault(Optional.of(GROUP), DateIds.DATE));
            }
        }
    }

    /** Takes out the members whose users are left out; what to say of it. The others are still sent. */
    private Optional<FieldFault> withoutRejected(List<String> members) {
        int count = 0;
        for (int i = 0; i < members.size(); i++) {
            String member = members.get(i);
            if (rejectedUsers.filter(users -> users.find(member) >= 0).isPresent()) {
                members.set(i, "");
                count++;
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new FieldFault(
                        Optional.of(MEMBERS),
                        Fault.of("names ", count, " whose users are invalid; the other members are sent")));
    }

    /**
     * What is removed from each group, which is also reported to {@code comparison}.
     *
     * @param leaves whether the source deactivates a person too, who then doesn't count
     */
    List<GroupRemovals> removals(Predicate<String> leaves, Comparison comparison) {
        if (upserts) {
            return List.of();
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Membership membership : memberships) {
            for (String member : membership.members()) {
                if (membership.faults().isEmpty() && !member.isEmpty() && !leaves.test(member)) {
                    comparison.removed(member, membership.group());
                    counts.merge(membership.group(), 1, Integer::sum);
                }
            }
        }
        return counts.entrySet().stream()
                .map(group -> new GroupRemovals(group.getKey(), group.getValue(), OptionalInt.empty()))
                .toList();
    }

    private static void reject(
            RejectedRecords rejected,
            BulkOperation.Kind kind,
            int index,
            Optional<String> id,
            List<FieldFault> faults) {
        if (faults.isEmpty()) {
            return;
        }
        rejected.begin(kind);
        faults.forEach(fault -> rejected.add(index, 0, fault.field(), fault.fault()));
        rejected.end(id.filter(GroupId::isValid).filter(ExternalId::isPrintable));
    }

    /** Adds valid groups and memberships to the sessions, in the order that Okta requires. */
    void addTo(SessionFiller sessions, RecordWriter writer) throws IOException {
        if (upserts) {
            addGroups(sessions, writer);
        }
        MembershipCutter cutter = new MembershipCutter(
                upserts ? BulkOperation.UPSERT_MEMBERSHIPS : BulkOperation.DELETE_MEMBERSHIPS, sessions, writer);
        for (Membership membership : memberships) {
            if (membership.faults().isEmpty()) {
                cutter.add(membership.group(), membership.members(), member -> membership.index(), true);
            }
        }
        if (!upserts) {
            addGroups(sessions, writer);
        }
    }

    private void addGroups(SessionFiller sessions, RecordWriter writer) throws IOException {
        for (Group group : groups) {
            if (!group.faults().isEmpty()) {
                continue;
            }
            String id = group.record().externalId().orElseThrow();
            if (upserts) {
                writer.group(id, group.record().profile());
            } else {
                writer.id(id);
            }
            sessions.add(
                    upserts ? BulkOperation.UPSERT_GROUPS : BulkOperation.DELETE_GROUPS,
                    group.record().index());
        }
    }
}
