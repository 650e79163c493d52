package dev.bulkuserimport.mapping;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * A mapping's options for reading its file; everything else is detected from the file.
 *
 * @param separator the separator between a text file's cells
 * @param encoding a text file's encoding
 * @param skipLines the number of lines before the header row
 * @param sheet the sheet of a workbook
 * @param list the member of a JSON document with the users, or a path to it ({@code d.results})
 */
public record FileLayout(
        Optional<Character> separator,
        Optional<Charset> encoding,
        int skipLines,
        Optional<String> sheet,
        Optional<String> list) {

    /** No options. */
    public static final FileLayout UNTOLD =
            new FileLayout(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());
}
