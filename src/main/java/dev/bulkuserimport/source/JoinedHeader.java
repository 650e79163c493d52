package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes a header row that has become one with the rows below it, because of a stray quote or because a program has lost their line
 * breaks. The people in those rows would be missing from the import, and their values would be printed as names of columns.
 */
final class JoinedHeader {

    /** Only the first dot of the domain can match the dot, so that a long cell costs no more than its length. */
    private static final String ADDRESS = "[\\p{L}\\p{N}][^\\s@]*@[^\\s@.]+\\.[^\\s@]*[\\p{L}\\p{N}]";

    private static final Pattern IS_ADDRESS = Pattern.compile(ADDRESS);

    /** The last cell of a row and the first one of the next have no separator between them. */
    private static final Pattern BEGINS_OR_ENDS_WITH_ADDRESS =
            Pattern.compile("^" + ADDRESS + "(?: |$)|(?:^| )" + ADDRESS + "$");

    private final Row header;
    private final List<String> names;
    private final Optional<Character> separator;

    /**
     * @param header the header row as it was read
     * @param names its cells, normalized for comparison
     * @param separator the character that separates cells; empty for a spreadsheet
     */
    JoinedHeader(Row header, List<String> names, Optional<Character> separator) {
        this.header = header;
        this.names = names;
        this.separator = separator.filter(character -> !isOfRejectedRows(names));
    }

    /**
     * Whether it is the header row of a file of rejected rows. It has been accepted before, possibly as a spreadsheet's, where there may be
     * notes beside the table. No row can have joined it, because nothing follows the column of the reasons.
     */
    private static boolean isOfRejectedRows(List<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty())
                .reduce((first, second) -> second)
                .filter(ColumnNames::isReason)
                .isPresent();
    }

    /**
     * Refuses a header row that contains data.
     *
     * @param wanted whether a column is known by this name, whatever it looks like
     * @throws ProblemException with the column's number; its name may be someone's data
     */
    void refuse(Predicate<String> wanted) {
        int separators = names.size() - 1;
        // The only cell of a row may have line breaks in its name.
        separator
                .filter(character -> separators > 0)
                .flatMap(character -> header.swallowed(character, separators))
                .ifPresent(column -> {
                    throw refusal(
                            column,
                            "contains line breaks and as many separators as a row: a stray quote has swallowed the rows"
                                    + " below; remove the quote");
                });
        Predicate<String> known = wanted.or(ColumnNames::isStandard);
        boolean several = names.stream()
                        .filter(known.negate())
                        .filter(name -> besideAddress(name).isPresent())
                        .count()
                > 1;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (known.test(name)) {
                continue;
            }
            if (IS_ADDRESS.matcher(name).matches() || isJoined(i, several, known)) {
                throw refusal(
                        i,
                        "contains an email address, so it is a person's data and not a name: check that the header row"
                                + " is on a line of its own");
            }
            if (separator.isPresent() && isBroken(i)) {
                throw refusal(
                        i,
                        "contains a character for a line break that CSV doesn't have (U+0085, U+2028 or U+2029), so"
                                + " other rows may be part of the header row: export the file with LF or CRLF at the end"
                                + " of each line");
            }
        }
    }

    /**
     * The last name of a row may say whom to ask: where another row follows in the same one, its cells come after the address. Next to the
     * table of a spreadsheet there may be such notes anywhere.
     */
    private boolean isJoined(int column, boolean several, Predicate<String> known) {
        return separator.isPresent()
                && besideAddress(names.get(column))
                        .filter(rest -> several || column < names.size() - 1 || known.test(rest))
                        .isPresent();
    }

    /** What a name contains besides the address at its beginning or end; empty if there is none. */
    private static Optional<String> besideAddress(String name) {
        Matcher address = BEGINS_OR_ENDS_WITH_ADDRESS.matcher(name);
        return name.indexOf('@') > 0 && address.find()
                ? Optional.of((name.substring(0, address.start()) + name.substring(address.end())).strip())
                : Optional.empty();
    }

    private boolean isBroken(int column) {
        return column < header.cells()
                && header.text(column).chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029);
    }

    private ProblemException refusal(int column, String what) {
        return Malformed.at("Column " + (column + 1) + " of the header row " + what, header.line(), 1);
    }
}
