package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** The number of rows below the header row in which a second one may also have cells that are no labels. */
    private static final int SECOND_HEADERS = 3;

    /** Fewer labels or types may be a person's. */
    private static final int FEWEST = 2;

    private static final Pattern TYPE = Pattern.compile(
            "[\\[(]?(?:(?:edm|xs|xsd)[.:])?(?:string|n?varchar2?|n?char|text|integer|int(?:32|64)?|bigint|number|numeric|decimal|double|float|date|date ?time|timestamp|bool(?:ean)?|alphanumeric|required|mandatory|optional|not null)(?: ?\\(\\d{1,5}(?:, ?\\d{1,2})?\\))?[\\])]?",
            Pattern.CASE_INSENSITIVE);

    private final List<String> header;
    private final int[] identifying;
    /** The names of the columns as they are compared. */
    private final Set<String> names;
    /** The index of the column with the reasons, which say nothing about a row; -1 if there is none. */
    private final int reason;

    /** Reused, because most rows of some files are compared with it. */
    private final Matcher type = TYPE.matcher("");

    private int rows;

    /**
     * @param header the names of the columns
     * @param identifying indexes of the columns that make up the external ID
     */
    StrayRow(List<String> header, int[] identifying) {
        this.header = header;
        this.identifying = identifying;
        this.reason = header.indexOf(ColumnNames.REASON);
        this.names = header.stream()
                .filter(name -> !name.isEmpty() && !ColumnNames.isReason(name))
                .map(NearestName::folded)
                .collect(Collectors.toSet());
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
        return isHeader(row, cell, id) ? Optional.of(HEADER_AGAIN) : Optional.empty();
    }

    private boolean isHeader(Row row, String cell, int id) {
        boolean digits = hasDigit(cell);
        boolean mayBeType = !digits || cell.endsWith(")") || cell.endsWith("]");
        return mayBeType && isType(cell) && isTypes(row)
                || !digits && isLabels(row, id)
                || id >= 0 && isHeader(cell, id);
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
        return !hasDigit(cell)
                && (ColumnNames.isExternalId(cell)
                        || !name.isEmpty()
                                && Character.toLowerCase(name.charAt(0)) == Character.toLowerCase(cell.charAt(0))
                                && NearestName.folded(cell).equals(NearestName.folded(name)));
    }

    /**
     * Whether the row has the labels of columns: right below the header row at least two of its own columns'; anywhere nothing but labels, of
     * which two different ones fit this table, because a person may be called like a column.
     */
    private boolean isLabels(Row row, int id) {
        if (!mayHaveLabels(row)) {
            return false;
        }
        boolean below = rows <= SECOND_HEADERS;
        int own = 0;
        boolean all = true;
        String fitting = "";
        boolean differ = false;
        int cells = row.cells();
        for (int n = 1; n <= cells; n++) {
            // Most IDs without a digit are names, and what is beside them shows sooner that they aren't labels: an
            // email address, for example.
            int i = (id + n) % cells;
            if (i == reason || row.isEmpty(i)) {
                continue;
            }
            if (row.length(i) > LONGEST) {
                return false;
            }
            String cell = row.text(i);
            String folded = NearestName.folded(cell);
            boolean named = names.contains(folded);
            boolean listed = KnownNames.isListed(cell);
            boolean label = (named || listed) && isLabel(cell, folded, i) || i == id && ColumnNames.looksLikeId(cell);
            all &= label || named || listed;
            if (!all && !below || ColumnNames.isData(cell) || !named && hasDigit(cell)) {
                return false;
            }
            own += label ? 1 : 0;
            if (label || named) {
                differ |= !fitting.isEmpty() && !fitting.equals(folded);
                fitting = folded;
            }
        }
        return below && own >= FEWEST || all && differ;
    }

    /** Whether a cell is a label of its own column, or of a standard property. */
    private boolean isLabel(String cell, String folded, int column) {
        String name = column < header.size() ? header.get(column) : "";
        return folded.equals(NearestName.folded(name))
                || ColumnNames.isStandard(cell)
                || KnownNames.meanSame(cell, name);
    }

    /** At least two cells and no address, which most people have: no string has to be created for their cells. */
    private boolean mayHaveLabels(Row row) {
        char[] chars = row.chars();
        int filled = 0;
        for (int i = 0; i < row.cells(); i++) {
            if (i == reason || row.isEmpty(i)) {
                continue;
            }
            filled++;
            int to = row.offset(i) + row.length(i);
            for (int at = row.offset(i); at < to; at++) {
                if (chars[at] == '@') {
                    return false;
                }
            }
        }
        return filled >= FEWEST;
    }

    private boolean isType(String cell) {
        return type.reset(cell).matches();
    }

    private boolean isTypes(Row row) {
        int types = 0;
        for (int i = 0; i < row.cells(); i++) {
            if (i != reason && !row.isEmpty(i)) {
                if (row.length(i) > LONGEST || !isType(row.text(i))) {
                    return false;
                }
                types++;
            }
        }
        return types >= (rows <= SECOND_HEADERS ? 1 : FEWEST);
    }

    private static boolean hasDigit(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (Character.isDigit(cell.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRule(String cell) {
        return cell.length() >= SHORTEST_RULE
                && "-=_\u2500".indexOf(cell.charAt(0)) >= 0
                && cell.chars().allMatch(character -> character == cell.charAt(0));
    }
}
