package dev.bulkuserimport.okta;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often and when a call is sent again: exponential, with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
public final class Backoff {

    /** Sendings of one call that end in a fault, at most. */
    public static final int ATTEMPTS = 4;

    /** Sendings of one call that end in a 429, at most; each waits for Okta's own reset, so the time left is the real bound. */
    public static final int THROTTLED_ATTEMPTS = 20;

    private static final long BASE_MILLIS = 200;
    private static final long CAP_MILLIS = 5_000;

    private Backoff() {}

    /** The wait before the next sending, after {@code failures} that failed. */
    public static Duration delay(int failures) {
        long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(10, failures));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 4, ceiling + 1));
    }

    /** The wait after a 429: until Okta's reset, or a backoff when it names none, with jitter so that not all come back at once. */
    public static Duration throttleDelay(OktaReply.Answered answer, int failures) {
        Duration delay = delay(failures);
        Duration untilReset = answer.rateLimit().untilReset();
        if (answer.rateLimit().isConcurrencyLimit() || untilReset == null) {
            return longer(delay, answer.retryAfter());
        }
        return longer(untilReset, answer.retryAfter())
                .plusMillis(ThreadLocalRandom.current().nextLong(50, 500));
    }

    /** The wait after a fault: a backoff, or what {@code Retry-After} asks if that is longer. */
    public static Duration faultDelay(OktaReply reply, int failures) {
        return longer(delay(failures), reply instanceof OktaReply.Answered answered ? answered.retryAfter() : null);
    }

    /** Waits on the invocation's own thread. */
    public static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Okta", e);
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return b == null || a.compareTo(b) >= 0 ? a : b;
    }
}
