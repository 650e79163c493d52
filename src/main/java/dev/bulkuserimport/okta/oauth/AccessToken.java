package dev.bulkuserimport.okta.oauth;

/**
 * A token that Okta issued.
 *
 * @param value what it is; never printed
 * @param dpop whether each request needs a proof beside it
 * @param renewAt when to get another, in wall-clock milliseconds: the monotonic clock may stand still while an environment is frozen
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
