package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognizes rows below the header row that are not people: a repeated header row in concatenated files; a second header row with labels or
 * types; a line of dashes from a database client; a totals row at the end of a report. Each would become a person with a strange ID,
 * because the rules for IDs allow it.
 */
final class StrayRow {

    private static final Fault HEADER_AGAIN =
            Fault.of("is a repeated header row, or a second one with labels or types, not a person: delete this row");
    private static final Fault RULE = Fault.of("is a separator line below a header row, not a person: delete this row");
    private static final Fault TOTALS = Fault.of("is a totals row, not a person: delete this row");

    /** The longest text that is searched for. */
    private static final int LONGEST = 40;

    private static final int SHORTEST_RULE = 3;

    /** The number of rows below the header row in which a second one is recognized. */
    private static final int SECOND_HEADERS = 3;

    private static final Pattern TYPE = Pattern.compile(
            "[\\[(]?(?:(?:edm|xs|xsd)[.:])?(?:string|n?varchar2?|n?char|text|integer|int(?:32|64)?|bigint|number|numeric|decimal|double|float|date|date ?time|timestamp|bool(?:ean)?|alphanumeric|required|mandatory|optional|not null)(?: ?\\(\\d{1,5}(?:, ?\\d{1,2})?\\))?[\\])]?",
            Pattern.CASE_INSENSITIVE);

    private final List<String> header;
    private final int[] identifying;
    private int rows;

    /**
     * @param header the names of the columns
     * @param identifying indexes of the columns that make up the external ID
     */
    StrayRow(List<String> header, int[] identifying) {
        this.header = header;
        this.identifying = identifying;
    }

    /** What is wrong with the next row. */
    Optional<Fault> fault(Row row) {
        rows++;
        int id = -1;
        for (int i = 0; i < identifying.length && id < 0; i++) {
            id = identifying[i] < row.cells() && !row.isEmpty(identifying[i]) ? identifying[i] : -1;
        }
        int deciding = id < 0 ? row.firstFilled() : id;
        if (rows <= SECOND_HEADERS && (isTypes(row) || isLabels(row, id))) {
            return Optional.of(HEADER_AGAIN);
        }
        if (deciding < 0 || row.length(deciding) > LONGEST) {
            return Optional.empty();
        }
        if (!mayBeStray(row, deciding)) {
            return Optional.empty();
        }
        String cell = row.text(deciding);
        if (isRule(cell)) {
            return Optional.of(RULE);
        }
        if (TotalsLabel.isOne(cell)) {
            return Optional.of(TOTALS);
        }
        return id >= 0 && isHeader(cell, id) ? Optional.of(HEADER_AGAIN) : Optional.empty();
    }

    /** Most IDs contain a digit and don't begin with a word, so no string has to be created for them. */
    private boolean mayBeStray(Row row, int cell) {
        char[] chars = row.chars();
        int from = row.offset(cell);
        int length = row.length(cell);
        boolean digits = false;
        boolean word = length >= SHORTEST_RULE;
        for (int i = 0; i < length; i++) {
            digits |= Character.isDigit(chars[from + i]);
            word &= i >= SHORTEST_RULE || Character.isLetter(chars[from + i]);
        }
        return !digits
                || word
                || TotalsLabel.mayBeOne(chars, from, length)
                || cell < header.size() && length == header.get(cell).length();
    }

    /** The name of its own column, or one of the external ID's names. IDs without a digit are rare, so for most no names are compared. */
    private boolean isHeader(String cell, int column) {
        String name = column < header.size() ? header.get(column) : "";
        if (cell.equalsIgnoreCase(name)) {
            return true;
        }
        return cell.chars().noneMatch(Character::isDigit)
                && (ColumnNames.isExternalId(cell)
                        || !name.isEmpty()
                                && Character.toLowerCase(name.charAt(0)) == Character.toLowerCase(cell.charAt(0))
                                && NearestName.folded(cell).equals(NearestName.folded(name)));
    }

    private boolean isLabels(Row row, int id) {
        int labels = 0;
        for (int i = 0; i < row.cells(); i++) {
            if (row.isEmpty(i)) {
                continue;
            }
            String cell = row.text(i);
            if (cell.length() > LONGEST
                    || ColumnNames.isData(cell)
                    || cell.chars().anyMatch(Character::isDigit)) {
                return false;
            }
            boolean own = i < header.size() && NearestName.folded(cell).equals(NearestName.folded(header.get(i)));
            boolean label = own
                    || ColumnNames.isStandard(cell)
                    || i == id && ColumnNames.looksLikeId(cell)
                    || i < header.size() && KnownNames.meanSame(cell, header.get(i));
            labels += label ? 1 : 0;
        }
        return labels >= 2;
    }

    private static boolean isTypes(Row row) {
        boolean any = false;
        for (int i = 0; i < row.cells(); i++) {
            if (!row.isEmpty(i)) {
                if (row.length(i) > LONGEST || !TYPE.matcher(row.text(i)).matches()) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private static boolean isRule(String cell) {
        return cell.length() >= SHORTEST_RULE
                && "-=_\u2500".indexOf(cell.charAt(0)) >= 0
                && cell.chars().allMatch(character -> character == cell.charAt(0));
    }
}
