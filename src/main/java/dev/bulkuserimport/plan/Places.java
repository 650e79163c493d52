package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds texts that come twice, and where each came first. It keeps 128 bits and a place of each, in an open-addressing table: a million
 * people's external IDs and logins together in less than 64 MB, 48 MB once it has grown to that.
 */
public final class Places {

    private static final int NONE = -1;

    /** Full to at most this part: a new text is compared with some twenty neighbours then, which is little beside its hash. */
    private static final int LOAD_PERCENT = 85;

    /** What a table begins with. Growing by half, it comes to 1.18 million slots, which a million people just fit into. */
    private static final int LEAST = 1_200;

    /** Slots beyond those of the people who are expected: a file has others too. */
    private static final int SPARE_PERCENT = 2;

    /** Nobody who writes a file can know which texts meet in a slot. */
    private final Hasher128 hasher =
            Hashing.murmur3_128((int) ThreadLocalRandom.current().nextLong());

    private long[] high;
    private long[] low;
    private int[] places;
    private int size;

    public Places() {
        this(0);
    }

    /**
     * @param expected texts that will probably come; when they do, the table never grows, and so is never held twice
     */
    public Places(int expected) {
        allocate((int) Math.max(LEAST, (100L + SPARE_PERCENT) * expected / LOAD_PERCENT));
    }

    /** Where a text came first; -1 when this is the first time, which is kept. */
    public int putIfAbsent(CharSequence text, int place) {
        HashValue128 hash = hasher.hashCharsTo128Bits(text);
        long h = hash.getMostSignificantBits();
        long l = hash.getLeastSignificantBits();
        int slot = slot(h, l);
        if (places[slot] != NONE) {
            return places[slot];
        }
        if ((long) (size + 1) * 100 > (long) places.length * LOAD_PERCENT) {
            grow();
            slot = slot(h, l);
        }
        high[slot] = h;
        low[slot] = l;
        places[slot] = place;
        size++;
        return NONE;
    }

    /** Where a text came first; -1 when it did not come. */
    public int find(CharSequence text) {
        HashValue128 hash = hasher.hashCharsTo128Bits(text);
        return places[slot(hash.getMostSignificantBits(), hash.getLeastSignificantBits())];
    }

    private int slot(long h, long l) {
        int slot = (int) Math.floorMod(h, (long) places.length);
        while (places[slot] != NONE && (high[slot] != h || low[slot] != l)) {
            slot = slot + 1 == places.length ? 0 : slot + 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] old = places;
        allocate(old.length + old.length / 2);
        for (int i = 0; i < old.length; i++) {
            if (old[i] != NONE) {
                int slot = slot(oldHigh[i], oldLow[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                places[slot] = old[i];
            }
        }
    }

    private void allocate(int slots) {
        high = new long[slots];
        low = new long[slots];
        places = new int[slots];
        java.util.Arrays.fill(places, NONE);
    }
}
