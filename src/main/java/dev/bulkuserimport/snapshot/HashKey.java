package dev.bulkuserimport.snapshot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key of an application's hashes. Without it no one can try out values against a state, so the state says nothing about a profile to
 * whoever reads it alone. It is kept beside the state as an object of its own, under the bucket's encryption, because a state that outlives
 * its key is worthless: both are kept, copied and deleted together.
 */
public final class HashKey {

    /** Bytes of a key: as many as HMAC-SHA256 has of its own. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    private HashKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static HashKey generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new HashKey(bytes);
    }

    /** A key that was stored before. */
    public static HashKey of(byte[] stored) {
        if (stored.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        return new HashKey(stored.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** What tells keys apart without telling them; the state names the key that it was made with. */
    public String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of a text under this key, hexadecimal: whoever lacks the key can't compute it for another text. */
    public String proof(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits(hash().of(bytes, bytes.length));
    }

    KeyedHash hash() {
        return new KeyedHash(bytes);
    }

    @Override
    public String toString() {
        return "HashKey[hidden]";
    }
}
