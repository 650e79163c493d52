package dev.bulkuserimport.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request's path. A stage or a custom domain's base path may precede the part that matches a route, and each of AWS's formats represents
 * that differently, so a path can have more than one reading.
 *
 * @param readings the path's segments, most likely reading first
 * @param sent the path with its query as the caller may have sent it; more than one only if AWS passes the query on decoded
 */
record HttpPath(List<List<String>> readings, List<String> sent) {

    /** The number of segments of the longest route: {@code /applications/{applicationId}/sessions/{sessionId}/start-import}. */
    private static final int LONGEST_ROUTE = 5;

    /**
     * Readings of a path.
     *
     * @param path as in the event
     * @param stage the API's stage, which the path begins with if {@code staged}; empty if there is none
     * @param resource the gateway's route, for example {@code /applications/{applicationId}/check} or {@code /{proxy+}}
     * @param proxy the value of its greedy variable
     * @param staged whether this event format has the stage in its path
     * @param basePaths whether a base path may come first, as with a custom domain
     */
    static List<List<String>> readings(
            String path,
            Optional<String> stage,
            Optional<String> resource,
            Optional<String> proxy,
            boolean staged,
            boolean basePaths) {
        List<String> segments = segments(path);
        Set<List<String>> readings = new LinkedHashSet<>();
        resource.flatMap(route -> behindBasePath(segments, route, proxy)).ifPresent(readings::add);
        Optional<List<String>> withoutStage = stage.filter(
                        name -> !segments.isEmpty() && segments.get(0).equals(name))
                .map(name -> segments.subList(1, segments.size()));
        if (staged) {
            withoutStage.ifPresent(readings::add);
        }
        readings.add(segments);
        withoutStage.ifPresent(readings::add);
        // A base path that the event doesn't mention. The bare root is excluded, so that a wrong path isn't taken for
        // an import.
        for (int from = Math.max(1, segments.size() - LONGEST_ROUTE); basePaths && from < segments.size(); from++) {
            readings.add(segments.subList(from, segments.size()));
        }
        return new ArrayList<>(readings);
    }

    /**
     * Whether a domain is one that AWS assigns to an API or a function. These have no base paths: the gateway's rules for a route don't
     * apply to a path with anything before the route.
     */
    static boolean isAwsOwn(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".execute-api.") && (name.endsWith(".amazonaws.com") || name.endsWith(".amazonaws.com.cn"))
                || isFunctionUrl(name);
    }

    /** Whether a domain belongs to a Function URL. */
    static boolean isFunctionUrl(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".lambda-url.") && name.endsWith(".on.aws");
    }

    /** As many of the last segments as the gateway's route has, if they match it. */
    private static Optional<List<String>> behindBasePath(
            List<String> segments, String resource, Optional<String> proxy) {
        List<String> route = segments(resource).stream()
                .flatMap(part -> part.endsWith("+}") ? segments(proxy.orElse("")).stream() : Stream.of(part))
                .toList();
        int from = segments.size() - route.size();
        if (from < 0 || resource.startsWith("$") || resource.endsWith("+}") && proxy.isEmpty()) {
            return Optional.empty();
        }
        List<String> rest = segments.subList(from, segments.size());
        for (int i = 0; i < rest.size(); i++) {
            if (!route.get(i).startsWith("{") && !route.get(i).equals(rest.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(rest);
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    }
}
