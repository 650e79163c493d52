package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.base.Sha256;
import java.security.MessageDigest;

/**
 * HMAC-SHA256 (RFC 2104) of many short texts under one key. The digests are prepared with the key's block, as section 4 of the RFC
 * proposes: a million people have ten million hashes, and {@link javax.crypto.Mac} processes the key again for each.
 */
final class KeyedHash {

    /** The block size of SHA-256 in bytes. */
    private static final int BLOCK = 64;

    private static final int INNER = 0x36;
    private static final int OUTER = 0x5C;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /**
     * @param key at most {@value #BLOCK} bytes
     */
    KeyedHash(byte[] key) {
        inner = begun(key, INNER);
        outer = begun(key, OUTER);
    }

    private static MessageDigest begun(byte[] key, int pad) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        MessageDigest digest = Sha256.digest();
        digest.update(block);
        return digest;
    }

    /** The first eight bytes of a text's hash. */
    long of(byte[] text, int length) {
        try {
            MessageDigest digest = (MessageDigest) inner.clone();
            digest.update(text, 0, length);
            byte[] first = digest.digest();
            MessageDigest second = (MessageDigest) outer.clone();
            second.update(first);
            byte[] bytes = second.digest();
            long hash = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                hash = hash << 8 | bytes[i] & 0xFF;
            }
            return hash;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
