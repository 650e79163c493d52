package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A transformation of a value. */
sealed interface Step {

    /** The resulting value; empty if it isn't sent. */
    String apply(String value) throws UnusableValue;

    /**
     * Converts case by Unicode's locale-independent rules, so that an {@code I} becomes an {@code i} everywhere. No combining mark remains
     * on a Latin, Greek or Cyrillic letter: İ becomes i, not i with a separate dot above that no one sees in a login.
     */
    record Case(boolean upper) implements Step {

        /** Unicode's first combining mark. */
        private static final char FIRST_MARK = '\u0300';

        private static final Pattern MARKED =
                Pattern.compile("[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}][\\p{Mn}\\p{Me}]+");

        /**
         * The most characters of a letter and its marks that are composed: putting marks in order costs the square of their number. Source:
         * Stream-Safe Text Format, Unicode Standard Annex 15.
         */
        private static final int COMPOSED = 32;

        @Override
        public String apply(String value) {
            String cased = upper ? value.toUpperCase(Locale.ROOT) : value.toLowerCase(Locale.ROOT);
            return mayHoldMark(cased) ? MARKED.matcher(cased).replaceAll(marked -> composed(marked.group())) : cased;
        }

        /** One character for a letter and those of its marks that there is a character for. */
        private static String composed(String marked) {
            String start = marked.length() > COMPOSED ? marked.substring(0, COMPOSED) : marked;
            return Character.toString(
                    Normalizer.normalize(start, Normalizer.Form.NFC).codePointAt(0));
        }

        /** Almost no value does, and finding a letter's script is slow. */
        private static boolean mayHoldMark(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) >= FIRST_MARK) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Refuses an ID that is damaged, which no one would see any more once something is put in front of it. */
    record Undamaged() implements Step {
        @Override
        public String apply(String value) throws UnusableValue {
            Optional<Fault> damage = ExternalId.damage(Edges.trimmed(value));
            if (damage.isPresent()) {
                throw new UnusableValue("its value " + damage.get().message());
            }
            return value;
        }
    }

    /** Adds a text before the value. */
    record Prefix(String text) implements Step {
        @Override
        public String apply(String value) {
            return value.isEmpty() ? value : text + value;
        }
    }

    /** A table of codes. */
    record Values(Map<String, String> table, Otherwise otherwise) implements Step {
        @Override
        public String apply(String value) throws UnusableValue {
            String known = table.get(value);
            if (known != null) {
                return known;
            }
            if (value.isEmpty()) {
                return value;
            }
            return switch (otherwise) {
                case KEEP -> value;
                case EMPTY -> "";
                case REJECT -> throw new UnusableValue("its value is not in the mapping's values");
            };
        }
    }

    /** What happens to a value that isn't in the table. */
    enum Otherwise {
        KEEP,
        EMPTY,
        REJECT;

        /** The name in a mapping. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a date is written. */
    enum Writing {
        /** As the mapping's pattern says. */
        PATTERN,
        /** As {@code yyyy-MM-dd}, because it was a spreadsheet's date cell. */
        ISO,
        /** As the pattern says, or, if it was a date cell before it became a text of a rejected row, as {@code yyyy-MM-dd}. */
        EITHER
    }

    /** Converts a date with a given pattern to ISO {@code yyyy-MM-dd}. */
    record IsoDate(String pattern, DateTimeFormatter form) implements Step {

        /** The text of a spreadsheet's date cell begins with the date. */
        private static final int ISO_LENGTH = 10;

        @Override
        public String apply(String value) throws UnusableValue {
            return apply(value, Writing.PATTERN);
        }

        String apply(String value, Writing writing) throws UnusableValue {
            return value.isEmpty() ? value : read(value, writing).toString();
        }

        LocalDate read(String value) throws UnusableValue {
            return read(value, Writing.PATTERN);
        }

        LocalDate read(String value, Writing writing) throws UnusableValue {
            Optional<LocalDate> date =
                    switch (writing) {
                        case PATTERN -> ofPattern(value);
                        case ISO -> iso(value).or(() -> ofPattern(value));
                        // The pattern was made for the source's texts, and some read ISO in another order.
                        case EITHER -> ofPattern(value).or(() -> iso(value));
                    };
            return date.orElseThrow(() -> new UnusableValue("its value is not a date with the pattern " + pattern));
        }

        private Optional<LocalDate> ofPattern(String value) {
            try {
                return Optional.of(LocalDate.from(form.parse(value)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static Optional<LocalDate> iso(String value) {
            try {
                return Optional.of(LocalDate.parse(value.substring(0, Math.min(ISO_LENGTH, value.length()))));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /** Adds zeros on the left, up to a number of characters. */
    record Pad(int length) implements Step {
        @Override
        public String apply(String value) {
            int missing = length - value.codePointCount(0, value.length());
            return value.isEmpty() || missing <= 0 ? value : "0".repeat(missing) + value;
        }
    }
}
