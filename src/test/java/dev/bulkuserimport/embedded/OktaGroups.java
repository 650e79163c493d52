package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The groups of one application and their members: what the sessions that Okta has processed made of them. */
public final class OktaGroups {

    private final Map<String, JsonNode> profiles = new TreeMap<>();
    private final Map<String, TreeSet<String>> members = new TreeMap<>();

    OktaGroups() {}

    /** The groups' profiles, by external ID. */
    public synchronized Map<String, JsonNode> profiles() {
        return new TreeMap<>(profiles);
    }

    /** A group's members. */
    public synchronized Set<String> members(String group) {
        return new TreeSet<>(members.getOrDefault(group, new TreeSet<>()));
    }

    synchronized boolean knows(String group) {
        return profiles.containsKey(group);
    }

    synchronized void upsert(String group, JsonNode profile) {
        profiles.put(group, profile);
        members.computeIfAbsent(group, id -> new TreeSet<>());
    }

    synchronized void delete(String group) {
        profiles.remove(group);
        members.remove(group);
    }

    synchronized void join(String group, String member) {
        members.computeIfAbsent(group, id -> new TreeSet<>()).add(member);
    }

    synchronized void leave(String group, String member) {
        members.getOrDefault(group, new TreeSet<>()).remove(member);
    }

    /** A user who is gone is in no group. */
    synchronized void leaveAll(String member) {
        members.values().forEach(all -> all.remove(member));
    }

    /** {@code GET /api/v1/identity-sources/{appId}/groups/{group}/membership}: a page, and where the next one begins. */
    synchronized Optional<OktaAnswer> page(String app, String url, String group, int limit, String after) {
        if (!knows(group)) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(members(group));
        int from = after == null ? 0 : Integer.parseInt(after);
        int to = Math.min(all.size(), from + limit);
        ObjectNode page = OktaAnswer.JSON.createObjectNode();
        ArrayNode ids = page.putArray("memberExternalIds");
        all.subList(Math.min(from, to), to).forEach(ids::add);
        OktaAnswer answer = OktaAnswer.json(200, page);
        String next = "<" + url + "/api/v1/identity-sources/" + app + "/groups/" + group + "/membership?after=" + to
                + "&limit=" + limit + ">; rel=\"next\"";
        return Optional.of(to < all.size() ? answer.with("Link", next) : answer);
    }
}
