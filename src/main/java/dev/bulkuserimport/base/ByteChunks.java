package dev.bulkuserimport.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A growing sequence of bytes in chunks, so that growing copies nothing and bytes are held exactly once. Released chunks are reused by the
 * next invocation: memory that is new to the process costs more than everything that is done with it.
 */
public final class ByteChunks extends OutputStream {

    /** Larger than what a native image's collector moves (arrays of 128 KB), so that bytes stay where they are. */
    static final int CHUNK = 256 * 1024;

    /** Single bytes are read by the million, so their position is computed without a division. */
    private static final int CHUNK_BITS = Integer.numberOfTrailingZeros(CHUNK);

    /** 16 MB: the largest event (6 MB) and the bodies of a whole session (10 MB). */
    private static final int MOST_SPARE = 64;

    /** The initial size of the first chunk: most events and plans of a cold start are small. */
    private static final int LEAST = 16 * 1024;

    private static final BlockingQueue<byte[]> SPARE = new ArrayBlockingQueue<>(MOST_SPARE);

    /** Takes the place of a released chunk. */
    private static final byte[] GONE = {};

    private byte[][] chunks = new byte[8][];
    private int count;
    private int size;

    /** Reads a stream to its end, or its first {@code most} bytes. */
    public static ByteChunks read(InputStream input, int most) throws IOException {
        ByteChunks bytes = new ByteChunks();
        int came = 0;
        while (came >= 0 && bytes.size < most) {
            byte[] chunk = bytes.room();
            int at = bytes.size % CHUNK;
            came = input.read(chunk, at, Math.min(chunk.length - at, most - bytes.size));
            bytes.size += Math.max(0, came);
        }
        return bytes;
    }

    public static ByteChunks of(byte[] bytes) {
        ByteChunks chunks = new ByteChunks();
        chunks.write(bytes, 0, bytes.length);
        return chunks;
    }

    public int size() {
        return size;
    }

    /** The byte at {@code index}. */
    public byte get(int index) {
        return chunks[index >>> CHUNK_BITS][index & CHUNK - 1];
    }

    /** Changes the byte at {@code index}. */
    public void set(int index, byte value) {
        chunks[index >>> CHUNK_BITS][index & CHUNK - 1] = value;
    }

    @Override
    public void write(int b) {
        room()[size++ % CHUNK] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            byte[] chunk = room();
            int at = size % CHUNK;
            int part = Math.min(left, chunk.length - at);
            System.arraycopy(bytes, from, chunk, at, part);
            size += part;
            from += part;
            left -= part;
        }
    }

    /** Discards all bytes from {@code newSize} on. */
    public void truncate(int newSize) {
        size = newSize;
        giveBackFrom(newSize / CHUNK + 1);
    }

    /** A part of the bytes, not copied. */
    public List<ByteBuffer> slices(int offset, int length) {
        List<ByteBuffer> slices = new ArrayList<>(2);
        for (int from = offset; from < offset + length; ) {
            int at = from % CHUNK;
            int part = Math.min(offset + length - from, CHUNK - at);
            slices.add(ByteBuffer.wrap(chunks[from / CHUNK], at, part));
            from += part;
        }
        return slices;
    }

    /** All bytes, not copied. */
    public Stream stream() {
        return stream(0, size);
    }

    /** A part of the bytes, not copied. */
    public Stream stream(int offset, int length) {
        return new Stream(offset, offset + length);
    }

    /** Releases the chunks. Call this only when nothing reads these bytes any more, including a connection that is still sending them. */
    public void release() {
        size = 0;
        giveBackFrom(0);
    }

    private void giveBackFrom(int first) {
        while (count > first) {
            giveBack(--count);
        }
    }

    private void giveBack(int index) {
        byte[] chunk = chunks[index];
        chunks[index] = GONE;
        if (chunk.length == CHUNK) {
            SPARE.offer(chunk);
        }
    }

    /** The chunk with room for the next byte. */
    private byte[] room() {
        int index = size / CHUNK;
        if (index == count) {
            if (count == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * count);
            }
            byte[] spare = SPARE.poll();
            chunks[count++] = spare != null ? spare : new byte[index == 0 ? LEAST : CHUNK];
        } else if (size % CHUNK == chunks[index].length) {
            chunks[index] = Arrays.copyOf(chunks[index], CHUNK);
        }
        return chunks[index];
    }

    /** Reads the bytes without copying them. */
    public final class Stream extends InputStream {
        private int next;
        private final int end;
        private int kept;
        private boolean givesBack;

        Stream(int next, int end) {
            this.next = next;
            this.kept = (next + CHUNK - 1) / CHUNK;
            this.end = end;
        }

        /**
         * Declares that these bytes won't be read again: from now on each chunk is released once it has been read, so that what is made
         * from the bytes needs no additional memory.
         */
        public void giveBack() {
            givesBack = true;
        }

        @Override
        public int read() {
            return next < end ? get(next++) & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length > 0 && next == end) {
                return -1;
            }
            int at = next % CHUNK;
            int part = Math.min(length, Math.min(end - next, CHUNK - at));
            if (part > 0) {
                System.arraycopy(chunks[next / CHUNK], at, target, offset, part);
                next += part;
            }
            while (givesBack && kept < next / CHUNK) {
                ByteChunks.this.giveBack(kept++);
            }
            return part;
        }

        @Override
        public int available() {
            return end - next;
        }
    }
}
