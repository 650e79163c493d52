package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.okta.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of an upload")
class PaceTest {

    private static final long NOW = 1_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace(new Width(5, 5), NOW);

    private static RateLimit limit(long limit, long remaining, int seconds) {
        return new RateLimit(
                OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(Duration.ofSeconds(seconds)));
    }

    @Test
    @DisplayName("allows as many at once as the width")
    void parallel() {
        assertThat(pace.untilNext(4, NOW)).isZero();
        assertThat(pace.untilNext(5, NOW)).isEqualTo(Pace.AFTER_AN_ANSWER);
    }

    @Test
    @DisplayName("keeps the longest pause for all")
    void pauses() {
        pace.pause(Duration.ofSeconds(2), NOW);
        pace.pause(Duration.ofSeconds(1), NOW);
        assertThat(pace.untilNext(0, NOW)).isEqualTo(2 * SECOND);
        assertThat(pace.untilNext(0, NOW + 3 * SECOND)).isZero();
    }

    @Test
    @DisplayName("sends no more than a window has left, and waits for the next when it has none")
    void windows() {
        pace.learn(limit(100, 2, 4), NOW);
        assertThat(pace.untilNext(1, NOW)).isZero();
        assertThat(pace.untilNext(2, NOW)).isEqualTo(Pace.AFTER_AN_ANSWER);
        pace.learn(limit(100, 0, 4), NOW);
        assertThat(pace.untilNext(0, NOW)).isEqualTo(4 * SECOND);
        assertThat(pace.untilNext(4, NOW + 5 * SECOND)).isZero();
    }

    @Test
    @DisplayName("takes no advice from an answer that gives none, or that tells of too many at once")
    void silent() {
        pace.learn(RateLimit.UNTOLD, NOW);
        pace.learn(limit(0, 0, 60), NOW);
        assertThat(pace.untilNext(4, NOW)).isZero();
    }
}
