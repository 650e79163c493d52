package dev.bulkuserimport.snapshot;

import java.util.Arrays;

/** Rows of a few numbers each, without creating objects. */
final class IntRows {

    private final int width;
    private int[] numbers = {};
    private int size;

    IntRows(int width) {
        this.width = width;
    }

    void add(int... row) {
        if ((size + 1) * width > numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(16 * width, 2 * numbers.length));
        }
        System.arraycopy(row, 0, numbers, size * width, width);
        size++;
    }

    int size() {
        return size;
    }

    int get(int row, int column) {
        return numbers[row * width + column];
    }

    /** The rows by a column, and by their order where it is the same: the column's number in the upper half, the row in the lower. */
    long[] sortedBy(int column) {
        long[] sorted = new long[size];
        for (int row = 0; row < size; row++) {
            sorted[row] = key(get(row, column), row);
        }
        Arrays.sort(sorted);
        return sorted;
    }

    static long key(int number, int row) {
        return (long) number << Integer.SIZE | row;
    }
}
