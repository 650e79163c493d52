package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The users of a bulk request, held against the rules of Okta's endpoints. Profiles are kept as bytes. */
record BulkBody(Map<String, byte[]> upserts, List<String> deletions, List<String> repeated, int bytes) {

    private static final int USERS_A_REQUEST = 200;
    private static final int EXTERNAL_ID_LENGTH = 512;
    private static final Set<String> NULLABLE = Set.of("firstName", "lastName", "homeAddress", "mobilePhone");
    private static final Map<String, int[]> LENGTHS = Map.of(
            "userName", new int[] {0, 100},
            "firstName", new int[] {1, 50},
            "lastName", new int[] {1, 50},
            "email", new int[] {5, 100},
            "secondEmail", new int[] {5, 100},
            "mobilePhone", new int[] {0, 100},
            "homeAddress", new int[] {0, 4096});

    /** A request that breaks a rule: what Okta says of it. */
    static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    static BulkBody of(JsonNode request, boolean upsert, int bytes) throws Refused {
        JsonNode profiles = request.path("profiles");
        if (request.size() != 2) {
            throw new Refused("a request holds nothing but entityType and profiles");
        }
        if (!request.path("entityType").asText().equals("USERS")) {
            throw new Refused("entityType must be USERS");
        }
        if (!profiles.isArray() || profiles.isEmpty() || profiles.size() > USERS_A_REQUEST) {
            throw new Refused("profiles must hold 1 to 200 users");
        }
        BulkBody body = new BulkBody(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), bytes);
        for (JsonNode user : profiles) {
            String fault = fault(user, upsert);
            if (fault != null) {
                throw new Refused(fault);
            }
            String externalId = user.get("externalId").asText();
            if (!upsert) {
                body.deletions.add(externalId);
            } else if (body.upserts.put(
                            externalId, user.get("profile").toString().getBytes(StandardCharsets.UTF_8))
                    != null) {
                body.repeated.add(externalId);
            }
        }
        return body;
    }

    private static String fault(JsonNode user, boolean upsert) {
        JsonNode externalId = user.path("externalId");
        if (!externalId.isTextual()
                || externalId.asText().isBlank()
                || externalId.asText().length() > EXTERNAL_ID_LENGTH) {
            return "externalId must be text of 1 to 512 characters";
        }
        if (!upsert) {
            return user.size() > 1 ? "a deletion holds nothing but externalId" : null;
        }
        JsonNode profile = user.path("profile");
        if (!profile.isObject()) {
            return "profile must be an object";
        }
        if (user.size() > 2) {
            return "a user holds nothing but externalId and profile";
        }
        for (Map.Entry<String, JsonNode> property : profile.properties()) {
            JsonNode value = property.getValue();
            if (value.isNull() && NULLABLE.contains(property.getKey())) {
                continue;
            }
            if (!value.isTextual()) {
                return property.getKey() + ": Attribute values must be strings";
            }
            int[] lengths = LENGTHS.get(property.getKey());
            int length = value.asText().codePointCount(0, value.asText().length());
            if (lengths != null && (length < lengths[0] || length > lengths[1])) {
                return property.getKey() + ": length must be between " + lengths[0] + " and " + lengths[1];
            }
        }
        return null;
    }
}
