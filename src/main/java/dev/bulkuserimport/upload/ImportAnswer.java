package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.request.ImportOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a caller is told of an import that went as asked.
 *
 * @param recordsImported records in bulk requests that Okta accepted
 * @param sessionId the session that holds them; null in a dry run without one
 * @param options what was asked for
 * @param requests bulk requests that Okta accepted, or in a dry run those that would be sent
 * @param rejected records that were left out because they are invalid
 * @param plan in a dry run what would be sent; null otherwise
 */
public record ImportAnswer(
        int recordsImported,
        String sessionId,
        ImportOptions options,
        int requests,
        List<RecordError> rejected,
        List<BulkRequest> plan) {

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("recordsImported", recordsImported);
        members.put("applicationId", options.applicationId());
        members.put("sessionId", sessionId);
        members.put("importOperation", options.operation().name());
        members.put("requests", requests);
        if (plan != null) {
            members.put("plan", plan.stream().map(ImportAnswer::members).toList());
        }
        if (!rejected.isEmpty()) {
            members.put("rejected", rejected.stream().map(RecordError::members).toList());
        }
        return members;
    }

    private static Map<String, Object> members(BulkRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("users", request.users());
        members.put("bytes", request.bodyBytes());
        return members;
    }
}
