package dev.bulkuserimport.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A file of rows and cells: a CSV, or a sheet of a workbook. */
interface Table extends Closeable {

    /**
     * Goes to the next row that has a cell with something in it.
     *
     * @return the row, the same instance each time; empty at the end
     * @throws dev.bulkuserimport.problem.ProblemException when the file can't be read there
     */
    Optional<Row> next() throws IOException;

    /** The character that separates cells; empty in a spreadsheet. */
    Optional<Character> separator();

    /** Which sheet of a workbook this is; empty in a text file. */
    default Optional<SheetChoice> sheets() {
        return Optional.empty();
    }

    /** Rows by now that a person can't see in the sheet. */
    default long hiddenRows() {
        return 0;
    }
}
