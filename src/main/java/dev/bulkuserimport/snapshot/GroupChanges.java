package dev.bulkuserimport.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.MembershipItems;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.GroupProperty;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session makes of groups and memberships, read from the requests that it sends, so that the state knows neither more nor less. */
final class GroupChanges {

    private final GroupHash hash;
    private final ByteChunks out;
    private final Map<String, Integer> numbers = new HashMap<>();
    private int written;

    GroupChanges(GroupHash hash, ByteChunks out) {
        this.hash = hash;
        this.out = out;
    }

    void add(SessionPlan plan) throws IOException {
        for (BulkRequest request : plan.requests()) {
            if (request.operation().kind() == BulkOperation.Kind.MEMBERSHIPS) {
                boolean joins = request.operation() == BulkOperation.UPSERT_MEMBERSHIPS;
                MembershipItems.each(plan, request, (group, ids) -> members(group, ids, joins));
            } else if (request.operation().kind() == BulkOperation.Kind.GROUPS) {
                try (JsonParser json = plan.openRecords(request)) {
                    add(json, request.operation());
                }
            }
        }
    }

    private void add(JsonParser json, BulkOperation operation) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (operation == BulkOperation.UPSERT_GROUPS) {
                group(json);
            } else {
                write(json.getText(), GroupEntry.Status.DELETED, 0);
            }
        }
    }

    private void group(JsonParser json) throws IOException {
        String id = "";
        String name = "";
        String description = "";
        while (json.nextToken() != JsonToken.END_OBJECT
                || !json.getParsingContext().inArray()) {
            String field = json.currentName();
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                id = field.equals("externalId") ? json.getText() : id;
                name = field.equals(GroupProperty.DISPLAY_NAME.propertyName()) ? json.getText() : name;
                description = field.equals(GroupProperty.DESCRIPTION.propertyName()) ? json.getText() : description;
            }
        }
        write(id, GroupEntry.Status.KNOWN, hash.of(name, description));
    }

    private void members(String group, List<String> ids, boolean joins) {
        if (!numbers.containsKey(group)) {
            write(group, GroupEntry.Status.NAMED, 0);
        }
        GroupEntry.writeMembers(out, numbers.getOrDefault(group, 0), joins, ids.size());
        ids.forEach(id -> GroupEntry.text(out, id));
    }

    private void write(String id, GroupEntry.Status status, long profile) {
        numbers.put(id, written++);
        GroupEntry.writeGroup(out, id, status, profile);
    }
}
