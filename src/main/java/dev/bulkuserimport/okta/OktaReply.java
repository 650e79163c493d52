package dev.bulkuserimport.okta;

import java.time.Duration;
import java.util.Optional;

/** What became of one sending of a call. */
public sealed interface OktaReply {

    /**
     * An answer came.
     *
     * @param status its HTTP status
     * @param body its body, which may be empty, HTML, or anything else
     * @param cutOff whether there was more of the body than is read
     * @param rateLimit what its headers say about the rate limit
     * @param retryAfter the header {@code Retry-After}
     * @param link the header {@code Link}, all of its values
     * @param authenticate the header {@code WWW-Authenticate}
     * @param nonce the header {@code DPoP-Nonce}
     * @param ahead how far the clock of whoever answered is ahead of ours, to the second; zero where it isn't told
     * @param requestId the header {@code X-Okta-Request-Id}
     */
    record Answered(
            int status,
            byte[] body,
            boolean cutOff,
            RateLimit rateLimit,
            Optional<Duration> retryAfter,
            Optional<String> link,
            Optional<String> authenticate,
            Optional<String> nonce,
            Duration ahead,
            Optional<String> requestId)
            implements OktaReply {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether Okta refuses a proof only because it wants another nonce in it (RFC 9449, section 9). */
        public boolean asksForNonce() {
            return nonce.isPresent()
                    && authenticate
                            .filter(challenge -> challenge.contains("use_dpop_nonce"))
                            .isPresent();
        }

        /**
         * Whether Okta itself says that it took something: a success whose body is empty or JSON. A gateway's page may have status 202
         * too, and any type in its header.
         */
        public boolean isAcceptance() {
            return isSuccess() && !cutOff && (OktaJson.isBlank(body) || OktaJson.isJson(body));
        }
    }

    /** No connection came about: Okta cannot have seen the call. */
    record NotSent(String cause) implements OktaReply {}

    /** The call was sent and no whole answer came: Okta may have carried it out. */
    record Lost(String cause) implements OktaReply {}
}
