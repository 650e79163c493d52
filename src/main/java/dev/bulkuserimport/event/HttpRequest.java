package dev.bulkuserimport.event;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, independent of which of AWS's three formats it came in.
 *
 * @param method in upper case
 * @param path the requested path
 * @param headers by their names in lower case
 * @param query decoded query parameters
 * @param body the body's position in the event; empty if there is none
 * @param principal the caller as AWS has authenticated them; empty where AWS has not
 * @param behindGateway whether it came through API Gateway, which waits for half a minute, rather than through a Function URL
 */
record HttpRequest(
        String method,
        HttpPath path,
        Map<String, String> headers,
        Map<String, String> query,
        Optional<EmbeddedBody> body,
        Optional<String> principal,
        boolean behindGateway) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
