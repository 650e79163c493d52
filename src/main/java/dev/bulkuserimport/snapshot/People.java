package dev.bulkuserimport.snapshot;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.bulkuserimport.base.ByteChunks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/**
 * An application's people, their groups and memberships, as the last started sessions made them: some 70 bytes a person, found by external ID, or by the login of those who
 * are active. It is read from a base and the changes since; a later entry of a person replaces the earlier one. Who is looked up is known by
 * a number from then on, until someone is added.
 */
public final class People {

    static final int NO_PERSON = -1;

    private static final int FREE = -1;

    /** The most bytes of a base or of a session's changes: a million people with 30 properties each. */
    private static final int MOST_BYTES = 400_000_000;

    /** The maximum load of the table of people. */
    private static final int LOAD_PERCENT = 75;

    /** A random seed, so that no one can choose external IDs that collide. */
    private final Hasher64 hasher = Hashing.xxh3_64(ThreadLocalRandom.current().nextLong());

    private final ByteChunks entries = new ByteChunks();
    private final PersonEntry.Cursor cursor = new PersonEntry.Cursor(entries);
    private int[] slots = new int[1024];
    private int used;
    private int known;
    private final BitSet seen = new BitSet();
    private final KnownGroups groups = new KnownGroups();
    private final Memberships memberships = new Memberships(entries);
    /** Maps a login's hash to the person who has it; empty until the first lookup. */
    private int[] byLogin = {};

    public People() {
        Arrays.fill(slots, FREE);
    }

    /**
     * Adds the entries of a stored base, or of a session's changes, in order.
     *
     * @throws StreamCorruptedException when the bytes are in another format, or truncated
     */
    public void add(InputStream stored) throws IOException {
        add(stored, false);
    }

    /** Adds the changes of a session whose result is unknown: these people are unknown from now on. */
    public void addUnknown(InputStream changes) throws IOException {
        add(changes, true);
    }

    private void add(InputStream stored, boolean unknown) throws IOException {
        int from = entries.size();
        byte[] buffer = new byte[64 * 1024];
        for (int read = stored.read(buffer); read >= 0; read = stored.read(buffer)) {
            if (entries.size() > MOST_BYTES - read) {
                throw new StreamCorruptedException("a state with more than " + MOST_BYTES + " bytes");
            }
            entries.write(buffer, 0, read);
        }
        int offset = from;
        int end = entries.size();
        try {
            makeRoom(count(from));
            Part part = new Part(unknown);
            while (offset < end) {
                if (entries.get(offset) == GroupEntry.MARK) {
                    offset = part.take(offset);
                } else {
                    boolean mayHaveLeft = unknown && !cursor.at(offset).isActive();
                    part.person = put(unknown ? unknown(offset) : offset);
                    if (mayHaveLeft) {
                        memberships.doubt(part.person);
                    }
                    offset = cursor.at(offset).end();
                }
            }
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new StreamCorruptedException("not a state of this function, or truncated");
        }
    }

    /** The number of entries from an offset on, so that the table gets its final size immediately. */
    private int count(int from) throws IOException {
        int count = 0;
        GroupEntry.Cursor groupEntry = new GroupEntry.Cursor(entries);
        for (int offset = from; offset < entries.size(); ) {
            if (entries.get(offset) == GroupEntry.MARK) {
                offset = groupEntry.end(offset);
            } else {
                cursor.at(offset).check();
                offset = cursor.end();
                count++;
            }
            if (offset > entries.size()) {
                throw new StreamCorruptedException("a truncated state");
            }
        }
        return count;
    }

    /** Takes the groups and memberships of one part of a state. */
    private final class Part {
        private final GroupEntry.Cursor entry = new GroupEntry.Cursor(entries);
        private final boolean inDoubt;
        /** For each group of the part its number. */
        private final List<Integer> numbers = new ArrayList<>();
        /** Whose entry came last. */
        private int person = NO_PERSON;

