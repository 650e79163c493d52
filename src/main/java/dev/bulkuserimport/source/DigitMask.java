package dev.bulkuserimport.source;

import java.util.Set;

/**
 * A number format that shows IDs: digits, padded with zeros, with text before, between and after them, such as {@code 00000},
 * {@code "E-"0000} or {@code 000-00-0000}; or text before any digits, such as {@code "ID "0}, {@code "E"General} or {@code "X"0"Y"}. The displayed text is
 * the ID, and also what the sheet contains when it is saved as CSV.
 *
 * @param text the format's section, in which {@link #DIGIT} represents a digit
 * @param digits the number of digits; 0 in {@link #NONE}
 * @param fewest how many of them are always shown
 */
record DigitMask(String text, int digits, int fewest) {

    /** Shows a number unchanged. */
    static final DigitMask NONE = new DigitMask("", 0, 0);

    private static final char DIGIT = '\0';

    /** A single digit, as in {@code 0 "days"}, shows an amount, unless there is text before it. */
    private static final int FEWEST = 2;

    private static final int MOST = 30;

    /** The most characters of its texts, which are repeated in each cell. */
    private static final int LONGEST = 255;

    private static final String ALL_DIGITS = "General";

    /** What is written before an amount, apart from the characters of currencies. */
    private static final Set<String> CURRENCIES = Set.of(
            "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
            "HUF", "BRL", "MXN", "ZAR", "SGD", "HKD", "kr", "kr.", "Fr.", "Rs", "Rs.");

    /** The mask of a format; {@link #NONE} for other formats. */
    static DigitMask of(String code) {
        StringBuilder text = new StringBuilder();
        int digits = 0;
        int optional = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (digits == 0 && code.regionMatches(true, i, ALL_DIGITS, 0, ALL_DIGITS.length())) {
                text.append(DIGIT);
                digits = 1;
                i += ALL_DIGITS.length() - 1;
                continue;
            }
            switch (c) {
                case '0', '#' -> {
                    text.append(DIGIT);
                    // Behind a zero it makes no difference: all digits are shown.
                    optional += c == '#' && optional == digits ? 1 : 0;
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
                // A gap as wide as the next character; the next character repeated to the cell's width.
                case '_', '*' -> i++;
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
                    // Before digits it is a letter; behind them it is a power of ten.
                    if (c != 'E' || digits > 0) {
                        return NONE;
                    }
                    text.append(c);
                }
            }
        }
        boolean padded = digits >= FEWEST && optional == 0;
        return digits > MOST || text.length() > LONGEST || !padded && !isNumbered(text.toString())
                ? NONE
                : new DigitMask(text.toString(), digits, digits - optional);
    }

    /**
     * Whether a text has something before its digits that isn't a sign or a currency, and nothing behind them that is set apart, which would
     * be a unit.
     */
    private static boolean isNumbered(String text) {
        int first = text.indexOf(DIGIT);
        String behind = text.substring(text.lastIndexOf(DIGIT) + 1);
        if (first < 0 || !behind.isBlank() && Character.isWhitespace(behind.charAt(0))) {
            return false;
        }
        String before = text.substring(0, first).strip();
        return !CURRENCIES.contains(before)
                && before.chars().noneMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL)
                && before.chars().anyMatch(c -> "-+() ".indexOf(c) < 0);
    }

    /** A number as it is displayed; a negative number or one with a fraction isn't an ID and is left unchanged. */
    String shown(String number) {
        if (digits == 0 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return number;
        }
        String own = fewest == 0 && number.equals("0") ? "" : number;
        String filled = "0".repeat(Math.max(0, fewest - own.length())) + own;
        int missing = Math.max(0, digits - filled.length());
        int place = 0;
        StringBuilder shown = new StringBuilder(text.length() + filled.length());
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != DIGIT) {
                shown.append(text.charAt(i));
                continue;
            }
            if (place++ < missing) {
                continue;
            }
            // Digits that don't fit the mask go before its first digit.
            int to = place == 1 ? filled.length() - digits + 1 : next + 1;
            shown.append(filled, next, to);
            next = to;
        }
        return shown.toString().strip();
    }
}
