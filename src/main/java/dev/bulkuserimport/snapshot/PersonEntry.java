package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The format of a person in a state or in a session's changes: the external ID in clear text, because a deactivation needs it, and keyed
 * hashes of the profile.
 *
 * <p>Form: length of the ID (one or two bytes), the ID in UTF-8, one byte that holds the {@link Kind} and what follows; for
 * {@link Kind#ACTIVE} the login's hash (8 bytes), the profile's (8 bytes), the number of properties, and each property's number and hash (4
 * bytes); for {@link Kind#UNKNOWN} the login's hash if it is known; for someone who is missing how often (1 byte) and since when (minutes
 * of the epoch, 4 bytes). Version 2.0.0 wrote the same without the last two, so its states are read as they are. Groups and memberships are
 * in entries of their own ({@link GroupEntry}).
 */
final class PersonEntry {

    private static final int KIND = 0x03;

    /** For an unknown person: followed by the hash of the login in the session. */
    private static final int LOGIN = 0x04;

    /** For an unknown person: a {@link Before}. */
    private static final int BEFORE = 0x18;

    private static final int BEFORE_SHIFT = 3;

    private static final int MISSING = 0x20;

    /** The hashes are of what Okta shows, which may not be everything that it contains. */
    private static final int SHOWN = 0x40;

    /** A person's status after the last started session. */
    enum Kind {
        /** Created or updated. */
        ACTIVE,
        /** Deactivated by a row, which may stay in the source. */
        INACTIVE,
        /** Deactivated because the person was gone from the source. */
        GONE,
        /** Possibly in Okta, with unknown values: the next snapshot sends or deactivates the person, whatever was known before. */
        UNKNOWN
    }

    /** The previous status of an unknown person. */
    enum Before {
        ACTIVE,
        NOT_KNOWN,
        /** Inactive or gone. */
        OUT
    }

    /**
     * How long a person has been missing.
     *
     * @param times the number of snapshots that count, 1 to 14
     * @param minute when the last of these was written, in minutes of the epoch
     */
    record Absence(int times, int minute) {

        /** Of someone whose deactivation is in doubt: more than any grace with the next snapshot that they are missing from. */
        static final Absence LEAVING = new Absence(14, 0);

        boolean isLeaving() {
            return equals(LEAVING);
        }
    }

    private PersonEntry() {}

    static void write(ByteChunks out, String externalId, Kind kind) {
        begin(out, externalId.getBytes(StandardCharsets.UTF_8), kind.ordinal());
    }

    /** @param absence how long the person has been missing, if what makes them active says nothing about that */
    static void writeActive(ByteChunks out, String externalId, ProfileHash profile, Optional<Absence> absence) {
        writeProfile(out, externalId, profile, absence.isPresent() ? MISSING : 0);
        absence.ifPresent(missing -> writeAbsence(out, missing));
    }

    /** Writes a person with the values that Okta shows. */
    static void writeShown(ByteChunks out, String externalId, ProfileHash profile) {
        writeProfile(out, externalId, profile, SHOWN);
    }

    private static void writeProfile(ByteChunks out, String externalId, ProfileHash profile, int flags) {
        begin(out, externalId.getBytes(StandardCharsets.UTF_8), Kind.ACTIVE.ordinal() | flags);
        EntryCursor.writeLong(out, profile.login());
        EntryCursor.writeLong(out, profile.sum());
        EntryCursor.writeNumber(out, profile.count());
        for (int i = 0; i < profile.count(); i++) {
            EntryCursor.writeNumber(out, profile.name(i));
            EntryCursor.writeInteger(out, profile.hash(i));
        }
    }

    /**
     * Writes a person whose status after a session is unknown.
     *
     * @param login the login's hash, 0 if unknown
     * @param absence how long they have been missing; {@link Absence#LEAVING} if the session was to deactivate them
     */
    static void writeUnknown(ByteChunks out, byte[] id, Before before, long login, Optional<Absence> absence) {
        int flags = before.ordinal() << BEFORE_SHIFT | (login == 0 ? 0 : LOGIN) | (absence.isPresent() ? MISSING : 0);
        begin(out, id, Kind.UNKNOWN.ordinal() | flags);
        if (login != 0) {
            EntryCursor.writeLong(out, login);
        }
        absence.ifPresent(missing -> writeAbsence(out, missing));
    }

