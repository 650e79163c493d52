package dev.bulkuserimport.rules;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Damage to an identity: white space and invisible characters at its edges, line breaks, and what spreadsheets and databases write in place
 * of an ID. A damaged external ID or login creates a second account, or leaves a leaver's access open, because Okta ignores the deactivation
 * of an unknown ID.
 */
public final class IdentityText {

    /** A number that a spreadsheet has shortened, with a decimal point or comma: {@code 1.23457E+11}. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+(?:[.,]\\d+[eE][+-]?\\d{1,3}|[eE]\\+\\d{1,3})");

    private static final Fault FORMULA_ERROR =
            Fault.of("is a spreadsheet formula error: fix the formula or its source");
    private static final Fault TOO_NARROW =
            Fault.of("is what a spreadsheet shows when a column is too narrow: widen the column and export again");
    static final Fault SHORTENED =
            Fault.of("is a number that a spreadsheet has shortened (such as 1.2E+11), so digits are lost: format the"
                    + " column as text and export again");
    private static final Fault PLACEHOLDER =
            Fault.of("is a placeholder for a missing value, not an ID: leave it empty or enter the ID");
    private static final Fault APOSTROPHE =
            Fault.of("begins with an apostrophe, which spreadsheets add before text: remove it");
    private static final Fault FORMULA =
            Fault.of("begins with an equals sign, so it is a spreadsheet formula, not an ID: export the values");

    private static final Fault BROKEN =
            Fault.of("contains a line break, so it may be several in one cell, or rows that a stray quote has"
                    + " swallowed: a login must be a single line");

    /** Of an error value or a shortened number. A name of a type may be longer, and so may the marks of a narrow column. */
    private static final int LONGEST_DAMAGE = 40;

    private IdentityText() {}

    /** Whether a character is white space or can't be seen: Unicode's separators (Z*), controls (Cc) and format characters (Cf). */
    public static boolean isInvisible(int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7F) {
            return false;
        }
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT -> true;
            default -> false;
        };
    }

    /** White space or an invisible character at an edge. */
    static Optional<Fault> edges(char[] text, int offset, int length) {
        if (length == 0) {
            return Optional.empty();
        }
        if (isInvisible(Character.codePointAt(text, offset, offset + length))) {
            return Optional.of(Fault.of("begins with white space or an invisible character: remove it"));
        }
        if (isInvisible(Character.codePointBefore(text, offset + length, offset))) {
            return Optional.of(Fault.of("ends with white space or an invisible character: remove it"));
        }
        return Optional.empty();
    }

    /** A line break: several logins in one cell, or rows that a stray quote has swallowed. */
    static Optional<Fault> lines(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (isLineBreak(text[i])) {
                return Optional.of(BROKEN);
            }
        }
        return Optional.empty();
    }

    static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Damage done to an ID by a spreadsheet or a database. */
    static Optional<Fault> damage(char[] text, int offset, int length) {
        if (length == 0) {
            return Optional.empty();
        }
        return switch (text[offset]) {
            case '\'' -> Optional.of(APOSTROPHE);
            case '=' -> Optional.of(FORMULA);
            case '#' -> ofHash(new String(text, offset, length));
            case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                length > LONGEST_DAMAGE ? Optional.empty() : shortened(text, offset, length);
            default -> ofWord(text, offset, length);
        };
    }

    private static Optional<Fault> ofHash(String text) {
        if (text.length() <= LONGEST_DAMAGE && CellError.isMarked(text)) {
            return Optional.of(FORMULA_ERROR);
        }
        return text.length() > 1 && text.chars().allMatch(c -> c == '#') ? Optional.of(TOO_NARROW) : Optional.empty();
    }

    private static Optional<Fault> ofWord(char[] text, int offset, int length) {
        if (Placeholder.isOne(text, offset, length)) {
            return Optional.of(PLACEHOLDER);
        }
        return CellError.isNumbered(text, offset, length) ? Optional.of(FORMULA_ERROR) : Optional.empty();
    }

    /** A number in scientific notation, from which a spreadsheet has dropped digits. */
    static Optional<Fault> shortened(char[] text, int offset, int length) {
        return hasExponent(text, offset, length)
                        && SCIENTIFIC.matcher(new String(text, offset, length)).matches()
                ? Optional.of(SHORTENED)
                : Optional.empty();
    }

    private static boolean hasExponent(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (text[i] == 'E' || text[i] == 'e') {
                return true;
            }
        }
        return false;
    }
}
