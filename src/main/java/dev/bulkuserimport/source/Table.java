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

    /** The character that parts cells; empty in a spreadsheet. */
    Optional<Character> separator();
}
