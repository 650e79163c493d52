package dev.bulkuserimport.snapshot;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.bulkuserimport.base.ByteChunks;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds people by external ID: an open hash table of the offsets of their entries. A person's number is the slot in it, until the table
 * grows.
 */
final class PersonTable {

    private static final int FREE = -1;

    /** The maximum load. */
    private static final int LOAD_PERCENT = 75;

    /** A random seed, so that no one can choose external IDs that collide. */
    private final Hasher64 hasher = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

    private final PersonEntry.Cursor cursor;
    private final Memberships memberships;
    private int[] slots = new int[1024];
    private int used;

    /**
     * @param entries the entries of the people
     * @param memberships kept by the numbers of people, and so moved when the table grows
     */
    PersonTable(ByteChunks entries, Memberships memberships) {
        this.cursor = new PersonEntry.Cursor(entries);
        this.memberships = memberships;
        Arrays.fill(slots, FREE);
    }

    /** How many people it has. */
    int size() {
        return used;
    }

    /** The number that the person with an ID has, or would have. */
    int number(byte[] id) {
        int slot = first(id);
        while (slots[slot] != FREE && !cursor.at(slots[slot]).isOf(id)) {
            slot = following(slot);
        }
        return slot;
    }

    boolean has(int person) {
        return slots[person] != FREE;
    }

    /** The offset of a person's entry. */
    int entry(int person) {
        return slots[person];
    }

    /** The first person with at least this number; {@link People#NO_PERSON} if there is none. */
    int next(int number) {
        int person = number;
        while (person < slots.length && slots[person] == FREE) {
            person++;
        }
        return person < slots.length ? person : People.NO_PERSON;
    }

    /** Keeps the offset of a person's entry; there must be room for the person. */
    void put(int person, int entry) {
        used += has(person) ? 0 : 1;
        slots[person] = entry;
    }

    /** Ensures that there are slots for this many more people. */
    void makeRoom(int more) {
        long needed = 100L * (used + more) / LOAD_PERCENT + 1;
        if (needed > slots.length) {
            int[] old = slots;
            // The base has been read; people from sessions and single people will be added.
            slots = new int[(int) Math.max(needed, used == 0 ? 0 : old.length + old.length / 4)];
            Arrays.fill(slots, FREE);
            memberships.beginMove(slots.length);
            for (int i = 0; i < old.length; i++) {
                if (old[i] != FREE) {
                    int slot = first(cursor.at(old[i]).id());
                    while (slots[slot] != FREE) {
                        slot = following(slot);
                    }
                    slots[slot] = old[i];
                    memberships.move(i, slot);
                }
            }
            memberships.endMove();
        }
    }

    private int following(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** The first slot of an ID. */
    private int first(byte[] id) {
        return (int) ((hasher.hashBytesToLong(id) >>> 32) * slots.length >>> 32);
    }
}
