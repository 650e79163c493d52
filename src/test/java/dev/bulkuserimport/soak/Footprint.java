package dev.bulkuserimport.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.bulkuserimport.support.Eventually;
import java.lang.management.ManagementFactory;

/**
 * What a process holds on to.
 *
 * @param heap bytes that are left after a collection
 * @param threads live threads
 * @param files open file descriptors, sockets among them
 */
record Footprint(long heap, int threads, long files) {

    /** More heap than after the warm-up: caches of the HTTP clients and the class data of what is met for the first time. */
    private static final long MORE_HEAP = 16_000_000;

    /** The pools of both ends may not have been full at the warm-up. */
    private static final int MORE_THREADS = 8;

    private static final int MORE_FILES = 24;

    static Footprint now() {
        System.gc();
        return new Footprint(
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount());
    }

    /** Fails if more is held than at {@code before}, beyond what settles in over time, and doesn't go when it is waited for. */
    static void assertFlatSince(Footprint before) {
        Eventually.assertThat(() -> {
            Footprint now = now();
            return now.heap < before.heap + MORE_HEAP
                    && now.threads <= before.threads + MORE_THREADS
                    && now.files <= before.files + MORE_FILES;
        });
    }

    @Override
    public String toString() {
        return heap / 1_000 + " KB of heap, " + threads + " threads, " + files + " file descriptors";
    }
}
