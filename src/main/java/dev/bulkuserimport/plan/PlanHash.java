package dev.bulkuserimport.plan;

import dev.bulkuserimport.base.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A hash of exactly what a file would send: the application, and each session's requests in order, byte for byte. The same file and state
 * result in the same hash; approving a hash approves exactly these requests.
 */
public final class PlanHash {

    private final MessageDigest sha256 = Sha256.digest();
    private final DataOutputStream out =
            new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));

    /** Adds the next session. */
    public void add(SessionPlan session) {
        try {
            out.writeInt(session.number());
            out.writeInt(session.requests().size());
            for (BulkRequest request : session.requests()) {
                out.writeUTF(request.operation().name());
                out.writeInt(request.length());
                for (ByteBuffer part : session.records(request)) {
                    sha256.update(part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of all added sessions, in hexadecimal; nothing can be added afterwards. */
    public String of(String applicationId) {
        sha256.update(applicationId.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
