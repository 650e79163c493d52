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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.Optional;

/**
 * The service app's private key.
 *
 * @param signer signs with the key
 * @param algorithm RS256 or ES256, depending on the key type
 * @param kid the ID of the public key in Okta; empty when not configured
 */
record ClientKey(JWSSigner signer, JWSAlgorithm algorithm, Optional<String> kid) {

    private static final int SHORTEST_RSA_BITS = 2048;

    /** The longest path on Linux. */
    private static final int LONGEST_PATH = 4096;

    /**
     * @param setting PEM text, a path to it, or a JWK
     * @param kid the configured key id; empty to use the JWK's own
     * @throws ProblemException {@code okta-unauthorized}, naming the setting and what is wrong, never the key
     */
    static ClientKey of(String setting, Optional<String> kid) {
        String text = setting.strip();
        try {
            String key = isKey(text) ? text : read(text);
            return key.startsWith("{") ? ofJwk(key, kid) : ofPem(key, kid);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            throw wrong("is not a PEM private key, a JWK, or the path of a file that contains one");
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

    private static boolean isKey(String text) {
        return text.startsWith("{") || text.contains("-----BEGIN");
    }

    /** A setting that isn't a key can only be a file name. It is never quoted: it may be a truncated key. */
    private static String read(String path) {
        if (path.length() > LONGEST_PATH || path.indexOf('\n') >= 0) {
            throw wrong("is not a PEM private key, a JWK, or the path of a file that contains one");
        }
        Path file = path(path);
        try {
            String text = Files.readString(file).strip();
            if (!isKey(text)) {
                throw wrong("names a file that contains neither a PEM private key nor a JWK");
            }
            return text;
        } catch (IOException e) {
            // A key in Base64 is no path at all, because its name would be too long.
            throw Files.exists(file) ? wrong("names a file that can't be read as text") : noFile();
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw noFile();
        }
    }

    private static ClientKey ofJwk(String text, Optional<String> kid) throws ParseException, JOSEException {
        JWK jwk = JWK.parse(text);
        if (!jwk.isPrivate()) {
            throw wrong("is the public key; the private key is required");
        }
        Optional<String> id = kid.or(() -> Optional.ofNullable(jwk.getKeyID()));
        if (jwk instanceof RSAKey rsa) {
            return rsa(rsa.toRSAPrivateKey(), id);
        }
        if (jwk instanceof ECKey ec && ec.getCurve().equals(Curve.P_256)) {
            return new ClientKey(new ECDSASigner(ec), JWSAlgorithm.ES256, id);
        }
        throw wrong("must be an RSA key or an EC key on the curve P-256");
    }

    private static ClientKey ofPem(String text, Optional<String> kid) throws GeneralSecurityException, JOSEException {
        switch (PemKey.kind(text)) {
            case ENCRYPTED ->
                throw wrong("is encrypted with a passphrase; provide it decrypted, for example from Secrets Manager");
            case PUBLIC -> throw wrong("is a public key or a certificate; the private key is required");
            case OTHER -> throw wrong("is a PEM document without a complete private key");
            case PRIVATE -> {
                // The expected case.
            }
        }
        PrivateKey key = PemKey.parse(text).orElseThrow(ClientKey::otherKind);
        if (key instanceof RSAPrivateKey rsa) {
            return rsa(rsa, kid);
        }
        if (key instanceof ECPrivateKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
            return new ClientKey(new ECDSASigner(ec), JWSAlgorithm.ES256, kid);
        }
        throw otherKind();
    }

    private static ClientKey rsa(RSAPrivateKey key, Optional<String> kid) {
        if (key.getModulus().bitLength() < SHORTEST_RSA_BITS) {
            throw wrong("is an RSA key with fewer than " + SHORTEST_RSA_BITS + " bits");
        }
        return new ClientKey(new RSASSASigner(key), JWSAlgorithm.RS256, kid);
    }

    private static ProblemException noFile() {
        return wrong("is not a key, so it is taken as the path of a file with one, and the function has no such file");
    }

    private static ProblemException otherKind() {
        return wrong("must be an RSA key or an EC key on the curve P-256");
    }

    private static ProblemException wrong(String what) {
        return Problem.of(ProblemType.OKTA_UNAUTHORIZED, "OKTA_CLIENT_PRIVATEKEY " + what + ". Nothing was sent.")
                .exception();
    }
}
