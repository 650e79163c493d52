package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.NearestName;
import dev.bulkuserimport.source.HeaderRow.FirstRow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A preview of a workbook's sheet: its first rows.
 *
 * @param name the sheet's name
 * @param visible whether it is visible
 * @param rows its first rows that aren't empty, at most {@link #MOST_ROWS}
 */
record SheetLook(String name, boolean visible, List<FirstRow> rows) {

    /** How many rows are examined: enough for a header row below a title and some instructions. */
    static final int MOST_ROWS = 20;

    boolean hasRows() {
        return !rows.isEmpty();
    }

    /** Whether one of its first rows is a header row with a matching column. */
    boolean hasColumn(Predicate<String> wanted) {
        return rows.stream().anyMatch(row -> row.names(wanted) && row.mayBeHeader());
    }

    /** Whether it is visible and has rows below a header row with these names in any order and spelling. */
    boolean isMoreOf(List<String> header) {
        if (!visible) {
            return false;
        }
        Set<String> names = names(header);
        for (int i = 0; i < rows.size() - 1; i++) {
            if (names(rows.get(i).cells()).equals(names)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(List<String> header) {
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty()) {
                names.add(NearestName.folded(ColumnNames.field(name)));
            }
        }
        return names;
    }
}
