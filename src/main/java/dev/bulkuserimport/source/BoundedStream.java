package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** Limits how much is read, so that a decompression bomb costs a second and no memory. */
final class BoundedStream extends FilterInputStream {

    private final long most;
    private final Supplier<ProblemException> tooMuch;
    private long read;

    /**
     * @param most the most bytes that are read
     * @param tooMuch the problem if there are more
     */
    BoundedStream(InputStream in, long most, Supplier<ProblemException> tooMuch) {
        super(in);
        this.most = most;
        this.tooMuch = tooMuch;
    }

    /** Limits a whole file. */
    static BoundedStream ofFile(InputStream in, long most) {
        return new BoundedStream(in, most, () -> Allowance.exceeded(most));
    }

    /** Restarts the count for the next piece. */
    void beginPiece() {
        read = 0;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long count = super.skip(bytes);
        count(count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        read += bytes;
        if (read > most) {
            throw tooMuch.get();
        }
    }
}
