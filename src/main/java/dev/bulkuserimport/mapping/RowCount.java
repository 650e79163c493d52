package dev.bulkuserimport.mapping;

/** Recognizes cells that number the rows, from 0 or 1: the next export gives a person another number. */
final class RowCount {

    private static final int DECIMAL = 10;

    /** No count has more digits. */
    private static final int MOST_DIGITS = 9;

    private boolean counts = true;
    private int rows;
    private int start;

    /** Adds the next cell, without white space around it. */
    void add(char[] chars, int from, int length) {
        if (!counts) {
            return;
        }
        int number = 0;
        // Numbers that are filled with zeros are somebody's.
        counts = length <= MOST_DIGITS && (length == 1 || chars[from] != '0');
        for (int i = from; counts && i < from + length; i++) {
            counts = chars[i] >= '0' && chars[i] <= '9';
            number = number * DECIMAL + chars[i] - '0';
        }
        start = rows == 0 ? number : start;
        counts &= start <= 1 && number == start + rows;
        rows++;
    }

    /** Whether there are enough cells, and each has the number of its row. */
    boolean isCount() {
        return counts && rows > 2;
    }
}
