package dev.bulkuserimport.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Okta's own clock, which a test can put ahead of the machine's or behind it. */
final class OktaClock {

    private volatile Duration ahead = Duration.ZERO;

    void ahead(Duration difference) {
        ahead = difference;
    }

    /** Now, to the millisecond as Okta's timestamps are. */
    Instant now() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    long seconds() {
        return now().getEpochSecond();
    }
}
