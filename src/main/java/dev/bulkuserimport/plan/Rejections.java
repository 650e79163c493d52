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

    /** Errors that an answer or a problem lists. */
    public static final int LISTED_ERRORS = 100;

    public static final Rejections NONE = new Rejections(0, 0, List.of(), List.of(), false);

    public Rejections {
        errors = List.copyOf(errors);
        kinds = List.copyOf(kinds);
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
