package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A base: all groups, then each person's entry with their memberships, read from where they are. */
final class StoredPeople extends InputStream {

    private final PersonTable people;
    private final ByteChunks entries;
    private final Memberships memberships;
    private final PersonEntry.Cursor cursor;
    private int number;
    private byte[] set = {};
    private InputStream part;

    StoredPeople(PersonTable people, ByteChunks entries, KnownGroups groups, Memberships memberships) {
        this.people = people;
        this.entries = entries;
        this.memberships = memberships;
        this.cursor = new PersonEntry.Cursor(entries);
        this.part = groups.stored().stream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = 0;
        while (read < length) {
            int count = part.read(target, offset + read, length - read);
            if (count > 0) {
                read += count;
            } else if (!next()) {
                break;
            }
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private boolean next() {
        if (set.length > 0) {
            part = new ByteArrayInputStream(set);
            set = new byte[0];
            return true;
        }
        int person = people.next(number);
        if (person == People.NO_PERSON) {
            return false;
        }
        int entry = people.entry(person);
        part = entries.stream(entry, cursor.at(entry).end() - entry);
        set = memberships.stored(person);
        number = person + 1;
        return true;
    }
}
