package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Edges;
import java.util.Arrays;

/** What one row or object holds in the columns that a mapping names; used again for the next. */
final class Cells {

    private final String[] texts;
    private final boolean[] composite;

    Cells(int columns) {
        texts = new String[columns];
        composite = new boolean[columns];
        clear();
    }

    void clear() {
        Arrays.fill(texts, "");
        Arrays.fill(composite, false);
    }

    void text(int column, String text) {
        texts[column] = Edges.trimmed(text);
    }

    /** The cell holds an array or an object, which no property can take. */
    void composite(int column) {
        composite[column] = true;
    }

    /** The column's text without white space at its edges; empty when there is none. */
    String text(int column) throws UnusableValue {
        if (composite[column]) {
            throw new UnusableValue("an array or an object stands there, and Okta takes only text");
        }
        return texts[column];
    }
}
