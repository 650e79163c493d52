package dev.bulkuserimport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
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

    /** After everything that is only on its way out has gone. */
    static Footprint settled() {
        Footprint least = now();
        for (int i = 0; i < 8; i++) {
            pause();
            Footprint next = now();
            boolean still = next.heap > least.heap - 200_000 && next.threads >= least.threads;
            least = new Footprint(
                    Math.min(least.heap, next.heap),
                    Math.min(least.threads, next.threads),
                    Math.min(least.files, next.files));
            if (i >= 3 && still) {
                break;
            }
        }
        return least;
    }

    private static Footprint now() {
        System.gc();
        return new Footprint(
                Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount());
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Fails if more is held than at {@code before}, beyond what settles in over time. */
    void assertFlatSince(Footprint before) {
        assertThat(heap).as("heap, %s", this).isLessThan(before.heap + MORE_HEAP);
        assertThat(threads).as("threads, %s", this).isLessThanOrEqualTo(before.threads + MORE_THREADS);
        assertThat(files).as("file descriptors, %s", this).isLessThanOrEqualTo(before.files + MORE_FILES);
    }

    @Override
    public String toString() {
        return heap / 1_000 + " KB of heap, " + threads + " threads, " + files + " file descriptors";
    }
}
