package dev.bulkuserimport.okta;

import java.time.Duration;

/** What became of one sending of a call. */
public sealed interface OktaReply {

    /**
     * An answer came.
     *
     * @param status its HTTP status
     * @param body its body, which may be empty or HTML
     * @param rateLimit what its headers say about the rate limit
     * @param retryAfter the header {@code Retry-After}; null when there is none
     * @param link the header {@code Link}, all of its values; null when there is none
     * @param authenticate the header {@code WWW-Authenticate}; null when there is none
     * @param nonce the header {@code DPoP-Nonce}; null when there is none
     * @param requestId the header {@code X-Okta-Request-Id}; null when there is none
     */
    record Answered(
            int status,
            byte[] body,
            RateLimit rateLimit,
            Duration retryAfter,
            String link,
            String authenticate,
            String nonce,
            String requestId)
            implements OktaReply {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether Okta refuses a proof only because it wants another nonce in it (RFC 9449, section 9). */
        public boolean asksForNonce() {
            return nonce != null && authenticate != null && authenticate.contains("use_dpop_nonce");
        }
    }

    /** No connection came about: Okta cannot have seen the call. */
    record NotSent(String cause) implements OktaReply {}

    /** The call was sent and no whole answer came: Okta may have carried it out. */
    record Lost(String cause) implements OktaReply {}
}
