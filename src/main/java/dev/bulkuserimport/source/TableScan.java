package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.rules.KnownNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Examines the columns of a table. The header row is the one with names that HR systems use for a person's properties. */
final class TableScan {

    /** How many rows are searched for a header row. */
    private static final int LOOKED_AT = 50;

    private TableScan() {}

    /** Opens the table again, at its first row. */
    @FunctionalInterface
    interface Opening {
        TableSource.OpenTable open() throws IOException;
    }

    /** Whether a column with this name identifies people. */
    static Predicate<String> wanted() {
        return KnownNames::isListed;
    }

    static FileScan of(Opening opening) throws IOException {
        long headerLine;
        try (Table rows = opening.open().rows()) {
            headerLine = headerLine(rows);
        }
        TableSource.OpenTable opened = opening.open();
        try (Table rows = opened.rows()) {
            return scan(rows, opened, headerLine);
        }
    }

    private static FileScan scan(Table rows, TableSource.OpenTable opened, long headerLine) throws IOException {
        Optional<Row> row = rows.next();
        // A line sep=; comes before the first row, and is recognized with or without a mapping.
        boolean skips = row.filter(first -> first.line() < headerLine).isPresent();
        while (row.isPresent() && row.get().line() < headerLine) {
            row = rows.next();
        }
        List<String> header = row.map(TableScan::cells).orElse(List.of());
        long firstLine = row.map(Row::line).orElse(1L);
        List<ColumnContent> columns = header.stream().map(ColumnContent::new).toList();
        long last = 0;
        Optional<CutOffException> end = Optional.empty();
        try {
            row = rows.next();
            while (row.isPresent()) {
                Row record = row.get();
                for (int i = 0; i < columns.size(); i++) {
                    if (i < record.cells()) {
                        columns.get(i).add(record.chars(), record.offset(i), record.length(i));
                    } else {
                        columns.get(i).addEmpty(1);
                    }
                }
                last = record.line();
                row = rows.next();
            }
        } catch (CutOffException e) {
            if (last == 0 && e.problem().count("line") <= firstLine) {
                throw e;
            }
            end = Optional.of(e);
        }
        return new FileScan(
                columns.stream().filter(column -> !column.name().isEmpty()).toList(),
                skips ? (int) firstLine - 1 : 0,
                Optional.empty(),
                rows.separator().map(CsvOpening::name),
                opened.encoding(),
                rows.sheets().map(SheetChoice::name),
                rows.sheets().map(SheetChoice::otherNames).orElse(List.of()),
                end);
    }

    /** The line of the last header row: some systems write a row of keys followed by one of labels. */
    private static long headerLine(Table rows) throws IOException {
        long found = 0;
        try {
            Optional<Row> row = rows.next();
            for (int i = 0; i < LOOKED_AT && row.isPresent(); i++) {
                boolean names = namesColumns(cells(row.get()));
                if (found > 0 && !names) {
                    return found;
                }
                found = names ? row.get().line() : found;
                row = rows.next();
            }
        } catch (CutOffException e) {
            if (found == 0) {
                throw e;
            }
        }
        return found;
    }

    /** At least two known names, which are at least half of the cells. */
    private static boolean namesColumns(List<String> cells) {
        List<String> filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        long known = filled.stream().filter(wanted()).count();
        return known >= 2 && known * 2 >= filled.size() && filled.stream().noneMatch(ColumnNames::isData);
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(row.cells());
        for (int i = 0; i < row.cells(); i++) {
            cells.add(Edges.oneSpaced(row.text(i)));
        }
        return cells;
    }
}
