package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.RateLimit;
import java.time.Duration;

/**
 * Decides when another bulk request may be sent: within the width, not before a pause is over (one for all waiting requests, not one for
 * each), and no more than Okta's window has left.
 *
 * <p>Times are {@link System#nanoTime} values. Not thread-safe; a run is confined to its invocation's thread.
 */
final class Pace {

    /** The result of {@link #untilNext} while a request in flight must be answered first. */
    static final long AFTER_AN_ANSWER = Long.MAX_VALUE;

    private final Width width;
    private long openAt;
    private long windowLeft = Long.MAX_VALUE;
    private long windowEnd;

    Pace(Width width, long now) {
        this.width = width;
        this.openAt = now;
        this.windowEnd = now;
    }

    /** Pauses sending for {@code delay}, unless a longer pause is already in effect. */
    void pause(Duration delay, long now) {
        long until = now + delay.toNanos();
        if (until - openAt > 0) {
            openAt = until;
        }
    }

    /** Records how many requests Okta still allows before its window ends. */
    void learn(RateLimit limit, long now) {
        if (limit.isConcurrencyLimit()
                || limit.limit().isEmpty()
                || limit.remaining().isEmpty()
                || limit.untilReset().isEmpty()) {
            return;
        }
        windowLeft = limit.remaining().getAsLong();
        windowEnd = now + limit.untilReset().get().toNanos();
    }

    /** Nanoseconds until another request may be sent, or {@link #AFTER_AN_ANSWER}. */
    long untilNext(int inFlight, long now) {
        if (inFlight >= width.now()) {
            return AFTER_AN_ANSWER;
        }
        long wait = Math.max(0, openAt - now);
        if (windowEnd - now > 0 && inFlight >= windowLeft) {
            wait = inFlight > 0 ? AFTER_AN_ANSWER : Math.max(wait, windowEnd - now);
        }
        return wait;
    }
}
