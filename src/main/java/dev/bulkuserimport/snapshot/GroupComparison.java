package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.Comparison.Moves;
import dev.bulkuserimport.plan.GroupOfRow;
import dev.bulkuserimport.plan.GroupRemovals;
import dev.bulkuserimport.snapshot.ChangeList.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Compares a snapshot's groups and memberships with those that are known from before. */
final class GroupComparison {

    private final Optional<People> known;
    private final GroupHash hash;
    private final ChangeList changeList;
    private final Set<String> named = new HashSet<>();
    /** For each group, by its external ID, how many people who stay leave it. */
    private final Map<String, Integer> removals = new LinkedHashMap<>();
    /** How many of them the state doesn't know as active members, so that they are not among a group's known members. */
    private final Map<String, Integer> strangers = new HashMap<>();
    /** People whose memberships stay as they are. */
    private final BitSet leftAlone = new BitSet();

    private boolean areMade;
    private boolean deletesGone;
    private int created;
    private int changed;
    private int joined;
    private int left;
    private List<String> gone = List.of();

    GroupComparison(Optional<People> known, HashKey key, ChangeList changeList) {
        this.known = known;
        this.hash = new GroupHash(key);
        this.changeList = changeList;
    }

    /** The records have groups at all. */
    void made(boolean gone) {
        areMade = true;
        deletesGone = gone;
    }

    void named(String group) {
        named.add(group);
    }

    /** A person's memberships stay, because nothing is said of them. */
    void leftAlone(int person) {
        leftAlone.set(person);
    }

    /**
     * What changes for an active person.
     *
     * @param person their number in the state; {@link People#NO_PERSON} for someone who is new
     */
    Moves moves(String externalId, int person, List<String> groups) {
        Memberships.Of before = person == People.NO_PERSON ? Memberships.Of.NO_GROUPS : people().groupsOf(person);
        Set<Integer> certain = before.certain();
        List<String> toJoin = new ArrayList<>();
        Set<Integer> now = new HashSet<>();
        for (String group : groups) {
            int number = find(group);
            now.add(number);
            if (!certain.contains(number)) {
                toJoin.add(group);
            }
        }
        List<String> toLeave = new ArrayList<>();
        for (int number : before.groups()) {
            if (!now.contains(number) && !people().groups().isDeleted(number)) {
                toLeave.add(people().groups().id(number));
                if (people().read(person).isActive()) {
                    removals.merge(people().groups().id(number), 1, Integer::sum);
                }
            }
        }
        joined += toJoin.size();
        left += toLeave.size();
        toJoin.forEach(group -> changeList.add(externalId, Change.JOINED, group));
        toLeave.forEach(group -> changeList.add(externalId, Change.LEFT, group));
        return new Moves(toJoin, toLeave);
    }

    /**
     * The source itself takes a person who stays out of a group.
     *
     * @param person their number in the state; {@link People#NO_PERSON} for someone who isn't known
     */
    void removed(String externalId, int person, String group) {
        removals.merge(group, 1, Integer::sum);
        if (!isActiveMember(person, find(group))) {
            strangers.merge(group, 1, Integer::sum);
        }
        changeList.add(externalId, Change.LEFT, group);
    }

    /** Whether a group is new or another than before. */
    boolean isToSend(GroupOfRow group) {
        int number = find(group.externalId());
        if (number == KnownGroups.NONE) {
            created++;
            return true;
        }
        boolean same = people().groups().is(number, hash.of(group.displayName(), group.description()));
        changed += same ? 0 : 1;
        return !same;
    }

    /** What would be taken from each group that someone leaves. */
    List<GroupRemovals> removals() {
        if (removals.isEmpty()) {
            return List.of();
        }
        Map<Integer, Integer> members = new HashMap<>();
        known.ifPresent(all -> all.eachActive(person -> {
            for (int group : all.groupsOf(person).groups()) {
                members.merge(group, 1, Integer::sum);
            }
        }));
        return removals.entrySet().stream()
                .map(group -> removals(group.getKey(), group.getValue(), size(find(group.getKey()), members)))
                .toList();
    }

    /** Where a group's size is known, those who aren't among its members count beside them. */
    private GroupRemovals removals(String group, int listed, OptionalInt size) {
        int others = size.isPresent() ? strangers.getOrDefault(group, 0) : 0;
        return new GroupRemovals(group, listed - others, size, others);
    }

    private boolean isActiveMember(int person, int group) {
        return person != People.NO_PERSON
                && people().read(person).isActive()
                && Arrays.stream(people().groupsOf(person).groups()).anyMatch(number -> number == group);
    }

    /** How many members a group is known to have; empty where no one is known to be in it, and so nothing is known of its size. */
    private static OptionalInt size(int group, Map<Integer, Integer> members) {
        return members.containsKey(group) ? OptionalInt.of(members.get(group)) : OptionalInt.empty();
    }

    /** Finds the groups that no one is in any more, once it is known whose memberships stay as they are. */
    void settle() {
        if (!deletesGone || known.isEmpty()) {
            return;
        }
        BitSet kept = new BitSet();
        leftAlone.stream().forEach(person -> {
            for (int group : people().groupsOf(person).groups()) {
                kept.set(group);
            }
        });
        KnownGroups groups = people().groups();
        List<String> all = new ArrayList<>();
        for (int number = 0; number < groups.count(); number++) {
            if (!groups.isDeleted(number) && !kept.get(number) && !named.contains(groups.id(number))) {
                all.add(groups.id(number));
            }
        }
        gone = List.copyOf(all);
    }

    /** The groups that no one is in any more. */
    List<String> gone() {
        return gone;
    }

    /** Empty where the records have no groups. */
    Optional<GroupCounts> counts() {
        return areMade ? Optional.of(new GroupCounts(created, changed, gone.size(), joined, left)) : Optional.empty();
    }

    GroupHash hash() {
        return hash;
    }

    private int find(String group) {
        return known.map(all -> all.groups().find(group)).orElse(KnownGroups.NONE);
    }

    private People people() {
        return known.orElseThrow();
    }
}
