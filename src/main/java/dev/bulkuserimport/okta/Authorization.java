package dev.bulkuserimport.okta;

import java.util.Optional;

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

    @Override
    public String toString() {
        return "Authorization[hidden]";
    }
}
