package dev.bulkuserimport.card;

import dev.bulkuserimport.source.FileFormat;
import java.util.Arrays;

/** The start of a larger file is inspected up to its last whole line. */
final class InspectedBytes {

    private InspectedBytes() {}

    /** The file's bytes; of the start of a text with a record a line those up to the last line feed. */
    static byte[] wholeLines(InspectRequest request) {
        byte[] content = request.content();
        FileFormat.Kind kind = request.format().kind();
        boolean lines = kind == FileFormat.Kind.CSV || kind == FileFormat.Kind.NDJSON;
        if (!request.partial() || !lines || request.format().gzipped()) {
            return content;
        }
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        // In UTF-16, little-endian, a line feed's second byte follows.
        boolean littleEndian = content.length > 1 && content[0] == (byte) 0xFF && content[1] == (byte) 0xFE;
        end = littleEndian && end > 0 ? Math.min(content.length, end + 1) : end;
        return end == 0 ? content : Arrays.copyOf(content, end);
    }
}
