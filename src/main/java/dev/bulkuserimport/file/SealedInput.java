package dev.bulkuserimport.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Puts all that is read from a stream into a seal. */
final class SealedInput extends FilterInputStream {

    private static final int BUFFER = 8 * 1024;

    private final WorkKey.Seal seal;

    SealedInput(InputStream in, WorkKey.Seal seal) {
        super(in);
        this.seal = seal;
    }

    /** The seal of what was read so far. */
    WorkKey.Seal seal() {
        return seal;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
            seal.update(new byte[] {(byte) one}, 0, 1);
        }
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            seal.update(target, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] some = new byte[(int) Math.min(BUFFER, Math.max(1, count))];
        return Math.max(0, read(some, 0, (int) Math.min(some.length, count)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
