package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.HeaderRow.FirstRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A file of rows below a header row. The options of its import come from outside the file. */
final class TableSource implements RecordSource {

    /** How many rows are searched for a header row below a title. */
    private static final int LOOKED_AT = 50;

    /** How many of a mapping's columns distinguish a header row from a row with a value that is the same as a column's name. */
    private static final int FEWEST_NAMES = 2;

    private final ImportOptions options;
    private final Optional<Mapping> mapping;
    private final Opening opening;
    private Optional<OpenTable> table = Optional.empty();
    private Optional<RowRecords> records = Optional.empty();
    private Optional<Row> firstRow = Optional.empty();
    private long trimmedBefore;
    private long hiddenBefore;

    /** Opens the table at its first row. */
    @FunctionalInterface
    interface Opening {
        OpenTable open(Predicate<String> wanted, boolean trims) throws IOException;
    }

    /**
     * A table positioned before its header row.
     *
     * @param rows the table's rows
     * @param encoding a text file's encoding
     */
    record OpenTable(Table rows, Optional<String> encoding) {}

    TableSource(ImportOptions options, Optional<Mapping> mapping, Opening opening) {
        this.options = options;
        this.mapping = mapping;
        this.opening = opening;
    }

    @Override
    public Preface preface() throws IOException {
        Predicate<String> wanted = wanted(mapping);
        OpenTable opened = opening.open(wanted, true);
        table = Optional.of(opened);
        Table rows = opened.rows();
        Row header = rows.next().orElseThrow(() -> NoUsers.in("is empty"));
        if (FirstRow.of(header).names(ColumnNames::isReason)) {
            header.takeOffGuards();
        }
        List<String> names = FirstRow.of(header).cells();
        boolean found = names.stream().anyMatch(wanted);
        // A header row without the columns that a mapping names is refused with their names.
        boolean mapped = mapping.isPresent() && new FirstRow(header.line(), names).mayBeHeader();
        mapping.ifPresent(map -> refuseOtherSheet(rows, names, header.line(), map::identifiesBy));
        if (!found && !mapped) {
            throw new HeaderRow(firstRows(header.line(), names, rows), wanted, rows).refusal();
        }
        if (!found && mapping.isPresent()) {
            refuseTitle(wanted, Math.min(FEWEST_NAMES, mapping.get().columns().size()));
        }
        new JoinedHeader(header, names, rows.separator()).refuse(wanted);
        RowRecords columns = mapping.<RowRecords>map(map -> new MappedTable(map, names, rows.separator()))
                .orElseGet(() -> Columns.of(names, header.line(), rows.separator()));
        trimmedBefore = header.trimmed();
        hiddenBefore = rows.hiddenRows();
        firstRow = rows.next();
        columns.refuseBy(firstRow.orElseThrow(() -> NoUsers.in("has a header row and nothing below it"
                + rows.sheets().map(choice -> choice.advice(wanted)).orElse(""))));
        records = Optional.of(columns);
        refuseHalfASnapshot(rows, names);
        return Preface.ofFile(options);
    }

    @Override
    public Reading read(RecordSink sink, SchemaKnowledge schema) throws IOException {
        OpenTable opened = table.orElseThrow();
        RowRecords columns = records.orElseThrow();
        columns.check(schema);
        columns.startOn(sink);
        Table rows = opened.rows();
        Optional<Row> row = firstRow;
        long trimmed = 0;
        while (row.isPresent()) {
            columns.record(row.get(), sink);
            trimmed = row.get().trimmed();
            row = rows.next();
        }
        long hidden = rows.hiddenRows() - hiddenBefore;
        refuseHiddenLeavers(hidden);
        close();
        FileNotes notes = notes(opened, trimmed - trimmedBefore, columns.ignored(), schema);
        return new Reading.Whole(options, hidden > 0 ? notes.remarking(List.of(hiddenRemark(hidden))) : notes);
    }

