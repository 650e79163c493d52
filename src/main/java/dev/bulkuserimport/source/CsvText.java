package dev.bulkuserimport.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A CSV's characters without the byte order mark with which Excel begins its files. It counts the quotes on their way: RFC 4180 has them in
 * pairs only, so an odd number at the end means a file that was cut off, which FastCSV would take for complete.
 */
final class CsvText extends FilterReader {

    private static final char MARK = '\uFEFF';

    private boolean begun;
    private boolean insideQuotes;

    CsvText(Reader in) {
        super(in);
    }

    /** Whether what was read so far ends inside a quoted field. */
    boolean endsInsideQuotes() {
        return insideQuotes;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (!begun && count > 0) {
            begun = true;
            if (buffer[offset] == MARK) {
                System.arraycopy(buffer, offset + 1, buffer, offset, count - 1);
                count = count > 1 ? count - 1 : super.read(buffer, offset, length);
            }
        }
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == '"') {
                insideQuotes = !insideQuotes;
            }
        }
        return count;
    }
}
