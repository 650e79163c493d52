package dev.bulkuserimport.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.StandardProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Feeds the rows of a CSV (RFC 4180, with a header row) to the planner. */
public final class CsvUsers {

    /** The column in which a list of rejected rows gives its reasons; it is no property when such a list is dropped in again. */
    public static final String REASON_COLUMN = "rejectedBecause";

    private static final String EXTERNAL_ID = "externalId";
    private static final Map<String, String> STANDARD_NAMES = new HashMap<>();

    static {
        STANDARD_NAMES.put(folded(EXTERNAL_ID), EXTERNAL_ID);
        for (StandardProperty standard : StandardProperty.values()) {
            // The card's labels are the names with spaces, so they fold to the same.
            STANDARD_NAMES.put(folded(standard.propertyName()), standard.propertyName());
        }
    }

    private CsvUsers() {}

    static void read(InputStream in, RecordSink planner) throws IOException {
        long line = 1;
        CsvText text = text(in);
        try (CsvReader<CsvRecord> csv = rows(text)) {
            Iterator<CsvRecord> rows = csv.iterator();
            if (!rows.hasNext()) {
                throw malformed("The file is empty; it must begin with a header row", 1);
            }
            String[] columns = columns(rows.next());
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                line = row.getStartingLineNumber();
                if (planner.onlyCounts()) {
                    planner.count();
                } else {
                    readRow(row, columns, planner);
                }
            }
            if (text.endsInsideQuotes()) {
                throw malformed(
                        "The file ends inside a quoted field, so it was cut off; the row begins on line " + line, line);
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof ProblemException cause) {
                throw cause;
            }
            // FastCSV's own messages quote the file.
            throw malformed(
                    "The CSV breaks RFC 4180 after the row on line " + line + " (a quote that is not closed or"
                            + " stands inside a field, or a field of more than 1 MB)",
                    line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A file's rows, whatever their number of fields, without its byte order mark. */
    public static CsvReader<CsvRecord> rows(InputStream in) {
        return rows(text(in));
    }

    private static CsvText text(InputStream in) {
        return new CsvText(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    private static CsvReader<CsvRecord> rows(CsvText text) {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .maxBufferSize(1024 * 1024)
                .ofCsvRecord(text);
    }

    private static String[] columns(CsvRecord header) {
        List<String> names = header.getFields();
        String[] columns = new String[names.size()];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.length; i++) {
            String name = names.get(i);
            columns[i] = STANDARD_NAMES.getOrDefault(folded(name), name);
            if (name.isBlank()) {
                throw malformed("Column " + (i + 1) + " has no name in the header row", 1);
            }
            if (!seen.add(columns[i])) {
                throw malformed("The header row names " + columns[i] + " twice (column " + (i + 1) + ")", 1);
            }
        }
        if (!seen.contains(EXTERNAL_ID)) {
            throw malformed(
                    "The header row has no column externalId (or External ID); it separates columns by commas", 1);
        }
        return columns;
    }

    private static void readRow(CsvRecord row, String[] columns, RecordSink planner) throws IOException {
        planner.begin(row.getStartingLineNumber());
        int fields = row.getFieldCount();
        if (fields != columns.length) {
            planner.fault(null, "has " + fields + " fields; the header row has " + columns.length);
        }
        for (int i = 0; i < Math.min(fields, columns.length); i++) {
            if (columns[i].equals(EXTERNAL_ID)) {
                planner.externalId(row.getField(i).isEmpty() ? null : row.getField(i));
            }
        }
        if (planner.takesProfiles()) {
            planner.beginProfile();
            for (int i = 0; i < Math.min(fields, columns.length); i++) {
                String cell = row.getField(i);
                if (!cell.isEmpty() && !columns[i].equals(EXTERNAL_ID) && !columns[i].equals(REASON_COLUMN)) {
                    char[] text = cell.toCharArray();
                    planner.property(columns[i], text, 0, text.length);
                }
            }
            planner.endProfile();
        }
        planner.end();
    }

    /** A header as it is compared: any case, without spaces, underscores and hyphens. */
    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && !Character.isWhitespace(c)) {
                folded.append(c);
            }
        }
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    private static ProblemException malformed(String what, long line) {
        return Problem.of(ProblemType.MALFORMED_PAYLOAD, what + ". Nothing was sent.")
                .with("line", line)
                .with("column", 1)
                .exception();
    }
}