        Part(boolean inDoubt) {
            this.inDoubt = inDoubt;
        }

        /** Takes an entry; where the next one begins. */
        int take(int offset) throws IOException {
            switch (entry.at(offset)) {
                case GroupEntry.GROUP -> group();
                case GroupEntry.MEMBERS -> members();
                default -> memberships.take(person, entry, numbers);
            }
            return entry.end(offset);
        }

        private void group() throws IOException {
            GroupEntry.Status status = entry.status();
            String id = new String(entry.text(), StandardCharsets.UTF_8);
            long hash = status == GroupEntry.Status.KNOWN ? entry.hash() : 0;
            int number = groups.take(id, status, hash, inDoubt);
            numbers.add(number);
            if (inDoubt && status == GroupEntry.Status.DELETED) {
                memberships.doubtGroup(number);
            }
        }

        private void members() {
            int group = numbers.get(entry.number());
            boolean joins = entry.flag();
            for (int left = entry.number(); left > 0; left--) {
                int slot = slot(entry.text());
                if (slots[slot] != FREE) {
                    memberships.change(slot, group, joins, inDoubt);
                }
            }
        }
    }

    /** Adds an entry for a person of whom it is unknown whether Okta processed the session; returns its offset. */
    private int unknown(int offset) {
        byte[] id = cursor.at(offset).id();
        long login = cursor.login();
        PersonEntry.Before before = PersonEntry.Before.NOT_KNOWN;
        int slot = slot(id);
        if (slots[slot] != FREE) {
            cursor.at(slots[slot]);
            before = switch (cursor.kind()) {
                case ACTIVE -> PersonEntry.Before.ACTIVE;
                case UNKNOWN -> cursor.before();
                case INACTIVE, GONE -> PersonEntry.Before.OUT;
            };
            login = login == 0 ? cursor.login() : login;
        }
        int place = entries.size();
        PersonEntry.writeUnknown(entries, id, before, login);
        return place;
    }

    /** Adds a person who is in Okta with unknown values. */
    public void addUnknown(String externalId) {
        add(externalId, PersonEntry.Kind.UNKNOWN);
    }

    /** Adds a person without access. */
    public void addInactive(String externalId) {
        add(externalId, PersonEntry.Kind.INACTIVE);
    }

    private void add(String externalId, PersonEntry.Kind kind) {
        int offset = entries.size();
        PersonEntry.write(entries, externalId, kind);
        put(offset);
    }

    /** Adds a person with the values that Okta shows. */
    void addShown(String externalId, ProfileHash profile) {
        int offset = entries.size();
        PersonEntry.writeShown(entries, externalId, profile);
        put(offset);
    }

    /** Whether there are no people. */
    public boolean isEmpty() {
        return used == 0;
    }

    /** The number of known people who aren't gone. */
    public int size() {
        return known;
    }

    /** The number of them who are not deactivated. */
    public int active() {
        int active = 0;
        for (int slot : slots) {
            active += slot != FREE && cursor.at(slot).isActive() ? 1 : 0;
        }
        return active;
    }

    KnownGroups groups() {
        return groups;
    }

    /** The groups of a person. */
    Memberships.Of groupsOf(int person) {
        return memberships.of(person);
    }

