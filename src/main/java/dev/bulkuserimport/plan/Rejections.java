package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The invalid records, which are left out or refuse the import.
 *
 * @param records the number of invalid records
 * @param groups how many of them are groups
 * @param memberships how many of them are memberships
 * @param errorCount the number of their errors
 * @param errors the errors of the first {@link #KEPT_RECORDS} of them
 * @param kinds the kinds of error, most frequent first
 * @param byLine whether places are lines
 */
public record Rejections(
        int records,
        int groups,
        int memberships,
        int errorCount,
        List<RecordError> errors,
        List<ErrorKind> kinds,
        boolean byLine) {

    /** How many invalid records' errors are kept for a report. */
    public static final int KEPT_RECORDS = 10_000;

    /** The most characters of messages and IDs in a report: more than 10,000 of the longest IDs. */
    private static final int MOST_CHARACTERS = 8_000_000;

    public static final Rejections NONE = new Rejections(0, 0, 0, 0, List.of(), List.of(), false);

    public Rejections {
        errors = List.copyOf(errors);
        kinds = List.copyOf(kinds);
    }

    /**
     * The same with only the first errors, if a report with all of them, which each step of an import reads and writes, would have more
     * than some megabytes. The counts are unchanged.
     */
    public Rejections bounded() {
        long characters = 0;
        for (int i = 0; i < errors.size(); i++) {
            RecordError error = errors.get(i);
            characters += error.message().length()
                    + error.externalId().map(String::length).orElse(0)
                    + error.field().map(String::length).orElse(0);
            if (characters > MOST_CHARACTERS) {
                return new Rejections(records, groups, memberships, errorCount, errors.subList(0, i), kinds, byLine);
            }
        }
        return this;
    }

    /** The errors of users alone: groups and memberships are no rows to be fixed and put again. */
    public List<RecordError> ofUsers() {
        return errors.stream().filter(RecordError::isOfUser).toList();
    }

    /** How many of the invalid records are users. */
    public int users() {
        return records - groups - memberships;
    }

    public boolean isEmpty() {
        return records == 0;
    }

    /** The first {@value Problem#LISTED_ERRORS} errors, for an answer. */
    public List<Map<String, Object>> listed() {
        return errors.stream()
                .limit(Problem.LISTED_ERRORS)
                .map(RecordError::members)
                .toList();
    }

    /** The kinds of error as they appear in an answer. */
    public List<Map<String, Object>> listedKinds() {
        List<Map<String, Object>> listed = new ArrayList<>();
        kinds.forEach(kind -> listed.add(kind.members()));
        return listed;
    }
}
