package dev.bulkuserimport.file;

import dev.bulkuserimport.report.ImportId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of {@code followSession}.
 *
 * @param importId the file's import
 * @param number the session's number, from 1
 * @param sessionId its ID in Okta
 * @param status Okta's status, for example {@code TRIGGERED} or {@code COMPLETED}
 * @param done whether Okta has finished it
 * @param waitSeconds how long to wait before the next session is imported or, as long as this one isn't done, it is looked at again; 0
 *     after the last one
 */
public record SessionFollow(
        ImportId importId, int number, String sessionId, String status, boolean done, long waitSeconds) {

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("importId", importId.toString());
        members.put("number", number);
        members.put("sessionId", sessionId);
        members.put("status", status);
        members.put("done", done);
        members.put("waitSeconds", waitSeconds);
        return members;
    }
}
