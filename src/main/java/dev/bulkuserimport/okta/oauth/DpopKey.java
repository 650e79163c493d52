package dev.bulkuserimport.okta.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bulkuserimport.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** The key that this instance's tokens are bound to, made at the first proof (RFC 9449). It never leaves the instance. */
final class DpopKey {

    private final ECKey key;
    private final ECDSASigner signer;

    DpopKey() {
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
            signer = new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A proof for one request, with a unique ID.
     *
     * @param method the request's method
     * @param url the request's URL without its query
     * @param nonce the nonce that the server supplied last; empty when it supplied none
     * @param token the access token that the request carries; empty at the token endpoint
     */
    String proof(String method, String url, Optional<String> nonce, Optional<String> token) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .claim("htm", method)
                .claim("htu", url)
                .issueTime(Date.from(Instant.now()))
                .jwtID(UUID.randomUUID().toString());
        nonce.ifPresent(asked -> claims.claim("nonce", asked));
        token.ifPresent(carried -> claims.claim("ath", hash(carried)));
        SignedJWT proof = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .jwk(key.toPublicJWK())
                        .build(),
                claims.build());
        try {
            proof.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return proof.serialize();
    }

    private static String hash(String token) {
        return Base64URL.encode(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)))
                .toString();
    }
}
