package dev.bulkuserimport.okta;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One call of Okta's API, which can be sent more than once, each time with new credentials. Every path of Okta's that an import needs
 * stands here, once.
 *
 * @param method the HTTP method
 * @param path the path below the org URL, without its query: what a proof of possession is bound to
 * @param query the query as it is sent; empty without one
 * @param scope what a token must allow; empty where none is needed
 * @param repeatable whether sending it again after its answer was lost does no harm
 * @param content the body; empty without one
 * @param longestAnswer bytes of its answer that are read; a longer one is cut off
 */
public record OktaCall(
        String method,
        String path,
        String query,
        Optional<Scope> scope,
        boolean repeatable,
        Optional<Content> content,
        int longestAnswer) {

    /** An accepted upload has no body, and an error document has a few hundred bytes. */
    static final int LONGEST_UPLOAD_ANSWER = 64 * 1024;

    /** The largest answers are pages of 500 application users and schemas with hundreds of properties. */
    static final int LONGEST_ANSWER = 10 * 1024 * 1024;

    /** What the token endpoint's path is, which is the audience of an assertion too. */
    public static final String TOKEN_PATH = "/oauth2/v1/token";

    private static final String APPLICATIONS = "/api/v1/apps";

    /** A request's body, which is sent from where it is. */
    public record Content(String type, List<ByteBuffer> parts) {}

    /** The method, the path and the query as they stand in the request's first line. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    public static OktaCall listSessions(String app) {
        return read(sessions(app), "", Scope.IDENTITY_SOURCES_READ);
    }

    public static OktaCall getSession(String app, String session) {
        return read(session(app, session), "", Scope.IDENTITY_SOURCES_READ);
    }

    public static OktaCall createSession(String app) {
        return change("POST", sessions(app));
    }

    public static OktaCall startImport(String app, String session) {
        return change("POST", session(app, session) + "/start-import");
    }

    public static OktaCall cancelSession(String app, String session) {
        return change("DELETE", session(app, session));
    }

    /** A bulk request of users who are created or updated. */
    public static OktaCall upsert(String app, String session, List<ByteBuffer> body) {
        return upload(session(app, session) + "/bulk-upsert", body);
    }

    /** A bulk request of users who are deactivated. */
    public static OktaCall delete(String app, String session, List<ByteBuffer> body) {
        return upload(session(app, session) + "/bulk-delete", body);
    }

    /** A page of the Custom Identity Source applications; {@code after} is empty for the first. */
    public static OktaCall listApplications(int limit, Optional<String> after) {
        String query = "filter=" + encoded("name eq \"custom_identity_source\"") + page(limit, after);
        return read(APPLICATIONS, query, Scope.APPS_READ);
    }

    /** A page of an application's users, at most 500; {@code after} is empty for the first. */
    public static OktaCall listApplicationUsers(String app, int limit, Optional<String> after) {
        return read(APPLICATIONS + "/" + app + "/users", page(limit, after).substring(1), Scope.APPS_READ);
    }

    public static OktaCall getSchema(String app) {
        return read("/api/v1/meta/schemas/apps/" + app + "/default", "", Scope.SCHEMAS_READ);
    }

    /** A token request. It may be repeated: a token that nobody got does no harm. */
    public static OktaCall token(String form) {
        Content content = new Content(
                "application/x-www-form-urlencoded",
                List.of(ByteBuffer.wrap(form.getBytes(StandardCharsets.US_ASCII))));
        return new OktaCall(
                "POST", TOKEN_PATH, "", Optional.empty(), true, Optional.of(content), LONGEST_UPLOAD_ANSWER);
    }

    private static OktaCall read(String path, String query, Scope scope) {
        return new OktaCall("GET", path, query, Optional.of(scope), true, Optional.empty(), LONGEST_ANSWER);
    }

    private static OktaCall change(String method, String path) {
        Optional<Scope> scope = Optional.of(Scope.IDENTITY_SOURCES_MANAGE);
        return new OktaCall(method, path, "", scope, false, Optional.empty(), LONGEST_ANSWER);
    }

    private static OktaCall upload(String path, List<ByteBuffer> body) {
        Optional<Scope> scope = Optional.of(Scope.IDENTITY_SOURCES_MANAGE);
        Content content = new Content("application/json", body);
        return new OktaCall("POST", path, "", scope, false, Optional.of(content), LONGEST_UPLOAD_ANSWER);
    }

    private static String sessions(String app) {
        return "/api/v1/identity-sources/" + app + "/sessions";
    }

    private static String session(String app, String session) {
        return sessions(app) + "/" + session;
    }

    private static String page(int limit, Optional<String> after) {
        return "&limit=" + limit
                + after.map(token -> "&after=" + encoded(token)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
