package dev.bulkuserimport.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person should know of how a file was read: what was found out by sight, left out or not checked.
 *
 * @param columnsChecked whether its columns were held against the application's schema; empty where that isn't done
 * @param whyUnchecked why not
 * @param trimmedCells cells that lost white space or invisible characters at their edges
 * @param ignoredColumns columns that a mapping doesn't name, so that they weren't sent
 * @param separator the character that parts cells
 * @param encoding what the text is encoded in
 * @param sheet the sheet of a workbook that was read
 * @param remarks sentences for the report's notes
 */
public record FileNotes(
        Optional<Boolean> columnsChecked,
        Optional<String> whyUnchecked,
        long trimmedCells,
        List<String> ignoredColumns,
        Optional<String> separator,
        Optional<String> encoding,
        Optional<String> sheet,
        List<String> remarks) {

    /** Columns that a report lists. */
    public static final int LISTED_COLUMNS = 100;

    /** Nothing is to be said. */
    public static final FileNotes NONE =
            new FileNotes(Optional.empty(), Optional.empty(), 0, List.of(), Optional.empty(), Optional.empty());

    public FileNotes {
        ignoredColumns = List.copyOf(ignoredColumns);
        remarks = List.copyOf(remarks);
    }

    /** Without remarks, which a report keeps among its own notes. */
    public FileNotes(
            Optional<Boolean> columnsChecked,
            Optional<String> whyUnchecked,
            long trimmedCells,
            List<String> ignoredColumns,
            Optional<String> separator,
            Optional<String> encoding) {
        this(
                columnsChecked,
                whyUnchecked,
                trimmedCells,
                ignoredColumns,
                separator,
                encoding,
                Optional.empty(),
                List.of());
    }

    /** What is said of the check against the schema. */
    public static FileNotes ofCheck(SchemaKnowledge schema) {
        if (schema instanceof SchemaKnowledge.Unreadable unreadable) {
            return NONE.with(false, Optional.of(unreadable.why()));
        }
        return schema instanceof SchemaKnowledge.Known ? NONE.with(true, Optional.empty()) : NONE;
    }

    private FileNotes with(boolean checked, Optional<String> why) {
        return new FileNotes(
                Optional.of(checked), why, trimmedCells, ignoredColumns, separator, encoding, sheet, remarks);
    }

    /** The same file, a table. */
    public FileNotes ofTable(long trimmed, List<String> ignored, Optional<String> parted) {
        return new FileNotes(columnsChecked, whyUnchecked, trimmed, ignored, parted, encoding, sheet, remarks);
    }

    /** The same file, objects of which a mapping doesn't name these members. */
    public FileNotes ofObjects(List<String> ignored) {
        return new FileNotes(columnsChecked, whyUnchecked, trimmedCells, ignored, separator, encoding, sheet, remarks);
    }

    /** The same file, a text. */
    public FileNotes ofText(String encoded) {
        return new FileNotes(
                columnsChecked,
                whyUnchecked,
                trimmedCells,
                ignoredColumns,
                separator,
                Optional.of(encoded),
                sheet,
                remarks);
    }

    /** The same file, a workbook of which this sheet was read. */
    public FileNotes ofSheet(String name) {
        return new FileNotes(
                columnsChecked,
                whyUnchecked,
                trimmedCells,
                ignoredColumns,
                separator,
                encoding,
                Optional.of(name),
                remarks);
    }

    /** The same file, with more to be said of it. */
    public FileNotes remarking(List<String> sentences) {
        return new FileNotes(
                columnsChecked,
                whyUnchecked,
                trimmedCells,
                ignoredColumns,
                separator,
                encoding,
                sheet,
                Stream.concat(remarks.stream(), sentences.stream()).toList());
    }

    /** The columns that a report lists: the first {@value #LISTED_COLUMNS}. */
    public List<String> listedColumns() {
        return ignoredColumns.stream().limit(LISTED_COLUMNS).toList();
    }
}
