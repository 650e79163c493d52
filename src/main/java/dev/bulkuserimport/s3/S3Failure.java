package dev.bulkuserimport.s3;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** An S3 operation failed. */
public final class S3Failure extends IOException {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    /**
     * Errors with the status 400 that pass; all others come back until someone changes something: the object's encryption, its key, the
     * request. Sources: "Error responses" in the S3 API reference, and the errors of KMS's Decrypt, which S3 prefixes with {@code KMS.}.
     */
    private static final Pattern PASSING =
            Pattern.compile("ExpiredToken|InvalidToken|TokenRefreshRequired|RequestTimeout"
                    + "|IncompleteBody|BadDigest|XAmzContentSHA256Mismatch"
                    + "|KMS\\.\\w*(Throttling|LimitExceeded|Internal|Timeout|Unavailable)\\w*");

    private static final String ARCHIVED = "InvalidObjectState";

    private final String bucket;
    private final String key;
    private final int status;
    private final String code;

    private S3Failure(String message, String bucket, String key, int status, String code) {
        super(message);
        this.bucket = bucket;
        this.key = key;
        this.status = status;
        this.code = code;
    }

    static S3Failure of(SdkException cause, String bucket, String key) {
        String place = shown(bucket, key);
        if (!(cause instanceof S3Exception answer)) {
            return new S3Failure("S3 did not answer for " + place, bucket, key, 0, "");
        }
        String code = code(answer);
        String meaning =
                switch (answer.statusCode()) {
                    case 400 -> ofBadRequest(code);
                    case 403 ->
                        code.equals(ARCHIVED)
                                ? ": the object is archived; restore it, or upload the file again"
                                : ": the function's role doesn't allow this, or the KMS key can't be used";
                    case 404 ->
                        code.equals("NoSuchBucket")
                                ? ": the bucket does not exist"
                                : ": the object, or this version of it, no longer exists";
                    case 412 -> ": this version of the object no longer exists";
                    default -> "";
                };
        return new S3Failure(
                "S3 answered " + answer.statusCode() + (code.isEmpty() ? "" : " " + code) + " for " + place + meaning,
                bucket,
                key,
                answer.statusCode(),
                code);
    }

    private static String ofBadRequest(String code) {
        if (code.startsWith("KMS.") && !PASSING.matcher(code).matches()) {
            return ": the KMS key of the object is disabled, is being deleted or doesn't exist";
        }
        return code.equals("InvalidRequest")
                ? ": the object can't be read like this; one that is encrypted with a key of its uploader (SSE-C)"
                        + " must be uploaded again without it"
                : "";
    }

    public static S3Failure broken(String bucket, String key) {
        return new S3Failure("The connection broke while " + shown(bucket, key) + " was read", bucket, key, 0, "");
    }

    /** An answer doesn't say which version of the object it is about. */
    static S3Failure unidentified(String bucket, String key) {
        return new S3Failure("S3 answered without an ETag for " + shown(bucket, key), bucket, key, 0, "");
    }

    /** Other writers keep changing the same object. */
    public static S3Failure contended(String bucket, String key) {
        return new S3Failure("Others change " + shown(bucket, key) + " at the same time", bucket, key, 409, "");
    }

    static S3Failure tooSlow(String bucket, String key) {
        return new S3Failure(
                "There was not enough time to read " + shown(bucket, key) + " to its end", bucket, key, 0, "");
    }

    /** Whether an answer says that the object doesn't exist; a missing bucket is a different case. */
    static boolean isNoSuchKey(SdkException failure) {
        return failure instanceof NoSuchKeyException
                || failure instanceof S3Exception answer
                        && answer.statusCode() == 404
                        && !code(answer).equals("NoSuchBucket");
    }

    /** Whether an answer is a refusal without a reason, as to a HEAD, whose answers have no body. */
    static boolean isUnexplained(SdkException failure) {
        return failure instanceof S3Exception answer
                && answer.statusCode() == 400
                && !code(answer).matches("[A-Z].*");
    }

    private static String shown(String bucket, String key) {
        return new ObjectPlace(bucket, key).shown();
    }

    private static String code(S3Exception answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? ""
                : answer.awsErrorDetails().errorCode();
    }

    /** The problem that the caller gets. */
    public Problem problem() {
        Problem problem = Problem.of(ProblemType.STORAGE_UNAVAILABLE, getMessage() + ".")
                .with("bucket", bucket)
                .with("key", key);
        return isFinal() ? problem : problem.retryAfter(TRY_AGAIN);
    }

    /**
     * Whether a retry can't succeed: the object, or this version of it, no longer exists; the role may not read it; it is archived, or
     * encrypted with a key that can't be used.
     */
    boolean isFinal() {
        boolean refused =
                status == 400 && !code.isEmpty() && !PASSING.matcher(code).matches();
        return refused || isNoObject() || status == 412 || status == 403;
    }

    /** Whether the object, or this version of it, doesn't exist. */
    public boolean isMissing() {
        return status == 404 || status == 412;
    }

    /** Whether the object doesn't exist at all, for an object that was requested without conditions. */
    public boolean isNoObject() {
        return status == 404 && !code.equals("NoSuchBucket");
    }

    /** Whether the function's role doesn't allow this. */
    public boolean isForbidden() {
        return status == 403 && !code.equals(ARCHIVED);
    }
}
