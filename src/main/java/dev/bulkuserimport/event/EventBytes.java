package dev.bulkuserimport.event;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads an event into one array, in which everything else then finds it. */
final class EventBytes {

    private static final int LEAST = 64 * 1024;

    private EventBytes() {}

    /** Everything, or the first {@code most} bytes of it. */
    static byte[] read(InputStream input, int most) throws IOException {
        // AWS's runtime client has the whole event in memory and says how long it is; a socket says how much has come
        // by now.
        byte[] event = input.readNBytes(Math.min(most, input.available()));
        int next = event.length < most ? input.read() : -1;
        if (next < 0) {
            return event;
        }
        int length = event.length;
        event = Arrays.copyOf(event, Math.min(most, Math.max(LEAST, 2 * length)));
        event[length++] = (byte) next;
        for (int count = 0; count >= 0 && length < most; length += Math.max(0, count)) {
            if (length == event.length) {
                event = Arrays.copyOf(event, Math.min(most, 2 * length));
            }
            count = input.read(event, length, event.length - length);
        }
        return length == event.length ? event : Arrays.copyOf(event, length);
    }
}
