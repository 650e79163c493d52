package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaReply;
import java.util.Optional;

/**
 * DPoP (RFC 9449) as far as this instance has learned it: whether the service app wants it, its key, and the nonces.
 *
 * <p>The first token request carries a proof although no one has asked for one. New API service apps require it, and one that doesn't gets
 * a Bearer token all the same: a server that doesn't bind the token says so by the token's type (section 5). So an app that requires it
 * costs two token requests instead of three, and one that doesn't still costs one; what came out is remembered.
 */
final class ProofOfPossession {

    private boolean wanted = true;
    private Optional<DpopKey> key = Optional.empty();
    private Optional<String> tokenNonce = Optional.empty();
    private Optional<String> callNonce = Optional.empty();

    /** The proof for a token request; empty when the app is known to need none. */
    Optional<String> forTokenRequest(String url) {
        return wanted ? Optional.of(key().proof("POST", url, tokenNonce, Optional.empty())) : Optional.empty();
    }

    /** The proof for an API call; {@code url} is without a query. */
    String forCall(String method, String url, String token) {
        return key().proof(method, url, callNonce, Optional.of(token));
    }

    /** Whether a refused token request may be repeated, because the next one will have the proof that it lacked. */
    boolean canFix(OktaError error, OktaReply.Answered refusal) {
        boolean nonce = error.code().filter("use_dpop_nonce"::equals).isPresent()
                && refusal.nonce().isPresent();
        boolean missing = error.code().filter("invalid_dpop_proof"::equals).isPresent() && !wanted;
        if (nonce || missing) {
            wanted = true;
            tokenNonce = refusal.nonce().or(() -> tokenNonce);
        }
        return nonce || missing;
    }

    /** Takes note of a token that was issued. */
    void issued(AccessToken token, OktaReply.Answered answer) {
        wanted = token.dpop();
        tokenNonce = answer.nonce().or(() -> tokenNonce);
    }

    /** Takes note of the nonce that the next API call must carry. */
    void learnForCalls(OktaReply.Answered answer) {
        callNonce = answer.nonce().or(() -> callNonce);
    }

    private DpopKey key() {
        if (key.isEmpty()) {
            key = Optional.of(new DpopKey());
        }
        return key.get();
    }
}
