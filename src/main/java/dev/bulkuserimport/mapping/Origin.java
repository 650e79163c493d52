package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.DateForm;
import dev.bulkuserimport.rules.Placeholder;

/** The source of a value, before any transformation. */
sealed interface Origin {

    /** The value; empty if there is none. */
    String in(Cells cells) throws UnusableValue;

    /** The columns that it reads. */
    int[] columns();

    /** How the value is written if it is a date: that of a spreadsheet is ISO, whatever the column's other cells look like. */
    default Step.Writing writing(Cells cells) throws UnusableValue {
        return Step.Writing.PATTERN;
    }

    /** The first of some columns that isn't empty. */
    record First(int[] columns) implements Origin {
        @Override
        public String in(Cells cells) throws UnusableValue {
            for (int column : columns) {
                String text = cells.text(column);
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "";
        }

        @Override
        public Step.Writing writing(Cells cells) throws UnusableValue {
            for (int column : columns) {
                if (!cells.text(column).isEmpty()) {
                    return cells.writing(column);
                }
            }
            return Step.Writing.PATTERN;
        }
    }

    /**
     * All of some columns that aren't empty, joined with a separator.
     *
     * @param isId whether the result is an ID, so that a damaged part must not be hidden in it
     */
    record Joined(int[] columns, String with, boolean isId) implements Origin {

        private static final Step UNDAMAGED = new Step.Undamaged();

        Joined ofId() {
            return new Joined(columns, with, true);
        }

        /** Whether a part is a text that a spreadsheet shows for a date. */
        boolean hasDate(Cells cells) throws UnusableValue {
            for (int column : columns) {
                if (DateForm.matches(cells.text(column))) {
                    return true;
                }
            }
            return false;
        }

        /** Whether each part that is filled stands for a missing value. */
        boolean isMissing(Cells cells) throws UnusableValue {
            for (int column : columns) {
                String text = cells.text(column);
                if (!text.isEmpty() && !Placeholder.isOne(text)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String in(Cells cells) throws UnusableValue {
            StringBuilder joined = new StringBuilder();
            for (int column : columns) {
                String text = cells.text(column);
                if (!text.isEmpty()) {
                    if (isId) {
                        UNDAMAGED.apply(text);
                    }
                    if (joined.length() > 0) {
                        joined.append(with);
                    }
                    joined.append(text);
                }
            }
            return joined.toString();
        }
    }

    /** The same for every record. */
    record Constant(String value) implements Origin {
        @Override
        public String in(Cells cells) {
            return value;
        }

        @Override
        public int[] columns() {
            return new int[0];
        }
    }
}
