package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A write that succeeds only if no one else has written the object in the meantime, and is repeated until S3 says which was first. */
final class ConditionalWrite {

    /** The most attempts of a conditional write that may end in a fault, in addition to the SDK's own. */
    private static final int FAULTS = 3;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final S3Objects objects;
    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final byte[] body;
    private final Optional<String> replaced;

    /** @param replaced the ETag of the version to replace; empty if the object must not exist yet */
    ConditionalWrite(
            S3Objects objects, S3Calls calls, String bucket, String key, byte[] body, Optional<String> replaced) {
        this.objects = objects;
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.body = body;
        this.replaced = replaced;
    }

    /** The new version's ETag; empty if another writer was faster. */
    Optional<String> within(Deadline deadline) throws S3Failure {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentType("application/json");
        replaced.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        int faults = 0;
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            SdkException failure;
            try {
                PutObjectRequest sending = request.overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))
                        .build();
                String eTag = calls.call(deadline, s3 -> s3.putObject(sending, RequestBody.fromBytes(body)))
                        .eTag();
                // A gateway in front of S3 may omit it from the answer; then it is read from the object.
                return eTag == null ? ours(deadline) : Optional.of(eTag);
            } catch (SdkException e) {
                failure = e;
            }
            int status = failure instanceof S3Exception answer ? answer.statusCode() : 0;
            if (status == 412 || replaced.isPresent() && S3Failure.isNoSuchKey(failure)) {
                return ours(deadline);
            }
            // 409: the conditional write collided with another one in progress. It doesn't say which was first.
            boolean again = status == 409 || (status == 0 || status >= 500) && ++faults < FAULTS;
            long jittered = ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
            if (!again || !deadline.pause(Duration.ofMillis(jittered))) {
                throw S3Failure.of(failure, bucket, key);
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private Optional<String> ours(Deadline deadline) throws S3Failure {
        return objects.read(bucket, key, deadline)
                .filter(stored -> Arrays.equals(stored.body(), body))
                .map(S3Objects.Stored::eTag);
    }
}
