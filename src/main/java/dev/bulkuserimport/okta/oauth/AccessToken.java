package dev.bulkuserimport.okta.oauth;

/**
 * A token that Okta issued.
 *
 * @param value the token; never printed
 * @param dpop whether each request needs a DPoP proof as well
 * @param renewAt when to request a new one, in wall-clock milliseconds: the monotonic clock may stop while an environment is frozen
 */
record AccessToken(String value, boolean dpop, long renewAt) {

    boolean isFresh() {
        return System.currentTimeMillis() < renewAt;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
