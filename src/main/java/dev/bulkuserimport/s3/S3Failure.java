package dev.bulkuserimport.s3;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 did not do what it was asked. */
public final class S3Failure extends IOException {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final String bucket;
    private final String key;
    private final int status;
    private final boolean bucketMissing;

    private S3Failure(String message, String bucket, String key, int status, boolean bucketMissing) {
        super(message);
        this.bucket = bucket;
        this.key = key;
        this.status = status;
        this.bucketMissing = bucketMissing;
    }

    static S3Failure of(SdkException cause, String bucket, String key) {
        String place = shown(bucket, key);
        if (!(cause instanceof S3Exception answer)) {
            return new S3Failure("S3 did not answer for " + place, bucket, key, 0, false);
        }
        String code = code(answer);
        String meaning =
                switch (answer.statusCode()) {
                    case 403 -> ": the function's role may not do this, or its key may not be used";
                    case 404 ->
                        code.equals("NoSuchBucket")
                                ? ": there is no such bucket"
                                : ": the object, or this version of it, is gone";
                    case 412 -> ": this version of the object is gone";
                    default -> "";
                };
        return new S3Failure(
                "S3 answered " + answer.statusCode() + (code.isEmpty() ? "" : " " + code) + " for " + place + meaning,
                bucket,
                key,
                answer.statusCode(),
                code.equals("NoSuchBucket"));
    }

    public static S3Failure broken(String bucket, String key) {
        return new S3Failure("The connection broke while " + shown(bucket, key) + " was read", bucket, key, 0, false);
    }

    /** Others change the same object all the time. */
    public static S3Failure contended(String bucket, String key) {
        return new S3Failure("Others change " + shown(bucket, key) + " at the same time", bucket, key, 409, false);
    }

    static S3Failure tooSlow(String bucket, String key) {
        return new S3Failure(
                "There was not enough time to read " + shown(bucket, key) + " to its end", bucket, key, 0, false);
    }

    /** Whether an answer says that there is no such object; a missing bucket is another thing. */
    static boolean isNoSuchKey(SdkException failure) {
        return failure instanceof NoSuchKeyException
                || failure instanceof S3Exception answer
                        && answer.statusCode() == 404
                        && !code(answer).equals("NoSuchBucket");
    }

    private static String shown(String bucket, String key) {
        return new ObjectPlace(bucket, key).shown();
    }

    private static String code(S3Exception answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : answer.awsErrorDetails().errorCode();
    }

    /** The problem that this is for whoever asked. */
    public Problem problem() {
        Problem problem = Problem.of(ProblemType.STORAGE_UNAVAILABLE, getMessage() + ".")
                .with("bucket", bucket)
                .with("key", key);
        return isFinal() ? problem : problem.retryAfter(TRY_AGAIN);
    }

    /** Whether asking again is hopeless: the object, or this version of it, is gone, or the role may not read it. */
    boolean isFinal() {
        return status == 404 && !bucketMissing || status == 412 || status == 403;
    }

    /** Whether the object, or this version of it, is not there. */
    public boolean isMissing() {
        return status == 404 || status == 412;
    }

    /** Whether there is no such object at all; of an object that was asked for without conditions. */
    public boolean isNoObject() {
        return status == 404 && !bucketMissing;
    }

    /** Whether the function's role may not do this. */
    public boolean isForbidden() {
        return status == 403;
    }
}
