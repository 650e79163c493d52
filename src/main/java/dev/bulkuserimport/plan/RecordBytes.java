package dev.bulkuserimport.plan;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Bytes that grow in chunks, so that growing copies nothing and a session's records are held exactly once. */
final class RecordBytes extends OutputStream {

    /** Larger than what a native image's collector moves (arrays of 128 KB), so that a session's bytes stay where they are. */
    private static final int CHUNK = 256 * 1024;

    private final List<byte[]> chunks = new ArrayList<>();
    private int size;

    int size() {
        return size;
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
            int part = Math.min(left, CHUNK - at);
            System.arraycopy(bytes, from, chunk, at, part);
            size += part;
            from += part;
            left -= part;
        }
    }

    /** Forgets all bytes from {@code newSize} on. */
    void truncate(int newSize) {
        size = newSize;
        while (chunks.size() > newSize / CHUNK + 1) {
            chunks.remove(chunks.size() - 1);
        }
    }

    void copy(int from, int length, byte[] target, int at) {
        int position = from;
        int left = length;
        int to = at;
        while (left > 0) {
            int offset = position % CHUNK;
            int part = Math.min(left, CHUNK - offset);
            System.arraycopy(chunks.get(position / CHUNK), offset, target, to, part);
            position += part;
            to += part;
            left -= part;
        }
    }

    private byte[] room() {
        int chunk = size / CHUNK;
        if (chunk == chunks.size()) {
            chunks.add(new byte[CHUNK]);
        }
        return chunks.get(chunk);
    }
}
