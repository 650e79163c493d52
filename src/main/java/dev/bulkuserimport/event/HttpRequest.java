package dev.bulkuserimport.event;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP request, whichever of AWS's three forms it came in.
 *
 * @param method in upper case
 * @param path as the client sent it, perhaps with a stage in front
 * @param stage the API's stage; null without one
 * @param headers by their names in lower case
 * @param query decoded query parameters
 * @param body where in the event the body stands; null when there is none
 */
record HttpRequest(
        String method,
        String path,
        String stage,
        Map<String, String> headers,
        Map<String, String> query,
        EmbeddedBody body) {

    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The path's segments without the stage, without empty ones. */
    List<String> segments() {
        List<String> segments = rawSegments();
        boolean staged = stage != null && !segments.isEmpty() && segments.get(0).equals(stage);
        return staged ? segments.subList(1, segments.size()) : segments;
    }

    /** The path's segments with the stage, if it has one. */
    List<String> rawSegments() {
        return List.of(path.split("/")).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
