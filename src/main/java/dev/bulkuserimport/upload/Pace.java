package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.RateLimit;
import java.time.Duration;

/**
 * How many bulk requests may be in flight, and from when on: one pause for all that wait, not one for each.
 *
 * <p>Times are {@link System#nanoTime} values. Not thread-safe; a run is confined to its invocation's thread.
 */
final class Pace {

    private int parallel;
    private long openAt;
    private long windowLeft = Long.MAX_VALUE;
    private long windowEnd;

    Pace(int parallel, long now) {
        this.parallel = parallel;
        this.openAt = now;
        this.windowEnd = now;
    }

    /** A concurrency 429: fewer at once, since waiting alone would not help. */
    void halve() {
        parallel = Math.max(1, parallel / 2);
    }

    /** Nothing is sent for as long as {@code delay}, or longer where a pause is already longer. */
    void pause(Duration delay, long now) {
        long until = now + delay.toNanos();
        if (until - openAt > 0) {
            openAt = until;
        }
    }

    /** Takes note of how many requests Okta still allows before its window ends. */
    void learn(RateLimit limit, long now) {
        if (limit.limit() > 0 && limit.remaining() >= 0 && limit.untilReset() != null) {
            windowLeft = limit.remaining();
            windowEnd = now + limit.untilReset().toNanos();
        }
    }

    /** Nanoseconds until one more may be sent beside those in flight; {@link Long#MAX_VALUE} while one of them must be answered first. */
    long untilNext(int inFlight, long now) {
        if (inFlight >= parallel) {
            return Long.MAX_VALUE;
        }
        long wait = Math.max(0, openAt - now);
        if (windowEnd - now > 0 && inFlight >= windowLeft) {
            wait = inFlight > 0 ? Long.MAX_VALUE : Math.max(wait, windowEnd - now);
        }
        return wait;
    }
}
