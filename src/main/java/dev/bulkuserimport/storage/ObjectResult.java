package dev.bulkuserimport.storage;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What became of one object's notification.
 *
 * @param object the object version
 * @param outcome in a word
 * @param recordsImported records in requests that Okta accepted, now or when it was first delivered
 * @param problem the failure's name; null without one
 * @param report where the report is; null when there is none
 */
public record ObjectResult(ObjectVersion object, Outcome outcome, int recordsImported, String problem, String report) {

    /** What was done with a notification. */
    public enum Outcome {
        IMPORTED,
        FAILED,
        /** Another delivery of the same notification has done it. */
        DUPLICATE,
        /** Not a file to import. */
        IGNORED
    }

    /** The result as it stands in the function's answer. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("bucket", object.bucket());
        members.put("key", object.key());
        members.put("version", object.version().orElse(null));
        members.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        members.put("recordsImported", recordsImported);
        if (problem != null) {
            members.put("problem", problem);
        }
        if (report != null) {
            members.put("report", report);
        }
        return members;
    }
}