    private static FileNotes notes(OpenTable opened, long trimmed, List<String> ignored, SchemaKnowledge schema) {
        Table rows = opened.rows();
        FileNotes check = FileNotes.ofCheck(schema);
        return new FileNotes(
                check.columnsChecked(),
                check.whyUnchecked(),
                trimmed,
                ignored,
                rows.separator().map(CsvOpening::name),
                opened.encoding(),
                rows.sheets().map(SheetChoice::name),
                rows.sheets().flatMap(SheetChoice::remark).stream().toList());
    }

    private static String hiddenRemark(long hidden) {
        return (hidden == 1 ? "1 row of the sheet is hidden" : hidden + " rows of the sheet are hidden")
                + ", by a filter or by hand, and " + (hidden == 1 ? "was" : "were") + " read like the others.";
    }

    /** If this sheet lacks the column that a mapping uses as external ID and another sheet has it, the other one is meant. */
    private static void refuseOtherSheet(Table rows, List<String> names, long line, Predicate<String> identifies) {
        boolean other =
                rows.sheets().filter(choice -> choice.hasColumn(identifies)).isPresent();
        if (other && names.stream().noneMatch(identifies)) {
            throw new HeaderRow(List.of(new FirstRow(line, names)), identifies, rows).refusal();
        }
    }

    /**
     * A title of several cells looks like a header row without the columns that the mapping names. The rows below it are read in a second
     * pass, because they are still needed if it is a header row.
     */
    private void refuseTitle(Predicate<String> wanted, int columns) throws IOException {
        try (Table rows = opening.open(wanted, true).rows()) {
            Optional<FirstRow> first = rows.next().map(FirstRow::of);
            if (first.isPresent()) {
                List<FirstRow> looked =
                        firstRows(first.get().line(), first.get().cells(), rows);
                new HeaderRow(looked, wanted, rows).refusalOfTitle(columns).ifPresent(refusal -> {
                    throw refusal;
                });
            }
        }
    }

    /** Someone who filters a sheet for leavers must not deactivate the people whom the filter hides. */
    private void refuseHiddenLeavers(long hidden) {
        if (hidden > 0 && !options.operation().takesProfiles()) {
            throw Problem.invalidRequest(
                            "users",
                            "include rows hidden in the sheet (" + hidden
                                    + "), by a filter or by hand, and everyone in the file would be deactivated: delete"
                                    + " the hidden rows, or unhide them")
                    .exception();
        }
    }

    /** A snapshot is everyone; people on another sheet would be deactivated. */
    private void refuseHalfASnapshot(Table rows, List<String> header) {
        boolean chosen = rows.sheets().filter(SheetChoice::named).isPresent();
        if (options.operation() == ImportOperation.SNAPSHOT && !chosen) {
            rows.sheets().flatMap(choice -> choice.more(header)).ifPresent(others -> {
                throw Problem.invalidRequest(
                                "users",
                                "are not all in the sheet that was read: other sheets have rows under the same column names ("
                                        + others
                                        + "). A snapshot must be complete: put everyone on one sheet, or name the sheet"
                                        + " with everyone in a mapping (file.sheet)")
                        .exception();
            });
        }
    }

    @Override
    public void close() throws IOException {
        if (table.isPresent()) {
            table.get().rows().close();
        }
    }

    /** Whether a column with this name is the one that identifies people. */
    static Predicate<String> wanted(Optional<Mapping> mapping) {
        return mapping.<Predicate<String>>map(map -> map::reads).orElse(ColumnNames::isExternalId);
    }

    private static List<FirstRow> firstRows(long line, List<String> cells, Table rows) throws IOException {
        List<FirstRow> first = new ArrayList<>();
        first.add(new FirstRow(line, cells));
        try {
            Optional<Row> row = rows.next();
            while (row.isPresent() && first.size() < LOOKED_AT) {
                first.add(FirstRow.of(row.get()));
                row = rows.next();
            }
        } catch (ProblemException e) {
            // A missing header row matters more than an error further down.
        }
        return first;
    }
}
