package dev.bulkuserimport.okta.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The service app's key")
class ClientKeyTest {

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** The key inside a PKCS#8 structure, which is the older form: the content of its only OCTET STRING. */
    private static byte[] inner(byte[] pkcs8, int headerLength) {
        return Arrays.copyOfRange(pkcs8, headerLength, pkcs8.length);
    }

    private static void assertSigns(ClientKey key, com.nimbusds.jose.JWSVerifier verifier) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(key.algorithm())
                        .keyID(key.kid().orElseThrow())
                        .build(),
                new JWTClaimsSet.Builder().subject("s").build());
        jwt.sign(key.signer());
        assertThat(SignedJWT.parse(jwt.serialize()).verify(verifier)).isTrue();
    }

    @Test
    @DisplayName("may be RSA: PKCS#8, PKCS#1, a JWK, a file, or PEM with its line breaks as two characters")
    void rsa(@TempDir Path folder) throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("own").generate();
        RSASSAVerifier verifier = new RSASSAVerifier(rsa);
        byte[] pkcs8 = rsa.toPrivateKey().getEncoded();
        String pem = pem("PRIVATE KEY", pkcs8);
        assertSigns(ClientKey.of(pem, Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(pem.replace("\n", "\\n"), Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(pem.replace("\n", "\\r\\n"), Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(pem("RSA PRIVATE KEY", inner(pkcs8, 26)), Optional.of("kid")), verifier);
        Path file = Files.writeString(folder.resolve("key.pem"), pem);
        assertSigns(ClientKey.of(file.toString(), Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(rsa.toJSONString(), Optional.empty()), verifier);
        assertThat(ClientKey.of(rsa.toJSONString(), Optional.empty()).kid()).contains("own");
        assertThat(ClientKey.of(rsa.toJSONString(), Optional.of("set")).kid()).contains("set");
        assertThat(ClientKey.of(pem, Optional.of("kid")).algorithm().getName()).isEqualTo("RS256");
    }

    @Test
    @DisplayName("may be EC on P-256: PKCS#8, SEC 1 or a JWK")
    void ec() throws Exception {
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
        ECDSAVerifier verifier = new ECDSAVerifier(ec);
        byte[] pkcs8 = ec.toPrivateKey().getEncoded();
        assertSigns(ClientKey.of(pem("PRIVATE KEY", pkcs8), Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(pem("EC PRIVATE KEY", inner(pkcs8, 28)), Optional.of("kid")), verifier);
        assertSigns(ClientKey.of(ec.toJSONString(), Optional.empty()), verifier);
        assertThat(ClientKey.of(ec.toJSONString(), Optional.empty()).algorithm().getName())
                .isEqualTo("ES256");
    }

    /** An ECPrivateKey of SEC 1 with a number of so many bytes, and the curve's OID if there is one. */
    private static String sec1(int bytes, String oid) {
        byte[] number = new byte[bytes];
        Arrays.fill(number, (byte) 1);
        String fields = "02010104%02x%s".formatted(bytes, HexFormat.of().formatHex(number))
                + (oid.isEmpty() ? "" : "a0%02x%s".formatted(oid.length() / 2, oid));
        return pem("EC PRIVATE KEY", HexFormat.of().parseHex("30%02x%s".formatted(fields.length() / 2, fields)));
    }

    @ParameterizedTest
    @CsvSource({
        "P-256, 32, 06082a8648ce3d030107, true",
        "P-256 that isn't named, 32, '', true",
        "secp256k1, 32, 06052b8104000a, false",
        "P-384, 48, 06052b81040022, false",
        "P-384 that isn't named, 48, '', false",
        "P-521, 66, 06052b81040023, false",
        "P-256 with parameters of its own, 32, 3003020101, false"
    })
    @DisplayName("in SEC 1 must be on P-256 too")
    void curves(String name, int bytes, String oid, boolean fits) {
        if (fits) {
            assertThat(ClientKey.of(sec1(bytes, oid), Optional.empty()).algorithm())
                    .hasToString("ES256");
        } else {
            assertThatThrownBy(() -> ClientKey.of(sec1(bytes, oid), Optional.empty()))
                    .hasMessageContaining("must be an RSA key or an EC key on the curve P-256");
        }
    }

    @Test
    @DisplayName("in Base64 is taken as the name of a file that isn't there")
    void base64() {
        String encoded = Base64.getEncoder()
                .encodeToString(pem("PRIVATE KEY", new byte[1_200]).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ClientKey.of(encoded.replace("/", "A"), Optional.empty()))
                .hasMessageContaining("no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no such file",
                "{",
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
                "-----BEGIN PRIVATE KEY-----\nS3CRET\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nS3CRET\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMH8=\n-----END EC PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nS3CRET\n-----END ENCRYPTED PRIVATE KEY-----"
            })
    @DisplayName("is named when it is wrong, and never printed")
    void wrong(String setting) {
        assertThatThrownBy(() -> ClientKey.of(setting, Optional.empty()))
                .hasMessageContaining("OKTA_CLIENT_PRIVATEKEY")
                .hasMessageNotContaining("S3CRET")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    @DisplayName("is refused when it is public, too short, or on another curve")
    void unfit() throws Exception {
        ECKey p384 = new ECKeyGenerator(Curve.P_384).generate();
        assertThatThrownBy(() -> ClientKey.of(p384.toJSONString(), Optional.empty()))
                .hasMessageContaining("P-256");
        assertThatThrownBy(() ->
                        ClientKey.of(pem("PRIVATE KEY", p384.toPrivateKey().getEncoded()), Optional.empty()))
                .hasMessageContaining("P-256");
        ECKey p256 = new ECKeyGenerator(Curve.P_256).generate();
        assertThatThrownBy(() -> ClientKey.of(p256.toPublicJWK().toJSONString(), Optional.empty()))
                .hasMessageContaining("public key");
        assertThat(ClientKey.of(p256.toJSONString(), Optional.empty()).toString())
                .isEqualTo("ClientKey[hidden]");
    }
}
