package dev.bulkuserimport.okta;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** How long to wait between attempts: exponential, with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
final class Backoff {

    private static final long BASE_MILLIS = 200;
    private static final long CAP_MILLIS = 5_000;

    private Backoff() {}

    /**
     * The wait before the next attempt after {@code failures} failed ones.
     *
     * @param chance supplies numbers from 0 to 1
     */
    static Duration delay(int failures, DoubleSupplier chance) {
        long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(10, failures));
        return Duration.ofMillis(ceiling / 4 + (long) (chance.getAsDouble() * (ceiling - ceiling / 4)));
    }
}
