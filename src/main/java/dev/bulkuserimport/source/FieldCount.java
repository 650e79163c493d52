package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that a row has as many fields as the header row. Otherwise its cells have shifted: the value below a name may belong to another
 * column. Empty fields after the last column don't matter, and spreadsheets don't store them.
 */
final class FieldCount {

    private static final String OF = " fields; the header row has ";

    private static final Pattern REPORTED = Pattern.compile("(?:^|; )'?has (\\d{1,5})" + OF + "\\d");

    /** The number of cells up to the last column with a name, without the reasons behind it. */
    private final int named;

    /** The number of columns up to there. */
    private final int columns;

    private final int width;
    private final int reason;
    private final boolean parted;

    /**
     * @param header the header row's cells
     * @param parted whether cells are separated by a character
     */
    FieldCount(List<String> header, boolean parted) {
        this.reason = header.indexOf(ColumnNames.REASON);
        int last = 0;
        for (int i = 0; i < header.size(); i++) {
            last = header.get(i).isEmpty() || i == reason ? last : i + 1;
        }
        this.named = last;
        this.columns = reason >= 0 && reason < last ? last - 1 : last;
        this.width = header.size();
        this.parted = parted;
    }

    /** What is wrong with the row. The numbers are those of the originally rejected file, so that each round reports the same. */
    Optional<Fault> fault(Row row) {
        int own = reason >= 0 ? 1 : 0;
        if (row.filled() > width) {
            return fault(row.filled() - own);
        }
        if (parted && row.cells() < named) {
            return fault(row.cells() > reason ? row.cells() - own : row.cells());
        }
        return stillShort(row);
    }

    /** A row that was too short is padded before its reason; as long as nothing has been entered there, it is still too short. */
    private Optional<Fault> stillShort(Row row) {
        if (reason < 0 || reason >= row.cells() || row.isEmpty(reason)) {
            return Optional.empty();
        }
        Matcher reported = REPORTED.matcher(row.text(reason));
        if (!reported.find()) {
            return Optional.empty();
        }
        int fields = Integer.parseInt(reported.group(1));
        int filled = row.cells();
        while (filled > 0 && (row.isEmpty(filled - 1) || filled - 1 == reason)) {
            filled--;
        }
        return fields < columns && filled <= fields ? fault(fields) : Optional.empty();
    }

    private Optional<Fault> fault(int fields) {
        return Optional.of(Fault.of("has ", fields, OF + columns));
    }
}
