package dev.bulkuserimport.rules;

/**
 * White space and invisible characters (Unicode Z*, Cc, Cf) at the edges of a text: no one sees them, but they make it a different text.
 */
public final class Edges {

    private Edges() {}

    /** The start of the text after its left edge. */
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

    /** The end of the text before its right edge. */
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

    /** Whether there is no text between the edges. */
    public static boolean isBlank(char[] text, int from, int to) {
        return start(text, from, to) == to;
    }

    /** The text between the edges. */
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

    /**
     * The text between the edges, with each run of white space in it replaced by one space: a line break or a no-break space in a header
     * looks like any other space.
     */
    public static String oneSpaced(String text) {
        String trimmed = trimmed(text);
        if (isOneSpaced(trimmed)) {
            return trimmed;
        }
        StringBuilder spaced = new StringBuilder(trimmed.length());
        boolean inSpace = false;
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            boolean space = isSpace(c);
            if (!space) {
                spaced.append(c);
            } else if (!inSpace) {
                spaced.append(' ');
            }
            inSpace = space;
        }
        return spaced.toString();
    }

    private static boolean isOneSpaced(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c) && (c != ' ' || text.charAt(i + 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    /** There is no white space outside the Basic Multilingual Plane. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
