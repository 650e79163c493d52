package dev.bulkuserimport.mapping;

/** White space and invisible characters at the edges of a cell, which nobody who wrote the cell has seen. */
final class Edges {

    private Edges() {}

    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isInvisible(text.charAt(start))) {
            start++;
        }
        while (end > start && isInvisible(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }

    /** Unicode's separators (Z*), controls (Cc) and format characters (Cf). */
    private static boolean isInvisible(char c) {
        if (c > ' ' && c < 0x7F) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            default -> false;
        };
    }
}
