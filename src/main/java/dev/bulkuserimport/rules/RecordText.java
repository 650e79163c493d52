package dev.bulkuserimport.rules;

import java.util.Optional;

/** Characters that no text in a record may contain, because JSON or Okta can't carry them, or because the original was lost on the way. */
public final class RecordText {

    private static final Fault NUL = Fault.of("contains a NUL character");
    private static final Fault HALF = Fault.of("contains half of a surrogate pair, which is not a character");
    private static final Fault LOST =
            Fault.of("contains U+FFFD, which replaces a character that was lost earlier: export the data again with the"
                    + " correct encoding (UTF-8)");

    private RecordText() {}

    /** What is wrong with a text, described without its value. */
    public static Optional<Fault> fault(char[] text, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c > 0 && c < Character.MIN_SURROGATE) {
                continue;
            }
            if (c == 0) {
                return Optional.of(NUL);
            }
            if (c == '\uFFFD') {
                return Optional.of(LOST);
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text[i + 1])) {
                    i++;
                } else {
                    return Optional.of(HALF);
                }
            }
        }
        return Optional.empty();
    }
}
