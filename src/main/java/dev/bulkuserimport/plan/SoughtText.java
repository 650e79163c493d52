package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;

/**
 * A text to look up. One instance is reused for all texts, as bytes (UTF-16), so that a hash is computed without a call for each character.
 */
final class SoughtText {

    private byte[] bytes = new byte[256];
    private int size;

    /** Sets a text unchanged. */
    SoughtText exactly(String text) {
        int length = text.length();
        makeRoom(length);
        for (int i = 0; i < length; i++) {
            add(text.charAt(i));
        }
        return this;
    }

    /** Sets a text normalized for comparing logins, which ignores case. */
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
        // Two conversions, like String.equalsIgnoreCase, for the few letters whose cases don't come in pairs.
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
