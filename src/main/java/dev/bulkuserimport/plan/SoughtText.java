package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;

/**
 * A text that is looked for among others. One instance holds each after the other, as bytes (UTF-16), because a hash is computed from bytes
 * without a call for each character.
 */
final class SoughtText {

    private byte[] bytes = new byte[256];
    private int size;

    /** Takes a text as it is. */
    SoughtText exactly(String text) {
        int length = text.length();
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            add(text.charAt(i));
        }
        return this;
    }

    /** Takes a text as it is. */
    SoughtText exactly(char[] text, int offset, int length) {
        makeRoom(length);
        for (int i = offset; i < offset + length; i++) {
            add(text[i]);
        }
        return this;
    }

    /** Takes a text as Okta compares logins: without regard to case. */
    SoughtText inAnyCase(char[] text, int offset, int length) {
        makeRoom(length);
        for (int i = offset; i < offset + length; i++) {
            add(folded(text[i]));
        }
        return this;
    }

    HashValue128 hash(Hasher128 hasher) {
        return hasher.hashBytesTo128Bits(bytes, 0, size);
    }

    private static char folded(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        // In both steps, as String.equalsIgnoreCase does, for the few letters whose cases don't come in pairs.
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private void makeRoom(int length) {
        size = 0;
        if (2 * length > bytes.length) {
            bytes = new byte[4 * length];
        }
    }

    private void add(char c) {
        bytes[size] = (byte) c;
        bytes[size + 1] = (byte) (c >> Byte.SIZE);
        size += 2;
    }
}
