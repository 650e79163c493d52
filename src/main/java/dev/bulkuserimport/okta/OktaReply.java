package dev.bulkuserimport.okta;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The result of one attempt of a call. */
public sealed interface OktaReply {

    /** The most characters of a nonce; Okta's have 32. */
    int LONGEST_NONCE = 1_000;

    /**
     * Okta, or something in front of it, answered.
     *
     * @param status its HTTP status
     * @param body its body, which may be empty, HTML, or anything else
     * @param rateLimit what its headers say about the rate limit
     * @param retryAfter the header {@code Retry-After}
     * @param link the header {@code Link}, all of its values
     * @param authenticate the header {@code WWW-Authenticate}
     * @param nonce the header {@code DPoP-Nonce}
     * @param ahead how far the sender's clock is ahead of ours, to the second; zero if unknown
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
         * @param headers returns a header's values; empty for an absent one
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
                    header.apply("DPoP-Nonce").filter(Answered::isNonce),
                    Duration.between(now, AnswerTime.of(header.apply("Date"), now)),
                    header.apply("X-Okta-Request-Id"));
        }

        /**
         * Whether a text is a nonce by RFC 9449, section 8.1, and no longer than a proof can carry: it would be in every further request, and
         * one that no server accepts would never be replaced.
         */
        private static boolean isNonce(String text) {
            return !text.isEmpty()
                    && text.length() <= LONGEST_NONCE
                    && text.chars().allMatch(c -> c >= 0x21 && c <= 0x7E && c != '"' && c != '\\');
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Whether Okta refuses a proof only because it requires another nonce (RFC 9449, section 9). */
        public boolean asksForNonce() {
            return nonce.isPresent()
                    && authenticate
                            .filter(challenge -> challenge.contains("use_dpop_nonce"))
                            .isPresent();
        }

        /** Whether the token is missing a scope that the call needs (RFC 6750, section 3.1). */
        boolean lacksScope() {
            return authenticate
                    .filter(challenge -> challenge.contains("insufficient_scope"))
                    .isPresent();
        }

        /** Whether something in front of Okta failed, so that it is unknown whether Okta carried out the call. */
        public boolean isGatewayFailure() {
            return status >= 500 && !OktaError.of(this).hasOktaCode();
        }

        /**
         * Whether Okta itself accepted the request: a success whose body is empty or JSON. A gateway's page may also have status 202 and
         * any content type.
         */
        public boolean isAcceptance() {
            return isSuccess() && (OktaJson.isBlank(body) || OktaJson.isJson(body));
        }
    }

    /** No connection was established: Okta can't have received the call. */
    record NotSent(String cause) implements OktaReply {}

    /** The call was sent and no complete answer arrived: Okta may have carried it out. */
    record Lost(String cause) implements OktaReply {}
}
