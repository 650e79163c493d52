package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.Arrays;

/** What one row or object holds in the columns that a mapping names; reused for the next one. */
final class Cells {

    private enum Kind {
        TEXT,
        /** A spreadsheet's date, shown as {@code yyyy-MM-dd}, with a time where it has one. */
        DATE,
        /** An array or an object, which no property can take. */
        COMPOSITE,
        /** Something else where a path expects an object. */
        BROKEN_PATH
    }

    private final String[] texts;
    private final Kind[] kinds;

    Cells(int columns) {
        texts = new String[columns];
        kinds = new Kind[columns];
        clear();
    }

    void clear() {
        Arrays.fill(texts, "");
        Arrays.fill(kinds, Kind.TEXT);
    }

    void text(int column, String text) {
        texts[column] = Edges.trimmed(text);
        kinds[column] = Kind.TEXT;
    }

    void date(int column, String text) {
        texts[column] = Edges.trimmed(text);
        kinds[column] = Kind.DATE;
    }

    void composite(int column) {
        kinds[column] = Kind.COMPOSITE;
    }

    void brokenPath(int column) {
        kinds[column] = Kind.BROKEN_PATH;
    }

    boolean isDate(int column) {
        return kinds[column] == Kind.DATE;
    }

    /** The column's text without white space at its edges; empty when there is none. */
    String text(int column) throws UnusableValue {
        return switch (kinds[column]) {
            case TEXT, DATE -> texts[column];
            case COMPOSITE -> throw new UnusableValue("the value is an array or an object, and Okta accepts only text");
            case BROKEN_PATH -> throw new UnusableValue("the path leads through a value that is not an object");
        };
    }
}
