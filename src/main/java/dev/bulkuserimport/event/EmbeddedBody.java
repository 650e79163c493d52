package dev.bulkuserimport.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.source.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;

/**
 * A request body within its event: decoded in place or while it is read, without a second copy.
 *
 * @param bytes the event, with the body's JSON escapes already resolved in place
 * @param offset the body's first byte
 * @param length the number of bytes there
 * @param base64 whether they are Base64
 */
record EmbeddedBody(ByteChunks bytes, int offset, int length, boolean base64) implements Payload {

    @Override
    public JsonParser open(JsonFactory json) throws IOException {
        return json.createParser(stream());
    }

    /** The body's bytes. */
    InputStream stream() {
        InputStream raw = bytes.stream(offset, length);
        return base64 ? Base64.getDecoder().wrap(raw) : raw;
    }

    /** The size of the body, or slightly more. */
    long size() {
        return base64 ? length / 4 * 3L : length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /**
     * The JSON string whose opening quote is at {@code quote}, with its escapes resolved in place; resolving never makes it longer.
     *
     * @return the body; empty if the string isn't terminated
     */
    static Optional<EmbeddedBody> resolve(ByteChunks event, int quote, boolean base64) {
        int read = quote + 1;
        int write = read;
        while (read < event.size()) {
            byte next = event.get(read);
            if (next == '"') {
                return Optional.of(new EmbeddedBody(event, quote + 1, write - quote - 1, base64));
            }
            if (next != '\\') {
                event.set(write++, next);
                read++;
                continue;
            }
            boolean unicode = read + 1 < event.size() && event.get(read + 1) == 'u';
            if (read + (unicode ? 6 : 2) > event.size()) {
                return Optional.empty();
            }
            byte escape = event.get(read + 1);
            if (!unicode) {
                event.set(write++, unescaped(escape));
                read += 2;
                continue;
            }
            int codePoint = hex(event, read + 2);
            read += 6;
            boolean pair = Character.isHighSurrogate((char) codePoint)
                    && read + 6 <= event.size()
                    && event.get(read) == '\\'
                    && event.get(read + 1) == 'u';
            if (pair && Character.isLowSurrogate((char) hex(event, read + 2))) {
                codePoint = Character.toCodePoint((char) codePoint, (char) hex(event, read + 2));
                read += 6;
            }
            write = writeUtf8(event, write, codePoint);
        }
        return Optional.empty();
    }

    private static byte unescaped(byte escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }

    private static int hex(ByteChunks bytes, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = value << 4 | Character.digit(bytes.get(i), 16);
        }
        return value;
    }

    /**
     * Half of a surrogate pair becomes three bytes that aren't valid UTF-8, so the payload's parser refuses it like any other invalid byte.
     */
    private static int writeUtf8(ByteChunks bytes, int at, int codePoint) {
        int write = at;
        if (codePoint < 0x80) {
            bytes.set(write++, (byte) codePoint);
        } else if (codePoint < 0x800) {
            bytes.set(write++, (byte) (0xC0 | codePoint >> 6));
            bytes.set(write++, (byte) (0x80 | codePoint & 0x3F));
        } else {
            if (codePoint < 0x10000) {
                bytes.set(write++, (byte) (0xE0 | codePoint >> 12));
            } else {
                bytes.set(write++, (byte) (0xF0 | codePoint >> 18));
                bytes.set(write++, (byte) (0x80 | codePoint >> 12 & 0x3F));
            }
            bytes.set(write++, (byte) (0x80 | codePoint >> 6 & 0x3F));
            bytes.set(write++, (byte) (0x80 | codePoint & 0x3F));
        }
        return write;
    }
}
