package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which people are in which groups, both by number: for each person who is in any a list of groups among the entries of the state, in the form
 * that {@link GroupEntry#SET} has. A changed list is written anew behind the others.
 */
final class Memberships {

    private static final int NONE = -1;

    private final ByteChunks entries;
    private final GroupEntry.Cursor list;
    /** For each person where their list begins; shorter while the last people have none. */
    private int[] lists = {};

    private int[] before = {};

    Memberships(ByteChunks entries) {
        this.entries = entries;
        this.list = new GroupEntry.Cursor(entries);
    }

    /**
     * The groups of one person.
     *
     * @param groups their numbers
     * @param uncertain for each whether the person may not be in it, or not any more
     */
    record Of(int[] groups, boolean[] uncertain) {

        static final Of NO_GROUPS = new Of(new int[0], new boolean[0]);

        /** The groups that the person is in for certain. */
        Set<Integer> certain() {
            Set<Integer> certain = new HashSet<>();
            for (int i = 0; i < groups.length; i++) {
                if (!uncertain[i]) {
                    certain.add(groups[i]);
                }
            }
            return certain;
        }
    }

    Of of(int person) {
        if (person >= lists.length || lists[person] == NONE) {
            return Of.NO_GROUPS;
        }
        list.to(lists[person]);
        int[] groups = new int[list.number()];
        boolean[] uncertain = new boolean[groups.length];
        for (int i = 0; i < groups.length; i++) {
            int number = list.number();
            groups[i] = number >> 1;
            uncertain[i] = (number & 1) != 0;
        }
        return new Of(groups, uncertain);
    }

    /** Takes a person's list that an entry begins. */
    void take(int person, GroupEntry.Cursor entry) {
        set(person, entry.offset());
    }

    /** The same where the list's numbers are those of its part of the state. */
    void take(int person, GroupEntry.Cursor entry, List<Integer> numbers) {
        set(person, entry.offset());
        Of read = of(person);
        for (int i = 0; i < read.groups().length; i++) {
            read.groups()[i] = numbers.get(read.groups()[i]);
        }
        write(person, read.groups(), read.uncertain(), read.groups().length);
    }

    /**
     * People join groups, or leave them; in doubt both may be so. However many groups a person joins and leaves, their list is written once.
     *
     * @param changes for each a person, a group, and 1 where the person joins it; of two about one membership the later one counts
     */
    void change(IntRows changes, boolean inDoubt) {
        long[] byPerson = changes.sortedBy(0);
        for (int from = 0; from < byPerson.length; ) {
            int person = changes.get((int) byPerson[from], 0);
            Map<Integer, Boolean> joins = new LinkedHashMap<>();
            for (; from < byPerson.length && changes.get((int) byPerson[from], 0) == person; from++) {
                joins.put(changes.get((int) byPerson[from], 1), changes.get((int) byPerson[from], 2) == 1);
            }
            change(person, joins, inDoubt);
        }
    }

    private void change(int person, Map<Integer, Boolean> joins, boolean inDoubt) {
        Of old = of(person);
        int[] groups = Arrays.copyOf(old.groups(), old.groups().length + joins.size());
        boolean[] uncertain = Arrays.copyOf(old.uncertain(), groups.length);
        int count = 0;
        for (int i = 0; i < old.groups().length; i++) {
            if (!joins.containsKey(old.groups()[i])) {
                groups[count] = old.groups()[i];
                uncertain[count++] = old.uncertain()[i];
            }
        }
        for (Map.Entry<Integer, Boolean> group : joins.entrySet()) {
            if (group.getValue() || inDoubt) {
                groups[count] = group.getKey();
                uncertain[count++] = inDoubt;
            }
        }
        write(person, groups, uncertain, count);
    }

    /** What Okta makes of the memberships of a person who leaves isn't documented. */
    void doubt(int person) {
        Of old = of(person);
        if (old.groups().length > 0) {
            Arrays.fill(old.uncertain(), true);
            write(person, old.groups(), old.uncertain(), old.groups().length);
        }
    }

    /** No one is certainly in any of some groups. */
    void doubtGroups(BitSet doubted) {
        for (int person = 0; person < lists.length; person++) {
            Of old = of(person);
            boolean changed = false;
            for (int i = 0; i < old.groups().length; i++) {
                if (doubted.get(old.groups()[i]) && !old.uncertain()[i]) {
                    old.uncertain()[i] = true;
                    changed = true;
                }
            }
            if (changed) {
                write(person, old.groups(), old.uncertain(), old.groups().length);
            }
        }
    }

    /** A person's list as an entry; empty where there is none. */
    byte[] stored(int person) {
        if (person >= lists.length || lists[person] == NONE) {
            return new byte[0];
        }
        list.to(lists[person]);
        for (int left = list.number(); left > 0; left--) {
            list.number();
        }
        byte[] stored = new byte[2 + list.offset() - lists[person]];
        stored[0] = GroupEntry.MARK;
        stored[1] = GroupEntry.SET;
        for (int i = 2; i < stored.length; i++) {
            stored[i] = entries.get(lists[person] + i - 2);
        }
        return stored;
    }

    /** People get other numbers, of which there are so many. */
    void beginMove(int people) {
        before = lists;
        lists = new int[before.length == 0 ? 0 : people];
        Arrays.fill(lists, NONE);
    }

    void move(int from, int to) {
        if (from < before.length) {
            lists[to] = before[from];
        }
    }

    void endMove() {
        before = new int[0];
    }

    private void write(int person, int[] groups, boolean[] uncertain, int count) {
        if (count == 0) {
            set(person, NONE);
            return;
        }
        set(person, entries.size());
        EntryCursor.writeNumber(entries, count);
        for (int i = 0; i < count; i++) {
            EntryCursor.writeNumber(entries, groups[i] << 1 | (uncertain[i] ? 1 : 0));
        }
    }

    private void set(int person, int offset) {
        if (person >= lists.length) {
            if (offset == NONE) {
                return;
            }
            int[] longer = Arrays.copyOf(lists, Math.max(person + 1, 2 * lists.length));
            Arrays.fill(longer, lists.length, longer.length, NONE);
            lists = longer;
        }
        lists[person] = offset;
    }
}
