package dev.bulkuserimport.storage;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 did not do what it was asked. */
final class S3Failure extends IOException {

    private final int status;

    private S3Failure(String message, int status) {
        super(message);
        this.status = status;
    }

    static S3Failure of(SdkException cause, String bucket, String key) {
        String place = "s3://" + bucket + "/" + key;
        if (cause instanceof S3Exception answer) {
            String code = answer.awsErrorDetails() == null
                    ? null
                    : answer.awsErrorDetails().errorCode();
            return new S3Failure(
                    "S3 answered " + answer.statusCode() + (code == null ? "" : " " + code) + " for " + place,
                    answer.statusCode());
        }
        return new S3Failure("S3 did not answer for " + place, 0);
    }

    static S3Failure broken(ObjectVersion object) {
        return new S3Failure(
                "The connection broke while s3://" + object.bucket() + "/" + object.key() + " was read", 0);
    }

    /** The problem that this is for whoever asked. */
    Problem problem() {
        return Problem.of(ProblemType.STORAGE_UNAVAILABLE, getMessage() + ". It is left to come again.")
                .retryAfter(Duration.ofSeconds(30));
    }

    /** Whether the object, or this version of it, is not there. */
    boolean isMissing() {
        return status == 404 || status == 412;
    }

    /** Whether the function's role may not do this. */
    boolean isForbidden() {
        return status == 403;
    }
}
