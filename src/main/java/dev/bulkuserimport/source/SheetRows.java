package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.source.NumberFormats.Shown;
import dev.bulkuserimport.source.Row.Damage;
import dev.bulkuserimport.source.SheetFormulas.Formula;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rows of a worksheet (ECMA-376) in order, with their cells as a person sees them. */
final class SheetRows implements Closeable {

    private static final int LAST_ROW = 1_048_576;

    /** The most characters of a cell; Excel's own limit. */
    private static final int LONGEST_CELL = 32_767;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.]{1,40}(?:[eE][+-]?\\d{1,3})?");

    private final SheetXml xml;
    private final Cells cells;
    private final MergedCells merged;
    private final Row row;
    private final SheetFormulas formulas = new SheetFormulas();
    private int number;
    private boolean hidden;
    private boolean ownContent;

    /**
     * What the cells of all sheets share.
     *
     * @param texts the shared strings
     * @param formats how numbers are displayed
     * @param computedOnLoad whether stored results of formulas may be meaningless
     * @param characters the limit on the characters of all cells
     */
    record Cells(SharedTexts texts, NumberFormats formats, boolean computedOnLoad, Allowance characters) {}

    SheetRows(SheetXml xml, Cells cells, MergedCells merged, Row row) {
        this.xml = xml;
        this.cells = cells;
        this.merged = merged;
        this.row = row;
    }

    /** Reads the next row with a cell that isn't empty; false at the end. */
    boolean next() throws IOException {
        while (nextRow()) {
            if (row.isTooLarge()) {
                throw Malformed.at(
                        "Row " + number + " has more than " + Row.MOST_CELLS + " cells or " + Row.MOST_CHARS
                                + " characters",
                        number,
                        1);
            }
            if (ownContent && !row.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The current row's number, from 1. */
    int number() {
        return number;
    }

    /** Whether the current row is hidden, by a filter or manually. */
    boolean isHidden() {
        return hidden;
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }

    private boolean nextRow() throws IOException {
        while (xml.next()) {
            if (xml.ends("sheetData")) {
                return false;
            }
            if (xml.starts("row")) {
                int given = xml.number("r").orElse(number + 1);
                if (given <= number || given > LAST_ROW) {
                    throw Malformed.at(
                            "The workbook (.xlsx) is damaged: the row after row " + number + " is out of order",
                            Math.max(1, number),
                            1);
                }
                number = given;
                hidden = xml.flag("hidden");
                ownContent = false;
                row.begin(number);
                xml.inRow(number);
                merged.beginRow(number);
                while (xml.next() && !xml.ends("row")) {
                    if (xml.starts("c")) {
                        cell();
                    }
                }
                fillMergedTo(Row.MOST_CELLS);
                merged.endRow(number, row);
                return true;
            }
        }
        return false;
    }

    private void cell() throws IOException {
        String reference = xml.attribute("r", "");
        int column = reference.isEmpty() ? row.cells() : column(reference);
        if (column < row.cells() || column >= Row.MOST_CELLS) {
            throw damaged("the next cell is out of order");
        }
        fillMergedTo(column);
        row.fillTo(column);
        String type = xml.attribute("t", "n");
        int style = Math.max(0, SheetXml.digits(xml.attribute("s", "0")));
        String value = "";
        Formula formula = Formula.NONE;
        boolean stored = false;
        while (xml.next() && !xml.ends("c")) {
            if (xml.starts("v")) {
                value = type.equals("str") ? SheetXml.withoutEscapes(xml.text()) : xml.text();
                // A formula can result in an empty text, but not in an empty number.
                stored = type.equals("str") || !value.isBlank();
            } else if (xml.starts("is")) {
                value = xml.richText("is");
            } else if (xml.starts("f")) {
                formula = formulas.read(xml);
            }
        }
        Optional<MergedCells.Value> above = merged.at(column);
        if (above.isPresent()) {
            // The content of a cell below a merged one is invisible.
            add(above.get());
        } else if (formula != Formula.NONE && !stored) {
            uncomputed();
        } else {
            add(type, style, value, formula);
            ownContent |= row.cells() > column && !row.isEmpty(column);
        }
    }

    /** Adds the cells up to a column that are merged with the row above. */
    private void fillMergedTo(int column) {
        for (int next = merged.from(row.cells()); next >= 0 && next < column; next = merged.from(row.cells())) {
            row.fillTo(next);
            add(merged.at(next).orElseThrow());
        }
    }

    private void add(MergedCells.Value value) {
        add(value.text());
        row.lastIs(value.damage());
    }

    private void uncomputed() {
        add("");
        row.lastIs(Damage.UNCOMPUTED);
        ownContent = true;
    }

    private void add(String type, int style, String value, Formula formula) {
        switch (type) {
            case "s" -> {
                String text = value.strip();
                add(
                        text.isEmpty()
                                ? new char[0]
                                : cells.texts().get(text).orElseThrow(() -> damaged("it refers to a missing text")));
            }
            case "b" -> add(truth(value.strip()));
            case "e" -> {
                add(value);
                row.lastIs(Damage.FORMULA);
            }
            case "d" -> add(cells.formats().shown(value.strip(), style));
            case "n" -> number(value.strip(), style, formula);
            // A formula's text, or an inline string.
            default -> add(value);
        }
    }

    /** A boolean as a spreadsheet displays it; some programs write a word instead of 1 or 0. */
    private String truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> "";
            case "1", "true" -> "TRUE";
            case "0", "false" -> "FALSE";
            default -> throw damaged("it should contain a boolean");
        };
    }

    private void number(String value, int style, Formula formula) {
        if (value.isEmpty()) {
            add("");
            return;
        }
        // The longest text of a double; with more exponent digits, a number could take a gigabyte.
        if (!NUMBER.matcher(value).matches()) {
            throw damaged("it should contain a number");
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw damaged("it should contain a number");
        }
        if (number.signum() == 0 && cells.computedOnLoad() && mayBeUncomputed(style, formula)) {
            uncomputed();
            return;
        }
        add(cells.formats().shown(number, style));
        if (NumberFormats.isRounded(number)) {
            row.lastIs(Damage.ROUNDED);
        }
    }

    /** Whether a 0 may be no result: a reference to an empty cell results in 0, which isn't a date; otherwise it may come from a program that doesn't compute formulas. */
    private boolean mayBeUncomputed(int style, Formula formula) {
        Formula result = formula == Formula.NONE ? formulas.ofArray(number, row.cells()) : formula;
        return switch (result) {
            case NONE -> false;
            case REFERENCE -> !cells.formats().showsMoments(style);
            case OTHER -> true;
        };
    }

    private void add(Shown shown) {
        add(shown.text());
        if (shown.moment()) {
            row.lastIs(Damage.DATE);
        }
    }

    private void add(String text) {
        add(text.toCharArray());
    }

    private void add(char[] text) {
        if (text.length > LONGEST_CELL) {
            throw Malformed.at(
                    place() + " has more than " + LONGEST_CELL + " characters, which no spreadsheet allows", number, 1);
        }
        // An empty cell costs work too.
        cells.characters().take(text.length + 1);
        row.add(text, 0, text.length);
        row.lastMayHaveBreaks();
    }

    /** The current cell, for messages: {@code Cell C7}. */
    private String place() {
        StringBuilder letters = new StringBuilder();
        for (int column = row.cells() + 1; column > 0; column = (column - 1) / 26) {
            letters.insert(0, (char) ('A' + (column - 1) % 26));
        }
        return "Cell " + letters + number;
    }

    private ProblemException damaged(String what) {
        return Malformed.at(
                "The workbook (.xlsx) is damaged at " + place().replace("Cell", "cell") + " (" + what
                        + "): save it again",
                number,
                1);
    }

    /** The column of a cell reference, from 0: {@code C7} is 2; -1 if it has none. */
    static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && i < 4; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = 26 * column + c - 'A' + 1;
        }
        return column - 1;
    }
}
