package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.Arrays;

/** The values of a row or object in the columns that a mapping names; reused for the next one. */
final class Cells {

    private enum Kind {
        TEXT,
        /** A spreadsheet date, shown as {@code yyyy-MM-dd}, with a time if it has one. */
        DATE,
        /** A text of a rejected row, which may have been a spreadsheet date. */
        ONCE_DATE,
        /** An array or an object, which can't be a property's value. */
        COMPOSITE,
        /** A value where a path expects an object. */
        BROKEN_PATH
    }

    private final String[] texts;
    private final Kind[] kinds;
    private final boolean[] damaged;

    Cells(int columns) {
        texts = new String[columns];
        kinds = new Kind[columns];
        damaged = new boolean[columns];
        clear();
    }

    void clear() {
        Arrays.fill(texts, "");
        Arrays.fill(kinds, Kind.TEXT);
        Arrays.fill(damaged, false);
    }

    void text(int column, String text) {
        put(column, text, Kind.TEXT);
    }

    void date(int column, String text) {
        put(column, text, Kind.DATE);
    }

    void onceDate(int column, String text) {
        put(column, text, Kind.ONCE_DATE);
    }

    private void put(int column, String text, Kind kind) {
        texts[column] = Edges.trimmed(text);
        kinds[column] = kind;
        damaged[column] = false;
    }

    /** Marks a column's text, which was set before, as unusable. */
    void damaged(int column) {
        damaged[column] = true;
    }

    boolean isDamaged(int column) {
        return damaged[column];
    }

    void composite(int column) {
        kinds[column] = Kind.COMPOSITE;
    }

    void brokenPath(int column) {
        kinds[column] = Kind.BROKEN_PATH;
    }

    /** How a column's date is written. */
    Step.Writing writing(int column) {
        return switch (kinds[column]) {
            case DATE -> Step.Writing.ISO;
            case ONCE_DATE -> Step.Writing.EITHER;
            default -> Step.Writing.PATTERN;
        };
    }

    /** The column's text without white space at its edges; empty if there is none. */
    String text(int column) throws UnusableValue {
        return switch (kinds[column]) {
            case TEXT, DATE, ONCE_DATE -> texts[column];
            case COMPOSITE -> throw new UnusableValue("the value is an array or an object, but Okta accepts only text");
            case BROKEN_PATH -> throw new UnusableValue("the path leads through a value that is not an object");
        };
    }
}
