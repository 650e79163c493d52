package dev.bulkuserimport.mapping;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Something that is done to a value on its way into a record. */
sealed interface Step {

    /** The value afterwards; empty when nothing of it is sent. */
    String apply(String value) throws UnusableValue;

    /** Letters' case, by Unicode's own rules and no language's, so that an {@code I} is an {@code i} everywhere. */
    record Case(boolean upper) implements Step {
        @Override
        public String apply(String value) {
            return upper ? value.toUpperCase(Locale.ROOT) : value.toLowerCase(Locale.ROOT);
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
                case REJECT -> throw new UnusableValue("its value is none of the mapping's values");
            };
        }
    }

    /** What happens to a value that a table doesn't have. */
    enum Otherwise {
        KEEP,
        EMPTY,
        REJECT;

        /** As it stands in a mapping. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A date in a form of its own, written as ISO's {@code yyyy-MM-dd}. */
    record IsoDate(String pattern, DateTimeFormatter form) implements Step {
        @Override
        public String apply(String value) throws UnusableValue {
            if (value.isEmpty()) {
                return value;
            }
            try {
                return LocalDate.from(form.parse(value)).toString();
            } catch (DateTimeException e) {
                throw new UnusableValue("its value is no date of the form " + pattern);
            }
        }
    }

    /** Zeros on the left, up to a number of characters. */
    record Pad(int length) implements Step {
        @Override
        public String apply(String value) {
            int missing = length - value.codePointCount(0, value.length());
            return value.isEmpty() || missing <= 0 ? value : "0".repeat(missing) + value;
        }
    }
}
