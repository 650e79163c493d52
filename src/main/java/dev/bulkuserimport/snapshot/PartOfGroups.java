package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Takes the groups and memberships of one part of a state, as its entries are read. */
final class PartOfGroups {
    private final GroupEntry.Cursor entry;
    private final PersonEntry.Cursor personEntry;
    private final PersonTable table;
    private final KnownGroups groups;
    private final Memberships memberships;
    private final boolean inDoubt;
    /** For each group of the part its number. */
    private final List<Integer> numbers = new ArrayList<>();
    /** Whether each number is the group's place in the part, as in a base. */
    private boolean sameNumbers = true;
    /** Whose entry came last. */
    private int person = People.NO_PERSON;
    /** People and the groups that they join or leave, put off so that each person's list is written once. */
    private IntRows changes = new IntRows(3);
    /** Who joins a group without having access. */
    private final BitSet withoutAccess = new BitSet();
    /** Groups that may be deleted. */
    private final BitSet doubted = new BitSet();

    /** @param inDoubt whether Okta may not have done what the part says */
    PartOfGroups(ByteChunks entries, PersonTable table, KnownGroups groups, Memberships memberships, boolean inDoubt) {
        this.entry = new GroupEntry.Cursor(entries);
        this.personEntry = new PersonEntry.Cursor(entries);
        this.table = table;
        this.groups = groups;
        this.memberships = memberships;
        this.inDoubt = inDoubt;
    }

    /** A person's entry came, which a list of their groups may follow. */
    void follows(int newPerson) {
        person = newPerson;
    }

    /** Takes an entry; where the next one begins. */
    int take(int offset) throws IOException {
        switch (entry.at(offset)) {
            case GroupEntry.GROUP -> group();
            case GroupEntry.MEMBERS -> members();
            default -> set();
        }
        return entry.end(offset);
    }

    private void set() {
        end();
        if (sameNumbers) {
            memberships.take(person, entry);
        } else {
            memberships.take(person, entry, numbers);
        }
    }

    /** Takes what was put off. */
    void end() {
        if (changes.size() > 0) {
            memberships.change(changes, inDoubt);
            changes = new IntRows(3);
            // Whether Okta keeps such a membership until the person is back isn't documented.
            withoutAccess.stream().forEach(memberships::doubt);
            withoutAccess.clear();
        }
        if (!doubted.isEmpty()) {
            memberships.doubtGroups(doubted);
            doubted.clear();
        }
    }

    private void group() throws IOException {
        GroupEntry.Status status = entry.status();
        String id = new String(entry.text(), StandardCharsets.UTF_8);
        long hash = status == GroupEntry.Status.KNOWN ? entry.hash() : 0;
        int number = groups.take(id, status, hash, inDoubt);
        sameNumbers &= number == numbers.size();
        numbers.add(number);
        if (inDoubt && status == GroupEntry.Status.DELETED) {
            doubted.set(number);
        }
    }

    private void members() {
        if (!doubted.isEmpty()) {
            end();
        }
        int group = numbers.get(entry.number());
        boolean joins = entry.flag();
        for (int left = entry.number(); left > 0; left--) {
            int member = table.number(entry.text());
            if (table.has(member)) {
                changes.add(member, group, joins ? 1 : 0);
                if (joins && !personEntry.at(table.entry(member)).isActive()) {
                    withoutAccess.set(member);
                }
            }
        }
    }
}
