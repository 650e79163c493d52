package dev.bulkuserimport.embedded;

import java.time.Duration;
import java.util.Random;

/**
 * Okta's times as they were seen live: a read takes 0.2 to 1.4 s, a bulk request about 0.8 s more; a session is worked on for longer the
 * more users it has (assumed: nothing is published); and after a start Okta refuses another session for one to five minutes.
 */
final class LiveTimes {

    private static final int SHORTEST_READ = 200;
    private static final int LONGEST_READ = 1_400;
    private static final int BULK_MORE = 800;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration BEFORE_THE_FIRST_USER = Duration.ofSeconds(5);
    private static final Duration A_USER = Duration.ofMillis(2);

    private final Random random;

    LiveTimes(long seed) {
        random = new Random(seed);
    }

    /** What one call takes, in milliseconds. */
    long millis(String line) {
        long read = SHORTEST_READ + random.nextInt(LONGEST_READ - SHORTEST_READ + 1);
        return line.contains("/bulk-") ? read + BULK_MORE : read;
    }

    /** How long Okta refuses another session after a start. */
    Duration pause() {
        long range = LONGEST_PAUSE.minus(SHORTEST_PAUSE).toMillis();
        return SHORTEST_PAUSE.plusMillis((long) (range * random.nextDouble()));
    }

    static Processing processing(int users) {
        return Processing.taking(BEFORE_THE_FIRST_USER.plus(A_USER.multipliedBy(users)));
    }
}
