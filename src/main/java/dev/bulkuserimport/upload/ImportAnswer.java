package dev.bulkuserimport.upload;

import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.plan.Rejections;
import dev.bulkuserimport.plan.SessionPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a successful import.
 *
 * @param imported the contents of the bulk requests that Okta accepted
 * @param sessionId the session that contains them; empty in a dry run without one
 * @param options the import's options
 * @param requests the number of bulk requests that Okta accepted, or in a dry run of those that would be sent
 * @param planned the summary of the source, including records that were left out or counted as one
 * @param plan in a dry run, what would be sent
 */
public record ImportAnswer(
        Imported imported,
        Optional<String> sessionId,
        ImportOptions options,
        int requests,
        PlanSummary planned,
        Optional<SessionPlan> plan) {

    /** The members of the answer, in order. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("recordsImported", imported.users());
        if (planned.groups() + planned.memberships() > 0) {
            members.putAll(imported.beside());
        }
        members.put("applicationId", options.applicationId());
        members.put("sessionId", sessionId.orElse(null));
        members.put("importOperation", options.operation().name());
        members.put("requests", requests);
        plan.ifPresent(sent -> members.put(
                "plan",
                sent.requests().stream().map(request -> members(sent, request)).toList()));
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

    private static Map<String, Object> members(SessionPlan plan, BulkRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (plan.isMixed()) {
            members.put("kind", request.operation().kind().label());
        }
        switch (request.operation().kind()) {
            case USERS -> members.put("users", request.users());
            case GROUPS -> members.put("groups", plan.groups(request));
            case MEMBERSHIPS -> members.put("memberships", plan.memberships(request));
        }
        members.put("bytes", request.bodyBytes());
        return members;
    }
}
