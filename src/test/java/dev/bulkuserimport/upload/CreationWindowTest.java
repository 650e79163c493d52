package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A session was created while a call was open")
class CreationWindowTest {

    private static final Instant FROM = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0, true", "5, 0, true", "10, 0, true", "-1, 0, true", "11, 0, true",
        "-2, 0, false", "12, 0, false", "3605, 3600, true", "5, 3600, false", "-3595, -3600, true"
    })
    @DisplayName("by Okta's clock, whatever it shows")
    void holds(long secondsAfter, long secondsAhead, boolean held) {
        CreationWindow window = new CreationWindow(FROM, FROM.plusSeconds(10));
        assertThat(window.holds(FROM.plusSeconds(secondsAfter), Duration.ofSeconds(secondsAhead)))
                .isEqualTo(held);
    }
}
