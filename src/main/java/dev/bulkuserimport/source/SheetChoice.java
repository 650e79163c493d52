package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Edges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sheet of a workbook that is read, and the other ones.
 *
 * @param name its name
 * @param named whether it is named in a mapping
 * @param others all other sheets with rows, in the workbook's order
 */
record SheetChoice(String name, boolean named, List<SheetLook> others) {

    /** How many sheets a message lists. */
    private static final int LISTED = 20;

    /** The note for the report; empty if there was only one sheet. */
    Optional<String> remark() {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("The sheet " + ColumnNames.shown(name)
                        + " was read. Other sheets also have rows and were not read: " + list(others) + ".");
    }

    /** Whether another sheet has a matching column. */
    boolean hasColumn(Predicate<String> wanted) {
        return others.stream().anyMatch(sheet -> sheet.hasColumn(wanted));
    }

    /** Where the column is that this sheet lacks, as the end of a sentence. */
    String advice(Predicate<String> wanted) {
        List<SheetLook> found =
                others.stream().filter(sheet -> sheet.hasColumn(wanted)).toList();
        return ". The sheet that was read is " + ColumnNames.shown(name)
                + (found.isEmpty()
                        ? others.isEmpty() ? "" : "; other sheets are " + list(others)
                        : "; the column is in the sheet " + list(found)
                                + ": name that sheet in a mapping (file.sheet), or move it to the front");
    }

    /** The sheets in which a snapshot would continue. */
    Optional<String> more(List<String> header) {
        List<SheetLook> found =
                others.stream().filter(sheet -> sheet.isMoreOf(header)).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(list(found));
    }

    /** The names of the other sheets, at most so many as a sentence lists. */
    List<String> otherNames() {
        return others.stream()
                .limit(LISTED)
                .map(sheet -> Edges.trimmed(sheet.name()))
                .toList();
    }

    private static String list(List<SheetLook> sheets) {
        List<String> names = new ArrayList<>();
        for (SheetLook sheet : sheets.subList(0, Math.min(LISTED, sheets.size()))) {
            names.add(ColumnNames.shown(sheet.name()) + (sheet.visible() ? "" : " (hidden)"));
        }
        return String.join(", ", names) + (sheets.size() > LISTED ? ", …" : "");
    }
}
