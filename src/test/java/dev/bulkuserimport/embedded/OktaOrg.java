package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The org's applications and sessions, and the rules of Okta's identity source API over them. Never kinder than Okta. */
final class OktaOrg {

    private static final int USERS_A_REQUEST = 200;
    private static final int BYTES_A_REQUEST = 200_000;
    private static final int REQUESTS_A_SESSION = 50;
    private static final int EXTERNAL_ID_LENGTH = 512;
    private static final Duration PAUSE_AFTER_TRIGGER = Duration.ofMinutes(5);
    private static final Set<String> NULLABLE = Set.of("firstName", "lastName", "homeAddress", "mobilePhone");
    private static final Map<String, int[]> LENGTHS = Map.of(
            "userName", new int[] {0, 100},
            "firstName", new int[] {1, 50},
            "lastName", new int[] {1, 50},
            "email", new int[] {5, 100},
            "secondEmail", new int[] {5, 100},
            "mobilePhone", new int[] {0, 100},
            "homeAddress", new int[] {0, 4096});

    private final Map<String, ObjectNode> applications = new LinkedHashMap<>();
    private final Map<String, JsonNode> schemas = new LinkedHashMap<>();
    private final Map<String, OktaSession> sessions = new LinkedHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Duration processing = Duration.ofMillis(200);
    private volatile Set<String> directory;

    synchronized void addApplication(String id, String label, String status) {
        ObjectNode application = OktaAnswer.JSON.createObjectNode();
        application.put("id", id);
        application.put("name", "custom_identity_source");
        application.put("label", label);
        application.put("status", status);
        applications.put(id, application);
    }

    synchronized void schema(String app, JsonNode schema) {
        schemas.put(app, schema);
    }

    /** The users that exist, for deletions; null when all do. */
    void directory(Set<String> externalIds) {
        directory = externalIds;
    }

    synchronized OktaSession newSession(String app) {
        OktaSession session = new OktaSession(String.format("aps%017d", ids.incrementAndGet()), app);
        sessions.put(session.id(), session);
        return session;
    }

    synchronized OktaSession session(String id) {
        return sessions.get(id);
    }

    synchronized List<OktaSession> sessionsOf(String app) {
        return sessions.values().stream().filter(s -> s.app().equals(app)).toList();
    }

    synchronized OktaAnswer createSession(String app, int bodyLength) {
        if (!applications.containsKey(app)) {
            return notFound(app, "IdentitySource");
        }
        if (bodyLength > 0) {
            return OktaAnswer.error(400, "E0000003", "The request body was not well-formed.");
        }
        Instant now = Instant.now();
        for (OktaSession session : sessionsOf(app)) {
            String status = session.status(processing);
            boolean active = session.takesUploads() || status.equals("TRIGGERED");
            boolean recent = session.triggered() != null
                    && session.triggered().plus(PAUSE_AFTER_TRIGGER).isAfter(now);
            if (active || recent) {
                return OktaAnswer.validation(
                        "Only one active import session per identity source is allowed to be created"
                                + " every 5 minutes");
            }
        }
        return OktaAnswer.json(201, newSession(app).json(processing));
    }

    synchronized OktaAnswer listSessions(String app) {
        if (!applications.containsKey(app)) {
            return notFound(app, "IdentitySource");
        }
        ArrayNode list = OktaAnswer.JSON.createArrayNode();
        sessionsOf(app).forEach(session -> list.add(session.json(processing)));
        return OktaAnswer.json(200, list);
    }

