package dev.bulkuserimport.okta;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

/**
 * What an answer says about Okta's rate limit. Source: Okta's "Rate limits" reference, headers {@code X-Rate-Limit-*}.
 *
 * @param limit requests a window; 0 with a concurrency limit; -1 when not said
 * @param remaining requests left in the window; -1 when not said
 * @param untilReset from the answer's own {@code Date} to the window's end, never negative; null when not said
 */
public record RateLimit(long limit, long remaining, Duration untilReset) {

    /** Okta's headers as they are; {@code header} gives a header's value or null. */
    static RateLimit of(UnaryOperator<String> header, Instant now) {
        long reset = number(header.apply("X-Rate-Limit-Reset"));
        Duration untilReset = null;
        if (reset >= 0) {
            Instant answered = date(header.apply("Date"), now);
            Duration difference = Duration.between(answered, Instant.ofEpochSecond(Math.min(reset, 4_102_444_800L)));
            untilReset = difference.isNegative() ? Duration.ZERO : difference;
        }
        return new RateLimit(
                number(header.apply("X-Rate-Limit-Limit")), number(header.apply("X-Rate-Limit-Remaining")), untilReset);
    }

    /** Whether it is too many requests at once that Okta refuses, and not too many in a window. */
    public boolean isConcurrencyLimit() {
        return limit == 0 && remaining == 0;
    }

    private static long number(String text) {
        if (text == null) {
            return -1;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Instant date(String text, Instant fallback) {
        if (text == null) {
            return fallback;
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return fallback;
        }
    }
}
