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
        return ofObjects(schema, List.of());
    }

    /** The same for objects of which a mapping doesn't name these members. */
    public static FileNotes ofObjects(SchemaKnowledge schema, List<String> ignored) {
        boolean known = schema instanceof SchemaKnowledge.Known;
        Optional<String> why = schema instanceof SchemaKnowledge.Unreadable unreadable
                ? Optional.of(unreadable.why())
                : Optional.empty();
        return new FileNotes(
                Optional.of(known).filter(checked -> checked || why.isPresent()),
                why,
                0,
                ignored,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
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
