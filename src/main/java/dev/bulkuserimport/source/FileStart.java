package dev.bulkuserimport.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** A file whose first bytes have been examined: they show what kind of file it is. */
final class FileStart {

    private static final int LOOKED_AT = 4096;

    private final byte[] first = new byte[LOOKED_AT];
    private final int length;
    private final PushbackInputStream in;

    FileStart(InputStream file) throws IOException {
        in = new PushbackInputStream(file, LOOKED_AT);
        int read = 0;
        while (read < LOOKED_AT) {
            int count = in.read(first, read, LOOKED_AT - read);
            if (count < 0) {
                break;
            }
            read += count;
        }
        length = read;
        in.unread(first, 0, length);
    }

    /** The whole file, from its first byte. */
    InputStream content() {
        return in;
    }

    /** The file without this many bytes at its beginning. */
    InputStream contentAfter(int bytes) throws IOException {
        in.skipNBytes(bytes);
        return new FilterInputStream(in) {
            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte[] first() {
        return first;
    }

    int length() {
        return length;
    }
}
