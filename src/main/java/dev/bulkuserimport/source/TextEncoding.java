package dev.bulkuserimport.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a text file's bytes become characters.
 *
 * @param charset the encoding
 * @param markLength bytes of the byte order mark before the text
 * @param named whether a mapping names it; else it is what the mark says, or UTF-8
 */
record TextEncoding(Charset charset, int markLength, boolean named) {

    private static final int UTF_8_MARK = 3;
    private static final int UTF_16_MARK = 2;

    /** A byte order mark is sure; without one it is what a mapping names, else UTF-8. */
    static TextEncoding of(byte[] first, int length, Optional<Charset> named) {
        if (startsWith(first, length, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(StandardCharsets.UTF_8, UTF_8_MARK, false);
        }
        if (startsWith(first, length, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, UTF_16_MARK, false);
        }
        if (startsWith(first, length, 0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, UTF_16_MARK, false);
        }
        return named.map(charset -> new TextEncoding(charset, 0, true))
                .orElseGet(() -> new TextEncoding(StandardCharsets.UTF_8, 0, false));
    }

    /** Whether an encoding writes most characters as two bytes, so that zeros among the bytes are no sign of another one. */
    static boolean isOfTwoBytes(Charset charset) {
        return charset.name().contains("UTF-16");
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    static boolean startsWith(byte[] first, int length, int... expected) {
        if (length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((first[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
