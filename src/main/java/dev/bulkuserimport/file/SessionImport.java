package dev.bulkuserimport.file;

import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of {@code importSession}.
 *
 * @param importId the file's import
 * @param number the session's number, from 1
 * @param sessionId its ID in Okta
 * @param recordsImported records in requests that Okta accepted
 * @param state the session's state: started, unless it is the caller's own or waits
 * @param waitSeconds how long to wait before {@code followSession}, or before {@code importSession} again while the session waits
 */
public record SessionImport(
        ImportId importId,
        int number,
        Optional<String> sessionId,
        int recordsImported,
        SessionState state,
        long waitSeconds) {

    /** A session that Okta doesn't take yet. */
    static SessionImport waiting(ImportId importId, int number, long waitSeconds) {
        return new SessionImport(importId, number, Optional.empty(), 0, SessionState.PLANNED, waitSeconds);
    }

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("importId", importId.toString());
        members.put("number", number);
        sessionId.ifPresent(id -> members.put("sessionId", id));
        members.put("recordsImported", recordsImported);
        members.put("state", state.name());
        if (state == SessionState.PLANNED) {
            members.put("waiting", true);
        }
        members.put("waitSeconds", waitSeconds);
        return members;
    }
}
