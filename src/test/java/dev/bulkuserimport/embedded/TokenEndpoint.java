package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Okta's org authorization server, for service apps: {@code private_key_jwt}, scopes, DPoP with nonces; and the check of its tokens. */
public final class TokenEndpoint {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final long ASSERTION_SECONDS = 3600;
    private static final long PROOF_SECONDS = 300;

    private String clientId;
    private JWK publicKey;
    private String kid;
    private Set<String> granted = Set.of();
    private boolean dpop;
    private boolean bindsUnasked;
    private long lifeSeconds = 3600;
    private String nonce;
    private String apiNonce;
    private int rotateAfter;
    private int issued;
    private final Set<String> usedIds = new HashSet<>();
    private final Map<String, Token> tokens = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    private record Token(long expires, Set<String> scopes, String thumbprint) {}

    /** Registers the service app. */
    public synchronized void client(String id, JWK key, String keyId, boolean requiresDpop, String... scopes) {
        clientId = id;
        publicKey = key;
        kid = keyId;
        dpop = requiresDpop;
        granted = Set.of(scopes);
    }

    /** Whether an app that doesn't require DPoP gets a bound token when it sends a proof; else the proof is ignored (RFC 9449, section 5). */
    public synchronized void bindsUnasked(boolean binds) {
        bindsUnasked = binds;
    }

    public synchronized void lifeSeconds(long seconds) {
        lifeSeconds = seconds;
    }

    /** From now on API requests need a nonce too, which rotates after so many of them. */
    public synchronized void apiNonce(int rotatesAfter) {
        apiNonce = UUID.randomUUID().toString();
        rotateAfter = rotatesAfter;
    }

    /** The next token request must have a new nonce. */
    public synchronized void rotateNonce() {
        nonce = UUID.randomUUID().toString();
    }

    /** Takes back all tokens. */
    public synchronized void revoke() {
        tokens.clear();
    }

    public synchronized int issued() {
        return issued;
    }

    /** Tokens, assertions and proofs that were sent; none of them may be printed anywhere. */
    public synchronized Set<String> secretsSeen() {
        return new HashSet<>(seen);
    }

    synchronized void reset() {
        clientId = null;
        granted = Set.of();
        dpop = false;
        bindsUnasked = false;
        lifeSeconds = 3600;
        nonce = null;
        apiNonce = null;
        issued = 0;
        tokens.clear();
        seen.clear();
    }