    synchronized OktaAnswer session(String app, String id, String method) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return missing;
        }
        OktaSession session = sessions.get(id);
        if (method.equals("GET")) {
            return OktaAnswer.json(200, session.json(processing));
        }
        session.status(processing);
        if (!session.takesUploads()) {
            return OktaAnswer.validation("Cannot cancel an import session that is " + session.status());
        }
        session.cancel();
        return OktaAnswer.empty(204);
    }

    synchronized OktaAnswer start(String app, String id) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return missing;
        }
        OktaSession session = sessions.get(id);
        if (!session.status(processing).equals("IN_PROGRESS")) {
            return OktaAnswer.validation("The import session is " + session.status() + ", not IN_PROGRESS");
        }
        session.trigger();
        return OktaAnswer.json(200, session.json(processing));
    }

    synchronized OktaAnswer upload(String app, String id, boolean upsert, String contentType, byte[] body) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return missing;
        }
        OktaSession session = sessions.get(id);
        session.status(processing);
        if (!session.takesUploads()) {
            return OktaAnswer.validation("The import session is " + session.status());
        }
        if (session.requestUsers().size() >= REQUESTS_A_SESSION) {
            return OktaAnswer.validation("An import session takes at most 50 bulk requests");
        }
        if (contentType == null || !contentType.startsWith("application/json")) {
            return OktaAnswer.error(
                    415, "E0000021", "Bad request. Accept and/or Content-Type headers are likely not set.");
        }
        if (body.length > BYTES_A_REQUEST) {
            return OktaAnswer.validation("The bulk request is larger than 200 KB");
        }
        JsonNode request;
        try {
            request = OktaAnswer.JSON.readTree(body);
        } catch (IOException e) {
            return OktaAnswer.error(400, "E0000003", "The request body was not well-formed.");
        }
        return upload(session, upsert, request, body.length);
    }

    private OktaAnswer upload(OktaSession session, boolean upsert, JsonNode request, int bytes) {
        JsonNode profiles = request.path("profiles");
        if (!request.path("entityType").asText().equals("USERS")) {
            return OktaAnswer.validation("entityType must be USERS");
        }
        if (!profiles.isArray() || profiles.isEmpty() || profiles.size() > USERS_A_REQUEST) {
            return OktaAnswer.validation("profiles must hold 1 to 200 users");
        }
        Map<String, JsonNode> upserts = new LinkedHashMap<>();
        List<String> deletes = new ArrayList<>();
        for (JsonNode user : profiles) {
            String fault = fault(user, upsert);
            if (fault != null) {
                return OktaAnswer.validation(fault);
            }
            String externalId = user.get("externalId").asText();
            if (upsert) {
                upserts.put(externalId, user.get("profile"));
            } else {
                deletes.add(externalId);
            }
        }
        Set<String> known = directory;
        boolean anyKnown = upsert || known == null || deletes.stream().anyMatch(known::contains);
        session.accept(upserts, deletes, bytes, anyKnown);
        return OktaAnswer.empty(202);
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
        for (Iterator<Map.Entry<String, JsonNode>> i = profile.fields(); i.hasNext(); ) {
            Map.Entry<String, JsonNode> property = i.next();
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

    synchronized OktaAnswer applications(String url, String filter, int limit, String after) {
        if (!"name eq \"custom_identity_source\"".equals(filter)) {
            return OktaAnswer.validation("this org answers only the filter for Custom Identity Sources");
        }
        List<ObjectNode> all = new ArrayList<>(applications.values());
        int from = after == null ? 0 : Integer.parseInt(after);
        // Okta's pages can be shorter than asked for.
        int to = Math.min(all.size(), from + Math.min(limit, 60));
        ArrayNode page = OktaAnswer.JSON.createArrayNode();
        all.subList(from, to).forEach(page::add);
        OktaAnswer answer = OktaAnswer.json(200, page);
        String self = "<" + url + "/api/v1/apps?limit=" + limit + ">; rel=\"self\"";
        return answer.with(
                "Link",
                to < all.size()
                        ? self + ", <" + url + "/api/v1/apps?after=" + to + "&limit=" + limit + ">; rel=\"next\""
                        : self);
    }

    synchronized OktaAnswer schema(String app) {
        return schemas.containsKey(app) ? OktaAnswer.json(200, schemas.get(app)) : notFound(app, "AppInstance");
    }

    private OktaAnswer missing(String app, String id) {
        if (!applications.containsKey(app)) {
            return notFound(app, "IdentitySource");
        }
        OktaSession session = sessions.get(id);
        return session == null || !session.app().equals(app) ? notFound(id, "IdentitySourceSession") : null;
    }

    private static OktaAnswer notFound(String id, String type) {
        return OktaAnswer.error(404, "E0000007", "Not found: Resource not found: " + id + " (" + type + ")");
    }
}
