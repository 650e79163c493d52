package dev.bulkuserimport.file;

import dev.bulkuserimport.base.HmacSha256;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.snapshot.HashKey;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Seals the prepared requests of a session while they are read: the report has each session's seal, so that requests which anyone else has
 * written or changed are never sent. Only the function may read the key ({@code infra/template.yaml}).
 */
final class SealedInput extends FilterInputStream {

    private static final int BUFFER = 8 * 1024;

    private final HmacSha256 hmac;

    SealedInput(InputStream in, HashKey key, ImportId importId, int number) {
        super(in);
        this.hmac = new HmacSha256(key.bytes()).update(importId + "\n" + number + "\n");
    }

    /** The seal of all that was read, in hexadecimal; taken once. */
    String seal() {
        return HexFormat.of().formatHex(hmac.digest());
    }

    /** Whether that is an expected seal; asked once. */
    boolean isSealed(String expected) {
        return MessageDigest.isEqual(
                seal().getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        if (one >= 0) {
            hmac.update(new byte[] {(byte) one}, 0, 1);
        }
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            hmac.update(target, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] some = new byte[(int) Math.min(BUFFER, Math.max(1, count))];
        return Math.max(0, read(some, 0, (int) Math.min(some.length, count)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
