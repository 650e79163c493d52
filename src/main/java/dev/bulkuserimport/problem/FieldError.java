package dev.bulkuserimport.problem;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is wrong with one field of a request, a setting of a file, or a column.
 *
 * @param field its name or path, for example {@code importOperation} or {@code mapping.profile.userName}
 * @param message what is wrong and how to fix it; never a value
 */
public record FieldError(String field, String message) {

    /** The error as it appears in a problem. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("field", field);
        members.put("message", message);
        return members;
    }
}
