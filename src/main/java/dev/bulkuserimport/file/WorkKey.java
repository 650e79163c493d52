package dev.bulkuserimport.file;

import dev.bulkuserimport.report.ImportId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals prepared sessions: the report has each one's seal, so that requests which anyone else has written or changed are never sent. Only
 * the function may read the key ({@code infra/template.yaml}).
 */
final class WorkKey {

    /** As many as HMAC-SHA256 has of its own. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    private WorkKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static WorkKey generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new WorkKey(bytes);
    }

    /** @param stored {@value #BYTES} bytes */
    static WorkKey of(byte[] stored) {
        return new WorkKey(stored.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Begins the seal of one session, which takes the session's bytes. */
    Seal seal(ImportId importId, int number) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            mac.update((importId + "\n" + number + "\n").getBytes(StandardCharsets.UTF_8));
            return new Seal(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", e);
        }
    }

    /** A seal in the making. */
    record Seal(Mac mac) {

        void update(byte[] some, int offset, int length) {
            mac.update(some, offset, length);
        }

        /** Hexadecimal. */
        String done() {
            return HexFormat.of().formatHex(mac.doFinal());
        }

        boolean is(String expected) {
            return MessageDigest.isEqual(
                    done().getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public String toString() {
        return "WorkKey[hidden]";
    }
}
