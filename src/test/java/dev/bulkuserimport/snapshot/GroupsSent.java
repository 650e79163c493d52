package dev.bulkuserimport.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a plan sends of groups and memberships, in short. */
final class GroupsSent {

    private GroupsSent() {}

    /** {@code group g=Name}, {@code delete g}, {@code join g/member}, {@code leave g/member}, in the order of sending. */
    static List<String> by(SessionPlan plan) throws IOException {
        List<String> sent = new ArrayList<>();
        for (BulkRequest request : plan.requests()) {
            JsonNode body = new ObjectMapper().readTree(plan.bodyStream(request));
            switch (request.operation()) {
                case UPSERT_GROUPS ->
                    body.path("profiles")
                            .forEach(group -> sent.add("group "
                                    + group.path("externalId").asText() + "="
                                    + group.path("profile").path("displayName").asText()));
                case DELETE_GROUPS -> body.path("externalIds").forEach(id -> sent.add("delete " + id.asText()));
                case UPSERT_MEMBERSHIPS -> pairs("join ", body, sent);
                case DELETE_MEMBERSHIPS -> pairs("leave ", body, sent);
                default -> {
                    // People.
                }
            }
        }
        return sent;
    }

    private static void pairs(String what, JsonNode body, List<String> sent) {
        body.path("memberships").forEach(item -> item.path("memberExternalIds")
                .forEach(member -> sent.add(what + item.path("groupExternalId").asText() + "/" + member.asText())));
    }
}
