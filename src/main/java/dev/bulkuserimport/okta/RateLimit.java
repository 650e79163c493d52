package dev.bulkuserimport.okta;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Okta's rate limit according to an answer's headers. Source: Okta's "Rate limits" reference, headers {@code X-Rate-Limit-*}.
 *
 * @param limit requests per window; 0 for a concurrency limit
 * @param remaining requests left in the window
 * @param untilReset from the answer's own {@code Date} to the end of the window, from zero to {@link AnswerTime#LONGEST}
 */
public record RateLimit(OptionalLong limit, OptionalLong remaining, Optional<Duration> untilReset) {

    /** No rate limit headers. */
    public static final RateLimit UNTOLD = new RateLimit(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

    /** Larger values are milliseconds: something in front of Okta rewrites the header. As seconds, they would be after the year 2286. */
    private static final long FIRST_MILLIS = 10_000_000_000L;

    /** Parses Okta's headers; {@code header} returns a header's value. */
    static RateLimit of(Function<String, Optional<String>> header, Instant now) {
        OptionalLong reset = number(header.apply("X-Rate-Limit-Reset"));
        Optional<Duration> untilReset = Optional.empty();
        if (reset.isPresent()) {
            long seconds = reset.getAsLong() < FIRST_MILLIS ? reset.getAsLong() : reset.getAsLong() / 1_000;
            Instant answered = AnswerTime.of(header.apply("Date"), now);
            untilReset = Optional.of(AnswerTime.bounded(seconds - answered.getEpochSecond()));
        }
        return new RateLimit(
                number(header.apply("X-Rate-Limit-Limit")), number(header.apply("X-Rate-Limit-Remaining")), untilReset);
    }

    /** Whether Okta refuses too many concurrent requests, rather than too many in a window. */
    public boolean isConcurrencyLimit() {
        return limit.isPresent() && limit.getAsLong() == 0 && remaining.isPresent() && remaining.getAsLong() == 0;
    }

    /** Whether less than a tenth of the window's requests is left; false without the headers. */
    boolean isNearlyUsedUp() {
        return limit.isPresent() && remaining.isPresent() && remaining.getAsLong() < limit.getAsLong() / 10.0;
    }

    private static OptionalLong number(Optional<String> text) {
        try {
            long number = text.isPresent() ? Long.parseLong(text.get().strip()) : -1;
            return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
