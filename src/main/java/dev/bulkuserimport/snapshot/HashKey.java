package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A key of random bytes: of an application's hashes, and of the seals of prepared requests. Without it no one can test values against a
 * state, so the state alone reveals nothing about a profile. A state's key is stored next to it as a separate object, protected by the
 * bucket's encryption, because a state that outlives its key is worthless: both are kept, copied and deleted together.
 */
public final class HashKey {

    /** The length of a key in bytes, equal to the output of HMAC-SHA256. */
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

    /** A stored key. */
    public static HashKey of(byte[] stored) {
        if (stored.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        return new HashKey(stored.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Identifies the key without revealing it; the state names the key that it was created with. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, 8);
    }

    /** The hash of a text under this key, in hexadecimal; it can't be computed for another text without the key. */
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
