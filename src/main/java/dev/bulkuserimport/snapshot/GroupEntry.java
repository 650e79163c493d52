package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/**
 * How groups and memberships are written in a state or in the changes of a session, between the entries of people: behind a byte 0, with
 * which no person begins, one byte that says what follows.
 *
 * <p>{@link #GROUP}: a {@link Status}, the group's external ID and, where it is known, the hash of its profile (8 bytes). Groups have numbers
 * by their order in their part of a state. {@link #MEMBERS}: a group's number, whether they join it (1) or leave it (0), how many there are,
 * and the external ID of each. {@link #SET}: how many groups the person before is in, and for each its number, doubled, and 1 more where
 * that isn't certain; seven bytes for three groups.
 */
final class GroupEntry {

    static final byte MARK = 0;

    static final int GROUP = 1;
    static final int MEMBERS = 2;
    static final int SET = 3;

    /** What is known of a group. */
    enum Status {
        /** It may be in Okta, with whatever profile. */
        UNKNOWN,
        /** It is in Okta, with a profile of which the hash is known. */
        KNOWN,
        DELETED,
        /** Nothing new: it is only named for its memberships. */
        NAMED
    }

    private static final Status[] STATUSES = Status.values();

    private GroupEntry() {}

    /** @param hash the profile's; 0 where it isn't known */
    static void writeGroup(ByteChunks out, String id, Status status, long hash) {
        begin(out, GROUP);
        out.write(status.ordinal());
        text(out, id);
        if (status == Status.KNOWN) {
            EntryCursor.writeLong(out, hash);
        }
    }

    /** Begins the members of a group, of whom so many follow. */
    static void writeMembers(ByteChunks out, int group, boolean join, int count) {
        begin(out, MEMBERS);
        EntryCursor.writeNumber(out, group);
        out.write(join ? 1 : 0);
        EntryCursor.writeNumber(out, count);
    }

    static void text(ByteChunks out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        EntryCursor.writeNumber(out, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static void begin(ByteChunks out, int what) {
        out.write(MARK);
        out.write(what);
    }

    /** Reads entries where they are. */
    static final class Cursor extends EntryCursor {

        Cursor(ByteChunks bytes) {
            super(bytes);
        }

        /** Moves past the mark at {@code offset}; returns what follows. */
        int at(int offset) {
            next = offset + 2;
            return bytes.get(offset + 1);
        }

        /** Goes to a list of numbers. */
        Cursor to(int offset) {
            next = offset;
            return this;
        }

        int offset() {
            return next;
        }

        /** @throws StreamCorruptedException when it is none that this version writes */
        Status status() throws StreamCorruptedException {
            int status = bytes.get(next++);
            if (status < 0 || status >= STATUSES.length) {
                throw new StreamCorruptedException("no entry of this version");
            }
            return STATUSES[status];
        }

        boolean flag() {
            return bytes.get(next++) != 0;
        }

        byte[] text() {
            byte[] text = new byte[number()];
            for (int i = 0; i < text.length; i++) {
                text[i] = bytes.get(next++);
            }
            return text;
        }

        private void skipText() {
            int length = number();
            next += length;
        }

        long hash() {
            next += Long.BYTES;
            return longNumber(next - Long.BYTES);
        }

        /**
         * Where the entry at {@code offset} ends.
         *
         * @throws StreamCorruptedException when it is none that this version writes
         */
        int end(int offset) throws StreamCorruptedException {
            switch (at(offset)) {
                case GROUP -> {
                    boolean known = status() == Status.KNOWN;
                    skipText();
                    next += known ? Long.BYTES : 0;
                }
                case MEMBERS -> {
                    number();
                    flag();
                    for (int left = number(); left > 0; left--) {
                        skipText();
                    }
                }
                case SET -> {
                    for (int left = number(); left > 0; left--) {
                        number();
                    }
                }
                default -> throw new StreamCorruptedException("no entry of this version");
            }
            return next;
        }
    }
}
