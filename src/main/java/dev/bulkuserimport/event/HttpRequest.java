package dev.bulkuserimport.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, whichever of AWS's three forms it came in.
 *
 * @param method in upper case
 * @param path where it went
 * @param headers by their names in lower case
 * @param query decoded query parameters
 * @param body where the body is in the event; empty when there is none
 * @param behindGateway whether it came through API Gateway, which waits for half a minute, and not through a Function URL
 */
record HttpRequest(
        String method,
        HttpPath path,
        Map<String, String> headers,
        Map<String, String> query,
        Optional<EmbeddedBody> body,
        boolean behindGateway) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
