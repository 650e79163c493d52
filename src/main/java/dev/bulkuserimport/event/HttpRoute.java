package dev.bulkuserimport.event;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A route of the HTTP interface.
 *
 * @param method the HTTP method
 * @param template the path's segments; one in braces is an argument
 * @param action the operation, {@link #IMPORT} or one of {@link CardOperation#ACTIONS}
 * @param status the status of its success
 */
record HttpRoute(String method, List<String> template, String action, int status) {

    static final String IMPORT = "import";

    /** The problem member that names a path's methods; over HTTP it is the header {@code Allow} too. */
    static final String ALLOW = "allow";

    private static final String SESSIONS = "applications/{applicationId}/sessions";

    static final List<HttpRoute> ALL = List.of(
            route("POST", "imports", IMPORT, 200),
            route("POST", "", IMPORT, 200),
            route("GET", "applications", "listApplications", 200),
            route("GET", "applications/{applicationId}/properties", "listProperties", 200),
            route("POST", SESSIONS, "createSession", 201),
            route("GET", SESSIONS, "listSessions", 200),
            route("GET", SESSIONS + "/{sessionId}", "getSession", 200),
            route("DELETE", SESSIONS + "/{sessionId}", "cancelSession", 204),
            route("POST", SESSIONS + "/{sessionId}/start-import", "startImport", 200));

    /** A route and the arguments that the path has for it. */
    record Match(HttpRoute route, Map<String, String> arguments) {}

    /** The request's route; a problem when there is none. */
    static Match of(HttpRequest request) {
        List<HttpRoute> onPath = onPath(request.segments());
        List<String> segments = request.segments();
        if (onPath.isEmpty()) {
            // A first segment that only looks like the stage.
            segments = request.rawSegments();
            onPath = onPath(segments);
        }
        if (onPath.isEmpty()) {
            throw Problem.of(ProblemType.NOT_FOUND, "There is no such route. Imports go to POST /imports.")
                    .exception();
        }
        for (HttpRoute route : onPath) {
            if (route.method.equals(request.method())) {
                return new Match(route, route.arguments(segments));
            }
        }
        String allowed =
                String.join(", ", onPath.stream().map(HttpRoute::method).toList());
        throw Problem.of(ProblemType.METHOD_NOT_ALLOWED, "This route takes " + allowed + ".")
                .with(ALLOW, allowed)
                .exception();
    }

    private static List<HttpRoute> onPath(List<String> segments) {
        List<HttpRoute> routes = new ArrayList<>();
        for (HttpRoute route : ALL) {
            if (route.fits(segments)) {
                routes.add(route);
            }
        }
        return routes;
    }

    private boolean fits(List<String> segments) {
        if (segments.size() != template.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!isArgument(template.get(i)) && !template.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> arguments(List<String> segments) {
        Map<String, String> arguments = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String part = template.get(i);
            if (isArgument(part)) {
                arguments.put(part.substring(1, part.length() - 1), decoded(segments.get(i)));
            }
        }
        return arguments;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    private static boolean isArgument(String part) {
        return part.startsWith("{");
    }

    private static HttpRoute route(String method, String path, String action, int status) {
        return new HttpRoute(method, path.isEmpty() ? List.of() : List.of(path.split("/")), action, status);
    }
}
