package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.CellError;
import dev.bulkuserimport.rules.DateForm;
import dev.bulkuserimport.source.Row.Damage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Damage to cells, remembered in a file of rejected rows: there a damaged cell is a text like any other, and only the reason shows it. As
 * long as the cell looks as it did, it is damaged; otherwise a row that no one has fixed would be imported with a wrong value.
 */
final class RememberedDamage {

    /** A workbook's date, date and time, and time of day, as its rejected row has it. */
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4,5}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2})?|\\d{2,}:\\d{2}:\\d{2}");

    /** A rounded number has no more digits than this; zeros stand for the others. */
    private static final int MOST_KEPT = NumberFormats.DIGITS + 2;

    private static final List<Damage> KINDS =
            List.of(Damage.FORMULA, Damage.UNCOMPUTED, Damage.ROUNDED, Damage.DATE, Damage.QUOTED_LATE);

    private final int reason;

    /** The columns by how a reason begins that is about them. */
    private final Map<String, Integer> columns = new HashMap<>();

    private RememberedDamage(List<String> header, UnaryOperator<String> opening) {
        this.reason = header.indexOf(ColumnNames.REASON);
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(opening.apply(header.get(i)), i);
        }
    }

    /** For a table whose reasons name fields. */
    static RememberedDamage ofFields(List<String> names) {
        return new RememberedDamage(names, name -> name + " ");
    }

    /** For a table whose reasons name columns, because it has a mapping. */
    static RememberedDamage ofColumns(List<String> header) {
        return new RememberedDamage(header, RememberedDamage::inColumn);
    }

    /** How a reason begins that is about a column. */
    static String inColumn(String name) {
        return "has a cell in the column " + ColumnNames.shown(name) + " that ";
    }

    /** Marks the row's cells that are still damaged; returns why the row was rejected, if it says so. */
    Optional<String> restore(Row row) {
        if (reason < 0 || reason >= row.cells() || row.isEmpty(reason)) {
            return Optional.empty();
        }
        String why = row.text(reason);
        for (String one : why.split("; ")) {
            for (Damage damage : KINDS) {
                if (one.endsWith(damage.message())) {
                    String opening =
                            one.substring(0, one.length() - damage.message().length());
                    restore(row, columns.getOrDefault(opening, row.cells()), damage);
                }
            }
        }
        return Optional.of(why);
    }

    private static void restore(Row row, int column, Damage damage) {
        if (column < row.cells() && isStill(damage, row.text(column))) {
            row.stillIs(column, damage);
        }
    }

    private static boolean isStill(Damage damage, String text) {
        return switch (damage) {
            case NONE -> false;
            case FORMULA -> CellError.isOne(text);
            case UNCOMPUTED -> text.isEmpty();
            case ROUNDED -> isRounded(text);
            case QUOTED_LATE -> LateQuotes.begin(text);
            case DATE -> MOMENT.matcher(text).matches() || DateForm.matches(text);
        };
    }

    private static boolean isRounded(String text) {
        String digits = text.replaceAll("\\D", "");
        int zeros = Math.max(1, digits.length() - MOST_KEPT);
        return digits.length() > NumberFormats.DIGITS && digits.endsWith("0".repeat(Math.min(zeros, digits.length())));
    }
}
