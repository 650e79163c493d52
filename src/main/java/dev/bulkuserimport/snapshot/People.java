package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An application's people as the last started sessions made them: some 70 bytes a person, found by external ID. It is read from a base and
 * the changes since; a later entry of a person replaces the earlier one.
 */
public final class People {

    private static final int FREE = -1;

    /** Bytes of a base or of one session's changes, at most: a million people with 30 properties each. */
    private static final int MOST_BYTES = 400_000_000;

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
            while (offset < entries.size()) {
                int end = cursor.at(offset).end();
                if (end > entries.size()) {
                    throw new StreamCorruptedException("a state that was cut off");
                }
                put(offset);
                offset = end;
            }
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new StreamCorruptedException("no state of this function, or one that was cut off");
        }
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

    /** Writes everybody, each once, so that {@link #add} reads it back. */
    public void writeTo(OutputStream target) throws IOException {
        for (int slot : slots) {
            if (slot != FREE && cursor.at(slot).kind() != PersonEntry.Kind.REMOVED) {
                try (InputStream entry = entries.stream(slot, cursor.end() - slot)) {
                    entry.transferTo(target);
                }
            }
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
            private int next = following(0);

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
                next = following(next + 1);
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

    private int following(int from) {
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
        if (2 * used >= slots.length) {
            grow();
        }
        byte[] id = cursor.at(offset).externalId().getBytes(StandardCharsets.UTF_8);
        boolean nowKnown = cursor.kind() != PersonEntry.Kind.REMOVED;
        int slot = slot(id);
        boolean wasKnown = slots[slot] != FREE && cursor.at(slots[slot]).kind() != PersonEntry.Kind.REMOVED;
        used += slots[slot] == FREE ? 1 : 0;
        known += (nowKnown ? 1 : 0) - (wasKnown ? 1 : 0);
        slots[slot] = offset;
    }

    private int slot(byte[] id) {
        int slot = spread(Arrays.hashCode(id)) & slots.length - 1;
        while (slots[slot] != FREE && !cursor.at(slots[slot]).isOf(id)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[2 * old.length];
        Arrays.fill(slots, FREE);
        for (int offset : old) {
            if (offset != FREE) {
                int slot = spread(cursor.at(offset).idHash()) & slots.length - 1;
                while (slots[slot] != FREE) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = offset;
            }
        }
    }

    /** Neighbouring IDs have neighbouring hashes; multiplying by the golden ratio spreads them (Knuth, volume 3, 6.4). */
    private static int spread(int hash) {
        int spread = hash * 0x9E3779B9;
        return spread ^ spread >>> 16;
    }
}
