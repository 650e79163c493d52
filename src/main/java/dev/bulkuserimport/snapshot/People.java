package dev.bulkuserimport.snapshot;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An application's people as the last started sessions made them: some 70 bytes a person, found by external ID. It is read from a base and
 * the changes since; a later entry of a person replaces the earlier one.
 */
public final class People {

    private static final int FREE = -1;

    /** Bytes of a base or of one session's changes, at most: a million people with 30 properties each. */
    private static final int MOST_BYTES = 400_000_000;

    /** The table of people is full to at most this part. */
    private static final int LOAD_PERCENT = 75;

    /** Seeded anew each time, so that no one who chooses external IDs can make them collide. */
    private final Hasher64 hasher = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

    private final ByteChunks entries = new ByteChunks();
    private final PersonEntry.Cursor cursor = new PersonEntry.Cursor(entries);
    private int[] slots = new int[1024];
    private int used;
    private int known;
    private final BitSet seen = new BitSet();

    public People() {
        Arrays.fill(slots, FREE);
    }

    /**
     * Takes the entries of a stored base, or of a session's changes, in their order.
     *
     * @throws StreamCorruptedException when the bytes are none of ours, or cut off
     */
    public void add(InputStream stored) throws IOException {
        int from = entries.size();
        byte[] buffer = new byte[64 * 1024];
        for (int read = stored.read(buffer); read >= 0; read = stored.read(buffer)) {
            if (entries.size() > MOST_BYTES - read) {
                throw new StreamCorruptedException("a state of more than " + MOST_BYTES + " bytes");
            }
            entries.write(buffer, 0, read);
        }
        int offset = from;
        try {
            makeRoom(count(from));
            while (offset < entries.size()) {
                put(offset);
                offset = cursor.at(offset).end();
            }
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new StreamCorruptedException("no state of this function, or one that was cut off");
        }
    }

    /** How many entries there are from an offset on, so that the table gets the size that it needs at once. */
    private int count(int from) throws StreamCorruptedException {
        int count = 0;
        for (int offset = from; offset < entries.size(); count++) {
            offset = cursor.at(offset).end();
            if (offset > entries.size()) {
                throw new StreamCorruptedException("a state that was cut off");
            }
        }
        return count;
    }

    /** A person who is in Okta with values that nobody knows here. */
    public void addUnknown(String externalId) {
        int offset = entries.size();
        PersonEntry.write(entries, externalId, PersonEntry.Kind.UNKNOWN);
        put(offset);
    }

    /** How many people are known: those who were not removed. */
    public int size() {
        return known;
    }

    /** How many of them are not deactivated. */
    public int active() {
        int active = 0;
        for (int slot : slots) {
            if (slot != FREE) {
                PersonEntry.Kind kind = cursor.at(slot).kind();
                active += kind == PersonEntry.Kind.ACTIVE || kind == PersonEntry.Kind.UNKNOWN ? 1 : 0;
            }
        }
        return active;
    }

    /** Everybody, each once, so that {@link #add} reads it back; read from where they stand, not copied. */
    public InputStream stored() {
        return new Stored();
    }

    /** How many bytes {@link #stored} has. */
    public long storedBytes() {
        long bytes = 0;
        for (int slot : slots) {
            if (slot != FREE && cursor.at(slot).kind() != PersonEntry.Kind.REMOVED) {
                bytes += cursor.end() - slot;
            }
        }
        return bytes;
    }

    /** One person's entry after the other. */
    private final class Stored extends InputStream {
        private final PersonEntry.Cursor reader = new PersonEntry.Cursor(entries);
        private int nextSlot;
        private InputStream entry = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = 0;
            while (read < length) {
                int part = entry.read(target, offset + read, length - read);
                if (part > 0) {
                    read += part;
                } else if (!next()) {
                    break;
                }
            }
            return read == 0 && length > 0 ? -1 : read;
        }

