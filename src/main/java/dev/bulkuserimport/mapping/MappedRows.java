package dev.bulkuserimport.mapping;

import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Makes records from a table's rows. The position of each of the mapping's columns is looked up once, in the header row. */
public final class MappedRows {

    /** The column with the reasons in a file of rejected rows; not a column that someone forgot to map. */
    public static final String REASON_COLUMN = "rejectedBecause";

    private final MappedRecord record;
    /** For each column of the mapping its index in a row; -1 if it isn't needed. */
    private final int[] places;

    private final List<String> ignored;
    /** The index of the column with the reasons; -1 if there is none. */
    private final int reason;

    /**
     * @param header the header row's cells, without white space at their edges
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} for each column in the mapping that the header row lacks
     *     or contains twice
     */
    public MappedRows(Mapping mapping, List<String> header, RecordSink records) {
        mapping.refuseWithoutProfile(records.takesProfiles());
        this.record = new MappedRecord(mapping, records);
        this.places = places(mapping, header, records.takesProfiles());
        this.ignored = ignored(mapping, header);
        this.reason = header.indexOf(REASON_COLUMN);
        mapping.requireLogin(records);
    }

    /** The columns that the mapping doesn't name, in the file's order. */
    public List<String> ignoredColumns() {
        return ignored;
    }

    /**
     * Makes a record from a row.
     *
     * @param line the line on which it begins, from 1
     * @param cells the texts of its cells; missing ones count as empty
     * @param isDate whether the cell at an index is a spreadsheet date; its text is then {@code yyyy-MM-dd}
     * @param faults what is wrong with the row as a whole, which makes it invalid
     * @param damaged the row's damaged cells
     * @param doubtsExternalId whether the faults mean that the external ID may be someone else's, or that the row may contain other
     *     people's data
     */
    public void row(
            long line,
            List<String> cells,
            IntPredicate isDate,
            List<Fault> faults,
            List<DamagedCell> damaged,
            boolean doubtsExternalId)
            throws IOException {
        Cells target = record.cells();
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            if (place < 0 || place >= cells.size()) {
                target.text(i, "");
            } else if (isDate.test(place)) {
                target.date(i, cells.get(place));
            } else if (reason >= 0) {
                target.onceDate(i, cells.get(place));
            } else {
                target.text(i, cells.get(place));
            }
        }
        for (DamagedCell cell : damaged) {
            if (cell.spoils()) {
                IntStream.range(0, places.length)
                        .filter(i -> places[i] == cell.cell())
                        .forEach(target::damaged);
            }
        }
        record.rejectedBefore(reason >= 0 && reason < cells.size() ? cells.get(reason) : "");
        record.write(line, faults, damaged, doubtsExternalId);
    }

    private static int[] places(Mapping mapping, List<String> header, boolean profiles) {
        Map<String, Integer> placeOf = new HashMap<>();
        Map<String, Integer> second = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            if (placeOf.putIfAbsent(header.get(i), i) != null) {
                second.put(header.get(i), i);
            }
        }
        List<FieldError> errors = new ArrayList<>();
        Suggestions suggestions = new Suggestions();
        boolean[] needed = mapping.neededColumns(profiles);
        int[] places = new int[needed.length];
        for (int i = 0; i < places.length; i++) {
            String name = mapping.columns().get(i);
            places[i] = placeOf.getOrDefault(name, -1);
            if (needed[i] && places[i] < 0) {
                errors.add(new FieldError(
                        name,
                        "is a column that the mapping names, but the file doesn't have it"
                                + suggestions.among(header, name)));
            } else if (needed[i] && second.containsKey(name)) {
                errors.add(new FieldError(
                        name,
                        "is a column that the mapping names, but the header row has it twice (columns "
                                + (places[i] + 1) + " and " + (second.get(name) + 1) + "), so it is ambiguous"));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalidRequest(errors).exception();
        }
        return places;
    }

    private static List<String> ignored(Mapping mapping, List<String> header) {
        List<String> ignored = new ArrayList<>(header);
        ignored.removeAll(new java.util.HashSet<>(mapping.columns()));
        ignored.removeIf(name -> name.isEmpty() || name.equals(REASON_COLUMN));
        return List.copyOf(ignored);
    }
}
