package dev.bulkuserimport.source;

import dev.bulkuserimport.base.FormulaGuard;
import dev.bulkuserimport.rules.Edges;
import java.util.Arrays;
import java.util.Optional;

/**
 * A row of a table. One instance holds one row after another, with all cells in a single array, so that reading a table creates no objects
 * for its cells.
 */
final class Row {

    /** The most cells of a row. A spreadsheet has at most 16,384 columns. */
    static final int MOST_CELLS = 16_384;

    /** The most characters of a row; a bulk request holds 200 KB. */
    static final int MOST_CHARS = 4_000_000;

    /** How a spreadsheet, or whoever wrote a CSV's quotes, has damaged a cell. */
    enum Damage {
        NONE(""),
        /** Its formula results in an error. */
        FORMULA("is a spreadsheet formula error: fix the formula or its source"),
        /** Its formula has no stored result, because the program that wrote the file doesn't compute formulas. */
        UNCOMPUTED("is a formula without a stored result: open the file in Excel, save it, and upload it again"),
        /** It is a number with more digits than a spreadsheet keeps. */
        ROUNDED("is a number with more than " + NumberFormats.DIGITS
                + " digits, which the spreadsheet has rounded: format the column as text and enter it again"),
        /** It is a date or a time, in ISO format. In other properties that is fine, but an ID is never a date. */
        DATE(
                "is in a cell formatted as a date, so the spreadsheet has changed it: format the column as text and enter it"
                        + " again"),
        /** A CSV's quotes don't enclose it, so they would become part of it. */
        QUOTED_LATE(
                "has white space or an invisible character before a quotation mark, so the quotation marks would become part"
                        + " of the value: remove both");

        private final String message;

        Damage(String message) {
            this.message = message;
        }

        /** What is wrong with the cell. */
        String message() {
            return message;
        }

        /** Whether the cell can't be used as a property. */
        boolean spoils() {
            return this != NONE && this != DATE;
        }

        /** Whether the cell can't be used as an external ID or a login. */
        boolean spoilsIdentity() {
            return this != NONE;
        }
    }

    private char[] chars = new char[1024];
    private int[] offsets = new int[64];
    private int[] lengths = new int[64];
    private Damage[] damages = new Damage[64];
    private boolean[] broken = new boolean[64];

    /** The cells that were added rather than skipped, in order; in the arrays all other cells are marked as empty. */
    private int[] added = new int[64];

    private int addedCells;
    private int used;
    private int cells;
    private long line;
    private int filled;
    private boolean mayHaveBreaks;
    private boolean tooLarge;
    private boolean again;
    private long trimmed;
    private final boolean trims;

    /** @param trims whether white space and invisible characters at the edges of cells are removed */
    Row(boolean trims) {
        this.trims = trims;
        Arrays.fill(damages, Damage.NONE);
    }

    void begin(long rowLine) {
        for (int i = 0; i < addedCells; i++) {
            int cell = added[i];
            lengths[cell] = 0;
            damages[cell] = Damage.NONE;
            broken[cell] = false;
        }
        if (again) {
            Arrays.fill(damages, Damage.NONE);
            again = false;
        }
        addedCells = 0;
        line = rowLine;
        used = 0;
        cells = 0;
        tooLarge = false;
        filled = 0;
        mayHaveBreaks = false;
    }

