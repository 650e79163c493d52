package dev.bulkuserimport.upload;

import dev.bulkuserimport.okta.RateLimit;
import dev.bulkuserimport.rules.BulkOperation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Decides when another bulk request may be sent: within the width, not before a pause of its endpoint is over (one for all its waiting
 * requests, not one for each), and no more than the endpoint's window has left. Okta counts rate limits per endpoint, but concurrent
 * requests for all together. Source: Okta's "Rate limits" reference.
 *
 * <p>Times are {@link System#nanoTime} values. Not thread-safe; a run is confined to its invocation's thread.
 */
final class Pace {

    /** The result of {@link #untilNext} while a request in flight must be answered first. */
    static final long AFTER_AN_ANSWER = Long.MAX_VALUE;

    private final Width width;
    private final Map<BulkOperation, Window> windows = new EnumMap<>(BulkOperation.class);
    private int inFlight;

    Pace(Width width) {
        this.width = width;
    }

    /** The number of requests in flight, of all endpoints. */
    int inFlight() {
        return inFlight;
    }

    /** A request was sent. */
    void sent(BulkOperation operation, long now) {
        inFlight++;
        window(operation, now).inFlight++;
        width.sent(inFlight);
    }

    /** A request is not in flight any more. */
    void ended(BulkOperation operation, long now) {
        inFlight--;
        window(operation, now).inFlight--;
    }

    /** Pauses sending to an endpoint for {@code delay}, unless a longer pause is already in effect. */
    void pause(BulkOperation operation, Duration delay, long now) {
        window(operation, now).pause(now + delay.toNanos());
    }

    /** Records how many requests Okta still allows before the endpoint's window ends. */
    void learn(BulkOperation operation, RateLimit limit, long now) {
        if (limit.isConcurrencyLimit()
                || limit.limit().isEmpty()
                || limit.remaining().isEmpty()
                || limit.untilReset().isEmpty()) {
            return;
        }
        Window window = window(operation, now);
        window.left = limit.remaining().getAsLong();
        window.end = now + limit.untilReset().get().toNanos();
    }

    /** Nanoseconds until another request may be sent to an endpoint, or {@link #AFTER_AN_ANSWER}. */
    long untilNext(BulkOperation operation, long now) {
        return inFlight >= width.now()
                ? AFTER_AN_ANSWER
                : window(operation, now).untilNext(now);
    }

    private Window window(BulkOperation operation, long now) {
        return windows.computeIfAbsent(operation, first -> new Window(now));
    }

    /** An endpoint's rate limit, as far as it is known. */
    private static final class Window {
        private long openAt;
        private long left = Long.MAX_VALUE;
        private long end;
        private int inFlight;

        Window(long now) {
            this.openAt = now;
            this.end = now;
        }

        void pause(long until) {
            if (until - openAt > 0) {
                openAt = until;
            }
        }

        long untilNext(long now) {
            long wait = Math.max(0, openAt - now);
            if (end - now > 0 && inFlight >= left) {
                wait = inFlight > 0 ? AFTER_AN_ANSWER : Math.max(wait, end - now);
            }
            return wait;
        }
    }
}
