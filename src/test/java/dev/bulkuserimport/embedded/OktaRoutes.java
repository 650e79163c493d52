package dev.bulkuserimport.embedded;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What Okta does with a request that nothing goes wrong with: credentials, scope, rate limit, then the org's rules. */
final class OktaRoutes {

    private static final int WINDOW_LIMIT = 100_000;

    private final OktaOrg org;
    private final OktaClock clock;
    private final TokenEndpoint tokens = new TokenEndpoint();
    private final Set<String> withoutScopes = new HashSet<>();
    private String apiToken = EmbeddedOkta.TOKEN;
    private int windowLimit = WINDOW_LIMIT;
    private long windowSeconds = 60;
    private long windowEnd;
    private int windowUsed;

    OktaRoutes(OktaOrg org, OktaClock clock) {
        this.org = org;
        this.clock = clock;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    synchronized void apiToken(String token) {
        apiToken = token;
    }

    /** A rate limit that is really kept. */
    synchronized void rateLimit(int limit, long seconds) {
        windowLimit = limit;
        windowSeconds = seconds;
        windowEnd = 0;
    }

    synchronized void withoutScopes(Set<String> scopes) {
        withoutScopes.clear();
        withoutScopes.addAll(scopes);
    }

    synchronized void reset() {
        apiToken = EmbeddedOkta.TOKEN;
        windowLimit = WINDOW_LIMIT;
        withoutScopes.clear();
        tokens.reset();
    }

    synchronized OktaAnswer carryOut(HttpServerRequest request, byte[] body, String url) {
        if (request.path().equals("/oauth2/v1/token")) {
            return tokens.issue(request, new String(body, StandardCharsets.UTF_8), url, clock.seconds());
        }
        OktaAnswer refused = refuse(request, url);
        if (refused != null) {
            return refused;
        }
        if (clock.seconds() >= windowEnd) {
            windowEnd = clock.seconds() + windowSeconds;
            windowUsed = 0;
        }
        if (++windowUsed > windowLimit) {
            return limitHeaders(tooMany(), windowLimit, 0, windowEnd);
        }
        OktaAnswer answer = route(request, request.path().split("/"), body, url);
        return limitHeaders(answer, windowLimit, Math.max(0, windowLimit - windowUsed), windowEnd);
    }

    private OktaAnswer refuse(HttpServerRequest request, String url) {
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith("SSWS ")) {
            if (!header.equals("SSWS " + apiToken)) {
                return OktaAnswer.error(401, "E0000011", "Invalid token provided");
            }
        } else {
            OktaAnswer refused = tokens.refuse(request, url, clock.seconds());
            if (refused != null) {
                return refused;
            }
        }
        return withoutScopes.contains(OktaScopes.needed(request.method().name(), request.path()))
                ? withoutScope(header)
                : null;
    }

    /** An API token has no scopes but a role, so nothing is said about one. */
    private static OktaAnswer withoutScope(String authorization) {
        OktaAnswer refusal =
                OktaAnswer.error(403, "E0000006", "You do not have permission to perform the requested action");
        return authorization.startsWith("SSWS ")
                ? refusal
                : refusal.with("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
    }

    private OktaAnswer route(HttpServerRequest request, String[] path, byte[] body, String url) {
        String method = request.method().name();
        if (path.length >= 6 && path[3].equals("identity-sources") && path[5].equals("sessions")) {
            return session(request, path, body);
        }
        if (path.length == 7 && path[3].equals("identity-sources") && path[5].equals("users") && method.equals("GET")) {
            return org.identitySourceUser(
                    path[4], URLDecoder.decode(path[6].replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        Map<String, String> query = new HashMap<>();
        request.params().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        if (path.length == 8
                && path[3].equals("identity-sources")
                && path[5].equals("groups")
                && path[7].equals("membership")
                && method.equals("GET")) {
            return org.members(
                    path[4],
                    url,
                    URLDecoder.decode(path[6].replace("+", "%2B"), StandardCharsets.UTF_8),
                    Integer.parseInt(query.getOrDefault("limit", "1000")),
                    query.get("after"));
        }
        if (path.length >= 4 && path[3].equals("apps") && method.equals("GET")) {
            if (path.length == 4) {
                return org.applications(
                        url,
                        query.get("filter"),
                        Integer.parseInt(query.getOrDefault("limit", "20")),
                        query.get("after"));
            }
            if (path.length == 5) {
                return org.describe(path[4]);
            }
            if (path.length == 6 && path[5].equals("users")) {
                return org.applicationUsers(
                        path[4], url, Integer.parseInt(query.getOrDefault("limit", "50")), query.get("after"));
            }
        }
        if (request.path().matches("/api/v1/meta/schemas/apps/[^/]+/default") && method.equals("GET")) {
            return org.schema(path[6]);
        }
        return OktaAnswer.error(404, "E0000022", "Not found: " + Arrays.toString(path));
    }

    /** {@code /api/v1/identity-sources/{app}/sessions/{session}/{what}}. */
    private OktaAnswer session(HttpServerRequest request, String[] path, byte[] body) {
        String method = request.method().name();
        String type = request.getHeader("Content-Type");
        return switch (method + " " + (path.length - 6) + (path.length > 7 ? path[7] : "")) {
            case "POST 0" -> org.createSession(path[4], body.length);
            case "GET 0" -> org.listSessions(path[4]);
            case "GET 1", "DELETE 1" -> org.session(path[4], path[6], method);
            case "POST 2bulk-upsert" -> org.upload(path[4], path[6], true, type, body);
            case "POST 2bulk-delete" -> org.upload(path[4], path[6], false, type, body);
            case "POST 2bulk-groups-upsert",
                    "POST 2bulk-groups-delete",
                    "POST 2bulk-group-memberships-upsert",
                    "POST 2bulk-group-memberships-delete" -> org.uploadGroups(path[4], path[6], path[7], type, body);
            case "POST 2start-import" -> org.start(path[4], path[6]);
            default -> OktaAnswer.error(405, "E0000022", "The endpoint does not support the provided HTTP method");
        };
    }

    static OktaAnswer tooMany() {
        return OktaAnswer.error(429, "E0000047", "API call exceeded rate limit due to too many requests.");
    }

    static OktaAnswer limitHeaders(OktaAnswer answer, int limit, int remaining, long reset) {
        return answer.with("X-Rate-Limit-Limit", String.valueOf(limit))
                .with("X-Rate-Limit-Remaining", String.valueOf(remaining))
                .with("X-Rate-Limit-Reset", String.valueOf(reset));
    }
}
