package dev.bulkuserimport.okta;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one request carries to be let in.
 *
 * @param header the value of {@code Authorization}; empty at the token endpoint
 * @param proof the value of {@code DPoP}, good for one request; empty when the token needs none
 */
public record Authorization(Optional<String> header, Optional<String> proof) {

    /** An API call's, without a proof. */
    public static Authorization of(String header) {
        return new Authorization(Optional.of(header), Optional.empty());
    }

    /** Whether a header can hold a token as it is: each character of it can be seen and is ASCII (RFC 6750 allows no other). */
    public static boolean canHold(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** Whether both can be sent as they are; a line break would end a header. */
    boolean fitsHeaders() {
        return Stream.concat(header.stream(), proof.stream())
                .allMatch(value -> value.chars().allMatch(c -> c >= ' ' && c < 0x7F));
    }

    @Override
    public String toString() {
        return "Authorization[hidden]";
    }
}
