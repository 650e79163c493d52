package dev.bulkuserimport.file;

import dev.bulkuserimport.report.ImportId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of {@code awaitDecision}.
 *
 * @param importId the file's import
 * @param waiting whether a person may still decide; if not, {@code planFile} continues with the file
 * @param waitSeconds how long to wait before asking again
 */
public record AwaitedDecision(ImportId importId, boolean waiting, int waitSeconds) {

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("importId", importId.toString());
        members.put("waiting", waiting);
        members.put("waitSeconds", waitSeconds);
        return members;
    }
}
