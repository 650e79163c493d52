package dev.bulkuserimport.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Vertically merged cells of a sheet: the first cell's value applies to every row. Only the first column of an area has the value, and a
 * row has it only if it contains something else, because an area merged over empty rows doesn't make people.
 */
final class MergedCells {

    static final MergedCells NONE = new MergedCells(List.of());

    /** The most merged areas of a sheet. */
    private static final int MOST = 1_000_000;

    private static final byte[] NAME = "mergeCell".getBytes(StandardCharsets.US_ASCII);

    private static final int CAPITAL = "merge".length();

    private final List<Area> areas;
    private int next;
    /** By column. */
    private final TreeMap<Integer, Value> present = new TreeMap<>();

    /** Rows are counted from 1 and columns from 0, as everywhere in this package. */
    private record Area(int column, int firstRow, int lastRow) {}

    /**
     * The value of an area.
     *
     * @param lastRow the last row to which it applies
     */
    record Value(int lastRow, char[] text, Row.Damage damage) {}

    private MergedCells(List<Area> areas) {
        this.areas = areas;
    }

    /**
     * Reads the areas, which come after the rows. The XML is parsed only if the bytes mention any, so that other sheets are read once.
     *
     * @param name the sheet's part
     */
    static MergedCells of(WorkbookParts parts, String name) throws IOException {
        try (InputStream in = parts.stream(name).orElseThrow(WorkbookParts::damaged)) {
            if (!names(in)) {
                return NONE;
            }
        }
        List<Area> areas = new ArrayList<>();
        try (SheetXml xml = parts.xml(name).orElseThrow(WorkbookParts::damaged)) {
            while (areas.size() < MOST && xml.nextStart("mergeCell")) {
                xml.attribute("ref").flatMap(MergedCells::area).ifPresent(areas::add);
            }
        }
        areas.sort(Comparator.comparingInt(Area::firstRow).thenComparing(Area::column));
        return new MergedCells(areas);
    }

    /** Whether bytes contain the element's name. Most bytes are looked at once: of "Ce" a sheet has little. */
    private static boolean names(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int kept = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer, kept, buffer.length - kept)) {
            int end = kept + count;
            for (int i = CAPITAL; i < end - (NAME.length - 1 - CAPITAL); i++) {
                if (buffer[i] == 'C' && buffer[i + 1] == 'e' && isNameAt(buffer, i - CAPITAL)) {
                    return true;
                }
            }
            // A name may continue in what is read next.
            kept = Math.min(end, NAME.length - 1);
            System.arraycopy(buffer, end - kept, buffer, 0, kept);
        }
        return false;
    }

    private static boolean isNameAt(byte[] buffer, int from) {
        return Arrays.equals(buffer, from, from + NAME.length, NAME, 0, NAME.length);
    }

    private static Optional<Area> area(String reference) {
        int colon = reference.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String last = reference.substring(colon + 1);
        int column = SheetRows.column(reference);
        int firstRow = row(reference.substring(0, colon));
        int lastRow = row(last);
        return column < 0 || firstRow < 1 || lastRow <= firstRow
                ? Optional.empty()
                : Optional.of(new Area(column, firstRow, lastRow));
    }

    /** The row of a cell reference, from 1: {@code C7} is 7; -1 if it has none. */
    static int row(String reference) {
        int digits = 0;
        while (digits < reference.length() && !Character.isDigit(reference.charAt(digits))) {
            digits++;
        }
        return SheetXml.digits(reference.substring(digits));
    }

    /** Starts a row; areas that ended above it no longer apply. */
    void beginRow(int row) {
        present.values().removeIf(value -> value.lastRow() < row);
        while (next < areas.size() && areas.get(next).firstRow() < row) {
            next++;
        }
    }

    /** Records the values of the areas that begin in the row just read. */
    void endRow(int rowNumber, Row row) {
        while (next < areas.size() && areas.get(next).firstRow() == rowNumber) {
            Area area = areas.get(next++);
            int column = area.column();
            if (column < row.cells() && (!row.isEmpty(column) || row.damage(column) != Row.Damage.NONE)) {
                present.put(column, new Value(area.lastRow(), row.text(column).toCharArray(), row.damage(column)));
            }
        }
    }

    /** The value of a column in this row, if it is merged with the cell above. */
    Optional<Value> at(int column) {
        return Optional.ofNullable(present.get(column));
    }

    /** The first column from {@code column} on that is merged with the row above; -1 if there is none. */
    int from(int column) {
        Integer found = present.ceilingKey(column);
        return found == null ? -1 : found;
    }
}
