package dev.bulkuserimport.upload;

import java.time.Duration;
import java.time.Instant;

/**
 * The period during which a call to create a session was in progress, by our clock. If the answer was lost, a session created in this
 * period may be this import's own.
 *
 * @param from before the call was sent
 * @param until after its answer arrived, or when nothing can have been waiting for it any more
 */
public record CreationWindow(Instant from, Instant until) {

    /** Okta's times are in milliseconds, but the header {@code Date}, which shows its clock, is in seconds. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    /**
     * Whether something happened while the call was in progress.
     *
     * @param when by Okta's clock
     * @param ahead how far Okta's clock is ahead of ours
     */
    boolean holds(Instant when, Duration ahead) {
        Instant ours = when.minus(ahead);
        return !ours.isBefore(from.minus(ROUNDING)) && !ours.isAfter(until.plus(ROUNDING));
    }

    /** The same call, ending now. */
    CreationWindow closed(Instant now) {
        return now.isBefore(until) ? new CreationWindow(from, now) : this;
    }
}
