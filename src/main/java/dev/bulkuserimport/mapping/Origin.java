package dev.bulkuserimport.mapping;

/** Where a value comes from, before anything is done to it. */
sealed interface Origin {

    /** The value; empty when there is none. */
    String in(Cells cells) throws UnusableValue;

    /** The columns that it reads. */
    int[] columns();

    /** Whether the value is a spreadsheet's own date, and so written as {@code yyyy-MM-dd} whatever the column's other cells look like. */
    default boolean isDate(Cells cells) throws UnusableValue {
        return false;
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
        public boolean isDate(Cells cells) throws UnusableValue {
            for (int column : columns) {
                if (!cells.text(column).isEmpty()) {
                    return cells.isDate(column);
                }
            }
            return false;
        }
    }

    /** All of some columns that aren't empty, with something between them. */
    record Joined(int[] columns, String with) implements Origin {
        @Override
        public String in(Cells cells) throws UnusableValue {
            StringBuilder joined = new StringBuilder();
            for (int column : columns) {
                String text = cells.text(column);
                if (!text.isEmpty()) {
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
