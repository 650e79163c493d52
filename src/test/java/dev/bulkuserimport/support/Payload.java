package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** Builds import payloads. */
public final class Payload {

    private final ObjectNode json = Lambda.JSON.createObjectNode();
    private final ArrayNode users;

    public Payload(String app, String session) {
        json.put("applicationId", app);
        json.put("importOperation", "CREATE_AND_UPDATE");
        json.put("sessionId", session);
        users = json.putArray("users");
    }

    public Payload with(String field, Object value) {
        json.set(field, Lambda.JSON.valueToTree(value));
        return this;
    }

    public Payload without(String field) {
        json.remove(field);
        return this;
    }

    public Payload deactivating() {
        return with("importOperation", "DEACTIVATE_AND_DELETE");
    }

    /** Adds realistic users, numbered from {@code first}. */
    public Payload users(int first, int count) {
        return users(first, count, (i, profile) -> {});
    }

    public Payload users(int first, int count, BiConsumer<Integer, ObjectNode> more) {
        for (int i = first; i < first + count; i++) {
            ObjectNode user = users.addObject();
            user.put("externalId", id(i));
            ObjectNode profile = user.putObject("profile");
            profile.put("userName", "user" + i + "@example.com");
            profile.put("email", "user" + i + "@example.com");
            profile.put("firstName", "Zoë" + i);
            profile.put("lastName", "Œuvre-" + i);
            profile.put("department", "R&D");
            more.accept(i, profile);
        }
        return this;
    }

    /** Adds a user as it stands there. */
    public Payload user(String user) {
        users.add(Lambda.parse(user));
        return this;
    }

    public static String id(int i) {
        return "E-" + i;
    }

    public ObjectNode json() {
        return json;
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
