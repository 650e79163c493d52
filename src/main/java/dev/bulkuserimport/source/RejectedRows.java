package dev.bulkuserimport.source;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.bulkuserimport.base.FormulaGuard;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.rules.Edges;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a file that were rejected, as they stand in it, each with the reasons, to be mended and dropped in again any number of
 * times.
 */
public final class RejectedRows {

    /** Bytes of such a file; what goes beyond is left out and counted, and the report still has every reason. */
    public static final long MOST_BYTES = 50_000_000;

    private static final char MARK = '\uFEFF';

    /** Quotes what another list separator would cut; everything else only where its own makes it necessary. */
    private static final QuoteStrategy CUT_CELLS = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
            return FormulaGuard.isCut(value);
        }
    };

    private RejectedRows() {}

    /**
     * What was written.
     *
     * @param records records in the file
     * @param leftOut rejected records that are not in it because it would be longer than {@link #MOST_BYTES}
     */
    public record Written(int records, int leftOut) {}

    /**
     * How such a file begins.
     *
     * @param emptyLines lines before the header row, which whoever reads the file leaves out
     * @param separator what parts the cells
     * @param saysSeparator whether a line says so, as it did in the source
     */
    record Opening(int emptyLines, char separator, boolean saysSeparator) {}

    /** The reasons of each place, the records in the order of the file. */
    static Map<Long, String> reasons(List<RecordError> errors, boolean byLine) {
        Map<Long, String> reasons = new LinkedHashMap<>();
        for (RecordError error : errors) {
            String reason = error.field().map(field -> field + " ").orElse("") + error.message();
            reasons.merge(byLine ? error.line() : error.index(), reason, (first, next) -> first + "; " + next);
        }
        return reasons;
    }

    /**
     * Writes the rows of a table as a CSV: UTF-8 with a byte order mark, separators as in the source, one column for the reasons.
     *
     * @param table the source with its cells untouched
     * @param opening what stands before the header row
     */
    static Written write(Table table, Opening opening, Map<Long, String> reasons, OutputStream out) throws IOException {
        CountedStream counted = new CountedStream(out);
        Writer text = new OutputStreamWriter(counted, StandardCharsets.UTF_8);
        text.write(MARK);
        for (int i = 0; i < opening.emptyLines(); i++) {
            text.write("\r\n");
        }
        if (opening.saysSeparator()) {
            text.write("sep=" + opening.separator() + "\r\n");
        }
        int records = 0;
        int leftOut = 0;
        CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(opening.separator())
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(CUT_CELLS)
                .build(text);
        Layout layout = null;
        Optional<Row> next = table.next();
        while (next.isPresent() && !reasons.isEmpty()) {
            Row row = next.get();
            if (layout == null) {
                layout = row.isBlank() ? null : Layout.of(row);
                if (layout != null) {
                    csv.writeRecord(layout.cells(row, ColumnNames.REASON));
                }
            } else {
                String reason = reasons.remove(row.line());
                if (reason != null && counted.written < MOST_BYTES) {
                    csv.writeRecord(layout.cells(row, reason));
                    records++;
                } else if (reason != null) {
                    leftOut++;
                }
            }
            next = table.next();
        }
        csv.flush();
        text.flush();
        return new Written(records, leftOut + reasons.size());
    }

    /**
     * Where the reasons stand.
     *
     * @param column the column of the reasons, behind the source's own unless it has one
     * @param given whether the source has it, and so the apostrophes too
     */
    private record Layout(int column, boolean given) {

        static Layout of(Row header) {
            int named = 0;
            for (int i = 0; i < header.cells(); i++) {
                String name = Edges.trimmed(header.text(i));
                if (ColumnNames.isReason(name)) {
                    return new Layout(i, true);
                }
                named = name.isEmpty() ? named : i + 1;
            }
            return new Layout(named, false);
        }

        /** The row's cells, with the reasons in their column and what is too much for the header row behind it. */
        List<String> cells(Row row, String reason) {
            List<String> cells = new ArrayList<>(row.cells() + 1);
            int own = row.cells();
            while (own > column && row.isBlank(own - 1)) {
                own--;
            }
            for (int i = 0; i < own; i++) {
                if (i == column) {
                    cells.add(FormulaGuard.guarded(reason));
                }
                if (i != column || !given) {
                    String text = row.text(i);
                    cells.add(FormulaGuard.guarded(given ? FormulaGuard.bare(text) : text));
                }
            }
            while (cells.size() < column) {
                cells.add("");
            }
            if (own <= column) {
                cells.add(FormulaGuard.guarded(reason));
            }
            return cells;
        }
    }

    /** Counts what is written. */
    static final class CountedStream extends OutputStream {
        private final OutputStream out;
        private long written;

        CountedStream(OutputStream out) {
            this.out = out;
        }

        long written() {
            return written;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
