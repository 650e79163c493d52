package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.util.Arrays;

/**
 * Finds active people by the hash of their login. Someone who may exist only because of a session that failed owns none: if that external
 * ID is corrected, the login must be free for the right one. It is built on first use, and doesn't contain people added later.
 */
final class LoginIndex {

    private static final int LOAD_PERCENT = 75;

    private final PersonTable people;
    private final PersonEntry.Cursor cursor;
    /** The person's number in the slot of the login; empty until the first lookup. */
    private int[] slots = {};

    LoginIndex(PersonTable people, ByteChunks entries) {
        this.people = people;
        this.cursor = new PersonEntry.Cursor(entries);
    }

    /** The number of the active person with a login; {@link People#NO_PERSON} if there is none. */
    int owner(long login) {
        if (slots.length == 0) {
            build();
        }
        return slots[slot(login)];
    }

    private void build() {
        slots = new int[(int) Math.max(16, 100L * people.size() / LOAD_PERCENT + 1)];
        Arrays.fill(slots, People.NO_PERSON);
        for (int person = people.next(0); person != People.NO_PERSON; person = people.next(person + 1)) {
            if (cursor.at(people.entry(person)).ownsLogin() && cursor.login() != 0) {
                slots[slot(cursor.login())] = person;
            }
        }
    }

    private int slot(long login) {
        // The logins are already keyed hashes.
        int slot = (int) ((login >>> Integer.SIZE) * slots.length >>> Integer.SIZE);
        while (slots[slot] != People.NO_PERSON
                && cursor.at(people.entry(slots[slot])).login() != login) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return slot;
    }
}
