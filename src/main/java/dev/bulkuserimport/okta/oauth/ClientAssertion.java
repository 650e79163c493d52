package dev.bulkuserimport.okta.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/** Identifies the service app, signed with its key. The key may be rotated at any time; {@link Secret} limits how often it is read. */
final class ClientAssertion {

    /** Okta accepts assertions that expire within an hour; ours is used immediately. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final String clientId;
    private final Optional<String> kid;
    private final Secret privateKey;
    private Optional<Parsed> parsed = Optional.empty();

    /** A key, and the secret's value that it was made from. */
    private record Parsed(String value, ClientKey key) {

        @Override
        public String toString() {
            return key.toString();
        }
    }

    ClientAssertion(String clientId, Optional<String> kid, Secret privateKey) {
        this.clientId = clientId;
        this.kid = kid;
        this.privateKey = privateKey;
    }

    /** An assertion for the token endpoint at {@code url}, with a unique ID. */
    String sign(String url, Deadline deadline) {
        ClientKey signing = key(deadline);
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(url)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        JWSHeader.Builder header = new JWSHeader.Builder(signing.algorithm());
        signing.kid().ifPresent(header::keyID);
        SignedJWT assertion = new SignedJWT(header.build(), claims);
        try {
            assertion.sign(signing.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("the assertion could not be signed");
        }
        return assertion.serialize();
    }

    /** Reads the key again, since it may have been rotated. True if it has changed. */
    boolean rereadKey(Deadline deadline) {
        return privateKey.reread(deadline);
    }

    private ClientKey key(Deadline deadline) {
        String value = privateKey.value(deadline);
        Parsed current = parsed.filter(known -> known.value().equals(value))
                .orElseGet(() -> new Parsed(value, ClientKey.of(value, kid)));
        parsed = Optional.of(current);
        return current.key();
    }
}
