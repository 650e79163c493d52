package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.FileNotes;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.source.HeaderRow.FirstRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A file of rows below a header row. It says nothing about its import: all of that comes from beside it. */
final class TableSource implements RecordSource {

    /** Rows that are looked at for a header row below a title. */
    private static final int LOOKED_AT = 50;

    private final ImportOptions options;
    private final Optional<Mapping> mapping;
    private final Opening opening;
    private Optional<OpenTable> table = Optional.empty();
    private Optional<RowRecords> records = Optional.empty();
    private Optional<Row> firstRow = Optional.empty();
    private long trimmedBefore;

    /** Opens the table at its first row. */
    @FunctionalInterface
    interface Opening {
        OpenTable open(Predicate<String> wanted, boolean trims) throws IOException;
    }

    /**
     * A table whose header row is next.
     *
     * @param rows the table
     * @param encoding what a text file is encoded in
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
        if (texts(header).stream().anyMatch(ColumnNames::isReason)) {
            header.takeOffGuards();
        }
        List<String> names = texts(header);
        boolean found = names.stream().anyMatch(wanted);
        // A header row that lacks what a mapping names is refused by the names that it lacks.
        boolean mapped = mapping.isPresent() && new FirstRow(header.line(), names).mayBeHeader();
        if (!found && !mapped) {
            throw new HeaderRow(firstRows(header.line(), names, rows), wanted, rows.separator()).refusal();
        }
        RowRecords columns = mapping.<RowRecords>map(map -> new MappedTable(map, names, rows.separator()))
                .orElseGet(() -> Columns.of(header, rows.separator()));
        trimmedBefore = header.trimmed();
        firstRow = rows.next();
        columns.refuseBy(firstRow.orElseThrow(() -> NoUsers.in("has a header row and nothing below it")));
        records = Optional.of(columns);
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
        FileNotes notes = FileNotes.ofCheck(schema)
                .ofTable(
                        trimmed - trimmedBefore,
                        columns.ignored(),
                        rows.separator().map(CsvOpening::name));
        close();
        return new Reading.Whole(options, opened.encoding().map(notes::ofText).orElse(notes));
    }

    @Override
    public void close() throws IOException {
        if (table.isPresent()) {
            table.get().rows().close();
        }
    }

    /** Whether a column of this name is one that the file is read by. */
    static Predicate<String> wanted(Optional<Mapping> mapping) {
        return mapping.<Predicate<String>>map(map -> map::reads).orElse(ColumnNames::isExternalId);
    }

    private static List<FirstRow> firstRows(long line, List<String> cells, Table rows) throws IOException {
        List<FirstRow> first = new ArrayList<>();
        first.add(new FirstRow(line, cells));
        try {
            Optional<Row> row = rows.next();
            while (row.isPresent() && first.size() < LOOKED_AT) {
                first.add(new FirstRow(row.get().line(), texts(row.get())));
                row = rows.next();
            }
        } catch (ProblemException e) {
            // That there is no header row matters more than what breaks below.
        }
        return first;
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>(row.cells());
        for (int i = 0; i < row.cells(); i++) {
            texts.add(row.text(i));
        }
        return texts;
    }
}
