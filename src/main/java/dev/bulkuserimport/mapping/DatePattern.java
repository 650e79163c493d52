package dev.bulkuserimport.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;

/** A date pattern: java.time's letters, with months and days in English, and strict, so that 31 February doesn't become 3 March. */
final class DatePattern {

    /** Date patterns, the most compatible ones first. */
    private static final List<String> PATTERNS = List.of(
            "yyyy-MM-dd",
            "dd.MM.yyyy",
            "d.M.yyyy",
            "dd/MM/yyyy",
            "MM/dd/yyyy",
            "d/M/yyyy",
            "M/d/yyyy",
            "dd-MM-yyyy",
            "MM-dd-yyyy",
            "yyyy/MM/dd",
            "yyyy/M/d",
            "yyyyMMdd",
            "dd-MMM-yyyy",
            "d-MMM-yyyy",
            "d MMM yyyy",
            "MMM d, yyyy",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ssX",
            "yyyy-MM-dd'T'HH:mm:ss.SSSX");

    /** Created on first use. */
    private static final class Forms {
        private static final List<Step.IsoDate> ALL =
                PATTERNS.stream().map(DatePattern::step).toList();
    }

    private static final int LONGEST = 100;

    /** A day whose parts all differ, which exposes a pattern that drops or mixes up one. */
    private static final LocalDate SAMPLE = LocalDate.of(2023, 11, 28);

    private DatePattern() {}

    /** The date patterns of exports, the most compatible ones first. */
    static List<Step.IsoDate> common() {
        return Forms.ALL;
    }

    /**
     * The step that reads dates with this pattern.
     *
     * @throws IllegalArgumentException with what is wrong with the pattern
     */
    static Step.IsoDate step(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("has " + pattern.length() + " characters; the maximum is " + LONGEST);
        }
        DateTimeFormatter form;
        try {
            form = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(withYearsThatNeedNoEra(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException | ClassCastException e) {
            // The builder fails with a ClassCastException for a padded number directly before another number
            // (ppddMMyyyy).
            throw new IllegalArgumentException(
                    "is not a java.time pattern that can parse dates (for example dd/MM/yyyy; put literal letters in quotes: 'T')",
                    e);
        }
        if (!readsWholeDates(form)) {
            throw new IllegalArgumentException("doesn't contain year, month and day, so it can't parse dates");
        }
        return new Step.IsoDate(pattern, form);
    }

    private static boolean readsWholeDates(DateTimeFormatter form) {
        try {
            String written = form.format(SAMPLE.atTime(22, 33, 44).atZone(ZoneOffset.UTC));
            return LocalDate.from(form.parse(written)).equals(SAMPLE);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException | ClassCastException e) {
            return false;
        }
    }

    /** In strict mode {@code y}, the year of an era, requires the era; someone who writes yyyy means {@code u}. */
    private static String withYearsThatNeedNoEra(String pattern) {
        StringBuilder years = new StringBuilder(pattern.length());
        boolean quoted = false;
        boolean era = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            era |= !quoted && c == 'G';
            years.append(!quoted && c == 'y' ? 'u' : c);
        }
        return era ? pattern : years.toString();
    }
}
