package dev.bulkuserimport.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) of bytes that come in pieces. */
public final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int BUFFER = 8 * 1024;

    private final Mac mac;

    /** @param key not empty */
    public HmacSha256(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /** The same with a text as the key. */
    public HmacSha256(String key) {
        this(key.getBytes(StandardCharsets.UTF_8));
    }

    public HmacSha256 update(String text) {
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public void update(byte[] bytes, int offset, int length) {
        mac.update(bytes, offset, length);
    }

    /** Adds all bytes up to the end of a stream, which it doesn't close. */
    public void update(InputStream bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            mac.update(buffer, 0, read);
        }
    }

    /** The 32 bytes; it begins anew afterwards. */
    public byte[] digest() {
        return mac.doFinal();
    }
}
