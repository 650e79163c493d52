package dev.bulkuserimport.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The encoding of a text file.
 *
 * @param charset the character set
 * @param markLength the length of the byte order mark, in bytes
 * @param named whether it is set in a mapping; otherwise it comes from the byte order mark, or is UTF-8
 */
record TextEncoding(Charset charset, int markLength, boolean named) {

    /** UTF-8 without a byte order mark. */
    static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8, 0, false);

    /**
     * What files that are called ISO-8859-1 have: its superset, with quotes and dashes in place of control characters. Browsers read them in
     * the same way (WHATWG, Encoding Standard, 4.2).
     */
    private static final Charset LATIN_1 = Charset.forName("windows-1252");

    private static final int UTF_8_MARK = 3;
    private static final int UTF_16_MARK = 2;
    private static final int BUFFER = 64 * 1024;

    /** A byte order mark takes precedence, then the mapping; the default is UTF-8. */
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
        return named.map(charset -> charset.equals(StandardCharsets.ISO_8859_1) ? LATIN_1 : charset)
                .map(charset -> new TextEncoding(charset, 0, true))
                .orElse(UTF_8);
    }

    /** Whether a mapping specifies a single-byte encoding, which can also decode UTF-8 and turns an {@code ü} into two letters. */
    boolean mayBeUtf8() {
        return named && charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
    }

    /** Whether all bytes are valid UTF-8, and not only ASCII, which is inconclusive. */
    static boolean isUtf8Text(InputStream in) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        boolean ascii = true;
        int count = 0;
        while (count >= 0) {
            count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            bytes.position(bytes.position() + Math.max(0, count)).flip();
            if (decoder.decode(bytes, chars, count < 0).isError()) {
                return false;
            }
            for (int i = 0; i < chars.position() && ascii; i++) {
                ascii = chars.get(i) < 0x80;
            }
            chars.clear();
            bytes.compact();
        }
        return !ascii;
    }

    /** Whether an encoding uses two bytes for most characters, so that zero bytes don't indicate a different one. */
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
