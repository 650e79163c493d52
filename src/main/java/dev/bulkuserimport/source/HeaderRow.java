package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.mapping.Proposal;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Determines whether a file begins with a header row, and if not, what it begins with. Cells are quoted only if the first line is a header
 * row, because otherwise they are people's data.
 */
final class HeaderRow {

    private final List<FirstRow> rows;
    private final Predicate<String> wanted;
    private final Optional<Character> separator;
    private final boolean otherwiseHeader;
    private final Optional<SheetChoice> sheets;

    /** How many columns may number the rows. */
    private static final int LEFT_COLUMNS = 10;

    /** Possible separators; the first four are detected automatically. */
    private static final String SEPARATORS = ",;\t|^~:\u0001\u001F";

    /**
     * One of a file's first rows.
     *
     * @param line the line on which it begins
     * @param cells its cells, normalized for comparison
     */
    record FirstRow(long line, List<String> cells) {

        static FirstRow of(Row row) {
            List<String> cells = new ArrayList<>(row.cells());
            for (int i = 0; i < row.cells(); i++) {
                cells.add(Edges.oneSpaced(row.text(i)));
            }
            return new FirstRow(row.line(), cells);
        }

        boolean names(Predicate<String> wanted) {
            return cells.stream().anyMatch(wanted);
        }

        /** How many different names of its cells are wanted. */
        long count(Predicate<String> wanted) {
            return cells.stream().filter(wanted).distinct().count();
        }

        /** The number of cells that aren't empty. */
        long filled() {
            return cells.stream().filter(cell -> !cell.isEmpty()).count();
        }

        /** At least two cells that aren't empty, none of which contains data. */
        boolean mayBeHeader() {
            return filled() >= 2 && cells.stream().noneMatch(ColumnNames::isData);
        }
    }

    /**
     * @param rows the file's first rows that aren't empty
     * @param wanted whether a column is the required one, the external ID
     * @param table the table that they are from
     */
    HeaderRow(List<FirstRow> rows, Predicate<String> wanted, Table table) {
        this.rows = rows;
        this.wanted = wanted;
        this.separator = table.separator();
        this.otherwiseHeader = table.mayBeginWithHeader();
        this.sheets = table.sheets();
    }

    /** Why the file can't be read: its first row doesn't name an external ID. */
    ProblemException refusal() {
        FirstRow first = rows.get(0);
        return first.mayBeHeader() || otherwiseHeader ? noExternalId(first) : noHeader(first);
    }

    /**
     * Why the file can't be read if its first row is a title of several cells above the header row; empty if no row is the header row.
     *
     * @param columns how many of the wanted columns a header row names at least
     */
    Optional<ProblemException> refusalOfTitle(int columns) {
        FirstRow first = rows.get(0);
        return later(row -> row.mayBeHeader() && row.count(wanted) >= columns).map(row -> Problem.invalidRequest(
                        "header row",
                        "is not on line " + first.line() + ": line " + row.line()
                                + " names columns of the mapping. Delete the lines above it, or skip them with the mapping"
                                + " (file.skipLines " + (row.line() - 1) + ")")
                .exception());
    }

    private ProblemException noExternalId(FirstRow first) {
        String message = "is not among the columns of the header row (line " + first.line() + "). "
                + ColumnNames.candidates(withoutRowCount(first.cells()))
                        .map(names -> "Likely candidates: " + names + (names.endsWith(".") ? "" : ".")
                                + " Rename the right one to External ID, or name it in a mapping (externalId)")
                        .orElse(
                                "Add a column External ID with an ID that never changes, or name one in a mapping (externalId)");
        Optional<FirstRow> later = later(row -> row.names(wanted));
        return Problem.invalidRequest(
                        ColumnNames.EXTERNAL_ID,
                        message
                                + later.map(row -> ". Line " + row.line()
                                                + " names one: delete the lines above it, or skip them with a mapping (file.skipLines "
                                                + (row.line() - 1) + ")")
                                        .orElse("")
                                + otherSheets())
                .exception();
    }

    /** Numbers of the rows are no IDs; they are on a table's left. */
    private List<String> withoutRowCount(List<String> names) {
        int looked = Math.min(names.size(), LEFT_COLUMNS);
        List<String> without = new ArrayList<>();
        for (int i = 0; i < looked; i++) {
            ColumnContent column = new ColumnContent(names.get(i));
            for (FirstRow row : rows.subList(1, rows.size())) {
                column.add(i < row.cells().size() ? row.cells().get(i) : "");
            }
            if (!Proposal.isRowCount(column)) {
                without.add(names.get(i));
            }
        }
        without.addAll(names.subList(looked, names.size()));
        return without;
    }

    private ProblemException noHeader(FirstRow first) {
        String cell = first.cells().isEmpty() ? "" : first.cells().get(0);
        String line = "Line " + first.line();
        if (cell.startsWith("#TYPE")) {
            return Malformed.at(
                    line
                            + " is PowerShell's #TYPE line, not a header row: export with -NoTypeInformation, or delete it",
                    first.line(),
                    1);
        }
        Optional<String> parted = parted(first);
        if (parted.isPresent()) {
            return Malformed.at(parted.get(), first.line(), 1);
        }
        Optional<FirstRow> header = later(row -> row.names(wanted)).or(() -> later(FirstRow::mayBeHeader));
        return Malformed.at(
                header.map(row -> line + " is not a header row; line " + row.line()
                                + " looks like one. Delete the lines above it, or skip them with a mapping (file.skipLines "
                                + (row.line() - 1) + ")" + otherSheets())
                        .orElse("There is no header row: " + "line " + first.line()
                                + " should name the columns (External ID, User Name, …)"
                                + otherSheets()),
                first.line(),
                1);
    }

    /**
     * What is wrong with a header row that is one cell, because its cells are separated by another character, or all together are quoted.
     */
    private Optional<String> parted(FirstRow first) {
        List<String> filled =
                first.cells().stream().filter(cell -> !cell.isEmpty()).toList();
        if (filled.size() != 1 || separator.isEmpty()) {
            return Optional.empty();
        }
        String line = "The header row (line " + first.line() + ")";
        for (char other : SEPARATORS.toCharArray()) {
            List<String> parts = Arrays.stream(filled.get(0).split(Pattern.quote(String.valueOf(other))))
                    .map(part -> Edges.trimmed(part.replace("\"", "")))
                    .toList();
            if (parts.size() > 1 && parts.stream().anyMatch(wanted)) {
                String name = Character.isISOControl(other) && other != '\t'
                        ? "the character U+00" + (other < 16 ? "0" : "")
                                + Integer.toHexString(other).toUpperCase(Locale.ROOT)
                        : CsvOpening.name(other);
                return Optional.of(
                        separator.get() == other
                                ? line
                                        + " is quoted as a whole, so it is a single cell: export the file without quotes around each line"
                                : line + " has its cells parted by " + name + ", and was read as parted by "
                                        + CsvOpening.name(separator.get())
                                        + ": say the right one in a first line sep=, or in a mapping (file.separator)");
            }
        }
        return Optional.empty();
    }

    private String otherSheets() {
        return sheets.map(choice -> choice.advice(wanted)).orElse("");
    }

    private Optional<FirstRow> later(Predicate<FirstRow> condition) {
        return rows.stream().skip(1).filter(condition).findFirst();
    }
}
