package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The users of one application: what the sessions that Okta has processed made of them. Nothing gets here before start-import. */
public final class OktaDirectory {

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);

    private final String app;
    private final Map<String, OktaUser> users = new LinkedHashMap<>();
    /** In the order in which they came, for the pages of a listing. */
    private final List<OktaUser> listed = new ArrayList<>();

    private final Map<String, String> logins = new HashMap<>();
    private final Map<String, int[]> sent = new HashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Set<String> oktaLogins = new HashSet<>();
    private Confirmation confirmation = Confirmation.AUTOMATIC;
    private boolean keepsProfiles = true;
    private final OktaGroups groups = new OktaGroups();
    private JsonNode schema;

    OktaDirectory(String app, JsonNode schema) {
        this.app = app;
        this.schema = schema;
    }

    // What a test looks at.

    /** The application's groups. */
    public OktaGroups groups() {
        return groups;
    }

    /** All users there have ever been, by external ID; those that are gone are {@code DEPROVISIONED}. */
    public synchronized Map<String, OktaUser> users() {
        return new LinkedHashMap<>(users);
    }

    public synchronized Optional<OktaUser> user(String externalId) {
        return Optional.ofNullable(users.get(externalId));
    }

    /** The profiles of the users who are not gone, by external ID. */
    public synchronized Map<String, JsonNode> present() {
        Map<String, JsonNode> present = new TreeMap<>();
        for (OktaUser user : listed) {
            if (!user.isGone()) {
                present.put(user.externalId(), user.profile());
            }
        }
        return present;
    }

    /** How many users there are in each status. */
    public synchronized Map<String, Integer> statuses() {
        Map<String, Integer> statuses = new TreeMap<>();
        listed.forEach(user -> statuses.merge(user.status(), 1, Integer::sum));
        return statuses;
    }

    /** How often a user was accepted as an upsert by any session, started or not. */
    public synchronized int sent(String externalId) {
        return sent.getOrDefault(externalId, new int[2])[0];
    }

    /** How often a deletion of it was accepted by any session, started or not. */
    public synchronized int sentDeletions(String externalId) {
        return sent.getOrDefault(externalId, new int[2])[1];
    }

    /** External IDs that were accepted more than once, upserts and deletions together, with the number. */
    public synchronized Map<String, Integer> sentAgain() {
        Map<String, Integer> again = new TreeMap<>();
        sent.forEach((externalId, times) -> {
            if (times[0] + times[1] > 1) {
                again.put(externalId, times[0] + times[1]);
            }
        });
        return again;
    }

    /** Users that were accepted by a session but that the application did not take, with the reason; Okta tells nobody. */
    public synchronized Map<String, String> refused() {
        return new LinkedHashMap<>(refused);
    }

    // What a test arranges.

    /** What becomes of new users from now on. */
    public synchronized OktaDirectory confirmation(Confirmation how) {
        confirmation = how;
        return this;
    }

    /** An admin confirms all who wait for it. */
    public synchronized OktaDirectory confirmAll() {
        Instant now = Instant.now();
        listed.stream()
                .filter(user ->
                        user.status().equals("IMPORTED") || user.status().equals("MATCHED"))
                .forEach(user -> user.status("ACTIVE", now));
        return this;
    }

    /** Logins of users whom Okta has from elsewhere: imported ones match them. */
    public synchronized OktaDirectory oktaLogins(Set<String> existing) {
        existing.forEach(login -> oktaLogins.add(login.toLowerCase(Locale.ROOT)));
        return this;
    }

    /** A user who is there already, as an earlier import made them. */
    public synchronized OktaDirectory add(String externalId, String profile) {
        upsert(externalId, profile.getBytes(StandardCharsets.UTF_8), Instant.now());
        return this;
    }

    /** Profiles are forgotten once they are checked: for millions of users. */
    public synchronized OktaDirectory forgetProfiles() {
        keepsProfiles = false;
        return this;
    }

    synchronized void clear() {
        users.clear();
        listed.clear();
        logins.clear();
        sent.clear();
        refused.clear();
    }

    // What Okta does.

    synchronized void schema(JsonNode newSchema) {
        schema = newSchema;
    }

    synchronized JsonNode schema() {
        return schema;
    }

    synchronized boolean keepsProfiles() {
        return keepsProfiles;
    }

    synchronized boolean knows(String externalId) {
        OktaUser user = users.get(externalId);
        return user != null && !user.isGone();
    }

    synchronized void accepted(String externalId, boolean upsert) {
        sent.computeIfAbsent(externalId, id -> new int[2])[upsert ? 0 : 1]++;
    }

    synchronized void upsert(String externalId, byte[] profile, Instant now) {
        JsonNode properties = parsed(profile);
        String login = properties.path("userName").asText("").toLowerCase(Locale.ROOT);
        Optional<String> fault = fault(externalId, properties, login);
        if (fault.isPresent()) {
            refused.put(externalId, fault.get());
            return;
        }
        refused.remove(externalId);
        OktaUser user = users.get(externalId);
        boolean joins = user == null || user.isGone();
        if (user == null) {
            user = new OktaUser("0ua" + app.hashCode() + "x" + listed.size(), externalId);
            users.put(externalId, user);
            listed.add(user);
        } else if (user.login() != null) {
            logins.remove(user.login(), externalId);
        }
        user.upsert(keepsProfiles ? profile : NOTHING, login, now);
        if (!login.isEmpty()) {
            logins.put(login, externalId);
        }
        if (joins) {
            user.status(
                    switch (confirmation) {
                        case AUTOMATIC -> "ACTIVE";
                        case MANUAL -> oktaLogins.contains(login) ? "MATCHED" : "IMPORTED";
                        case NONE -> "UNASSIGNED";
                    },
                    now);
        }
    }

    /** A deletion of somebody unknown is ignored in silence. */
    synchronized void delete(String externalId, Instant now) {
        OktaUser user = users.get(externalId);
        if (user != null && !user.isGone()) {
            user.delete(now);
            groups.leaveAll(externalId);
            logins.remove(user.login(), externalId);
        }
    }

    /** Why the application doesn't take a user. */
    private Optional<String> fault(String externalId, JsonNode profile, String login) {
        for (Iterator<String> names = profile.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!has("base", name) && !has("custom", name)) {
                return Optional.of("unknown property " + name);
            }
            if (isReadOnly("base", name) || isReadOnly("custom", name)) {
                return Optional.of("read-only property " + name);
            }
        }
        for (String part : List.of("base", "custom")) {
            for (JsonNode name : schema.at("/definitions/" + part + "/required")) {
                if (profile.path(name.asText()).asText("").isEmpty()) {
                    return Optional.of("no " + name.asText());
                }
            }
        }
        String owner = logins.get(login);
        return owner == null || owner.equals(externalId)
                ? Optional.empty()
                : Optional.of("the login is that of " + owner);
    }

    private boolean isReadOnly(String part, String name) {
        return schema.at("/definitions/" + part + "/properties")
                .path(name)
                .path("mutability")
                .asText()
                .equals("READ_ONLY");
    }

    private boolean has(String part, String name) {
        return schema.path("definitions").path(part).path("properties").has(name);
    }

    /** {@code GET /api/v1/apps/{appId}/users}: a page, and where the next one begins. */
    synchronized OktaAnswer page(String url, int limit, String after) {
        int from = after == null ? 0 : Integer.parseInt(after);
        int to = Math.min(listed.size(), from + limit);
        ArrayNode page = OktaAnswer.JSON.createArrayNode();
        listed.subList(Math.min(from, to), to).forEach(user -> page.add(applicationUser(user)));
        String path = "<" + url + "/api/v1/apps/" + app + "/users?";
        String self = path + "limit=" + limit + ">; rel=\"self\"";
        return OktaAnswer.json(200, page)
                .with(
                        "Link",
                        to < listed.size()
                                ? self + ", " + path + "after=" + to + "&limit=" + limit + ">; rel=\"next\""
                                : self);
    }

    private static ObjectNode applicationUser(OktaUser user) {
        ObjectNode json = OktaAnswer.JSON.createObjectNode();
        json.put("id", user.id());
        if (user.isConfirmed()) {
            json.put("externalId", user.externalId());
        }
        json.put("created", user.statusChanged().toString());
        json.put("lastUpdated", user.lastUpdated().toString());
        json.put("scope", "USER").put("status", user.status());
        json.put("statusChanged", user.statusChanged().toString());
        json.put("syncState", "SYNCHRONIZED");
        json.put("lastSync", user.lastUpdated().toString());
        if (user.login() != null && !user.login().isEmpty()) {
            json.putObject("credentials")
                    .put("userName", user.profile().path("userName").asText(user.login()));
        }
        json.putRawValue("profile", new RawValue(new String(user.bytes(), StandardCharsets.UTF_8)));
        return json;
    }

    /** {@code GET /api/v1/identity-sources/{appId}/users/{externalId}}: 404 for somebody who is gone. */
    synchronized OktaAnswer identitySourceUser(String externalId) {
        OktaUser user = users.get(externalId);
        if (user == null || user.isGone()) {
            return OktaAnswer.error(
                    404, "E0000007", "Not found: Resource not found: " + externalId + " (IdentitySourceUser)");
        }
        ObjectNode json = OktaAnswer.JSON.createObjectNode();
        json.put("id", user.id()).put("externalId", externalId);
        json.put("created", user.statusChanged().toString());
        json.put("lastUpdated", user.lastUpdated().toString());
        json.putRawValue("profile", new RawValue(new String(user.bytes(), StandardCharsets.UTF_8)));
        return OktaAnswer.json(200, json);
    }

    private static JsonNode parsed(byte[] profile) {
        try {
            return OktaAnswer.JSON.readTree(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
