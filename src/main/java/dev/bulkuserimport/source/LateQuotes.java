package dev.bulkuserimport.source;

/** Quotation marks that would enclose a cell if nothing stood before the first one. */
final class LateQuotes {

    private static final char QUOTE = '"';

    private LateQuotes() {}

    /**
     * Whether a cell's text, without what stood before its first character, begins with such a quote. In {@code "A" team "B"} it doesn't:
     * there the quotes are part of the text.
     */
    static boolean begin(String text) {
        if (text.length() < 2 || text.charAt(0) != QUOTE) {
            return false;
        }
        // The other half of an odd number of quotes is in another cell.
        return text.charAt(text.length() - 1) == QUOTE
                ? !endEarly(text)
                : text.chars().filter(c -> c == QUOTE).count() % 2 != 0;
    }

    /** Whether a quote that isn't doubled, as one within an enclosed cell is, comes before the end. */
    private static boolean endEarly(String text) {
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == QUOTE) {
                if (text.charAt(i + 1) != QUOTE) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