        private boolean next() {
            while (nextSlot < slots.length) {
                int at = slots[nextSlot++];
                if (at != FREE && reader.at(at).kind() != PersonEntry.Kind.REMOVED) {
                    entry = entries.stream(at, reader.end() - at);
                    return true;
                }
            }
            return false;
        }
    }

    /** The entry of a person, who counts as seen from now on; {@link #NOBODY} when nothing is known of them. */
    int see(String externalId) {
        int slot = slot(externalId.getBytes(StandardCharsets.UTF_8));
        if (slots[slot] == FREE || cursor.at(slots[slot]).kind() == PersonEntry.Kind.REMOVED) {
            return NOBODY;
        }
        seen.set(slot);
        return slots[slot];
    }

    static final int NOBODY = FREE;

    PersonEntry.Cursor read(int entry) {
        return cursor.at(entry);
    }

    /** How many active people were not seen. */
    int goneCount() {
        int gone = 0;
        for (int i = 0; i < slots.length; i++) {
            gone += isGone(i) ? 1 : 0;
        }
        return gone;
    }

    /** The external IDs of active people who were not seen. */
    Iterable<String> gone() {
        return () -> new Iterator<>() {
            private int next = goneFrom(0);

            @Override
            public boolean hasNext() {
                return next < slots.length;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                String id = cursor.at(slots[next]).externalId();
                next = goneFrom(next + 1);
                return id;
            }
        };
    }

    /** The logins' hashes of active people who were not seen. */
    long[] goneLogins() {
        long[] logins = new long[goneCount()];
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            if (isGone(i)) {
                logins[count++] = cursor.at(slots[i]).login();
            }
        }
        return logins;
    }

    private int goneFrom(int from) {
        int i = from;
        while (i < slots.length && !isGone(i)) {
            i++;
        }
        return i;
    }

    private boolean isGone(int slot) {
        if (slots[slot] == FREE || seen.get(slot)) {
            return false;
        }
        PersonEntry.Kind kind = cursor.at(slots[slot]).kind();
        return kind == PersonEntry.Kind.ACTIVE || kind == PersonEntry.Kind.UNKNOWN;
    }

    private void put(int offset) {
        makeRoom(1);
        byte[] id = cursor.at(offset).externalId().getBytes(StandardCharsets.UTF_8);
        boolean nowKnown = cursor.kind() != PersonEntry.Kind.REMOVED;
        int slot = slot(id);
        boolean wasKnown = slots[slot] != FREE && cursor.at(slots[slot]).kind() != PersonEntry.Kind.REMOVED;
        used += slots[slot] == FREE ? 1 : 0;
        known += (nowKnown ? 1 : 0) - (wasKnown ? 1 : 0);
        slots[slot] = offset;
    }

    private int slot(byte[] id) {
        int slot = first(id);
        while (slots[slot] != FREE && !cursor.at(slots[slot]).isOf(id)) {
            slot = following(slot);
        }
        return slot;
    }

    /** Lets the table have slots for so many people more. */
    private void makeRoom(int more) {
        long needed = 100L * (used + more) / LOAD_PERCENT + 1;
        if (needed > slots.length) {
            int[] old = slots;
            // A base's people are known by now; of sessions and single people more will come.
            slots = new int[(int) Math.max(needed, used == 0 ? 0 : old.length + old.length / 4)];
            Arrays.fill(slots, FREE);
            for (int offset : old) {
                if (offset != FREE) {
                    int slot = first(cursor.at(offset).id());
                    while (slots[slot] != FREE) {
                        slot = following(slot);
                    }
                    slots[slot] = offset;
                }
            }
        }
    }

    private int following(int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** Where an ID is looked for first. */
    private int first(byte[] id) {
        return (int) ((hasher.hashBytesToLong(id) >>> 32) * slots.length >>> 32);
    }

    /** The most entries that a search has to pass: the longest run of taken slots. */
    int longestSearch() {
        int longest = 0;
        int run = 0;
        // Twice around, because a run may go on at the table's beginning.
        for (int i = 0; i < 2 * slots.length && longest <= slots.length; i++) {
            run = slots[i % slots.length] == FREE ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
