package dev.bulkuserimport.base;

import java.nio.CharBuffer;

/**
 * Keeps a spreadsheet from running formulas in the cells of a CSV file: an apostrophe is inserted before what would begin a formula, at the
 * start of the cell and wherever another computer's list separator, or a line break in a quoted cell, would begin a new cell. It can be
 * removed again without a trace.
 */
public final class FormulaGuard {

    private static final char GUARD = '\'';

    /** The characters that begin a formula, and the guard itself, so that an apostrophe that was there before is preserved. */
    private static final String STARTS = "=+-@\t\r'";

    private static final String SEPARATORS = ",;\t|\r\n";

    private FormulaGuard() {}

    /** A cell's text with guards where needed. */
    public static String guarded(String cell) {
        if (!isCut(cell)) {
            return startsFormula(cell, 0) ? GUARD + cell : cell;
        }
        StringBuilder guarded = new StringBuilder(cell.length() + 2).append(GUARD);
        for (int i = 0; i < cell.length(); i++) {
            guarded.append(cell.charAt(i));
            if (cuts(cell, i)) {
                guarded.append(GUARD);
            }
        }
        return guarded.toString();
    }

    /** Whether a character in the cell would begin a formula in a new cell, so that the cell must also be quoted. */
    public static boolean isCut(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (cuts(cell, i)) {
                return true;
            }
        }
        return false;
    }

    /** The text without its guards. */
    public static String bare(String cell) {
        char[] text = cell.toCharArray();
        return new String(text, 0, takeOff(text, 0, text.length));
    }

    /**
     * Removes the guards from a text in place; its start doesn't move.
     *
     * @return the new end of the text
     */
    public static int takeOff(char[] text, int from, int to) {
        CharSequence cell = CharBuffer.wrap(text, from, to - from);
        int end = from;
        for (int i = from; i < to; i++) {
            // The text before the guard is intact: no more characters are written than were read.
            boolean guard = text[i] == GUARD
                    && (i == from || isSeparator(text[i - 1]) && startsQuotedFormula(cell, i + 1 - from));
            if (!guard) {
                text[end++] = text[i];
            }
        }
        return end;
    }

    private static boolean cuts(CharSequence cell, int at) {
        return isSeparator(cell.charAt(at)) && startsQuotedFormula(cell, at + 1);
    }

    private static boolean isSeparator(char c) {
        return SEPARATORS.indexOf(c) >= 0;
    }

    private static boolean startsFormula(CharSequence cell, int at) {
        return at < cell.length() && STARTS.indexOf(cell.charAt(at)) >= 0;
    }

    /** A quoted formula counts as well. */
    private static boolean startsQuotedFormula(CharSequence cell, int from) {
        int at = from;
        while (at < cell.length() && cell.charAt(at) == '"') {
            at++;
        }
        return startsFormula(cell, at);
    }
}
