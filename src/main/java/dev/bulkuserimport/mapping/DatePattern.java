package dev.bulkuserimport.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** A date's form: java.time's letters, months and days in English, and strict, so that no 31 February becomes 3 March. */
final class DatePattern {

    private static final int LONGEST = 100;

    /** A day whose parts are all different, which shows a pattern that drops or mixes one. */
    private static final LocalDate SAMPLE = LocalDate.of(2023, 11, 28);

    private DatePattern() {}

    /**
     * The step that reads dates of this form.
     *
     * @throws IllegalArgumentException with what is wrong with the pattern
     */
    static Step.IsoDate step(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("has " + pattern.length() + " characters; it may have " + LONGEST);
        }
        DateTimeFormatter form;
        try {
            form = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(withYearsThatNeedNoEra(pattern))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException | ClassCastException e) {
            // The builder casts its own parts: a padded number directly before another number (ppddMMyyyy) fails so.
            throw new IllegalArgumentException(
                    "is not a pattern of java.time's letters that dates can be read by (an example is dd/MM/yyyy; put literal"
                            + " letters in quotes: 'T')",
                    e);
        }
        if (!readsWholeDates(form)) {
            throw new IllegalArgumentException("doesn't give year, month and day, so no date can be read by it");
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

    /** Under strict rules {@code y}, the year of an era, needs the era beside it; whoever writes yyyy means {@code u}. */
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
