package dev.bulkuserimport.card;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
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

    /** The encoding that Excel uses in Western Europe and America. */
    static final String WESTERN = "windows-1252";

    private static final int BUFFER = 8_192;

    /** Signs of windows-1252 in whose place Central Europe's windows-1250 has letters: as its letters they come before another one. */
    private static final String BEFORE_LETTERS = "£¥¯³¹¼¾";

    /** The same behind another letter. */
    private static final String BEHIND_LETTERS = "¯³¼¾¿";

    private InspectedBytes() {}

    /**
     * The file's bytes; for the start of a larger text those up to the end of its last whole line or object, because it may be cut in the
     * middle of a character, a word or a number.
     */
    static byte[] wholeRecords(InspectRequest request) {
        byte[] content = request.content();
        if (!request.partial()) {
            return content;
        }
        if (request.format().isPlainLines()) {
            content = upToLast(content, request, "\r\n");
        }
        return request.format().isPlainObjects() ? upToLast(content, request, "}") : content;
    }

    /** The content up to the last one of these ASCII characters; all of it if there is none. */
    private static byte[] upToLast(byte[] content, InspectRequest request, String ends) {
        boolean marked = hasUtf16Mark(content);
        String named = marked ? "" : encodingOf(request);
        boolean little = marked ? content[0] == (byte) 0xFF : named.equals("UTF-16LE");
        boolean wide = marked || named.startsWith("UTF-16");
        int width = wide ? 2 : 1;
        for (int from = content.length - content.length % width - width; from >= 0; from -= width) {
            int zero = wide ? content[little ? from + 1 : from] : 0;
            int character = content[wide && !little ? from + 1 : from];
            if (zero == 0 && ends.indexOf(character) >= 0) {
                return Arrays.copyOf(content, from + width);
            }
        }
        return content;
    }

    /** The name of the encoding that the request's mapping sets; empty if it sets none. */
    private static String encodingOf(InspectRequest request) {
        return request.given()
                .mapping()
                .flatMap(mapping -> mapping.file().encoding())
                .map(Charset::name)
                .or(() -> Optional.ofNullable(request.given().layout().get("encoding"))
                        .map(name -> Charset.forName(name.toString()).name()))
                .orElse("");
    }

    /**
     * The encoding of a CSV file that isn't UTF-8: {@value #WESTERN}, if the letters are distributed like that. In the encodings of other
     * languages bytes above 127 appear next to each other, or signs within words.
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
                if (isLetterElsewhere(content, i)) {
                    return Optional.empty();
                }
            }
        }
        return beside * ONE_IN <= high ? Optional.of(WESTERN) : Optional.empty();
    }

    /** Whether a sign is where only a letter can be, as in {@code Dzia³}; {@code m³} is a measure. */
    private static boolean isLetterElsewhere(byte[] content, int at) {
        char sign = (char) (content[at] & 0xFF);
        char before = at > 0 ? (char) (content[at - 1] & 0xFF) : ' ';
        char behind = at + 1 < content.length ? (char) (content[at + 1] & 0xFF) : ' ';
        return BEFORE_LETTERS.indexOf(sign) >= 0 && isAsciiLetter(behind)
                || BEHIND_LETTERS.indexOf(sign) >= 0 && isAsciiLetter(before) && before != 'm';
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
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
