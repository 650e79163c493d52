package dev.bulkuserimport.okta;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The authorization headers of one request.
 *
 * @param header the value of {@code Authorization}; empty at the token endpoint
 * @param proof the value of {@code DPoP}, valid for one request; empty when the token doesn't need one
 */
public record Authorization(Optional<String> header, Optional<String> proof) {

    /** For an API call without a proof. */
    public static Authorization of(String header) {
        return new Authorization(Optional.of(header), Optional.empty());
    }

    /** Whether a token can be sent in a header: all its characters are visible ASCII, the only ones that RFC 6750 allows. */
    public static boolean canHold(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Whether both can be sent in a header; a line break would end it. */
    boolean fitsHeaders() {
        return Stream.concat(header.stream(), proof.stream())
                .allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7F));
    }

    @Override
    public String toString() {
        return "Authorization[hidden]";
    }
}
