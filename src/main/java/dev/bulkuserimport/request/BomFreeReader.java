package dev.bulkuserimport.request;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Leaves out the byte order mark with which Excel begins its CSV files. */
final class BomFreeReader extends FilterReader {

    private static final char MARK = '\uFEFF';

    private boolean begun;

    BomFreeReader(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (!begun && count > 0) {
            begun = true;
            if (buffer[offset] == MARK) {
                System.arraycopy(buffer, offset + 1, buffer, offset, count - 1);
                return count > 1 ? count - 1 : super.read(buffer, offset, length);
            }
        }
        return count;
    }
}
