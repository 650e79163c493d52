package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.ColumnContent;
import java.util.List;
import java.util.Optional;

/**
 * A file's contents, examined without importing it.
 *
 * @param columns its named columns, in the file's order
 * @param skipLines the number of lines before the row that looks like the header row
 * @param list the location of the users in a JSON document, unless it is {@code users} or the document is an array
 * @param separator a text file's separator, as a word
 * @param encoding a text file's encoding
 * @param sheet the sheet that was read of a workbook
 * @param otherSheets the workbook's other sheets with rows
 * @param end why it could not be read to its end, if it is cut off
 */
public record FileScan(
        List<ColumnContent> columns,
        int skipLines,
        Optional<String> list,
        Optional<String> separator,
        Optional<String> encoding,
        Optional<String> sheet,
        List<String> otherSheets,
        Optional<CutOffException> end) {

    public FileScan {
        columns = List.copyOf(columns);
        otherSheets = List.copyOf(otherSheets);
    }
}
