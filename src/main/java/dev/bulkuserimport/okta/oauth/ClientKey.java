package dev.bulkuserimport.okta.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;

/**
 * The service app's private key.
 *
 * @param signer signs with it
 * @param algorithm RS256 or ES256, as the key's type says
 * @param kid the id of its public half in Okta; null when nobody has said
 */
record ClientKey(JWSSigner signer, JWSAlgorithm algorithm, String kid) {

    private static final int SHORTEST_RSA_BITS = 2048;

    /**
     * @param setting PEM text, a path to it, or a JWK
     * @param kid the configured key id; null for the JWK's own
     * @throws ProblemException {@code okta-unauthorized}, naming the setting and what is wrong, never the key
     */
    static ClientKey of(String setting, String kid) {
        String text = setting.strip();
        try {
            if (!text.startsWith("{") && !text.contains("-----BEGIN")) {
                text = Files.readString(Path.of(text)).strip();
            }
            return text.startsWith("{") ? ofJwk(text, kid) : ofPem(text, kid);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ProblemException problem) {
                throw problem;
            }
            throw wrong("is neither a PEM private key, nor a JWK, nor a file with one");
        } catch (ParseException e) {
            throw wrong("is not a JWK");
        } catch (GeneralSecurityException | JOSEException e) {
            throw wrong("cannot be read as a private key");
        }
    }

    @Override
    public String toString() {
        return "ClientKey[hidden]";
    }

    private static ClientKey ofJwk(String text, String kid) throws ParseException, JOSEException {
        JWK jwk = JWK.parse(text);
        if (!jwk.isPrivate()) {
            throw wrong("is the public half of the key; the private one is needed");
        }
        String id = kid != null ? kid : jwk.getKeyID();
        if (jwk instanceof RSAKey rsa) {
            return rsa(rsa.toRSAPrivateKey(), id);
        }
        if (jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)) {
            return new ClientKey(new ECDSASigner(ec), JWSAlgorithm.ES256, id);
        }
        throw wrong("must be an RSA key or an EC key on the curve P-256");
    }

    private static ClientKey ofPem(String text, String kid) throws GeneralSecurityException, JOSEException {
        PrivateKey key = PemKey.parse(text);
        if (key instanceof RSAPrivateKey rsa) {
            return rsa(rsa, kid);
        }
        if (key instanceof ECPrivateKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
            return new ClientKey(new ECDSASigner(ec), JWSAlgorithm.ES256, kid);
        }
        throw wrong("must be an RSA key or an EC key on the curve P-256");
    }

    private static ClientKey rsa(RSAPrivateKey key, String kid) {
        if (key.getModulus().bitLength() < SHORTEST_RSA_BITS) {
            throw wrong("is an RSA key of fewer than " + SHORTEST_RSA_BITS + " bits");
        }
        return new ClientKey(new RSASSASigner(key), JWSAlgorithm.RS256, kid);
    }

    private static ProblemException wrong(String what) {
        return Problem.of(ProblemType.OKTA_UNAUTHORIZED, "OKTA_CLIENT_PRIVATEKEY " + what + ". Nothing was sent.")
                .exception();
    }
}
