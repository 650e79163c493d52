package dev.bulkuserimport.mapping;

import java.util.Locale;
import java.util.Set;

/**
 * Which rows are deactivated, or skipped.
 *
 * @param column the column that decides
 * @param values its values that say yes, folded by {@link #folded}
 */
record RowTest(int column, Set<String> values) {

    boolean holds(Cells cells) throws UnusableValue {
        return values.contains(folded(cells.text(column)));
    }

    /** A status is the same however it is spelled: a leaver who is {@code TERMINATED} mustn't stay because a mapping says Terminated. */
    static String folded(String value) {
        return value.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
