package dev.bulkuserimport.event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request's path. A stage or a custom domain's base path may stand before the part that the routes know, and each of AWS's forms tells
 * that differently; so there can be more than one reading of it.
 *
 * @param readings the path's segments, the likeliest reading first
 * @param sent the path with its query as the caller may have sent it; more than one only where AWS hands the query on decoded
 */
record HttpPath(List<List<String>> readings, List<String> sent) {

    /** Segments of the longest route: {@code /applications/{applicationId}/sessions/{sessionId}/start-import}. */
    private static final int LONGEST_ROUTE = 5;

    /**
     * Readings of a path.
     *
     * @param path as the event has it
     * @param stage the API's stage, which the path begins with where {@code staged}; empty for none
     * @param resource the gateway's own route, for example {@code /applications/{applicationId}/check} or {@code /{proxy+}}
     * @param proxy what stands for a greedy variable of it
     * @param staged whether this form of event has the stage in its path
     * @param basePaths whether a base path may stand in front, as behind a custom domain
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
        // A base path that nobody tells of. The bare root is left out, so that a wrong path isn't taken for an import.
        for (int from = Math.max(1, segments.size() - LONGEST_ROUTE); basePaths && from < segments.size(); from++) {
            readings.add(segments.subList(from, segments.size()));
        }
        return new ArrayList<>(readings);
    }

    /**
     * Whether a domain is one that AWS gives to an API or a function. Behind it there are no base paths: whatever stands before a route
     * there, a gateway's rules for that route don't know.
     */
    static boolean isAwsOwn(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".execute-api.") && (name.endsWith(".amazonaws.com") || name.endsWith(".amazonaws.com.cn"))
                || isFunctionUrl(name);
    }

    /** Whether a domain is that of a Function URL. */
    static boolean isFunctionUrl(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return name.contains(".lambda-url.") && name.endsWith(".on.aws");
    }

    /** As many of the last segments as the gateway's route has, if they are what it says. */
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
