package dev.bulkuserimport.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notes for a person on how a file was read: what was detected, left out or not checked.
 *
 * @param columnsChecked whether its columns were checked against the application's schema; empty if that doesn't apply
 * @param whyUnchecked why they were not checked
 * @param trimmedCells the number of cells from whose edges white space or invisible characters were removed
 * @param ignoredColumns columns that a mapping doesn't name, which weren't sent
 * @param separator the character that separates cells
 * @param encoding the text encoding
 * @param sheet the sheet that was read of a workbook
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

    /** The most columns that a report lists. */
    public static final int LISTED_COLUMNS = 100;

    /** No notes. */
    public static final FileNotes NONE = new FileNotes(
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public FileNotes {
        ignoredColumns = List.copyOf(ignoredColumns);
        remarks = List.copyOf(remarks);
    }

    /** The notes on the check against the schema. */
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
        return ofTable(trimmedCells, ignored, separator);
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

    /** The same file with more remarks. */
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
