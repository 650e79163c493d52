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

/** The rejected records of a file, unchanged, each with the reasons, to be fixed and uploaded again any number of times. */
public final class RejectedRows {

    /** The most bytes of such a file; further records are left out and counted, and the report still has every reason. */
    public static final long MOST_BYTES = 50_000_000;

    /** The byte order mark. */
    static final String MARK = "\uFEFF";

    /** Quotes cells that another list separator would split; others only if the file's own separator requires it. */
    private static final QuoteStrategy CUT_CELLS = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
            return FormulaGuard.isCut(value);
        }
    };

    private RejectedRows() {}

    /**
     * The result of writing.
     *
     * @param records the number of records in the file
     * @param leftOut the number of rejected records left out because the file would be longer than {@link #MOST_BYTES}
     */
    public record Written(int records, int leftOut) {}

    /**
     * How such a file begins.
     *
     * @param emptyLines the number of lines before the header row, which are skipped when the file is read
     * @param separator the character that separates the cells
     * @param saysSeparator whether a line declares it, as in the source
     */
    record Opening(int emptyLines, char separator, boolean saysSeparator) {}

    /** The reasons for each record, in file order. */
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
     * @param opening what precedes the header row
     * @param mapped whether a mapping names the columns that are read
     */
    static Written write(Table table, Opening opening, boolean mapped, Map<Long, String> reasons, OutputStream out)
            throws IOException {
        boolean isSheet = table.separator().isEmpty();
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
                layout = row.isBlank() ? null : Layout.of(row, isSheet, mapped);
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
     * The position of the reasons.
     *
     * @param column the column of the reasons, after the source's columns unless it already has one
     * @param given whether the source already has it, and therefore also the apostrophes
     * @param most the most cells of a row that are written
     */
    private record Layout(int column, boolean given, int most) {

        static Layout of(Row header, boolean isSheet, boolean mapped) {
            int named = 0;
            int given = -1;
            for (int i = 0; i < header.cells(); i++) {
                String name = Edges.trimmed(header.text(i));
                given = given < 0 && ColumnNames.isReason(name) ? i : given;
                named = name.isEmpty() ? named : i + 1;
            }
            // A mapping doesn't mind notes beside a sheet's table, but in a text file they would be cells that have
            // shifted.
            int most = isSheet && mapped ? named : Integer.MAX_VALUE;
            // In a text file a row may have values below cells of the header row that are empty.
            int behind = isSheet ? named : header.cells();
            return new Layout(given < 0 ? behind : given, given >= 0, most);
        }

        /** The row's cells, with the reasons in their column followed by the cells beyond the header row. */
        List<String> cells(Row row, String reason) {
            List<String> cells = new ArrayList<>(row.cells() + 1);
            int own = Math.min(row.cells(), most);
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

    /** Counts the bytes written. */
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
