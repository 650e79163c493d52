package dev.bulkuserimport.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cells of a sheet that are merged downwards: a person sees the value of the first one in every row. Only its first column has the value,
 * and a row has it only where the row has something else, because an area that is merged over empty rows makes no people.
 */
final class MergedCells {

    static final MergedCells NONE = new MergedCells(List.of());

    /** Areas of a sheet; each of them costs as many bytes of the file. */
    private static final int MOST = 1_000_000;

    private static final byte[] NAME = "mergeCell".getBytes(StandardCharsets.US_ASCII);

    private final List<Area> areas;
    private int next;
    /** By column. */
    private final TreeMap<Integer, Value> present = new TreeMap<>();

    /** Rows and columns count from 1 and 0, as everywhere here. */
    private record Area(int column, int firstRow, int lastRow) {}

    /**
     * What an area shows.
     *
     * @param lastRow the last row in which it does
     */
    record Value(int lastRow, char[] text, Row.Damage damage) {}

    private MergedCells(List<Area> areas) {
        this.areas = areas;
    }

    /**
     * Reads the areas, which come after the rows. The XML is parsed only where the bytes name any, so that other sheets are read once.
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

    /** Whether bytes hold the element's name. Its first letter isn't in it again, so a mismatch loses nothing. */
    private static boolean names(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int met = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                byte b = buffer[i];
                met = b == NAME[met] ? met + 1 : b == NAME[0] ? 1 : 0;
                if (met == NAME.length) {
                    return true;
                }
            }
        }
        return false;
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

    private static int row(String reference) {
        int digits = 0;
        while (digits < reference.length() && !Character.isDigit(reference.charAt(digits))) {
            digits++;
        }
        return SheetXml.digits(reference.substring(digits));
    }

    /** A row begins; areas that ended above it show nothing any more. */
    void beginRow(int row) {
        present.values().removeIf(value -> value.lastRow() < row);
        while (next < areas.size() && areas.get(next).firstRow() < row) {
            next++;
        }
    }

    /** Takes over what the areas show that begin in this row, which has been read. */
    void endRow(int rowNumber, Row row) {
        while (next < areas.size() && areas.get(next).firstRow() == rowNumber) {
            Area area = areas.get(next++);
            int column = area.column();
            if (column < row.cells() && (!row.isEmpty(column) || row.damage(column) != Row.Damage.NONE)) {
                present.put(column, new Value(area.lastRow(), row.text(column).toCharArray(), row.damage(column)));
            }
        }
    }

    boolean isEmpty() {
        return present.isEmpty();
    }

    /** What a column shows in this row, where it is merged with the one above. */
    Optional<Value> at(int column) {
        return Optional.ofNullable(present.get(column));
    }

    /** The first column from {@code column} on that is merged with the row above; -1 where there is none. */
    int from(int column) {
        Integer found = present.ceilingKey(column);
        return found == null ? -1 : found;
    }
}
