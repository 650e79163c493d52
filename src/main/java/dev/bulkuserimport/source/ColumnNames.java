package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.MappedRows;
import dev.bulkuserimport.rules.KnownNames;
import dev.bulkuserimport.rules.NearestName;
import dev.bulkuserimport.rules.StandardProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Interprets column names: the external ID and the standard properties by name or label, in any spelling; others by exact name. */
final class ColumnNames {

    static final String EXTERNAL_ID = "externalId";

    /** The column with the reasons in a file of rejected rows; when such a file is imported again, it is not a property. */
    static final String REASON = MappedRows.REASON_COLUMN;

    /** The most characters of a name in a message. */
    private static final int SHOWN = 64;

    private static final Map<String, String> STANDARD = new HashMap<>();

    private static final Set<String> IDS = Set.of(
            "id",
            "uid",
            "guid",
            "empid",
            "empno",
            "hrid",
            "personalnummer",
            "personalnr",
            "sourceid",
            "sourcekey",
            "employeenumber",
            "mitarbeiternummer",
            "mitarbeiternr",
            "matrikelnummer",
            "recordid");

    private static final List<String> PERSONS = List.of(
            "employee",
            "associate",
            "worker",
            "staff",
            "person",
            "personnel",
            "personal",
            "mitarbeiter",
            "payroll",
            "user",
            "member",
            "external",
            "source",
            "contact",
            "people");

    private static final List<String> NUMBERS =
            List.of("id", "identifier", "number", "no", "nr", "nummer", "code", "key");

    private static final List<String> OTHERS =
            List.of("manager", "supervisor", "vorgesetzt", "department", "building", "cost", "phone", "type", "email");

    static {
        STANDARD.put(NearestName.folded(EXTERNAL_ID), EXTERNAL_ID);
        for (StandardProperty standard : StandardProperty.values()) {
            // The card's labels are the names with spaces, so they normalize to the same text.
            STANDARD.put(NearestName.folded(standard.propertyName()), standard.propertyName());
        }
    }

    private ColumnNames() {}

    /** The field for a column with this name. */
    static String field(String name) {
        if (name.length() > SHOWN) {
            return name;
        }
        return STANDARD.getOrDefault(NearestName.folded(name), name);
    }

    /** Whether this is the name or label of the external ID or a standard property, in any spelling. */
    static boolean isStandard(String name) {
        return name.length() <= SHOWN && STANDARD.containsKey(NearestName.folded(name));
    }

    static boolean isExternalId(String name) {
        return field(name).equals(EXTERNAL_ID);
    }

    static boolean isReason(String name) {
        return name.equals(REASON);
    }

    /** Whether this column might be intended as the external ID. */
    static boolean looksLikeId(String name) {
        if (name.length() > SHOWN) {
            return false;
        }
        // Templates mark required columns: "Employee ID *", "Email Address [Required]".
        String folded = NearestName.folded(
                name.replaceAll("\\s*[\\[(][^\\])]*[\\])]", "").replaceAll("[*:!'\"]", ""));
        if (OTHERS.stream().anyMatch(folded::contains)) {
            return false;
        }
        return IDS.contains(folded)
                || PERSONS.stream().anyMatch(folded::contains)
                        && NUMBERS.stream().anyMatch(folded::endsWith)
                || meansId(name, false);
    }

    /** Whether this is what a language or an HR system calls a person's ID. */
    private static boolean meansId(String name, boolean uncertain) {
        return KnownNames.meanings(name).stream()
                .anyMatch(known -> known.rank(EXTERNAL_ID) == 0 && known.uncertain() == uncertain);
    }

    /** A name for a message: short, on one line, without invisible characters. */
    static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints()
                .limit(SHOWN)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c));
        return name.codePointCount(0, name.length()) > SHOWN ? shown + "…" : shown.toString();
    }

    /** Whether a cell contains data rather than a header: a number, a date, an address. */
    static boolean isData(String cell) {
        if (cell.indexOf('@') >= 0) {
            return true;
        }
        boolean digits = false;
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (Character.isDigit(c)) {
                digits = true;
            } else if (Character.isLetter(c)) {
                letters.append(c);
            } else if ("+-.,:/ ()'%\u00A0".indexOf(c) < 0 && Character.getType(c) != Character.CURRENCY_SYMBOL) {
                return false;
            }
        }
        return digits && (letters.isEmpty() || isDateWord(letters.toString()));
    }

    /** The letters in {@code 13-May-2026}, {@code 2026-02-01T00:00:00Z}, {@code 1.5E+11}. */
    private static boolean isDateWord(String letters) {
        String word = letters.toLowerCase(Locale.ROOT);
        return word.length() >= 3 && MONTHS.stream().anyMatch(month -> word.startsWith(month) && word.length() <= 9)
                || word.equals("t")
                || word.equals("tz")
                || word.equals("e")
                || word.equals("am")
                || word.equals("pm");
    }

    private static final List<String> MONTHS = List.of(
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mai", "okt",
            "dez");

    /**
     * The {@code columns} that look like an external ID, formatted for messages; if there is none, those whose names often mean something
     * else too.
     */
    static Optional<String> candidates(List<String> columns) {
        return candidates(columns, ColumnNames::looksLikeId)
                .or(() -> candidates(columns, name -> name.length() <= SHOWN && meansId(name, true)));
    }

    private static Optional<String> candidates(List<String> columns, Predicate<String> are) {
        List<String> found =
                columns.stream().filter(are).limit(5).map(ColumnNames::shown).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }
}
