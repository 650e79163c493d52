package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds texts that occur more than once, and where each occurred first. It keeps 128 bits and a position for each, in an open-addressing
 * table: a million people's external IDs and logins take less than 64 MB, 48 MB once it has grown to that size.
 */
public final class FirstOccurrences {

    private static final int NONE = -1;

    /** A table for the people of a request is sparse, so that nearly every text finds its slot immediately. */
    private static final int ROOMY_SLOTS = 100_000;

    private static final int ROOMY_PERCENT = 60;

    /** A larger table may be filled to this share: a new text is then compared with some twenty neighbors, but memory is scarce. */
    private static final int FULL_PERCENT = 85;

    /** The initial number of slots. It grows to 17,280 slots for ten thousand people, and to 1.18 million, which just fits a million. */
    private static final int LEAST = 1_080;

    /** Up to this many slots, a table grows fourfold; a larger one by half. */
    private static final int QUICKLY_GROWN = 20_000;

    /** Slots in addition to those of the expected people: a file has new people too. */
    private static final int SPARE_PERCENT = 2;

    /** Random, so that no one can write a file whose texts collide. */
    private final Hasher128 hasher =
            Hashing.xxh3_128(ThreadLocalRandom.current().nextLong());

    /** Two per slot: the halves of a hash are adjacent, so that reading them costs one cache miss. */
    private long[] hashes;

    private int[] places;
    private final SoughtText sought = new SoughtText();
    private int size;
    private int most;

    public FirstOccurrences() {
        this(0);
    }

    /** @param expected the expected number of texts; up to that number, the table never grows and is therefore never held twice */
    public FirstOccurrences(int expected) {
        long room = (100L + SPARE_PERCENT) * expected;
        long roomy = room / ROOMY_PERCENT;
        allocate((int) Math.max(LEAST, roomy <= ROOMY_SLOTS ? roomy : room / FULL_PERCENT));
    }

    /** Where a text occurred first; -1 if this is the first occurrence, which is recorded. */
    public int putIfAbsent(String text, int place) {
        return putIfAbsent(sought.exactly(text), place);
    }

    /** Whether a text, ignoring case, has not occurred yet; it is recorded. */
    public boolean isNewInAnyCase(char[] text, int offset, int length) {
        return putIfAbsent(sought.inAnyCase(text, offset, length), 0) == NONE;
    }

    int putIfAbsent(SoughtText text, int place) {
        HashValue128 hash = text.hash(hasher);
        long h = hash.getMostSignificantBits();
        long l = hash.getLeastSignificantBits();
        int slot = slot(h, l);
        if (places[slot] != NONE) {
            return places[slot];
        }
        if (size == most) {
            grow();
            slot = slot(h, l);
        }
        keep(slot, h, l, place);
        size++;
        return NONE;
    }

    /** Where a text occurred first; -1 if it has not occurred. */
    public int find(String text) {
        return find(sought.exactly(text));
    }

    int find(SoughtText text) {
        if (size == 0) {
            return NONE;
        }
        HashValue128 hash = text.hash(hasher);
        return places[slot(hash.getMostSignificantBits(), hash.getLeastSignificantBits())];
    }

    private int slot(long h, long l) {
        int slot = (int) ((h >>> Integer.SIZE) * places.length >>> Integer.SIZE);
        while (places[slot] != NONE && (hashes[2 * slot] != h || hashes[2 * slot + 1] != l)) {
            slot = slot + 1 == places.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] old = places;
        allocate(old.length < QUICKLY_GROWN ? 4 * old.length : old.length + old.length / 2);
        for (int i = 0; i < old.length; i++) {
            if (old[i] != NONE) {
                long h = oldHashes[2 * i];
                long l = oldHashes[2 * i + 1];
                keep(slot(h, l), h, l, old[i]);
            }
        }
    }

    private void keep(int slot, long h, long l, int place) {
        hashes[2 * slot] = h;
        hashes[2 * slot + 1] = l;
        places[slot] = place;
    }

    private void allocate(int slots) {
        hashes = new long[2 * slots];
        places = new int[slots];
        Arrays.fill(places, NONE);
        most = (int) ((long) slots * (slots <= ROOMY_SLOTS ? ROOMY_PERCENT : FULL_PERCENT) / 100);
    }
}
