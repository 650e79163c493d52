package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.IdentityText;

/** White space and invisible characters (Unicode Z*, Cc, Cf) at the edges of a text: nobody sees them, and they make another ID of one. */
final class Edges {

    private Edges() {}

    /** Where the text between begins, without its left edge. */
    static int start(char[] text, int from, int to) {
        int start = from;
        while (start < to) {
            int c = Character.codePointAt(text, start, to);
            if (!IdentityText.isInvisible(c)) {
                return start;
            }
            start += Character.charCount(c);
        }
        return to;
    }

    /** Where it ends, without its right edge. */
    static int end(char[] text, int from, int to) {
        int end = to;
        while (end > from) {
            int c = Character.codePointBefore(text, end, from);
            if (!IdentityText.isInvisible(c)) {
                return end;
            }
            end -= Character.charCount(c);
        }
        return from;
    }

    static String trimmed(String text) {
        char[] chars = text.toCharArray();
        int start = start(chars, 0, chars.length);
        return new String(chars, start, end(chars, start, chars.length) - start);
    }
}
