package dev.bulkuserimport.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Okta's own clock, which a test can put ahead of the machine's or behind it, or stop and move by itself. */
final class OktaClock {

    private Duration ahead = Duration.ZERO;
    private Optional<Instant> stopped = Optional.empty();

    /** Runs with the machine's clock, so far ahead of it. */
    synchronized void ahead(Duration difference) {
        ahead = difference;
        stopped = Optional.empty();
    }

    /** Stands still from now on. */
    synchronized void stop() {
        stopped = Optional.of(now());
    }

    /** Moves a clock that was stopped. */
    synchronized void pass(Duration time) {
        stopped = stopped.map(at -> at.plus(time));
    }

    /** Now, to the millisecond as Okta's timestamps are. */
    synchronized Instant now() {
        return stopped.orElseGet(() -> Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS));
    }

    long seconds() {
        return now().getEpochSecond();
    }
}
