package dev.bulkuserimport.okta;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What became of one sending of a call. */
public sealed interface OktaReply {

    /**
     * An answer came.
     *
     * @param status its HTTP status
     * @param body its body, which may be empty, HTML, or anything else
     * @param rateLimit what its headers say about the rate limit
     * @param retryAfter the header {@code Retry-After}
     * @param link the header {@code Link}, all of its values
     * @param authenticate the header {@code WWW-Authenticate}
     * @param nonce the header {@code DPoP-Nonce}
     * @param ahead how far the clock of whoever answered is ahead of ours, to the second; zero where it isn't known
     * @param requestId the header {@code X-Okta-Request-Id}
     */
    record Answered(
            int status,
            byte[] body,
            RateLimit rateLimit,
            Optional<Duration> retryAfter,
            Optional<String> link,
            Optional<String> authenticate,
            Optional<String> nonce,
            Duration ahead,
            Optional<String> requestId)
            implements OktaReply {

        /**
         * An answer as it came.
         *
         * @param headers a header's values, none where it isn't there
         */
        static Answered of(int status, byte[] body, Function<String, List<String>> headers, Instant now) {
            Function<String, Optional<String>> header =
                    name -> headers.apply(name).stream().findFirst();
            List<String> links = headers.apply("Link");
            return new Answered(
                    status,
                    body,
                    RateLimit.of(header, now),
                    AnswerTime.retryAfter(header.apply("Retry-After"), header.apply("Date"), now),
                    links.isEmpty() ? Optional.empty() : Optional.of(String.join(",", links)),
                    header.apply("WWW-Authenticate"),
                    header.apply("DPoP-Nonce"),
                    Duration.between(now, AnswerTime.of(header.apply("Date"), now)),
                    header.apply("X-Okta-Request-Id"));
        }

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

        /** Whether the token lacks a scope that the call needs (RFC 6750, section 3.1). */
        boolean lacksScope() {
            return authenticate
                    .filter(challenge -> challenge.contains("insufficient_scope"))
                    .isPresent();
        }

        /** Whether something in front of Okta failed, which doesn't tell what became of the call behind it. */
        public boolean isGatewayFailure() {
            return status >= 500 && !OktaError.of(this).hasOktaCode();
        }

        /**
         * Whether Okta itself says that it took something: a success whose body is empty or JSON. A gateway's page may have status 202
         * too, and any type in its header.
         */
        public boolean isAcceptance() {
            return isSuccess() && (OktaJson.isBlank(body) || OktaJson.isJson(body));
        }
    }

    /** No connection came about: Okta cannot have seen the call. */
    record NotSent(String cause) implements OktaReply {}

    /** The call was sent and no whole answer came: Okta may have carried it out. */
    record Lost(String cause) implements OktaReply {}
}
