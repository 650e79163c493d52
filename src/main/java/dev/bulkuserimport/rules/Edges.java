package dev.bulkuserimport.rules;

/** White space and invisible characters (Unicode Z*, Cc, Cf) at the edges of a text: nobody sees them, and they make another ID of one. */
public final class Edges {

    private Edges() {}

    /** Where the text between begins, without its left edge. */
    public static int start(char[] text, int from, int to) {
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
    public static int end(char[] text, int from, int to) {
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

    /** Whether there is no text between. */
    public static boolean isBlank(char[] text, int from, int to) {
        return start(text, from, to) == to;
    }

    /** The text between. */
    public static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && IdentityText.isInvisible(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        int start = 0;
        while (start < end && IdentityText.isInvisible(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start, end);
    }
}
