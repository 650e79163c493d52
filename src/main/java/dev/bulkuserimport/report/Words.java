package dev.bulkuserimport.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Formats numbers and times for people. */
public final class Words {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH);

    private Words() {}

    /** With thousands separators. Never {@code %,d}: it looks up a locale's symbols. */
    public static String number(long number) {
        StringBuilder digits = new StringBuilder(String.valueOf(number));
        for (int at = digits.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@code 1 group}, {@code 2 groups}. */
    static String count(long number, String noun) {
        return number(number) + " " + (number == 1 ? noun : noun + "s");
    }

    /** {@code one}, {@code one and two}, {@code one, two, and three}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 2
                ? String.join(" and ", words)
                : String.join(", ", words.subList(0, last)) + ", and " + words.get(last);
    }

    /** {@code 1 user}, {@code 2 users}. */
    public static String users(long number) {
        return count(number, "user");
    }

    /** {@code is} or {@code are}, and the like. */
    static String verb(long number, String one, String many) {
        return number == 1 ? one : many;
    }

    /** {@code all 450 users}, {@code the only user}. */
    static String all(long number) {
        return number == 1 ? "the only user" : "all " + users(number);
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant.atZone(ZoneOffset.UTC));
    }

    static String lasted(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 1) {
            return "less than a second";
        }
        if (seconds < 120) {
            return count(seconds, "second");
        }
        long minutes = (seconds + 30) / 60;
        return minutes < 120 ? count(minutes, "minute") : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
