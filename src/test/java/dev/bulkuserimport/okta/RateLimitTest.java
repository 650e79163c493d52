package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Okta's rate limit headers")
class RateLimitTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    private static RateLimit of(String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return RateLimit.of(name -> Optional.ofNullable(map.get(name)), NOW);
    }

    @Test
    @DisplayName("are read against the answer's own clock")
    void date() {
        RateLimit limit = of(
                "X-Rate-Limit-Limit", "600",
                "X-Rate-Limit-Remaining", "0",
                "X-Rate-Limit-Reset", String.valueOf(NOW.getEpochSecond() + 3_600 + 30),
                "Date", "Wed, 25 Nov 2026 11:00:00 GMT");
        assertThat(limit.untilReset()).contains(Duration.ofSeconds(30));
        assertThat(limit.isConcurrencyLimit()).isFalse();
    }

    @Test
    @DisplayName("never make anybody wait into the past, and tell a concurrency limit")
    void concurrency() {
        RateLimit limit = of("X-Rate-Limit-Limit", "0", "X-Rate-Limit-Remaining", "0", "X-Rate-Limit-Reset", "1");
        assertThat(limit.isConcurrencyLimit()).isTrue();
        assertThat(limit.untilReset()).contains(Duration.ZERO);
    }

    @Test
    @DisplayName("may be missing or nonsense")
    void missing() {
        assertThat(of().untilReset()).isEmpty();
        assertThat(of("X-Rate-Limit-Reset", "soon", "Date", "never").untilReset())
                .isEmpty();
        assertThat(of("X-Rate-Limit-Reset", String.valueOf(NOW.getEpochSecond() + 5), "Date", "never")
                        .untilReset())
                .contains(Duration.ofSeconds(5));
    }
}
