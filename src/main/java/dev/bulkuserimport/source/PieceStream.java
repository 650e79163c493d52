package dev.bulkuserimport.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of a workbook, of which a parser may read only so much at once: it holds a tag as a whole, however long that is. */
final class PieceStream extends FilterInputStream {

    /** Bytes of a tag, or of a text, with what the parser reads ahead. The longest cell of a spreadsheet has 32,767 characters. */
    private static final int LONGEST = 1_000_000;

    private int read;

    PieceStream(InputStream in) {
        super(in);
    }

    /** What is read from now on belongs to the next tag or text. */
    void beginPiece() {
        read = 0;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int bytes) {
        read += bytes;
        if (read > LONGEST) {
            throw Malformed.whole("The workbook has a tag or a text of more than " + LONGEST / 1_000_000 + " MB");
        }
    }
}
