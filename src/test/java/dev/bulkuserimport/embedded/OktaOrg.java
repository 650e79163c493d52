package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The org's applications and sessions, and the rules of Okta's identity source API over them. Never kinder than Okta. */
final class OktaOrg {

    private static final int BYTES_A_REQUEST = 200_000;
    private static final int REQUESTS_A_SESSION = 50;
    private static final int APPLICATIONS_A_PAGE = 60;
    private static final int USERS_A_PAGE = 500;
    private static final int MEMBERS_A_PAGE = 1_000;

    /** What a lenient parser would make of a name that comes twice, or of something behind the document, Okta doesn't say. */
    private static final ObjectReader REQUESTS = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final OktaClock clock;
    private final Map<String, OktaApplication> applications = new LinkedHashMap<>();
    private final Map<String, OktaSession> sessions = new LinkedHashMap<>();
    private int ids;
    private int usersAPage = USERS_A_PAGE;
    private Optional<Set<String>> known = Optional.empty();
    private boolean deletionsKnowEverybody = true;
    private boolean unknownSessionsAreBad;

    OktaOrg(OktaClock clock) {
        this.clock = clock;
    }

    synchronized OktaApplication application(String id, String label, String status) {
        OktaApplication application = applications.computeIfAbsent(
                id,
                app -> new OktaApplication(
                        app,
                        new OktaDirectory(
                                app,
                                OktaSchema.standard()
                                        .custom("department", "costCenter", "employeeNumber", "title")
                                        .json())));
        application.describe(label, status);
        return application;
    }

    synchronized Optional<OktaApplication> application(String id) {
        return Optional.ofNullable(applications.get(id));
    }

    synchronized void forget(String app) {
        applications.remove(app);
        sessions.values().removeIf(session -> session.app().equals(app));
    }

    /** The users that exist beside those in the directories, for deletions; empty when everybody does. */
    synchronized void known(Optional<Set<String>> externalIds) {
        known = externalIds;
        deletionsKnowEverybody = externalIds.isEmpty();
    }

    /** At most so many application users a page, whatever is asked for. */
    synchronized void usersAPage(int most) {
        usersAPage = most;
    }

    /** Whether an unknown session is a 400, as in Okta's guide, and not a 404, as in its reference. */
    synchronized void unknownSessionsAreBad(boolean bad) {
        unknownSessionsAreBad = bad;
    }

    synchronized OktaSession newSession(String app) {
        String number = String.valueOf(++ids);
        OktaSession session = new OktaSession("aps" + "0".repeat(17 - number.length()) + number, app, clock.now());
        sessions.put(session.id(), session);
        applications.get(app).sessions().add(session);
        return session;
    }

    synchronized OktaSession session(String id) {
        return sessions.get(id);
    }

    synchronized List<OktaSession> sessionsOf(String app) {
        return application(app)
                .map(application -> List.copyOf(application.sessions()))
                .orElse(List.of());
    }

    /** Lets Okta work on what was triggered until now. */
    synchronized void work() {
        Instant now = clock.now();
        applications.values().forEach(application -> application.work(now));
    }

    synchronized OktaAnswer createSession(String app, int bodyLength) {
        OktaApplication application = applications.get(app);
        if (application == null) {
            return notFound(app, "IdentitySource");
        }
        if (bodyLength > 0) {
            return OktaAnswer.error(400, "E0000003", "The request body was not well-formed.");
        }
        if (!application.isActive()) {
            return OktaAnswer.validation("The application is not active");
        }
        Instant now = clock.now();
        application.work(now);
        if (application.isBusy(now)) {
            return OktaAnswer.validation(
                    "Only one active import session per identity source is allowed to be created" + " every 5 minutes");
        }
        return OktaAnswer.json(201, newSession(app).json());
    }

    synchronized OktaAnswer listSessions(String app) {
        OktaApplication application = applications.get(app);
        if (application == null) {
            return notFound(app, "IdentitySource");
        }
        if (!application.isActive()) {
            return inactive();
        }
        application.work(clock.now());
        ArrayNode list = OktaAnswer.JSON.createArrayNode();
        application.sessions().forEach(session -> list.add(session.json()));
        return OktaAnswer.json(200, list);
    }

