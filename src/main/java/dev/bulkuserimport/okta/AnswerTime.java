package dev.bulkuserimport.okta;

import dev.bulkuserimport.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times in answer headers, bounded by what an invocation could ever wait. */
final class AnswerTime {

    /** Longer waits make no difference: no invocation lasts longer, and no caller is asked to wait longer. */
    static final Duration LONGEST = Problem.LONGEST_RETRY_AFTER;

    private AnswerTime() {}

    /** When an answer was sent, by the sender's clock; {@code now} if the header is invalid or differs from our clock by a day or more. */
    static Instant of(Optional<String> date, Instant now) {
        return date.flatMap(AnswerTime::date)
                .filter(given -> Duration.between(given, now).abs().compareTo(LONGEST) <= 0)
                .orElse(now);
    }

    /** The header {@code Retry-After}: seconds, or an HTTP date (RFC 9110, section 10.2.3). */
    static Optional<Duration> retryAfter(Optional<String> header, Optional<String> date, Instant now) {
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String text = header.get().strip();
        if (isNumber(text)) {
            // Nineteen digits or more may not fit into a long, and are too long in any case.
            return Optional.of(text.length() > 18 ? LONGEST : bounded(Long.parseLong(text)));
        }
        Instant answered = of(date, now);
        return date(text).map(then -> bounded(then.getEpochSecond() - answered.getEpochSecond()));
    }

    /** A wait of this many seconds, from zero to {@link #LONGEST}. */
    static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.max(0, Math.min(LONGEST.toSeconds(), seconds)));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
