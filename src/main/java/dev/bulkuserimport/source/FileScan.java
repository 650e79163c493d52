package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.ColumnContent;
import java.util.List;
import java.util.Optional;

/**
 * What a file holds, looked at without importing it.
 *
 * @param columns its columns with a name, in the file's order
 * @param skipLines lines before the row that looks like the header row
 * @param list where the users are in a JSON document, if not in {@code users} or in an array that is all of it
 * @param separator what separates a text file's cells, in a word
 * @param encoding a text file's
 * @param sheet the sheet of a workbook that was read
 * @param otherSheets the workbook's other sheets that have rows
 * @param lastLine the line of the last record; 0 where there are no lines
 * @param lastIsShort whether the last record has fewer cells than the header row
 * @param end why it could not be read to its end, where it breaks off
 */
public record FileScan(
        List<ColumnContent> columns,
        int skipLines,
        Optional<String> list,
        Optional<String> separator,
        Optional<String> encoding,
        Optional<String> sheet,
        List<String> otherSheets,
        long lastLine,
        boolean lastIsShort,
        Optional<CutOffException> end) {

    public FileScan {
        columns = List.copyOf(columns);
        otherSheets = List.copyOf(otherSheets);
    }
}
