package dev.bulkuserimport.source;

import java.util.Optional;

/** Recognizes a cell of a text file that has swallowed the rows below it, because of a stray quote. */
final class SwallowedRows {

    /** How every message about such a cell ends. */
    static final String EXPLANATION =
            "line breaks and as many separators as a row: a stray quote has swallowed the rows below; remove the quote";

    private final Optional<Character> separator;
    private final int separators;

    /**
     * @param separator the character that separates cells; empty for a spreadsheet
     * @param columns the number of columns
     * @param withReasons whether one of them is for the reasons of rejected rows, which the swallowed rows don't have
     */
    SwallowedRows(Optional<Character> separator, int columns, boolean withReasons) {
        this.separator = separator;
        this.separators = columns - (withReasons ? 2 : 1);
    }

    /**
     * The cell that has swallowed other rows.
     *
     * @param rejectedBefore why the row was rejected before. If not for such a cell, the cell is whole: in a workbook, any cell may contain
     *     line breaks and commas.
     */
    Optional<Integer> in(Row row, Optional<String> rejectedBefore) {
        return rejectedBefore.filter(why -> !why.contains(EXPLANATION)).isPresent()
                ? Optional.empty()
                : separator.flatMap(character -> row.swallowed(character, separators));
    }
}
