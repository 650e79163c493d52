package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same fault in many records.
 *
 * @param field the invalid field; empty for the record as a whole
 * @param message what is wrong, without the record's own numbers
 * @param count the number of records with this fault
 * @param places the first three of them: lines if the file has lines, otherwise indexes
 * @param kind the kind of the records; empty in an import of only users
 */
public record ErrorKind(
        Optional<String> field, String message, int count, List<Long> places, Optional<BulkOperation.Kind> kind) {

    public ErrorKind(Optional<String> field, String message, int count, List<Long> places) {
        this(field, message, count, places, Optional.empty());
    }

    /** The kind as it appears in an answer, a problem or a report. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        kind.ifPresent(one -> members.put("kind", one.label()));
        members.put("field", field.orElse(null));
        members.put("message", message);
        members.put("count", count);
        members.put("places", places);
        return members;
    }
}
