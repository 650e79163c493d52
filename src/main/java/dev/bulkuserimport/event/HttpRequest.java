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
 * @param body where in the event the body stands; empty when there is none
 */
record HttpRequest(
        String method,
        HttpPath path,
        Map<String, String> headers,
        Map<String, String> query,
        Optional<EmbeddedBody> body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
