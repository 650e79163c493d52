package dev.bulkuserimport.event;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A route of the HTTP interface.
 *
 * @param method the HTTP method
 * @param template the path's segments; a segment in braces is an argument
 * @param action the operation; empty for the import
 * @param status the status of a successful answer
 */
record HttpRoute(String method, List<String> template, Optional<Action> action, int status) {

    private static final String APPLICATION = "applications/{applicationId}";

    private static final String SESSIONS = APPLICATION + "/sessions";

    static final List<HttpRoute> ALL = List.of(
            new HttpRoute("POST", List.of("imports"), Optional.empty(), 200),
            new HttpRoute("POST", List.of(), Optional.empty(), 200),
            route("POST", "imports/{importId}/decision", Action.DECIDE, 200),
            route("GET", "applications", Action.LIST_APPLICATIONS, 200),
            route("GET", APPLICATION + "/properties", Action.LIST_PROPERTIES, 200),
            route("GET", APPLICATION + "/template.csv", Action.TEMPLATE, 200),
            route("POST", APPLICATION + "/map-users", Action.MAP_USERS, 200),
            route("POST", APPLICATION + "/inspect", Action.INSPECT, 200),
            route("GET", APPLICATION + "/check", Action.CHECK, 200),
            route("POST", SESSIONS, Action.CREATE_SESSION, 201),
            route("GET", SESSIONS, Action.LIST_SESSIONS, 200),
            route("GET", SESSIONS + "/{sessionId}", Action.GET_SESSION, 200),
            route("DELETE", SESSIONS + "/{sessionId}", Action.CANCEL_SESSION, 204),
            route("POST", SESSIONS + "/{sessionId}/start-import", Action.START_IMPORT, 200));

    /** The route for a request's method and path. */
    sealed interface Found {

        /** A route and its arguments from the path. */
        record Match(HttpRoute route, Map<String, String> arguments) implements Found {

            /** What is requested, the same for every way to write it. */
            String operation() {
                return route.action().map(Action::id).orElse("import") + new TreeMap<>(arguments);
            }
        }

        /** An existing path, and the methods that it supports. */
        record WrongMethod(List<String> allowed) implements Found {}

        /** No such path. */
        record Nothing() implements Found {}

        /** Whether it is the route of imports. */
        default boolean isImport() {
            return this instanceof Match match && match.route().action().isEmpty();
        }
    }

    /** The route of the most likely reading of the path that has one, among the routes that a function offers. */
    static Found of(HttpRequest request, OfferedActions offered) {
        return of(
                request,
                ALL.stream().filter(route -> offered.include(route.action)).toList());
    }

    /** Whether it is a request for an import, which this function may not offer. */
    static boolean isForImport(HttpRequest request) {
        return of(request, ALL).isImport();
    }

    private static Found of(HttpRequest request, List<HttpRoute> routes) {
        List<String> allowed = new ArrayList<>();
        for (List<String> reading : request.path().readings()) {
            List<String> methods = new ArrayList<>();
            for (HttpRoute route : routes) {
                if (route.fits(reading)) {
                    if (route.method.equals(request.method())) {
                        return new Found.Match(route, route.arguments(reading));
                    }
                    methods.add(route.method);
                }
            }
            if (allowed.isEmpty()) {
                allowed = methods;
            }
        }
        return allowed.isEmpty() ? new Found.Nothing() : new Found.WrongMethod(allowed);
    }

    /** Whether the most likely reading of the path that has a route is the root. */
    static boolean isRoot(HttpRequest request) {
        return request.path().readings().stream()
                .filter(reading -> ALL.stream().anyMatch(route -> route.fits(reading)))
                .findFirst()
                .filter(List::isEmpty)
                .isPresent();
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

    private static HttpRoute route(String method, String path, Action action, int status) {
        return new HttpRoute(method, List.of(path.split("/")), Optional.of(action), status);
    }
}
