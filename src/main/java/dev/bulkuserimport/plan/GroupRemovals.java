package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ExternalId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an import would take from one group.
 *
 * @param group its external ID
 * @param removed how many members who stay in Okta would leave it
 * @param members how many active members it has so far; empty if that isn't known
 * @param strangers how many others would be removed, whom Okta may have in the group, but the state doesn't know as members
 */
public record GroupRemovals(String group, int removed, OptionalInt members, int strangers) {

    /** Removals of members alone. */
    public GroupRemovals(String group, int removed, OptionalInt members) {
        this(group, removed, members, 0);
    }

    /** All that are listed, which may be more than the known members, and are no part of them. */
    GroupRemovals listed() {
        return new GroupRemovals(group, removed + strangers, OptionalInt.empty());
    }

    /** How many members leave, of how many, in words. */
    String share() {
        return members.isPresent()
                ? removed + " of " + members.getAsInt() + " members"
                : PlanProblems.count(removed, "member");
    }

    Optional<Integer> size() {
        return members.isPresent() ? Optional.of(members.getAsInt()) : Optional.empty();
    }

    /**
     * The group's external ID, if it may be shown. One with an at sign among others without is probably an email address, in rows whose
     * cells have shifted.
     *
     * @param all the removals from all groups, this one among them
     */
    Optional<String> shownAmong(List<GroupRemovals> all) {
        long others = all.stream().filter(GroupRemovals::hasAt).count() - 1;
        return Optional.of(group).filter(ExternalId::isPrintable).filter(id -> !hasAt() || 2 * others > all.size() - 1);
    }

    private boolean hasAt() {
        return group.indexOf('@') >= 0;
    }
}
