package dev.bulkuserimport.source;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The formulas of a sheet's cells. Of those that several cells share, only one cell has the text. */
final class SheetFormulas {

    /** A formula that only refers to another cell, or to a range of them. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\s*(?:[^()+*/&<>=]{1,80}!)?\\$?[A-Z]{1,3}\\$?\\d{1,7}(?::\\$?[A-Z]{1,3}\\$?\\d{1,7})?\\s*");

    /** The most shared formulas that are remembered. */
    private static final int MOST_SHARED = 100_000;

    /** The numbers of the shared formulas that are references; they stay references, to other cells. */
    private final Set<Integer> sharedReferences = new HashSet<>();

    /** The areas of array formulas by first column. Those that rows still come to don't overlap. */
    private final TreeMap<Integer, Area> arrays = new TreeMap<>();

    enum Formula {
        NONE,
        REFERENCE,
        OTHER
    }

    private record Area(int lastColumn, int lastRow, Formula formula) {}

    /** Reads the formula at whose start the reader is. */
    Formula read(SheetXml xml) throws IOException {
        String type = xml.attribute("t", "");
        Optional<Integer> shared = type.equals("shared") ? xml.number("si") : Optional.empty();
        Optional<String> area = type.equals("array") ? xml.attribute("ref") : Optional.empty();
        String text = xml.text();
        boolean reference = REFERENCE.matcher(text).matches();
        area.ifPresent(ref -> remember(ref, reference ? Formula.REFERENCE : Formula.OTHER));
        boolean refers =
                shared.map(number -> isReference(number, text, reference)).orElse(reference);
        return refers ? Formula.REFERENCE : Formula.OTHER;
    }

    /** Whether a shared formula, of which a cell may have the text, is a reference. */
    private boolean isReference(int number, String text, boolean reference) {
        if (text.isBlank()) {
            return sharedReferences.contains(number);
        }
        if (!reference) {
            sharedReferences.remove(number);
        } else if (sharedReferences.size() < MOST_SHARED) {
            sharedReferences.add(number);
        }
        return reference;
    }

    /** The array formula of which a cell has a result; only the first cell of the area contains it. */
    Formula ofArray(int row, int column) {
        if (arrays.isEmpty()) {
            return Formula.NONE;
        }
        Map.Entry<Integer, Area> area = arrays.floorEntry(column);
        return area != null
                        && area.getValue().lastColumn() >= column
                        && area.getValue().lastRow() >= row
                ? area.getValue().formula()
                : Formula.NONE;
    }

    private void remember(String ref, Formula formula) {
        int colon = ref.indexOf(':');
        if (colon < 0) {
            return;
        }
        String last = ref.substring(colon + 1);
        int firstColumn = SheetRows.column(ref);
        int lastColumn = SheetRows.column(last);
        int lastRow = MergedCells.row(last);
        if (firstColumn >= 0 && lastColumn >= firstColumn && lastRow > 0) {
            arrays.subMap(firstColumn, true, lastColumn, true).clear();
            arrays.put(firstColumn, new Area(lastColumn, lastRow, formula));
        }
    }
}
