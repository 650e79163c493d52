package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * A file's characters, decoded strictly: the first invalid byte is refused with its line. Also counts lines and quotes: in RFC 4180 quotes
 * come in pairs, so an odd number at the end means that the file was cut off.
 */
final class FileText extends Reader {

    private static final int BYTES = 32 * 1024;
    private static final int CHARS = 16 * 1024;

    /**
     * The most bytes that are given to the decoder at once. Java's is fast up to the first character that isn't ASCII, and slow from there
     * to the end of what it was given. Larger than any character.
     */
    private static final int SHARE = 128;

    private final InputStream in;
    private final TextEncoding encoding;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private CharBuffer chars = CharBuffer.allocate(CHARS);
    private boolean ended;
    private boolean over;
    private boolean readOut;
    private long line = 1;
    private long column = 1;
    private boolean afterReturn;
    private long quotes;

    /**
     * @param in the file after its byte order mark
     * @param encoding the file's encoding
     */
    FileText(InputStream in, TextEncoding encoding) {
        this.in = in;
        this.encoding = encoding;
        this.decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        bytes.flip();
        chars.flip();
    }

    /** Peeks at the next characters, up to {@code most}, without consuming them. */
    String peek(int most) throws IOException {
        CharBuffer wide = CharBuffer.allocate(Math.max(most, CHARS));
        wide.put(chars);
        boolean more = true;
        // A surrogate pair needs two chars.
        while (more && wide.remaining() > 1) {
            more = decode(wide);
        }
        wide.flip();
        chars = wide;
        return chars.toString();
    }

    /** Skips this many of the peeked characters. */
    void skipPeeked(int count) {
        for (int i = 0; i < count; i++) {
            if (chars.get() == '"') {
                quotes--;
            }
        }
    }

    /** The number of quotes decoded so far, without skipped ones. */
    long quotes() {
        return quotes;
    }

    /** Whether someone has asked for more than there is. */
    boolean isReadOut() {
        return readOut;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!chars.hasRemaining()) {
            chars.clear();
            boolean more = true;
            while (more && chars.position() == 0) {
                more = decode(chars);
            }
            chars.flip();
            if (!chars.hasRemaining()) {
                readOut = true;
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Decodes some bytes; false at the end. */
    private boolean decode(CharBuffer into) throws IOException {
        if (over) {
            return false;
        }
        if (!bytes.hasRemaining() && !ended) {
            fill();
        }
        int before = into.position();
        CoderResult result = decodeInShares(into);
        if (result.isUnderflow() && ended) {
            decoder.flush(into);
            over = true;
        }
        count(into, before);
        if (result.isError()) {
            throw wrongByte();
        }
        if (result.isUnderflow() && !over) {
            // The rest is the start of a character whose remaining bytes haven't been read yet.
            fill();
        }
        return !over && into.hasRemaining();
    }

    private CoderResult decodeInShares(CharBuffer into) {
        int end = bytes.limit();
        CoderResult result;
        boolean last;
        do {
            bytes.limit(Math.min(end, bytes.position() + SHARE));
            last = bytes.limit() == end;
            result = decoder.decode(bytes, into, ended && last);
            bytes.limit(end);
        } while (result.isUnderflow() && !last);
        return result;
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (count < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + count);
        }
        bytes.flip();
    }

    private void count(CharBuffer decoded, int from) {
        char[] text = decoded.array();
        int to = decoded.position();
        int lineStart = -1;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c > '"') {
                continue;
            }
            if (c == '"') {
                quotes++;
            } else if (c == '\r' || c == '\n') {
                boolean second = c == '\n' && (i > from ? text[i - 1] == '\r' : afterReturn);
                if (!second) {
                    line++;
                }
                lineStart = i + 1;
            }
        }
        if (to > from) {
            afterReturn = text[to - 1] == '\r';
            column = lineStart < 0 ? column + to - from : 1 + to - lineStart;
        }
    }

    private ProblemException wrongByte() {
        return encoding.named()
                ? Malformed.at(
                        "Line " + line + " has a byte (column " + column + ") that is not "
                                + encoding.charset().name() + ", the encoding that the mapping names (file.encoding)",
                        line,
                        column)
                : Malformed.at(
                        "Line " + line + " has a byte (column " + column + ") that is not "
                                + encoding.charset().name()
                                + ". Save the file as \"CSV UTF-8\" or name the encoding in the mapping (file.encoding)",
                        line,
                        column);
    }
}