    /** Calls for each active person. */
    void eachActive(IntConsumer person) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != FREE && cursor.at(slots[i]).isActive()) {
                person.accept(i);
            }
        }
    }

    /** All people, each once, in the format that {@link #add} reads; not copied. */
    public InputStream stored() {
        return new Stored();
    }

    /** The number of bytes in {@link #stored}. */
    public long storedBytes() {
        long bytes = groups.stored().size();
        for (int i = 0; i < slots.length; i++) {
            bytes += slots[i] == FREE ? 0 : cursor.at(slots[i]).end() - slots[i] + memberships.stored(i).length;
        }
        return bytes;
    }

    /** The entries of all people, one after the other. */
    private final class Stored extends InputStream {
        private final PersonEntry.Cursor reader = new PersonEntry.Cursor(entries);
        private int nextSlot;
        private byte[] set = {};
        private InputStream entry = groups.stored().stream();

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
            if (set.length > 0) {
                entry = new ByteArrayInputStream(set);
                set = new byte[0];
                return true;
            }
            while (nextSlot < slots.length) {
                int at = slots[nextSlot++];
                if (at != FREE) {
                    entry = entries.stream(at, reader.at(at).end() - at);
                    set = memberships.stored(nextSlot - 1);
                    return true;
                }
            }
            return false;
        }
    }

    /** The number of a person, who is marked as seen; {@link #NO_PERSON} if unknown. */
    int see(String externalId) {
        int person = find(externalId);
        if (person != NO_PERSON) {
            seen.set(person);
        }
        return person;
    }

    /** The number of a person; {@link #NO_PERSON} if unknown. */
    int find(String externalId) {
        int slot = slot(externalId.getBytes(StandardCharsets.UTF_8));
        return slots[slot] == FREE ? NO_PERSON : slot;
    }

    /** The entry of a person; valid until the next call. */
    PersonEntry.Cursor read(int person) {
        return cursor.at(slots[person]);
    }

    /** The number of the active person with a login; {@link #NO_PERSON} if there is none. */
    int owner(long login) {
        if (byLogin.length == 0) {
            indexLogins();
        }
        return byLogin[loginSlot(login)];
    }

    private void indexLogins() {
        byLogin = new int[(int) Math.max(16, 100L * used / LOAD_PERCENT + 1)];
        Arrays.fill(byLogin, NO_PERSON);
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != FREE && cursor.at(slots[i]).isActive() && cursor.login() != 0) {
                byLogin[loginSlot(cursor.login())] = i;
            }
        }
    }

    private int loginSlot(long login) {
        // The logins are already keyed hashes.
        int slot = (int) ((login >>> Integer.SIZE) * byLogin.length >>> Integer.SIZE);
        while (byLogin[slot] != NO_PERSON && cursor.at(slots[byLogin[slot]]).login() != login) {
            slot = slot + 1 == byLogin.length ? 0 : slot + 1;
        }
        return slot;
    }

    /**
     * The external IDs of the active people who were not seen, in sorted order: slots are ordered differently in each process, but a plan
     * must be reproducible.
     */
    List<String> unseen() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != FREE && !seen.get(i) && cursor.at(slots[i]).isActive()) {
                ids.add(cursor.externalId());
            }
        }
        Collections.sort(ids);
        return ids;
    }

    /** Keeps an entry in place of an earlier one of the person, whose number it returns. */
    private int put(int offset) {
        makeRoom(1);
        byte[] id = cursor.at(offset).id();
        boolean nowKnown = cursor.kind() != PersonEntry.Kind.GONE;
        boolean nowActive = cursor.isActive();
        int slot = slot(id);
        boolean wasKnown = slots[slot] != FREE && cursor.at(slots[slot]).kind() != PersonEntry.Kind.GONE;
        used += slots[slot] == FREE ? 1 : 0;
        known += (nowKnown ? 1 : 0) - (wasKnown ? 1 : 0);
        slots[slot] = offset;
        if (!nowActive) {
            memberships.doubt(slot);
        }
        return slot;
    }

    private int slot(byte[] id) {
        int slot = first(id);
        while (slots[slot] != FREE && !cursor.at(slots[slot]).isOf(id)) {
            slot = following(slot);
        }
        return slot;
    }

    /** Ensures that the table has slots for this many more people. */
    private void makeRoom(int more) {
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

    /** The most entries that a search examines: the longest run of occupied slots. */
    int longestSearch() {
        int longest = 0;
        int run = 0;
        // Twice around, because a run may continue at the beginning of the table.
        for (int i = 0; i < 2 * slots.length && longest <= slots.length; i++) {
            run = slots[i % slots.length] == FREE ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
