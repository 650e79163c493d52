package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Rejections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a caller gets for an import that went as asked.
 *
 * @param recordsImported records in bulk requests that Okta accepted
 * @param sessionId the session that holds them; empty in a dry run without one
 * @param options what was asked for
 * @param requests bulk requests that Okta accepted, or in a dry run those that would be sent
 * @param planned what the source came to: records that were left out, or counted as one
 * @param plan in a dry run what would be sent
 */
public record ImportAnswer(
        int recordsImported,
        Optional<String> sessionId,
        ImportOptions options,
        int requests,
        PlanSummary planned,
        Optional<List<BulkRequest>> plan) {

    /** The answer's members in the order in which they are written. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("recordsImported", recordsImported);
        members.put("applicationId", options.applicationId());
        members.put("sessionId", sessionId.orElse(null));
        members.put("importOperation", options.operation().name());
        members.put("requests", requests);
        plan.ifPresent(sent ->
                members.put("plan", sent.stream().map(ImportAnswer::members).toList()));
        Rejections rejected = planned.rejections();
        if (!rejected.isEmpty()) {
            members.put("rejected", rejected.listed());
            members.put("rejectedCount", rejected.records());
        }
        if (planned.repeated() > 0) {
            members.put("repeated", planned.repeated());
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
