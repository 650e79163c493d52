package dev.bulkuserimport.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same fault in many records.
 *
 * @param field the field at fault; empty when it is the record as a whole
 * @param message what is wrong, without the record's own numbers
 * @param count in how many records
 * @param places the first three of them: lines of a file of lines, else indexes
 */
public record ErrorKind(Optional<String> field, String message, int count, List<Long> places) {

    /** The kind as it stands in an answer, a problem or a report. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("field", field.orElse(null));
        members.put("message", message);
        members.put("count", count);
        members.put("places", places);
        return members;
    }
}
