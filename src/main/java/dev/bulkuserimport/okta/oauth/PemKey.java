package dev.bulkuserimport.okta.oauth;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM. The JDK reads only PKCS#8; the older forms are wrapped into it, which is a few bytes of DER and saves a library of
 * eight megabytes.
 */
final class PemKey {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----(.+?)-----END \\1-----", Pattern.DOTALL);

    /** AlgorithmIdentifier of rsaEncryption (RFC 8017, appendix C). */
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");

    /** AlgorithmIdentifier of id-ecPublicKey with the curve P-256 (RFC 5480, section 2.1.1). */
    private static final byte[] EC_P256 = hex("301306072a8648ce3d020106082a8648ce3d030107");

    /** The curve P-256 (RFC 5480, section 2.1.1.1). */
    private static final byte[] P256 = hex("06082a8648ce3d030107");

    private static final int P256_BYTES = 32;

    private static final int INTEGER = 2;
    private static final int OCTET_STRING = 4;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;

    private PemKey() {}

    /** What a PEM text contains, according to its first line. */
    enum Kind {
        PRIVATE,
        ENCRYPTED,
        PUBLIC,
        OTHER
    }

    static Kind kind(String text) {
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")) {
            return Kind.ENCRYPTED;
        }
        if (PEM.matcher(lines(text)).find()) {
            return Kind.PRIVATE;
        }
        boolean open = text.contains("PUBLIC KEY-----") || text.contains("-----BEGIN CERTIFICATE-----");
        return open ? Kind.PUBLIC : Kind.OTHER;
    }

    /** PKCS#8, PKCS#1 ({@code RSA PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY}); empty for a key in SEC 1 on another curve than P-256. */
    static Optional<PrivateKey> parse(String text) throws GeneralSecurityException {
        Matcher pem = PEM.matcher(lines(text));
        if (!pem.find()) {
            throw new InvalidKeySpecException("not an unencrypted private key");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
        return switch (pem.group(1)) {
            case "RSA PRIVATE KEY" -> Optional.of(KeyFactory.getInstance("RSA").generatePrivate(wrapped(RSA, der)));
            case "EC PRIVATE KEY" ->
                isOnP256(der)
                        ? Optional.of(KeyFactory.getInstance("EC").generatePrivate(wrapped(EC_P256, der)))
                        : Optional.empty();
            default -> Optional.of(either(new PKCS8EncodedKeySpec(der)));
        };
    }

    /** Whether an ECPrivateKey (RFC 5915, section 3) is on P-256: the JDK takes any number for one on the curve around it. */
    private static boolean isOnP256(byte[] der) throws InvalidKeySpecException {
        ByteBuffer fields = element(ByteBuffer.wrap(der), SEQUENCE)
                .orElseThrow(() -> new InvalidKeySpecException("not an ECPrivateKey"));
        element(fields, INTEGER);
        ByteBuffer number =
                element(fields, OCTET_STRING).orElseThrow(() -> new InvalidKeySpecException("not an ECPrivateKey"));
        // Old encoders leave leading zeros out of the number; then only the parameters tell the curve.
        return element(fields, PARAMETERS)
                .map(curve -> curve.equals(ByteBuffer.wrap(P256)) && number.remaining() <= P256_BYTES)
                .orElse(number.remaining() == P256_BYTES);
    }

    /** Takes the content of the next DER element; empty, and nothing taken, if it has another tag. */
    private static Optional<ByteBuffer> element(ByteBuffer in, int tag) throws InvalidKeySpecException {
        try {
            return next(in, tag);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidKeySpecException("cut off", e);
        }
    }

    private static Optional<ByteBuffer> next(ByteBuffer in, int tag) {
        if (!in.hasRemaining() || Byte.toUnsignedInt(in.get(in.position())) != tag) {
            return Optional.empty();
        }
        in.get();
        int length = Byte.toUnsignedInt(in.get());
        if (length > 127) {
            int bytes = length & 0x7F;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | Byte.toUnsignedInt(in.get());
            }
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return Optional.of(content);
    }

    /** Environment variables often hold the line breaks as two characters, those of Windows as four. */
    private static String lines(String text) {
        return text.replace("\\r", "").replace("\\n", "\n");
    }

    private static PrivateKey either(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        }
    }

    /** PrivateKeyInfo (RFC 5208, section 5) around a key of an older form. */
    private static PKCS8EncodedKeySpec wrapped(byte[] algorithm, byte[] key) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {2, 1, 0});
        content.writeBytes(algorithm);
        content.writeBytes(tagged(4, key));
        return new PKCS8EncodedKeySpec(tagged(0x30, content.toByteArray()));
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >> 8 * i);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
