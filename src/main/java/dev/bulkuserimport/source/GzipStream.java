package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A gzip file (RFC 1952) with one or more members. The JDK's stream opens each member recursively, so that many empty ones overflow the
 * stack, and takes a member that is cut off in its header for the end of the file, so that half a file would be imported.
 */
final class GzipStream extends InputStream {

    /** The most members of a file. Tools that write in parallel or append create dozens. */
    static final int MOST_MEMBERS = 1_000;

    private static final int BUFFER = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private int members;
    private boolean inMember;
    private boolean over;

    GzipStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!over) {
            if (!inMember && !begin()) {
                break;
            }
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                crc.update(bytes, offset, count);
                return count;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        over = true;
        inflater.end();
        in.close();
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(bytes, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    finish();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw damaged();
                }
                if (next == end && !fill()) {
                    throw cutOff();
                }
                inflater.setInput(buffer, next, end - next);
                next = end;
            }
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    /** Ends a member: the remaining input belongs to the trailer and the next member. */
    private void finish() throws IOException {
        next = end - inflater.getRemaining();
        inMember = false;
        long sum = number();
        long size = number();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw damaged();
        }
    }

    /** Reads a member's header; false at the end of the file. */
    private boolean begin() throws IOException {
        int first = next < end || fill() ? buffer[next++] & 0xFF : -1;
        if (first < 0 && members == 0) {
            throw NoUsers.in("is empty");
        }
        if (members > 0 && (first < 0 || first == 0)) {
            // Tapes and some archivers pad with zeros, which gzip itself ignores.
            refuseAllButZeros();
            over = true;
            return false;
        }
        if (first != 0x1F || octet() != 0x8B) {
            throw members == 0
                    ? Malformed.whole(
                            "The file is not gzip, although its name or its Content-Encoding says so, or it is damaged:"
                                    + " compress it with gzip, or remove .gz from its name")
                    : damaged();
        }
        if (++members > MOST_MEMBERS) {
            throw Malformed.whole(
                    "The gzip file has more than " + MOST_MEMBERS + " members: compress it again, as one");
        }
        readHeader();
        inflater.reset();
        crc.reset();
        inMember = true;
        return true;
    }

    private void readHeader() throws IOException {
        int method = octet();
        int flags = octet();
        if (method != 8 || (flags & RESERVED) != 0) {
            throw damaged();
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
    }

    private void refuseAllButZeros() throws IOException {
        while (next < end || fill()) {
            if (buffer[next++] != 0) {
                throw damaged();
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        while (octet() != 0) {
            // Names and comments are zero-terminated.
        }
    }

    private long number() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private int octet() throws IOException {
        if (next == end && !fill()) {
            throw cutOff();
        }
        return buffer[next++] & 0xFF;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(buffer, 0, BUFFER));
        return end > 0;
    }

    private static ProblemException cutOff() {
        return Malformed.cutOff("The gzip file was cut off: it ends before its content does", 1);
    }

    private static ProblemException damaged() {
        return Malformed.whole("The gzip file is damaged");
    }
}
