package dev.bulkuserimport.snapshot;

import java.util.Arrays;

/**
 * Caches hashes of values that many people share: departments, countries, first names. A value is kept when it occurs a second time before
 * its slot is reused, so that unique values (logins, telephone numbers) don't evict anything. Values chosen to collide only cost their own
 * hash, so the slots need no seed.
 */
final class KnownHashes {

    private static final int SLOTS = 4_096;

    /** Longer values are seldom shared; this also bounds the memory. */
    private static final int LONGEST = 64;

    private final int[] names = new int[SLOTS];
    private final char[][] values = new char[SLOTS][];
    private final long[] hashes = new long[SLOTS];
    private final int[] cameOnce = new int[SLOTS];

    /** Computes a hash that isn't cached. */
    @FunctionalInterface
    interface Hashing {
        long hash();
    }

    /** The hash of a property's value. */
    long get(int name, char[] value, int offset, int length, Hashing hashing) {
        if (length > LONGEST) {
            return hashing.hash();
        }
        int mixed = name + 1;
        for (int i = offset; i < offset + length; i++) {
            mixed = 31 * mixed + value[i];
        }
        mixed *= 0x9E3779B9;
        int slot = mixed >>> Integer.numberOfLeadingZeros(SLOTS - 1);
        char[] kept = values[slot];
        if (kept != null
                && names[slot] == name
                && Arrays.equals(kept, 0, kept.length, value, offset, offset + length)) {
            return hashes[slot];
        }
        long hash = hashing.hash();
        if (cameOnce[slot] == mixed) {
            names[slot] = name;
            values[slot] = Arrays.copyOfRange(value, offset, offset + length);
            hashes[slot] = hash;
        }
        cameOnce[slot] = mixed;
        return hash;
    }
}