    synchronized OktaAnswer session(String app, String id, String method) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return unknownSessionsAreBad && missing.status() == 404 && applications.containsKey(app)
                    ? OktaAnswer.validation("The Identity Source Session ID is invalid")
                    : missing;
        }
        OktaSession session = sessions.get(id);
        Instant now = clock.now();
        applications.get(app).work(now);
        if (method.equals("GET")) {
            OktaAnswer answer = OktaAnswer.json(200, session.json());
            session.read();
            return answer;
        }
        if (!session.takesUploads()) {
            return OktaAnswer.validation("importSessionId");
        }
        session.cancel(now);
        return OktaAnswer.empty(204);
    }

    synchronized OktaAnswer start(String app, String id) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return missing;
        }
        OktaSession session = sessions.get(id);
        Instant now = clock.now();
        applications.get(app).work(now);
        if (!session.status().equals("IN_PROGRESS")) {
            return OktaAnswer.validation("The import session is " + session.status() + ", not IN_PROGRESS");
        }
        applications.get(app).trigger(session, now);
        return OktaAnswer.json(200, session.json());
    }

    /** What a session makes of the JSON of a bulk request. */
    @FunctionalInterface
    private interface Acceptance {
        void accept(OktaSession session, OktaDirectory directory, JsonNode request, Instant now)
                throws BulkBody.Refused;
    }

    private OktaAnswer upload(String app, String id, String contentType, byte[] body, Acceptance acceptance) {
        OktaAnswer missing = missing(app, id);
        if (missing != null) {
            return missing;
        }
        OktaSession session = sessions.get(id);
        Instant now = clock.now();
        OktaApplication application = applications.get(app);
        application.work(now);
        if (!session.takesUploads()) {
            return OktaAnswer.validation("The import session is " + session.status());
        }
        if (session.requestBytes().size() >= REQUESTS_A_SESSION) {
            return OktaAnswer.validation("An import session takes at most 50 bulk requests");
        }
        if (contentType == null || !contentType.startsWith("application/json")) {
            return OktaAnswer.error(
                    415, "E0000021", "Bad request. Accept and/or Content-Type headers are likely not set.");
        }
        if (body.length == 0) {
            return OktaAnswer.error(400, "E0000003", "The request body was not well-formed.");
        }
        if (body.length > BYTES_A_REQUEST) {
            return OktaAnswer.validation("The bulk request is larger than 200 KB");
        }
        try {
            acceptance.accept(session, application.directory(), REQUESTS.readValue(body), now);
            return OktaAnswer.empty(202);
        } catch (IOException e) {
            return OktaAnswer.error(400, "E0000003", "The request body was not well-formed.");
        } catch (BulkBody.Refused e) {
            return OktaAnswer.validation(e.getMessage());
        }
    }

    /** @param what the endpoint, for example {@code bulk-groups-upsert} */
    synchronized OktaAnswer uploadGroups(String app, String id, String what, String contentType, byte[] body) {
        return upload(
                app,
                id,
                contentType,
                body,
                (session, directory, request, now) ->
                        session.accept(GroupBody.of(what, request, body.length), directory, now));
    }

    synchronized OktaAnswer members(String app, String url, String group, int limit, String after) {
        if (limit < 1 || limit > MEMBERS_A_PAGE) {
            return OktaAnswer.validation("limit must be between 1 and 1000");
        }
        return application(app)
                .flatMap(application -> {
                    application.work(clock.now());
                    return application.directory().groups().page(app, url, group, limit, after);
                })
                .orElseGet(() -> notFound(group, "IdentitySourceGroup"));
    }

    synchronized OktaAnswer upload(String app, String id, boolean upsert, String contentType, byte[] body) {
        return upload(app, id, contentType, body, (session, directory, request, now) -> {
            BulkBody users = BulkBody.of(request, upsert, body.length);
            session.accept(
                    users,
                    upsert || users.deletions().stream().anyMatch(externalId -> isKnown(externalId, directory)),
                    now);
            users.upserts().keySet().forEach(externalId -> directory.accepted(externalId, true));
            users.deletions().forEach(externalId -> directory.accepted(externalId, false));
        });
    }

    private boolean isKnown(String externalId, OktaDirectory directory) {
        return deletionsKnowEverybody
                || directory.knows(externalId)
                || known.filter(all -> all.contains(externalId)).isPresent();
    }

    synchronized OktaAnswer applications(String url, String filter, int limit, String after) {
        if (!"name eq \"custom_identity_source\"".equals(filter)) {
            return OktaAnswer.validation("this org answers only the filter for Custom Identity Sources");
        }
        List<ObjectNode> all = new ArrayList<>();
        applications.values().forEach(application -> all.add(application.json()));
        int from = after == null ? 0 : Integer.parseInt(after);
        // Okta's pages can be shorter than asked for.
        int to = Math.min(all.size(), from + Math.min(limit, APPLICATIONS_A_PAGE));
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

    synchronized OktaAnswer describe(String app) {
        return application(app)
                .map(application -> OktaAnswer.json(200, application.json()))
                .orElseGet(() -> notFound(app, "AppInstance"));
    }

    synchronized OktaAnswer schema(String app) {
        return application(app)
                .map(application -> OktaAnswer.json(200, application.directory().schema()))
                .orElseGet(() -> notFound(app, "AppInstance"));
    }

    synchronized OktaAnswer applicationUsers(String app, String url, int limit, String after) {
        if (limit < 1 || limit > USERS_A_PAGE) {
            return OktaAnswer.validation("limit must be between 1 and 500");
        }
        return application(app)
                .map(application -> {
                    application.work(clock.now());
                    return application.directory().page(url, Math.min(limit, usersAPage), after);
                })
                .orElseGet(() -> notFound(app, "AppInstance"));
    }

    synchronized OktaAnswer identitySourceUser(String app, String externalId) {
        return application(app)
                .map(application -> {
                    application.work(clock.now());
                    return application.directory().identitySourceUser(externalId);
                })
                .orElseGet(() -> notFound(app, "IdentitySource"));
    }

    /** Why nothing can be done with a session, whatever its state is; null if something can. */
    private OktaAnswer missing(String app, String id) {
        OktaApplication application = applications.get(app);
        if (application == null) {
            return notFound(app, "IdentitySource");
        }
        if (!application.isActive()) {
            return inactive();
        }
        OktaSession session = sessions.get(id);
        return session == null || !session.app().equals(app) ? notFound(id, "IdentitySourceSession") : null;
    }

    private static OktaAnswer inactive() {
        return OktaAnswer.error(403, "E0000143", "App instance operation not allowed.");
    }

    private static OktaAnswer notFound(String id, String type) {
        return OktaAnswer.error(404, "E0000007", "Not found: Resource not found: " + id + " (" + type + ")");
    }
}
