package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.IdentityText;

/** White space and invisible characters at the edges of a cell, which nobody who wrote the cell has seen. */
final class Edges {

    private Edges() {}

    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && IdentityText.isInvisible(text.charAt(start))) {
            start++;
        }
        while (end > start && IdentityText.isInvisible(text.charAt(end - 1))) {
            end--;
        }
        return start == 0 && end == text.length() ? text : text.substring(start, end);
    }
}