    /** Rewrites an entry for a person who is missing, or no longer missing. */
    static void writeAgain(ByteChunks out, Cursor entry, Optional<Absence> absence) {
        begin(out, entry.id(), entry.head & ~MISSING | (absence.isPresent() ? MISSING : 0));
        for (int at = entry.bodyAt; at < entry.absenceAt(); at++) {
            out.write(entry.bytes.get(at));
        }
        absence.ifPresent(missing -> writeAbsence(out, missing));
    }

    private static void writeAbsence(ByteChunks out, Absence absence) {
        out.write(absence.times());
        EntryCursor.writeInteger(out, absence.minute());
    }

    private static void begin(ByteChunks out, byte[] id, int head) {
        EntryCursor.writeNumber(out, id.length);
        out.write(id, 0, id.length);
        out.write(head);
    }

    /** Reads entries without copying them. */
    static final class Cursor extends EntryCursor {
        private int idOffset;
        private int idLength;
        private int head;
        private int bodyAt;

        Cursor(ByteChunks bytes) {
            super(bytes);
        }

        /** Reads the entry at {@code offset}. */
        Cursor at(int offset) {
            next = offset;
            idLength = number();
            idOffset = next;
            bodyAt = idOffset + idLength + 1;
            head = bytes.get(bodyAt - 1);
            return this;
        }

        /** @throws StreamCorruptedException when the entry isn't in this version's format */
        void check() throws StreamCorruptedException {
            boolean known = head >= 0 && (kind() == Kind.UNKNOWN || (head & (LOGIN | BEFORE)) == 0);
            if (!known || (head & BEFORE) == BEFORE) {
                throw new StreamCorruptedException("not an entry of this version");
            }
        }

        /** The start of the next entry. */
        int end() {
            return absenceAt() + (isMissing() ? 1 + Integer.BYTES : 0);
        }

        private int absenceAt() {
            next = bodyAt;
            if (kind() == Kind.ACTIVE) {
                next += 2 * Long.BYTES;
                int properties = number();
                for (int i = 0; i < properties; i++) {
                    number();
                    next += Integer.BYTES;
                }
            } else if ((head & LOGIN) != 0) {
                next += Long.BYTES;
            }
            return next;
        }

        Kind kind() {
            return KINDS[head & KIND];
        }

        /** Whether the person may be active in Okta. */
        boolean isActive() {
            return kind() == Kind.ACTIVE || kind() == Kind.UNKNOWN;
        }

        /** Whether the person may be active in Okta, and not only by a session that failed. */
        boolean ownsLogin() {
            return kind() == Kind.ACTIVE || kind() == Kind.UNKNOWN && before() != Before.NOT_KNOWN;
        }

        /** The previous status of an unknown person. */
        Before before() {
            return BEFORES[(head & BEFORE) >> BEFORE_SHIFT];
        }

        boolean isShown() {
            return (head & SHOWN) != 0;
        }

        boolean isMissing() {
            return (head & MISSING) != 0;
        }

        /** Whether the person's deactivation is in doubt. */
        boolean isLeaving() {
            return absence().filter(Absence::isLeaving).isPresent();
        }

        Optional<Absence> absence() {
            if (!isMissing()) {
                return Optional.empty();
            }
            int at = absenceAt();
            return Optional.of(new Absence(bytes.get(at), integer(at + 1)));
        }

        /** The login's hash; 0 if there is none. */
        long login() {
            return kind() == Kind.ACTIVE || (head & LOGIN) != 0 ? longNumber(bodyAt) : 0;
        }

        /** The hash of an active person's profile. */
        long sum() {
            return longNumber(bodyAt + Long.BYTES);
        }

        String externalId() {
            return new String(id(), StandardCharsets.UTF_8);
        }

        boolean isOf(byte[] id) {
            if (id.length != idLength) {
                return false;
            }
            for (int i = 0; i < id.length; i++) {
                if (bytes.get(idOffset + i) != id[i]) {
                    return false;
                }
            }
            return true;
        }

        /** The numbers and hashes of an active person's properties, two ints for each. */
        int[] properties() {
            next = bodyAt + 2 * Long.BYTES;
            int[] pairs = new int[2 * number()];
            for (int i = 0; i < pairs.length; i += 2) {
                pairs[i] = number();
                pairs[i + 1] = integer(next);
                next += Integer.BYTES;
            }
            return pairs;
        }

        /** The external ID in UTF-8. */
        byte[] id() {
            byte[] id = new byte[idLength];
            for (int i = 0; i < idLength; i++) {
                id[i] = bytes.get(idOffset + i);
            }
            return id;
        }
    }

    private static final Kind[] KINDS = Kind.values();
    private static final Before[] BEFORES = Before.values();
}
