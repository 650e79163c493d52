package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.okta.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of an upload")
class PaceTest {

    private static final long NOW = 1_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    @DisplayName("allows as many at once as configured")
    void parallel() {
        Pace pace = new Pace(3, NOW);
        assertThat(pace.untilNext(2, NOW)).isZero();
        assertThat(pace.untilNext(3, NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("halves down to one")
    void halves() {
        Pace pace = new Pace(5, NOW);
        pace.halve();
        assertThat(pace.untilNext(2, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(pace.untilNext(1, NOW)).isZero();
        pace.halve();
        pace.halve();
        assertThat(pace.untilNext(0, NOW)).isZero();
        assertThat(pace.untilNext(1, NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("keeps the longest pause for all")
    void pauses() {
        Pace pace = new Pace(5, NOW);
        pace.pause(Duration.ofSeconds(2), NOW);
        pace.pause(Duration.ofSeconds(1), NOW);
        assertThat(pace.untilNext(0, NOW)).isEqualTo(2 * SECOND);
        assertThat(pace.untilNext(0, NOW + 3 * SECOND)).isZero();
    }

    @Test
    @DisplayName("sends no more than a window has left, and waits for the next when it has none")
    void windows() {
        Pace pace = new Pace(5, NOW);
        pace.learn(new RateLimit(100, 2, Duration.ofSeconds(4)), NOW);
        assertThat(pace.untilNext(1, NOW)).isZero();
        assertThat(pace.untilNext(2, NOW)).isEqualTo(Long.MAX_VALUE);
        pace.learn(new RateLimit(100, 0, Duration.ofSeconds(4)), NOW);
        assertThat(pace.untilNext(0, NOW)).isEqualTo(4 * SECOND);
        assertThat(pace.untilNext(4, NOW + 5 * SECOND)).isZero();
    }

    @Test
    @DisplayName("takes no advice from an answer that gives none")
    void silent() {
        Pace pace = new Pace(5, NOW);
        pace.learn(new RateLimit(-1, -1, null), NOW);
        pace.learn(new RateLimit(0, 0, Duration.ofSeconds(60)), NOW);
        assertThat(pace.untilNext(4, NOW)).isZero();
    }
}
