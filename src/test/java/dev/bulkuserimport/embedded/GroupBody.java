package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.BulkBody.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups or memberships of a bulk request, held against the rules of Okta's endpoints. */
record GroupBody(
        Map<String, JsonNode> upserts, List<String> deletions, List<Pair> joins, List<Pair> leaves, int bytes) {

    private static final int ITEMS_A_REQUEST = 200;
    private static final int ID_LENGTH = 255;

    /** A member of a group. */
    record Pair(String group, String member) {}

    /** @param what the endpoint, for example {@code bulk-groups-upsert} */
    static GroupBody of(String what, JsonNode request, int bytes) throws Refused {
        GroupBody body =
                new GroupBody(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), bytes);
        switch (what) {
            case "bulk-groups-upsert" -> {
                for (JsonNode group : items(request, "profiles")) {
                    only(group, Set.of("externalId", "profile"));
                    if (body.upserts.put(id(group.path("externalId")), profile(group.path("profile"))) != null) {
                        throw new Refused("the same group twice");
                    }
                }
            }
            case "bulk-groups-delete" -> {
                for (JsonNode group : items(request, "externalIds")) {
                    if (body.deletions.contains(id(group))) {
                        throw new Refused("the same group twice");
                    }
                    body.deletions.add(id(group));
                }
            }
            case "bulk-group-memberships-upsert" -> pairs(request, body.joins);
            default -> pairs(request, body.leaves);
        }
        return body;
    }

    private static void pairs(JsonNode request, List<Pair> pairs) throws Refused {
        Set<Pair> seen = new HashSet<>();
        for (JsonNode membership : items(request, "memberships")) {
            only(membership, Set.of("groupExternalId", "memberExternalIds"));
            String group = id(membership.path("groupExternalId"));
            JsonNode members = membership.path("memberExternalIds");
            if (!members.isArray() || members.isEmpty()) {
                throw new Refused("memberExternalIds must hold at least one member");
            }
            for (JsonNode member : members) {
                Pair pair = new Pair(group, id(member));
                if (!seen.add(pair)) {
                    throw new Refused("the same member twice in one group");
                }
                pairs.add(pair);
            }
        }
    }

    private static JsonNode items(JsonNode request, String name) throws Refused {
        only(request, Set.of(name));
        JsonNode items = request.path(name);
        if (!items.isArray() || items.isEmpty() || items.size() > ITEMS_A_REQUEST) {
            throw new Refused(name + " must hold 1 to 200 items");
        }
        return items;
    }

    private static JsonNode profile(JsonNode profile) throws Refused {
        only(profile, Set.of("displayName", "description"));
        JsonNode name = profile.path("displayName");
        int length = name.asText().codePointCount(0, name.asText().length());
        if (!name.isTextual() || length < 1 || length > 255) {
            throw new Refused("displayName: length must be between 1 and 255");
        }
        JsonNode description = profile.path("description");
        if (!description.isMissingNode()
                && !description.isNull()
                && (!description.isTextual() || description.asText().length() > 1024)) {
            throw new Refused("description: length must be at most 1024");
        }
        return profile;
    }

    private static String id(JsonNode id) throws Refused {
        if (!id.isTextual()
                || id.asText().isBlank()
                || id.asText().codePointCount(0, id.asText().length()) > ID_LENGTH) {
            throw new Refused("external IDs of groups and members must be text of 1 to 255 characters");
        }
        return id.asText();
    }

    private static void only(JsonNode object, Set<String> names) throws Refused {
        if (!object.isObject()) {
            throw new Refused("an object was expected");
        }
        for (var fields = object.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!names.contains(name)) {
                throw new Refused("unknown field " + name);
            }
        }
    }

    int items() {
        return upserts.size() + deletions.size() + joins.size() + leaves.size();
    }
}
