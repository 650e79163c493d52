package dev.bulkuserimport.source;

/**
 * A number format that shows IDs: digits, padded with zeros, with text before, between and after them, such as {@code 00000},
 * {@code "E-"0000} or {@code 000-00-0000}. The displayed text is the ID, and also what the sheet contains when it is saved as CSV.
 *
 * @param text the format's section, in which {@link #DIGIT} represents a digit
 * @param digits the number of digits; 0 in {@link #NONE}
 */
record DigitMask(String text, int digits) {

    /** Shows a number unchanged. */
    static final DigitMask NONE = new DigitMask("", 0);

    private static final char DIGIT = '\0';

    /** A single digit, as in {@code 0 "days"}, shows an amount. */
    private static final int FEWEST = 2;

    private static final int MOST = 30;

    /** The most characters of its texts, which are repeated in each cell. */
    private static final int LONGEST = 255;

    /** The mask of a format; {@link #NONE} for other formats. */
    static DigitMask of(String code) {
        StringBuilder text = new StringBuilder();
        int digits = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            switch (c) {
                case '0' -> {
                    text.append(DIGIT);
                    digits++;
                }
                case '"' -> {
                    int end = code.indexOf('"', i + 1);
                    if (end < 0) {
                        return NONE;
                    }
                    text.append(code, i + 1, end);
                    i = end;
                }
                case '\\' -> {
                    i++;
                    text.append(i < code.length() ? code.charAt(i) : "");
                }
                // A gap as wide as the next character.
                case '_' -> i++;
                case '-', '+', '(', ')', ' ' -> text.append(c);
                case '[' -> {
                    int end = code.indexOf(']', i);
                    // A color, language or condition doesn't change the digits; a currency does.
                    if (end < 0 || !code.substring(i + 1, end).matches("[A-Za-z]{3,10}|\\$-[0-9A-Fa-f]{1,8}|[<>=].*")) {
                        return NONE;
                    }
                    i = end;
                }
                default -> {
                    return NONE;
                }
            }
        }
        return digits < FEWEST || digits > MOST || text.length() > LONGEST
                ? NONE
                : new DigitMask(text.toString(), digits);
    }

    /** A number as it is displayed; a negative number or one with a fraction isn't an ID and is left unchanged. */
    String shown(String number) {
        if (digits == 0 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return number;
        }
        String filled = "0".repeat(Math.max(0, digits - number.length())) + number;
        StringBuilder shown = new StringBuilder(text.length() + filled.length());
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != DIGIT) {
                shown.append(text.charAt(i));
                continue;
            }
            // Digits that don't fit the mask go before its first digit.
            int to = next == 0 ? filled.length() - digits + 1 : next + 1;
            shown.append(filled, next, to);
            next = to;
        }
        return shown.toString().strip();
    }
}
