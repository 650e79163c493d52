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
import java.util.regex.Pattern;

/** What the bytes of a file alone reveal. */
final class InspectedBytes {

    /** The share of non-ASCII bytes that may be adjacent to another, or symbols within words: one in this many. */
    private static final int ONE_IN = 4;

    /** The encoding that Excel uses in Western Europe and America. */
    static final String WESTERN = "windows-1252";

    private static final int BUFFER = 8_192;

    /**
     * Symbols of windows-1252 whose bytes are letters in windows-1250, within a word: capitals directly before letters, or between them, and
     * small ones after three letters, or between them. {@code £k}, {@code £GBP} and {@code ft³} are no words.
     */
    private static final Pattern WITHIN_WORDS =
            Pattern.compile("[£¥¯¼](?=[A-Za-z][a-z]|[A-Za-z]{4})|(?<=[A-Z])[£¥¯¼](?=[A-Z])"
                    + "|(?<=[A-Za-z]{3})[³¾¿]|(?<=[A-Za-z])[¹³¾¿](?=[a-z])");

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
            int high = wide ? content[little ? from + 1 : from] : 0;
            int character = content[wide && !little ? from + 1 : from];
            if (high == 0 && ends.indexOf(character) >= 0) {
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
     * languages bytes above 127 appear next to each other, or as symbols within words.
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
        long within = WITHIN_WORDS
                .matcher(new String(content, StandardCharsets.ISO_8859_1))
                .results()
                .count();
        return Math.max(beside, within) * ONE_IN <= high ? Optional.of(WESTERN) : Optional.empty();
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
