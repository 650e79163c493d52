package dev.bulkuserimport.card;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What the bytes of a file alone reveal. */
final class InspectedBytes {

    /** The share of non-ASCII letters that may be adjacent to another: one in this many. */
    private static final int ONE_IN = 4;

    private static final int BUFFER = 8_192;

    private InspectedBytes() {}

    /** The file's bytes; for the start of a text with one record per line, those up to the last line feed. */
    static byte[] wholeLines(InspectRequest request) {
        byte[] content = request.content();
        if (!request.partial() || !request.format().isPlainLines()) {
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

    /**
     * The encoding of a CSV file that isn't UTF-8: the one that Excel uses in Western Europe and America, if the letters are distributed
     * like that. In the encodings of other languages, bytes above 127 appear next to each other.
     */
    static Optional<String> encoding(InspectRequest request) {
        byte[] content = request.content();
        if (!request.format().isPlainLines() || isUtf8(content) || hasUtf16Mark(content)) {
            return Optional.empty();
        }
        int high = 0;
        int beside = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == 0) {
                return Optional.empty();
            }
            if (content[i] < 0) {
                high++;
                beside += i > 0 && content[i - 1] < 0 ? 1 : 0;
            }
        }
        return beside * ONE_IN <= high ? Optional.of("windows-1252") : Optional.empty();
    }

    private static boolean isUtf8(byte[] content) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(BUFFER);
        ByteBuffer in = ByteBuffer.wrap(content);
        while (true) {
            CoderResult result = decoder.decode(in, out, false);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }

    private static boolean hasUtf16Mark(byte[] content) {
        return content.length > 1
                && (content[0] == (byte) 0xFF && content[1] == (byte) 0xFE
                        || content[0] == (byte) 0xFE && content[1] == (byte) 0xFF);
    }
}
