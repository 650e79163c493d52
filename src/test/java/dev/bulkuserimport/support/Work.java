package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * What a computation costs, whatever machine it runs on: the bytes that it allocates. One that allocates nothing is given an input for which
 * a cost that isn't proportional would be hours, and minutes to end in.
 */
public final class Work {

    private static final Duration FAR_TOO_LONG = Duration.ofMinutes(5);

    private Work() {}

    /** Computes something, which may allocate so many bytes. */
    public static <T> T within(long mostBytes, ThrowingSupplier<T> work) {
        return assertTimeoutPreemptively(FAR_TOO_LONG, () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            T result = work.get();
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated")
                    .isLessThan(mostBytes);
            return result;
        });
    }
}
