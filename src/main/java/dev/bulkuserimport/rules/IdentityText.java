package dev.bulkuserimport.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What damages an identity: white space and invisible characters that nobody sees, and what spreadsheets and databases write in place of
 * an ID. A damaged external ID or login makes a second account, or leaves a leaver's access open, because Okta ignores the deactivation of
 * an ID that it doesn't know.
 */
public final class IdentityText {

    /** A number that a spreadsheet has shortened, in English or with a decimal comma: {@code 1.23457E+11}. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+(?:[.,]\\d+[eE][+-]?\\d{1,3}|[eE]\\+\\d{1,3})");

    /** A cell that a spreadsheet could not compute: {@code #N/A}, {@code #REF!}, {@code #NAME?}, in any of its languages. */
    private static final Pattern CELL_ERROR = Pattern.compile("#(?:N/A|N/D|NV|GETTING_DATA|[\\p{Lu}\\d/_]+[!?])");

    /** A cell that was too narrow. */
    private static final Pattern TOO_NARROW = Pattern.compile("##+");

    private static final Set<String> NOTHING =
            Set.of("null", "(null)", "<null>", "n/a", "none", "undefined", "nil", "\\n");

    private static final int LONGEST_NOTHING = 9;

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
            return Optional.of(Fault.of("begins with white space or an invisible character: take it away"));
        }
        if (isInvisible(Character.codePointBefore(text, offset + length, offset))) {
            return Optional.of(Fault.of("ends with white space or an invisible character: take it away"));
        }
        return Optional.empty();
    }

    /** What a spreadsheet or a database has made of an ID. */
    static Optional<Fault> damage(char[] text, int offset, int length) {
        if (length == 0 || length > LONGEST_DAMAGE && text[offset] != '=' && text[offset] != '\'') {
            return Optional.empty();
        }
        switch (text[offset]) {
            case '\'' -> {
                return Optional.of(
                        Fault.of("begins with an apostrophe, which a spreadsheet puts before text: take it away"));
            }
            case '=' -> {
                return Optional.of(
                        Fault.of(
                                "begins with an equals sign, so it is a spreadsheet's formula and not the ID: export the values"));
            }
            case '#' -> {
                String value = new String(text, offset, length);
                if (CELL_ERROR.matcher(value).matches()) {
                    return Optional.of(
                            Fault.of("is an error of a spreadsheet's formula: mend the formula or its source"));
                }
                return TOO_NARROW.matcher(value).matches()
                        ? Optional.of(
                                Fault.of("is what a spreadsheet shows of a column that is too narrow: export again"))
                        : Optional.empty();
            }
            case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                return shortened(text, offset, length);
            }
            // What the words for nothing begin with.
            case 'n', 'N', 'u', 'U', '(', '<', '\\' -> {
                return nothing(text, offset, length);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static Optional<Fault> shortened(char[] text, int offset, int length) {
        return hasExponent(text, offset, length)
                        && SCIENTIFIC.matcher(new String(text, offset, length)).matches()
                ? Optional.of(
                        Fault.of("is a number that a spreadsheet has shortened (like 1.2E+11), so digits are lost:"
                                + " format the column as text and export again"))
                : Optional.empty();
    }

    private static Optional<Fault> nothing(char[] text, int offset, int length) {
        return length <= LONGEST_NOTHING && NOTHING.contains(new String(text, offset, length).toLowerCase(Locale.ROOT))
                ? Optional.of(Fault.of("is a word for nothing, not an ID: leave it empty or give the ID"))
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
