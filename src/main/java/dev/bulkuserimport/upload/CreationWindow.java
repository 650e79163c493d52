package dev.bulkuserimport.upload;

import java.time.Duration;
import java.time.Instant;

/**
 * The time during which a call that creates a session was open, by our own clock. A session that was created then, and whose answer was
 * lost, may be this import's own.
 *
 * @param from before the call was sent
 * @param until after its answer came, or when no one can have waited for it any longer
 */
public record CreationWindow(Instant from, Instant until) {

    /** Okta gives times to the millisecond, the header {@code Date}, by which its clock is known, to the second. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /**
     * Whether something happened while the call was open.
     *
     * @param when by Okta's clock
     * @param ahead how far Okta's clock is ahead of ours
     */
    boolean holds(Instant when, Duration ahead) {
        Instant ours = when.minus(ahead);
        return !ours.isBefore(from.minus(ROUNDING)) && !ours.isAfter(until.plus(ROUNDING));
    }

    /** The same call, which ended by now. */
    CreationWindow closed(Instant now) {
        return now.isBefore(until) ? new CreationWindow(from, now) : this;
    }
}
