package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaReply;
import java.util.Optional;

/**
 * DPoP (RFC 9449) as far as this instance has learned it: whether the service app wants it, its key, and the nonces.
 *
 * <p>The first token request carries a proof before Okta has asked for one. New API service apps require it, and an app that doesn't gets a
 * Bearer token anyway: a server that doesn't bind the token says so in the token type (section 5). An app that requires a proof therefore
 * costs two token requests instead of three, and one that doesn't still costs one. The result is remembered.
 */
final class ProofOfPossession {

    private boolean wanted = true;
    private Optional<DpopKey> key = Optional.empty();
    private Optional<String> tokenNonce = Optional.empty();
    private Optional<String> callNonce = Optional.empty();

    /** The proof for a token request; empty when the app is known not to need one. */
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

    /** Records an issued token. */
    void issued(AccessToken token, OktaReply.Answered answer) {
        wanted = token.dpop();
        tokenNonce = answer.nonce().or(() -> tokenNonce);
    }

    /** Records the nonce that the next API call must carry. */
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
