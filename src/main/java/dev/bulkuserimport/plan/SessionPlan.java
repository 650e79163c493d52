package dev.bulkuserimport.plan;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A session's bulk requests, ready to be sent: every record checked, every limit kept. */
public final class SessionPlan {

    static final byte[] ENVELOPE_START = "{\"entityType\":\"USERS\",\"profiles\":[".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ENVELOPE_END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final ImportOperation operation;
    private final ByteChunks bytes;
    private final List<BulkRequest> requests;
    private final int[] positions;
    private final int users;
    private final List<RecordError> rejected;

    SessionPlan(
            ImportOperation operation,
            ByteChunks bytes,
            List<BulkRequest> requests,
            int[] positions,
            int users,
            List<RecordError> rejected) {
        this.operation = operation;
        this.bytes = bytes;
        this.requests = List.copyOf(requests);
        this.positions = positions;
        this.users = users;
        this.rejected = List.copyOf(rejected);
    }

    public ImportOperation operation() {
        return operation;
    }

    public List<BulkRequest> requests() {
        return requests;
    }

    /** How many valid records the plan sends. */
    public int users() {
        return users;
    }

    /** The records that are left out because they are invalid. */
    public List<RecordError> rejected() {
        return rejected;
    }

    /** Where a valid record stood: its index in {@code users}, or its line in a file of lines. */
    public int position(int record) {
        return positions[record];
    }

    /** The body of a bulk request in parts, at most {@link dev.bulkuserimport.rules.OktaLimits#BYTES_PER_REQUEST} bytes, not copied. */
    public List<ByteBuffer> body(BulkRequest request) {
        List<ByteBuffer> body = new ArrayList<>();
        body.add(ByteBuffer.wrap(ENVELOPE_START));
        body.addAll(bytes.slices(request.offset(), request.length()));
        body.add(ByteBuffer.wrap(ENVELOPE_END));
        return body;
    }

    /** Gives the memory back: only when every request was answered, so that no connection can still be sending from it. */
    public void release() {
        bytes.release();
    }
}
