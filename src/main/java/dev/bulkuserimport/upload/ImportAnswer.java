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
 * What a caller gets for an import that went as asked.
 *
 * @param imported what the bulk requests hold that Okta accepted
 * @param sessionId the session that holds them; empty in a dry run without one
 * @param options what was asked for
 * @param requests bulk requests that Okta accepted, or in a dry run those that would be sent
 * @param planned what the source came to: records that were left out, or counted as one
 * @param plan in a dry run what would be sent
 */
public record ImportAnswer(
        Imported imported,
        Optional<String> sessionId,
        ImportOptions options,
        int requests,
        PlanSummary planned,
        Optional<SessionPlan> plan) {

    /** The answer's members in the order in which they are written. */
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
