package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Label("Times in answers")
class AnswerTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String DATE = "Wed, 25 Nov 2026 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5                             | 5
            0                             | 0
            -3                            |
            soon                          |
            9999999999                    | 86400
            1764064800000                 | 86400
            9223372036854775807           | 86400
            99999999999999999999999999    | 86400
            Wed, 25 Nov 2026 10:00:30 GMT | 30
            Wed, 25 Nov 2026 09:00:30 GMT | 0
            Wed, 25 Nov 2099 10:00:30 GMT | 86400
            """)
    @DisplayName("Retry-After is seconds or a date, and never longer than a day")
    void retryAfter(String header, Long seconds) {
        assertThat(AnswerTime.retryAfter(Optional.of(header), Optional.of(DATE), NOW))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1795600830          | Wed, 25 Nov 2026 10:00:00 GMT | 30
            1795600830000       | Wed, 25 Nov 2026 10:00:00 GMT | 30
            1795600830          | Mon, 01 Jan 0001 00:00:00 GMT | 30
            1795600830          | never                         | 30
            1795600000          | Wed, 25 Nov 2026 10:00:00 GMT | 0
            9223372036854775807 | Wed, 25 Nov 2026 10:00:00 GMT | 86400
            """)
    @DisplayName("a rate limit's end is held against the answer's own date where that can be true")
    void reset(String reset, String date, long seconds) {
        RateLimit limit = RateLimit.of(
                name -> switch (name) {
                    case "X-Rate-Limit-Reset" -> Optional.of(reset);
                    case "Date" -> Optional.of(date);
                    default -> Optional.empty();
                },
                NOW);
        assertThat(limit.untilReset()).contains(Duration.ofSeconds(seconds));
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.strings().map(day -> day + ", 25 Nov 2026 10:00:00 GMT"));
    }

    @Property
    @Label("are bounded and never throw, whatever stands in the headers")
    void anything(@ForAll("headers") String reset, @ForAll("headers") String date, @ForAll("headers") String after) {
        RateLimit limit = RateLimit.of(name -> Optional.of(name.equals("Date") ? date : reset), NOW);
        assertThat(limit.untilReset().orElse(Duration.ZERO)).isBetween(Duration.ZERO, AnswerTime.LONGEST);
        assertThat(AnswerTime.retryAfter(Optional.of(after), Optional.of(date), NOW)
                        .orElse(Duration.ZERO))
                .isBetween(Duration.ZERO, AnswerTime.LONGEST);
    }
}