    synchronized OktaAnswer issue(HttpServerRequest request, String body, String url, long now) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return error(400, "unsupported_grant_type", "The authorization grant type is not supported");
        }
        if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))) {
            return error(401, "invalid_client", "No client credentials found.");
        }
        String fault = assertionFault(form.getOrDefault("client_assertion", ""), url, now);
        if (fault != null) {
            return error(401, "invalid_client", fault);
        }
        String thumbprint = null;
        if (dpop || bindsUnasked && request.getHeader("DPoP") != null) {
            Proof proof = proof(request, url, now, null);
            if (proof.fault != null) {
                return error(400, "invalid_dpop_proof", proof.fault);
            }
            if (nonce == null) {
                nonce = UUID.randomUUID().toString();
            }
            if (!nonce.equals(proof.nonce)) {
                return error(400, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof.")
                        .with("dpop-nonce", nonce);
            }
            thumbprint = proof.thumbprint;
        }
        Set<String> scopes = Set.of(form.getOrDefault("scope", "").split(" "));
        for (String scope : scopes) {
            if (!granted.contains(scope)) {
                return error(
                        400,
                        "invalid_scope",
                        "One or more scopes are not configured for the authorization server resource.");
            }
        }
        String token = "eyJ.embedded." + UUID.randomUUID();
        seen.add(token);
        tokens.put(token, new Token(now + lifeSeconds, scopes, thumbprint));
        issued++;
        ObjectNode answer = OktaAnswer.JSON.createObjectNode();
        answer.put("token_type", thumbprint == null ? "Bearer" : "DPoP");
        answer.put("expires_in", lifeSeconds);
        answer.put("access_token", token);
        answer.put("scope", String.join(" ", scopes));
        return OktaAnswer.json(200, answer);
    }

    private String assertionFault(String assertion, String url, long now) {
        seen.add(assertion);
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (clientId == null || !clientId.equals(claims.getIssuer()) || !clientId.equals(claims.getSubject())) {
                return "Invalid value for 'client_id' parameter.";
            }
            if (kid != null && !kid.equals(jwt.getHeader().getKeyID())) {
                return "The client_assertion JWT kid is invalid.";
            }
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                return "The client_assertion algorithm must be RS256 or ES256.";
            }
            if (!jwt.verify(verifier(publicKey))) {
                return "The client_assertion signature is invalid.";
            }
            if (!List.of(url + "/oauth2/v1/token").equals(claims.getAudience())) {
                return "The audience claim for client_assertion must be the endpoint invoked for the request.";
            }
            long expires = claims.getExpirationTime() == null
                    ? 0
                    : claims.getExpirationTime().getTime() / 1000;
            if (expires <= now) {
                return "The client_assertion token is expired.";
            }
            if (expires > now + ASSERTION_SECONDS) {
                return "The client_assertion token has an expiration too far into the future.";
            }
            if (claims.getJWTID() == null) {
                return "The client_assertion token must have a jti.";
            }
            if (!usedIds.add(claims.getJWTID())) {
                return "The client_assertion token has already been used.";
            }
            return null;
        } catch (ParseException | JOSEException e) {
            return "The client_assertion token is not a valid JWT.";
        }
    }

    /** Why an API request is refused; null when it isn't. */
    synchronized OktaAnswer refuse(HttpServerRequest request, String url, long now) {
        String header = request.getHeader("Authorization");
        int space = header == null ? -1 : header.indexOf(' ');
        Token token = space < 0 ? null : tokens.get(header.substring(space + 1));
        if (token == null || token.expires <= now) {
            return OktaAnswer.error(401, "E0000011", "Invalid token provided");
        }
        String value = header.substring(space + 1);
        boolean bound = token.thumbprint != null;
        if (!header.substring(0, space).equals(bound ? "DPoP" : "Bearer")) {
            return OktaAnswer.error(401, "E0000011", "Invalid token provided");
        }
        if (bound) {
            Proof proof = proof(request, url, now, value);
            if (proof.fault != null || !token.thumbprint.equals(proof.thumbprint)) {
                return OktaAnswer.error(401, "E0000011", "Invalid DPoP proof: " + proof.fault)
                        .with("WWW-Authenticate", "DPoP error=\"invalid_dpop_proof\"");
            }
            if (apiNonce != null && !apiNonce.equals(proof.nonce)) {
                return OktaAnswer.error(401, "E0000011", "Invalid DPoP nonce")
                        .with("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\"")
                        .with("DPoP-Nonce", apiNonce);
            }
            if (apiNonce != null && --rotateAfter == 0) {
                apiNonce = UUID.randomUUID().toString();
            }
        }
        return token.scopes.contains(OktaScopes.needed(request.method().name(), request.path()))
                ? null
                : OktaAnswer.error(403, "E0000006", "You do not have permission to perform the requested action");
    }

    private record Proof(String fault, String nonce, String thumbprint) {}

    private Proof proof(HttpServerRequest request, String url, long now, String token) {
        String text = request.getHeader("DPoP");
        if (text == null) {
            return new Proof("The DPoP proof JWT header is missing.", null, null);
        }
        seen.add(text);
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            JWK key = jwt.getHeader().getJWK();
            String fault = null;
            if (key == null
                    || key.isPrivate()
                    || !"dpop+jwt".equals(String.valueOf(jwt.getHeader().getType()))) {
                fault = "The header is wrong.";
            } else if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                fault = "The algorithm must be RS256 or ES256.";
            } else if (claims.getIssueTime() == null) {
                fault = "iat is missing.";
            } else if (!jwt.verify(verifier(key))) {
                fault = "The signature is wrong.";
            } else if (!request.method().name().equals(claims.getStringClaim("htm"))
                    || !(url + request.path()).equals(claims.getStringClaim("htu"))) {
                fault = "htm or htu is wrong.";
            } else if (Math.abs(claims.getIssueTime().getTime() / 1000 - now) > PROOF_SECONDS) {
                fault = "The proof is too old.";
            } else if (claims.getJWTID() == null || !usedIds.add(claims.getJWTID())) {
                fault = "The proof has already been used.";
            } else if (token != null && !hash(token).equals(claims.getStringClaim("ath"))) {
                fault = "ath is wrong.";
            }
            return new Proof(
                    fault,
                    claims.getStringClaim("nonce"),
                    key == null ? null : key.computeThumbprint().toString());
        } catch (ParseException | JOSEException e) {
            return new Proof("The proof is not a JWT.", null, null);
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
    }

    private static String hash(String token) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OktaAnswer error(int status, String code, String description) {
        ObjectNode error = OktaAnswer.JSON.createObjectNode();
        error.put("error", code);
        error.put("error_description", description);
        return OktaAnswer.json(status, error);
    }
}
