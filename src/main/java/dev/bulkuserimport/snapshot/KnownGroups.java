package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.snapshot.GroupEntry.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups of a state, by number. A group that is deleted loses its number, so that another one of its ID has other members. */
final class KnownGroups {

    static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();

    private record Group(String id, Status status, long hash) {}

    int count() {
        return groups.size();
    }

    /** The group's number; {@link #NONE} for one that isn't known, or is deleted. */
    int find(String id) {
        return numbers.getOrDefault(id, NONE);
    }

    String id(int number) {
        return groups.get(number).id();
    }

    boolean isDeleted(int number) {
        return groups.get(number).status() == Status.DELETED;
    }

    /** Whether a group is in Okta with the profile of this hash. */
    boolean is(int number, long hash) {
        Group group = groups.get(number);
        return group.status() == Status.KNOWN && group.hash() == hash;
    }

    /**
     * Takes what a part of the state says of a group.
     *
     * @param inDoubt whether Okta may not have done it
     * @return its number
     */
    int take(String id, Status said, long hash, boolean inDoubt) {
        Status status = inDoubt && said != Status.NAMED ? Status.UNKNOWN : said;
        int number = find(id);
        if (number == NONE) {
            groups.add(new Group(id, status == Status.NAMED ? Status.UNKNOWN : status, hash));
            if (status != Status.DELETED) {
                numbers.put(id, groups.size() - 1);
            }
            return groups.size() - 1;
        }
        if (status != Status.NAMED) {
            groups.set(number, new Group(id, status, hash));
        }
        if (status == Status.DELETED) {
            numbers.remove(id);
        }
        return number;
    }

    /** All of them in the order of their numbers. */
    ByteChunks stored() {
        ByteChunks stored = new ByteChunks();
        for (Group group : groups) {
            GroupEntry.writeGroup(stored, isDeleted(group) ? "" : group.id(), group.status(), group.hash());
        }
        return stored;
    }

    private static boolean isDeleted(Group group) {
        return group.status() == Status.DELETED;
    }
}
