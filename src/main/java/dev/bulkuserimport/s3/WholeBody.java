package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * All bytes of an object, or a failure. Java 17 takes a connection that is closed halfway for the end of the body, so the bytes read are
 * compared with the length that S3 announced; and a server that sends a byte now and then is abandoned at the deadline.
 */
final class WholeBody extends FilterInputStream {

    private final String bucket;
    private final String key;
    private final Deadline deadline;
    private final Long length;
    private long read;
    private boolean ended;

    WholeBody(ResponseInputStream<GetObjectResponse> body, String bucket, String key, Deadline deadline) {
        super(body);
        this.bucket = bucket;
        this.key = key;
        this.deadline = deadline;
        this.length = body.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (deadline.isOver()) {
            throw S3Failure.tooSlow(bucket, key);
        }
        int came;
        try {
            came = super.read(bytes, offset, count);
        } catch (IOException | SdkClientException e) {
            throw S3Failure.broken(bucket, key);
        }
        if (came > 0) {
            read += came;
        } else if (came < 0) {
            ended = true;
            if (length != null && read < length) {
                throw S3Failure.broken(bucket, key);
            }
        }
        return came;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(Math.max(0, count), 8 * 1024)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public int available() throws IOException {
        return ended ? 0 : super.available();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
