package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * An application's people, their groups and memberships, as the last started sessions made them: some 70 bytes a person, found by external
 * ID, or by the login of those who are active. It is read from a base and the changes since; a later entry of a person replaces the earlier
 * one. A person who is looked up has a number from then on, until someone is added.
 */
public final class People {

    static final int NO_PERSON = -1;

    /** The most bytes of a base or of a session's changes: a million people with 30 properties each. */
    private static final int MOST_BYTES = 400_000_000;

    private final ByteChunks entries = new ByteChunks();
    private final PersonEntry.Cursor cursor = new PersonEntry.Cursor(entries);
    private final BitSet seen = new BitSet();
    private final KnownGroups groups = new KnownGroups();
    private final Memberships memberships = new Memberships(entries);
    private final PersonTable table = new PersonTable(entries, memberships);
    private final LoginIndex logins = new LoginIndex(table, entries);
    private int known;

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
            table.makeRoom(count(from));
            PartOfGroups part = new PartOfGroups(entries, table, groups, memberships, unknown);
            while (offset < end) {
                if (entries.get(offset) == GroupEntry.MARK) {
                    offset = part.take(offset);
                } else {
                    part.end();
                    boolean mayHaveLeft = unknown && !cursor.at(offset).isActive();
                    int person = put(unknown ? unknown(offset) : offset);
                    part.follows(person);
                    if (mayHaveLeft) {
                        memberships.doubt(person);
                    }
                    offset = cursor.at(offset).end();
                }
            }
            part.end();
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

    /** Adds an entry for a person of whom it is unknown whether Okta processed the session; returns its offset. */
    private int unknown(int offset) {
        byte[] id = cursor.at(offset).id();
        long login = cursor.login();
        // A session that was to deactivate the person may have done so; one of a file that is no snapshot leaves the
        // absence as it was.
        Optional<PersonEntry.Absence> absence =
                cursor.isActive() ? cursor.absence() : Optional.of(PersonEntry.Absence.LEAVING);
        PersonEntry.Before before = PersonEntry.Before.NOT_KNOWN;
        int person = table.number(id);
        if (table.has(person)) {
            PersonEntry.Cursor known = read(person);
            if (known.isLeaving()) {
                absence = Optional.of(PersonEntry.Absence.LEAVING);
            }
            before = switch (known.kind()) {
                case ACTIVE -> PersonEntry.Before.ACTIVE;
                case UNKNOWN -> known.before();
                case INACTIVE, GONE -> PersonEntry.Before.OUT;
            };
            login = login == 0 ? known.login() : login;
        }
        int place = entries.size();
        PersonEntry.writeUnknown(entries, id, before, login, absence);
        return place;
    }

    /** Adds a person who is in Okta with unknown values. */
    public void addUnknown(String externalId) {
        add(externalId, PersonEntry.Kind.UNKNOWN);
    }

    /** Adds those of whom nothing is known yet, as {@link PendingChanges#leftOut} has them. */
    public void addIfMissing(ByteChunks others) {
        PersonEntry.Cursor other = new PersonEntry.Cursor(others);
        for (int offset = 0; offset < others.size(); offset = other.at(offset).end()) {
            String externalId = other.at(offset).externalId();
            if (find(externalId) == NO_PERSON) {
                addUnknown(externalId);
            }
        }
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
        return table.size() == 0;
    }

    /** The number of known people who aren't gone. */
    public int size() {
        return known;
    }

    /** The number of them who are not deactivated. */
    public int active() {
        int active = 0;
        for (int person = table.next(0); person != NO_PERSON; person = table.next(person + 1)) {
            active += read(person).isActive() ? 1 : 0;
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
    void eachActive(IntConsumer action) {
        for (int person = table.next(0); person != NO_PERSON; person = table.next(person + 1)) {
            if (read(person).isActive()) {
                action.accept(person);
            }
        }
    }

    /** All people, each once, in the format that {@link #add} reads; not copied. */
    public InputStream stored() {
        return new StoredPeople(table, entries, groups, memberships);
    }

    /** The number of bytes in {@link #stored}. */
    public long storedBytes() {
        long bytes = groups.stored().size();
        for (int person = table.next(0); person != NO_PERSON; person = table.next(person + 1)) {
            bytes += read(person).end() - table.entry(person) + memberships.stored(person).length;
        }
        return bytes;
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
        int person = table.number(externalId.getBytes(StandardCharsets.UTF_8));
        return table.has(person) ? person : NO_PERSON;
    }

    /** The entry of a person; valid until the next call. */
    PersonEntry.Cursor read(int person) {
        return cursor.at(table.entry(person));
    }

    /** The number of the active person with a login; {@link #NO_PERSON} if there is none. */
    int owner(long login) {
        return logins.owner(login);
    }

    /**
     * The external IDs of the active people who were not seen, in sorted order: slots are ordered differently in each process, but a plan
     * must be reproducible.
     */
    List<String> unseen() {
        List<String> ids = new ArrayList<>();
        eachActive(person -> {
            if (!seen.get(person)) {
                ids.add(cursor.externalId());
            }
        });
        Collections.sort(ids);
        return ids;
    }

    /** Keeps an entry in place of an earlier one of the person, whose number it returns. */
    private int put(int offset) {
        table.makeRoom(1);
        byte[] id = cursor.at(offset).id();
        boolean nowKnown = cursor.kind() != PersonEntry.Kind.GONE;
        boolean nowActive = cursor.isActive();
        int person = table.number(id);
        boolean wasKnown = table.has(person) && read(person).kind() != PersonEntry.Kind.GONE;
        known += (nowKnown ? 1 : 0) - (wasKnown ? 1 : 0);
        table.put(person, offset);
        if (!nowActive) {
            memberships.doubt(person);
        }
        return person;
    }
}
