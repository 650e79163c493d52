package dev.bulkuserimport.mapping;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What a mapping says about the file that it is for; everything else is found out from the file.
 *
 * @param separator between a text file's cells
 * @param encoding a text file's
 * @param skipLines lines before the header row, 0 or more
 * @param sheet a workbook's sheet
 * @param list the member of a JSON document that holds the users, or a path to it ({@code d.results})
 */
public record FileLayout(
        Optional<Character> separator,
        Optional<Charset> encoding,
        int skipLines,
        Optional<String> sheet,
        Optional<String> list) {

    /** Nothing is said. */
    public static final FileLayout UNTOLD =
            new FileLayout(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());
}
