package dev.bulkuserimport.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.BulkRequest;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.GroupProperty;
import java.io.IOException;
import java.util.ArrayList;
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
            if (request.operation().kind() != BulkOperation.Kind.USERS) {
                try (JsonParser json = JsonInput.FACTORY.createParser(plan.bodyStream(request))) {
                    add(json, request.operation());
                }
            }
        }
    }

    /** Reads a body: an object whose only array holds the items. */
    private void add(JsonParser json, BulkOperation operation) throws IOException {
        while (json.nextToken() != JsonToken.START_ARRAY) {
            // The envelope.
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            switch (operation) {
                case UPSERT_GROUPS -> group(json);
                case DELETE_GROUPS -> write(json.getText(), GroupEntry.Status.DELETED, 0);
                default -> membership(json, operation == BulkOperation.UPSERT_MEMBERSHIPS);
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

    private void membership(JsonParser json, boolean joins) throws IOException {
        String group = "";
        List<String> members = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            if (json.currentToken() == JsonToken.VALUE_STRING
                    && json.getParsingContext().inArray()) {
                members.add(json.getText());
            } else if (json.currentToken() == JsonToken.VALUE_STRING) {
                group = json.getText();
            }
        }
        if (!numbers.containsKey(group)) {
            write(group, GroupEntry.Status.NAMED, 0);
        }
        GroupEntry.writeMembers(out, numbers.getOrDefault(group, 0), joins, members.size());
        members.forEach(member -> GroupEntry.text(out, member));
    }

    private void write(String id, GroupEntry.Status status, long profile) {
        numbers.put(id, written++);
        GroupEntry.writeGroup(out, id, status, profile);
    }
}
