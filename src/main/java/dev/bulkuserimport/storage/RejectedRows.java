package dev.bulkuserimport.storage;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.source.CsvUsers;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a CSV that were rejected, with the reasons in a last column, to be mended and dropped in again. */
final class RejectedRows {

    /** Characters; beyond it the list is cut, and the report still has every reason. */
    private static final int LONGEST = 10_000_000;

    private RejectedRows() {}

    static byte[] of(InputStream csv, List<RecordError> errors) throws IOException {
        Map<Long, String> reasons = new LinkedHashMap<>();
        for (RecordError error : errors) {
            String reason = error.field().map(field -> field + " ").orElse("") + error.message();
            reasons.merge(error.line(), reason, (first, next) -> first + "; " + next);
        }
        StringWriter text = new StringWriter();
        try (CsvReader<CsvRecord> rows = CsvUsers.rows(csv);
                CsvWriter out =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            int columns = -1;
            for (CsvRecord row : rows) {
                boolean header = columns < 0;
                columns = header ? row.getFieldCount() : columns;
                String reason = header ? CsvUsers.REASON_COLUMN : reasons.remove(row.getStartingLineNumber());
                if (reason != null) {
                    List<String> fields = new ArrayList<>(row.getFields());
                    while (fields.size() < columns) {
                        fields.add("");
                    }
                    fields.add(reason);
                    out.writeRecord(fields);
                }
                if (reasons.isEmpty() || text.getBuffer().length() > LONGEST) {
                    break;
                }
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