    /** Adds a cell. */
    void add(char[] text, int offset, int length) {
        if (cells >= MOST_CELLS || used + length > MOST_CHARS) {
            tooLarge = true;
            return;
        }
        makeRoom(cells + 1);
        if (used + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + length));
        }
        int from = offset;
        int to = offset + length;
        if (trims && length > 0 && (mayBeInvisible(text[from]) || mayBeInvisible(text[to - 1]))) {
            from = Edges.start(text, from, to);
            to = Edges.end(text, from, to);
            trimmed += to - from < length ? 1 : 0;
        }
        System.arraycopy(text, from, chars, used, to - from);
        offsets[cells] = used;
        lengths[cells] = to - from;
        added[addedCells++] = cells;
        used += to - from;
        cells++;
        filled = to > from ? cells : filled;
    }

    /** Skips empty cells up to this number of cells, at no cost however wide a spreadsheet's row is. */
    void fillTo(int count) {
        if (count > MOST_CELLS) {
            tooLarge = true;
        } else if (count > cells && !tooLarge) {
            makeRoom(count);
            cells = count;
        }
    }

    private void makeRoom(int count) {
        int before = offsets.length;
        if (count > before) {
            int capacity = Math.max(2 * before, count);
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            damages = Arrays.copyOf(damages, capacity);
            Arrays.fill(damages, before, capacity, Damage.NONE);
            broken = Arrays.copyOf(broken, capacity);
            added = Arrays.copyOf(added, capacity);
        }
    }

    /** Marks the last added cell as damaged. */
    void lastIs(Damage damage) {
        if (!tooLarge) {
            damages[cells - 1] = damage;
            filled = damage == Damage.UNCOMPUTED ? cells : filled;
        }
    }

    /** Marks a cell as damaged, as it was before it became text. */
    void stillIs(int cell, Damage damage) {
        damages[cell] = damage;
        again = true;
    }

    /** Marks the last added cell as quoted, so it may contain line breaks. */
    void lastMayHaveBreaks() {
        if (!tooLarge) {
            broken[cells - 1] = true;
            mayHaveBreaks = true;
        }
    }

    /** Removes the apostrophes that guard formulas in a file of rejected rows. */
    void takeOffGuards() {
        for (int n = 0; n < addedCells; n++) {
            takeOffGuard(added[n]);
        }
    }

    private void takeOffGuard(int cell) {
        int to = FormulaGuard.takeOff(chars, offsets[cell], offsets[cell] + lengths[cell]);
        offsets[cell] = Edges.start(chars, offsets[cell], to);
        lengths[cell] = to - offsets[cell];
    }

    /** The line of the file on which the row begins; in a spreadsheet the row's number. */
    long line() {
        return line;
    }

    int cells() {
        return cells;
    }

    /** The number of cells up to the last one that isn't empty. */
    int filled() {
        return filled;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    /** The number of cells in all rows so far that were trimmed. */
    long trimmed() {
        return trimmed;
    }

    boolean isEmpty() {
        return filled == 0;
    }

    /** The first cell that isn't empty; -1 if there is none. */
    int firstFilled() {
        for (int n = 0; n < addedCells; n++) {
            if (lengths[added[n]] > 0) {
                return added[n];
            }
        }
        return -1;
    }

    /** Whether no cell contains anything visible. */
    boolean isBlank() {
        for (int i = 0; i < cells; i++) {
            if (!isBlank(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isBlank(int cell) {
        return Edges.isBlank(chars, offsets[cell], offsets[cell] + lengths[cell]);
    }

    boolean isEmpty(int cell) {
        return lengths[cell] == 0;
    }

    /** Whether a cell has content, or should have. */
    boolean holds(int cell) {
        return lengths[cell] > 0 || damages[cell] == Damage.UNCOMPUTED;
    }

    Damage damage(int cell) {
        return damages[cell];
    }

    char[] chars() {
        return chars;
    }

    int offset(int cell) {
        return offsets[cell];
    }

    int length(int cell) {
        return lengths[cell];
    }

    String text(int cell) {
        return new String(chars, offsets[cell], lengths[cell]);
    }

    /** The first cell that contains line breaks and at least this many of {@code separator}: rows swallowed by a stray quote. */
    Optional<Integer> swallowed(char separator, int separators) {
        for (int n = 0; mayHaveBreaks && n < addedCells; n++) {
            int i = added[n];
            if (broken[i] && holds(offsets[i], offsets[i] + lengths[i], separator, separators)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private boolean holds(int from, int to, char separator, int separators) {
        boolean breaks = false;
        int found = 0;
        for (int i = from; i < to; i++) {
            char c = chars[i];
            breaks |= c == '\n' || c == '\r';
            found += c == separator ? 1 : 0;
        }
        return breaks && found >= separators;
    }

    private static boolean mayBeInvisible(char c) {
        return c <= ' ' || c >= 0x7F;
    }
}
