package dev.bulkuserimport.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The records that are left out, or refused, because they are invalid.
 *
 * @param records how many records are invalid
 * @param errorCount how many errors they have
 * @param errors the errors of the first {@link #KEPT_RECORDS} of them
 * @param kinds the kinds of error, the most frequent first
 * @param byLine whether places are lines
 */
public record Rejections(int records, int errorCount, List<RecordError> errors, List<ErrorKind> kinds, boolean byLine) {

    /** Invalid records whose errors are kept for a report. */
    public static final int KEPT_RECORDS = 10_000;

    /** Characters of messages and IDs that a report has room for: more than 10,000 of the longest IDs. */
    private static final int MOST_CHARACTERS = 8_000_000;

    /** Errors that an answer or a problem lists. */
    public static final int LISTED_ERRORS = 100;

    public static final Rejections NONE = new Rejections(0, 0, List.of(), List.of(), false);

    public Rejections {
        errors = List.copyOf(errors);
        kinds = List.copyOf(kinds);
    }

    /**
     * The same with the first errors alone, where they are so many and so long that a report of them, which each step of an import reads and
     * writes, would take more than some megabytes; their numbers stay.
     */
    public Rejections bounded() {
        long characters = 0;
        for (int i = 0; i < errors.size(); i++) {
            RecordError error = errors.get(i);
            characters += error.message().length()
                    + error.externalId().map(String::length).orElse(0)
                    + error.field().map(String::length).orElse(0);
            if (characters > MOST_CHARACTERS) {
                return new Rejections(records, errorCount, errors.subList(0, i), kinds, byLine);
            }
        }
        return this;
    }

    /** The errors of users alone: groups and memberships are no rows to be fixed and put again. */
    public List<RecordError> ofUsers() {
        return errors.stream().filter(RecordError::isOfUser).toList();
    }

    /** How many of the invalid records are groups or memberships. */
    public int others() {
        return (int) errors.stream()
                .filter(error -> !error.isOfUser())
                .map(error -> error.kind().orElseThrow() + " " + error.index())
                .distinct()
                .count();
    }

    public boolean isEmpty() {
        return records == 0;
    }

    /** The first {@value #LISTED_ERRORS} errors, for an answer. */
    public List<Map<String, Object>> listed() {
        return errors.stream().limit(LISTED_ERRORS).map(RecordError::members).toList();
    }

    /** The kinds of error as they stand in an answer. */
    public List<Map<String, Object>> listedKinds() {
        List<Map<String, Object>> listed = new ArrayList<>();
        kinds.forEach(kind -> listed.add(kind.members()));
        return listed;
    }
}
