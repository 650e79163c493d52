package dev.bulkuserimport.source;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.source.Row.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;

/** The rows of a text file (RFC 4180), with any number of cells. */
final class CsvTable implements Table {

    /** The most characters of a cell, and of FastCSV's buffer. */
    private static final int MOST_CHARS_OF_A_CELL = 1024 * 1024;

    /** How many rows are returned even if they aren't whole, so that a file with a header row and a row below it has both. */
    private static final int FIRST_ROWS = 2;

    private final FileText text;
    private final Separation separation;
    private final long linesBefore;
    private final CsvReader<Row> csv;
    private final Iterator<Row> rows;
    private final Optional<Row> row;
    private long oddQuotes;
    private long line;
    private int returned;

    /**
     * How cells are separated.
     *
     * @param separator the character between them
     * @param spaced whether there may be spaces between it and a quote
     * @param titled whether the first row is a title that may be a header row under another character
     */
    record Separation(char separator, boolean spaced, boolean titled) {}

    /**
     * @param text the file, from the line on which the table begins
     * @param separation how its cells are separated
     * @param linesBefore the number of lines before it
     * @param trims whether white space and invisible characters at the edges of cells are removed
     */
    CsvTable(FileText text, Separation separation, long linesBefore, boolean trims) {
        this.text = text;
        this.separation = separation;
        this.linesBefore = linesBefore;
        this.line = linesBefore + 1;
        Cells cells = new Cells(trims);
        row = Optional.of(cells.row);
        csv = CsvReader.builder()
                .fieldSeparator(separation.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .trimWhitespacesAroundQuotes(separation.spaced())
                .maxBufferSize(MOST_CHARS_OF_A_CELL)
                .build(cells, text);
        rows = csv.iterator();
    }

    @Override
    public Optional<Row> next() throws IOException {
        try {
            while (rows.hasNext()) {
                Row read = rows.next();
                line = read.line();
                if (read.isTooLarge()) {
                    throw Malformed.at(
                            "The row on line " + line + " has more than " + Row.MOST_CELLS + " cells or "
                                    + Row.MOST_CHARS + " characters",
                            line,
                            1);
                }
                if (returned >= FIRST_ROWS) {
                    refuseIfCutOff();
                }
                if (!read.isEmpty()) {
                    returned++;
                    return row;
                }
            }
        } catch (CsvParseException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        refuseIfCutOff();
        return Optional.empty();
    }

    /** The last row, if it isn't whole, is no one's. */
    private void refuseIfCutOff() {
        if (text.isReadOut() && (text.quotes() - oddQuotes) % 2 != 0) {
            throw Malformed.cutOff(
                    "The file ends inside a quoted field, so it was cut off or a quote is not closed; the row begins on"
                            + " line " + line,
                    line);
        }
    }

    @Override
    public Optional<Character> separator() {
        return Optional.of(separation.separator());
    }

    @Override
    public boolean mayBeginWithHeader() {
        return separation.titled();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private IOException unreadable(CsvParseException cause) {
        if (cause.getCause() instanceof IOException broken) {
            return broken;
        }
        if (cause.getCause() instanceof ProblemException problem) {
            throw problem;
        }
        if (cause.getCause() instanceof Error error) {
            throw error;
        }
        // FastCSV announces a row before it reads it, and its messages quote the file.
        long broken = row.map(Row::line).orElse(line);
        throw Malformed.at(
                "The CSV breaks RFC 4180 in the row that begins on line " + broken
                        + " (a quote that is not closed or is inside a quoted field, or a field of more than 1 MB)",
                broken,
                1);
    }

    /** Copies FastCSV's fields into the row. */
    private final class Cells extends AbstractBaseCsvCallbackHandler<Row> {
        private final Row row;

        Cells(boolean trims) {
            row = new Row(trims);
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            row.begin(startingLineNumber + linesBefore);
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            row.add(buffer, offset, length);
            if (row.isTooLarge()) {
                return;
            }
            if (quoted) {
                row.lastMayHaveBreaks();
            } else if (text.quotes() > 0) {
                // A quote inside a cell that doesn't begin with one is an ordinary character, for example an inch mark.
                int found = 0;
                for (int i = offset; i < offset + length; i++) {
                    found += buffer[i] == '"' ? 1 : 0;
                }
                oddQuotes += found;
                if (found > 0 && LateQuotes.begin(row.text(row.cells() - 1))) {
                    row.lastIs(Damage.QUOTED_LATE);
                }
            }
        }

        @Override
        protected Row buildRecord() {
            return row;
        }
    }
}
