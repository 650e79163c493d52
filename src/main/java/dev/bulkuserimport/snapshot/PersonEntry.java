package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.ByteChunks;
import java.nio.charset.StandardCharsets;

/**
 * How one person stands in a state or in the changes of a session: the external ID in clear, because a deactivation needs it, and of the
 * profile keyed hashes.
 *
 * <p>Form: length of the ID (one or two bytes), the ID in UTF-8, a {@link Kind}; for {@link Kind#ACTIVE} also the login's hash (8 bytes),
 * the profile's (8 bytes), the number of properties, and each property's number and hash (4 bytes).
 */
final class PersonEntry {

    /** What the last started session made of a person. */
    enum Kind {
        /** Created or updated. */
        ACTIVE,
        /** Deactivated by a row of its own, which may stay in the source. */
        INACTIVE,
        /** Deactivated because the person was gone from the source: nothing is known of them any more. */
        REMOVED,
        /** In Okta, but with what values is unknown: the next snapshot sends the person anew. */
        UNKNOWN
    }

    private PersonEntry() {}

    static void write(ByteChunks out, String externalId, Kind kind) {
        byte[] id = externalId.getBytes(StandardCharsets.UTF_8);
        number(out, id.length);
        out.write(id, 0, id.length);
        out.write(kind.ordinal());
    }

    static void writeActive(ByteChunks out, String externalId, ProfileHash profile) {
        write(out, externalId, Kind.ACTIVE);
        longNumber(out, profile.login());
        longNumber(out, profile.sum());
        number(out, profile.count());
        for (int i = 0; i < profile.count(); i++) {
            number(out, profile.name(i));
            int hash = profile.hash(i);
            out.write(hash >>> 24);
            out.write(hash >>> 16);
            out.write(hash >>> 8);
            out.write(hash);
        }
    }

    private static void number(ByteChunks out, int number) {
        int rest = number;
        while (rest >= 0x80) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static void longNumber(ByteChunks out, long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }

    /** Reads entries where they stand. */
    static final class Cursor {
        private final ByteChunks bytes;
        private int idOffset;
        private int idLength;
        private Kind kind = Kind.REMOVED;
        private long login;
        private long sum;
        private int properties;
        private int propertiesAt;
        private int end;

        Cursor(ByteChunks bytes) {
            this.bytes = bytes;
        }

        /** Reads the entry at {@code offset}. */
        Cursor at(int offset) {
            end = offset;
            idLength = number();
            idOffset = end;
            end += idLength;
            kind = Kind.values()[bytes.get(end++)];
            login = 0;
            sum = 0;
            properties = 0;
            propertiesAt = end;
            if (kind == Kind.ACTIVE) {
                login = longNumber();
                sum = longNumber();
                properties = number();
                propertiesAt = end;
                for (int i = 0; i < properties; i++) {
                    number();
                    end += Integer.BYTES;
                }
            }
            return this;
        }

        /** Where the next entry begins. */
        int end() {
            return end;
        }

        Kind kind() {
            return kind;
        }

        long login() {
            return login;
        }

        long sum() {
            return sum;
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

        /** The properties' numbers and hashes, two after each other for each. */
        int[] properties() {
            int[] pairs = new int[2 * properties];
            int at = end;
            end = propertiesAt;
            for (int i = 0; i < properties; i++) {
                pairs[2 * i] = number();
                int hash = 0;
                for (int k = 0; k < Integer.BYTES; k++) {
                    hash = hash << 8 | bytes.get(end++) & 0xFF;
                }
                pairs[2 * i + 1] = hash;
            }
            end = at;
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

        private int number() {
            int number = 0;
            int shift = 0;
            while (true) {
                byte next = bytes.get(end++);
                number |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return number;
                }
                shift += 7;
            }
        }

        private long longNumber() {
            long number = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                number = number << 8 | bytes.get(end++) & 0xFF;
            }
            return number;
        }
    }
}
