package dev.bulkuserimport.okta;

/**
 * What one request carries to be let in.
 *
 * @param header the value of {@code Authorization}
 * @param proof the value of {@code DPoP}, good for one request; null when the token needs none
 */
public record Authorization(String header, String proof) {

    @Override
    public String toString() {
        return "Authorization[hidden]";
    }
}
