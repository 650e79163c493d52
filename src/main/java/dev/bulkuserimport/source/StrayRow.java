package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rows below the header row that are nobody: the header row once more, where files were joined; a rule of dashes, as database clients draw
 * it; a row of totals, as reports end with. Each would become a person with a strange ID, because no rule for IDs forbids it.
 */
final class StrayRow {

    static final Fault HEADER_AGAIN =
            Fault.of("is the header row once more, as where files were joined: delete this row");
    static final Fault RULE = Fault.of("is a line drawn below a header row, and nobody: delete this row");
    static final Fault TOTALS = Fault.of("is a row of totals, and nobody: delete this row");

    /** The longest of what is looked for. */
    private static final int LONGEST = 40;

    private static final int SHORTEST_RULE = 3;

    private static final Pattern TOTAL = Pattern.compile(
            "(?:(?:grand|overall|report|sub)[ -]?)?totals?(?: *[:=] *\\d*)?|(?:gesamt)?summe:?|gesamt:?",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private StrayRow() {}

    /** By the cell that holds the external ID, whose header names it as Okta or the card does. */
    static Optional<Fault> of(String externalId) {
        if (externalId.isEmpty() || externalId.length() > LONGEST) {
            return Optional.empty();
        }
        return switch (externalId.charAt(0)) {
            case 'e', 'E' -> isHeader(externalId) ? Optional.of(HEADER_AGAIN) : Optional.empty();
            case '-', '=', '_', '\u2500' -> isRule(externalId) ? Optional.of(RULE) : Optional.empty();
            case 't', 'T', 'g', 'G', 's', 'S', 'o', 'O', 'r', 'R' ->
                TOTAL.matcher(externalId).matches() ? Optional.of(TOTALS) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * By all cells that a mapping reads.
     *
     * @param header the header row's cells that the mapping reads
     * @param cells the row's cells below them
     */
    static Optional<Fault> of(List<String> header, List<String> cells) {
        boolean again = true;
        boolean rule = true;
        int filled = 0;
        for (int i = 0; i < cells.size() && (again || rule); i++) {
            String cell = cells.get(i);
            if (!cell.isEmpty()) {
                filled++;
                again = again && i < header.size() && cell.equals(header.get(i));
                rule = rule && isRule(cell);
            }
        }
        if (filled == 0 || !again && !rule) {
            return Optional.empty();
        }
        return Optional.of(again ? HEADER_AGAIN : RULE);
    }

    /** Most IDs that begin with an E are no headers: only what begins like one is worth a comparison of names. */
    private static boolean isHeader(String cell) {
        return cell.regionMatches(true, 0, "external", 0, 8) && ColumnNames.isExternalId(cell);
    }

    private static boolean isRule(String cell) {
        return cell.length() >= SHORTEST_RULE
                && cell.chars().allMatch(character -> character == cell.charAt(0))
                && "-=_\u2500".indexOf(cell.charAt(0)) >= 0;
    }
}
