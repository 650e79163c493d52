package dev.bulkuserimport.plan;

import dev.bulkuserimport.request.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A session's bulk requests, ready to be sent: every record checked, every limit kept. */
public final class SessionPlan {

    static final byte[] ENVELOPE_START = "{\"entityType\":\"USERS\",\"profiles\":[".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ENVELOPE_END = "]}".getBytes(StandardCharsets.US_ASCII);

    private final ImportOperation operation;
    private final RecordBytes bytes;
    private final List<BulkRequest> requests;
    private final int[] positions;
    private final int users;
    private final List<RecordError> rejected;

    SessionPlan(
            ImportOperation operation,
            RecordBytes bytes,
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

    /** The body of a bulk request, at most {@link dev.bulkuserimport.okta.OktaLimits#BYTES_PER_REQUEST} bytes, made anew at each call. */
    public byte[] body(BulkRequest request) {
        byte[] body = new byte[request.bodyBytes()];
        System.arraycopy(ENVELOPE_START, 0, body, 0, ENVELOPE_START.length);
        bytes.copy(request.offset(), request.length(), body, ENVELOPE_START.length);
        System.arraycopy(ENVELOPE_END, 0, body, body.length - ENVELOPE_END.length, ENVELOPE_END.length);
        return body;
    }
}
