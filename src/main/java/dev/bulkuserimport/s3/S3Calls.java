package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.Durations;
import jakarta.enterprise.inject.Instance;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Calls to S3, each within the time left. */
final class S3Calls {

    /** The time that a call gets even after the invocation's deadline: its last write must not be lost. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** The timeout of one attempt; after it, the call is retried. */
    static final Duration ONE_SENDING = Duration.ofSeconds(10);

    /** The same where megabytes are sent. */
    static final Duration ONE_LARGE_SENDING = Duration.ofSeconds(60);

    private final Instance<S3Client> client;

    S3Calls(Instance<S3Client> client) {
        this.client = client;
    }

    /** Writes a large object in the calling thread, which only its own timeouts interrupt. */
    void put(PutObjectRequest request, RequestBody body) throws S3Failure {
        try {
            client.get().putObject(request, body);
        } catch (SdkException e) {
            throw S3Failure.of(e, request.bucket(), request.key());
        }
    }

    <T> T call(String bucket, String key, Deadline deadline, Function<S3Client, T> work) throws S3Failure {
        try {
            return call(deadline, work);
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket, key);
        }
    }

    <T> T call(Deadline deadline, Function<S3Client, T> work) {
        try {
            return BoundedCall.run(() -> work.apply(client.get()), left(deadline));
        } catch (UncheckedIOException e) {
            // The SDK's HTTP client doesn't wrap this exception when a connection breaks between an answer's headers
            // and its body.
            throw SdkClientException.create("The connection broke", e);
        }
    }

    private static Duration left(Deadline deadline) {
        return Durations.longer(deadline.left(), LEAST);
    }

    /** Sets the timeouts of the whole call, including retries, and of each attempt. */
    static Consumer<AwsRequestOverrideConfiguration.Builder> within(Deadline deadline, Duration sending) {
        Duration left = left(deadline);
        return configuration ->
                configuration.apiCallTimeout(left).apiCallAttemptTimeout(Durations.shorter(left, sending));
    }
}
