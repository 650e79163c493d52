package dev.bulkuserimport.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A file of rows and cells: a CSV, or a sheet of a workbook. */
interface Table extends Closeable {

    /**
     * Advances to the next row with a cell that isn't empty.
     *
     * @return the row, the same instance each time; empty at the end
     * @throws dev.bulkuserimport.problem.ProblemException when the file can't be read there
     */
    Optional<Row> next() throws IOException;

    /** The character that separates cells; empty in a spreadsheet. */
    Optional<Character> separator();

    /**
     * Whether the first row may be a header row under the separator that is the most frequent in it, although another one separates the rows
     * below it.
     */
    default boolean mayBeginWithHeader() {
        return false;
    }

    /** The sheet of a workbook; empty for a text file. */
    default Optional<SheetChoice> sheets() {
        return Optional.empty();
    }

    /** The number of hidden rows so far. */
    default long hiddenRows() {
        return 0;
    }
}
