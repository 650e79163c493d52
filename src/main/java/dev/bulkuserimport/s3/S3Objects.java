package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The S3 operations that the function needs, each within the time left. The client is created on first use. */
@Singleton
public class S3Objects {

    /** The time that a call gets even after the invocation's deadline: its last write must not be lost. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** The timeout of one attempt; after it, the call is retried. */
    private static final Duration ONE_SENDING = Duration.ofSeconds(10);

    /** The same where megabytes are sent. */
    private static final Duration ONE_LARGE_SENDING = Duration.ofSeconds(60);

    /** The most attempts of a conditional write that may end in a fault, in addition to the SDK's own. */
    private static final int FAULTS = 3;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Instance<S3Client> client;

    S3Objects(Instance<S3Client> client) {
        this.client = client;
    }

    /**
     * A stored object and the ETag for replacing it.
     *
     * @param body the object's bytes
     * @param eTag with its quotes, as S3 expects it
     */
    public record Stored(byte[] body, String eTag) {}

    /** An object in a listing, and when it was last written, by S3's clock. */
    public record Named(String key, Instant written) {}

    /** The newest version's metadata and encryption. */
    public ObjectHead headNewest(ObjectVersion object, Deadline deadline) throws S3Failure {
        return head(object, Optional.empty(), deadline);
    }

    /** This version's metadata and encryption. */
    public ObjectHead head(ObjectVersion object, Deadline deadline) throws S3Failure {
        return head(object, object.versionId(), deadline);
    }

    private ObjectHead head(ObjectVersion object, Optional<String> version, Deadline deadline) throws S3Failure {
        try {
            return ObjectHead.of(call(
                    deadline,
                    s3 -> s3.headObject(head -> head.bucket(object.bucket())
                            .key(object.key())
                            .versionId(version.orElse(null))
                            .overrideConfiguration(within(deadline, ONE_SENDING)))));
        } catch (SdkException e) {
            throw S3Failure.of(
                    S3Failure.isUnexplained(e) ? explained(e, object, version, deadline) : e,
                    object.bucket(),
                    object.key());
        }
    }

    /** Why a HEAD is refused with 400, for example for an object encrypted with SSE-C: only the answer to a GET says it. */
    private SdkException explained(
            SdkException refusal, ObjectVersion object, Optional<String> version, Deadline deadline) {
        try {
            call(
                    deadline,
                    s3 -> s3.getObjectAsBytes(get -> get.bucket(object.bucket())
                            .key(object.key())
                            .versionId(version.orElse(null))
                            .range("bytes=0-0")
                            .overrideConfiguration(within(deadline, ONE_SENDING))));
            return refusal;
        } catch (SdkException e) {
            return e;
        }
    }

    /** Opens exactly this version; each call reads from the beginning. */
    public InputStream open(ObjectVersion object, Deadline deadline) throws S3Failure {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .versionId(object.versionId().orElse(null))
                .ifMatch(object.versionId().isPresent() ? null : object.eTag().orElse(null))
                .overrideConfiguration(within(deadline, ONE_SENDING))
                .build();
        return open(request, deadline);
    }

    /** Opens the newest version of an object. */
    public InputStream open(String bucket, String key, Deadline deadline) throws S3Failure {
        return open(
                GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .overrideConfiguration(within(deadline, ONE_SENDING))
                        .build(),
                deadline);
    }

    private InputStream open(GetObjectRequest request, Deadline deadline) throws S3Failure {
        try {
            ResponseInputStream<GetObjectResponse> body = call(deadline, s3 -> s3.getObject(request));
            return new WholeBody(body, request.bucket(), request.key(), deadline);
        } catch (SdkException e) {
            throw S3Failure.of(e, request.bucket(), request.key());
        }
    }

    /** Reads a small object; empty if it doesn't exist. */
    public Optional<Stored> read(String bucket, String key, Deadline deadline) throws S3Failure {
        try {
            ResponseBytes<GetObjectResponse> found = call(
                    deadline,
                    s3 -> s3.getObjectAsBytes(
                            get -> get.bucket(bucket).key(key).overrideConfiguration(within(deadline, ONE_SENDING))));
            return Optional.of(
                    new Stored(found.asByteArrayUnsafe(), found.response().eTag()));
        } catch (SdkException e) {
            if (S3Failure.isNoSuchKey(e)) {
                return Optional.empty();
            }
            throw S3Failure.of(e, bucket, key);
        }
    }

    /**
     * Writes an object if no one else has written it in the meantime. A write of our own that was stored although its answer was lost is
     * recognized by its bytes, so they must be unique.
     *
     * @param replaced the ETag of the version to replace; empty if the object must not exist yet
     * @return the new version's ETag; empty if another writer was faster
     */
    public Optional<String> write(String bucket, String key, byte[] body, Optional<String> replaced, Deadline deadline)
            throws S3Failure {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentType("application/json");
        replaced.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        int faults = 0;
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            SdkException failure;
            try {
                PutObjectRequest sending = request.overrideConfiguration(within(deadline, ONE_SENDING))
                        .build();
                String eTag = call(deadline, s3 -> s3.putObject(sending, RequestBody.fromBytes(body)))
                        .eTag();
                // A gateway in front of S3 may omit it from the answer; then it is read from the object.
                return eTag == null ? ours(bucket, key, body, deadline) : Optional.of(eTag);
            } catch (SdkException e) {
                failure = e;
            }
            int status = failure instanceof S3Exception answer ? answer.statusCode() : 0;
            if (status == 412 || replaced.isPresent() && S3Failure.isNoSuchKey(failure)) {
                return ours(bucket, key, body, deadline);
            }
            // 409: the conditional write collided with another one in progress. It doesn't say which was first.
            boolean again = status == 409 || (status == 0 || status >= 500) && ++faults < FAULTS;
            if (!again || !deadline.leaves(Duration.ofMillis(pause))) {
                throw S3Failure.of(failure, bucket, key);
            }
            sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    /** What becomes of an object. */
    @FunctionalInterface
    public interface Update {

        /** The bytes to write for what is stored; empty to leave it as it is. */
        Optional<byte[]> of(Optional<Stored> stored) throws IOException;
    }

    /**
     * Changes an object, safely with concurrent changes: it is read, and written unless someone else has written it in the meantime, in which
     * case it is read again.
     *
     * @param attempts how often it is read at most
     * @throws S3Failure {@link S3Failure#contended} if others were faster each time
     */
    public void update(String bucket, String key, int attempts, Update update, Deadline deadline) throws IOException {
        for (int attempt = 1; attempt <= attempts; attempt++) {
            Optional<Stored> stored = read(bucket, key, deadline);
            Optional<byte[]> body = update.of(stored);
            if (body.isEmpty()
                    || write(bucket, key, body.get(), stored.map(Stored::eTag), deadline)
                            .isPresent()) {
                return;
            }
        }
        throw S3Failure.contended(bucket, key);
    }

    private Optional<String> ours(String bucket, String key, byte[] body, Deadline deadline) throws S3Failure {
        return read(bucket, key, deadline)
                .filter(stored -> Arrays.equals(stored.body(), body))
                .map(Stored::eTag);
    }

    /**
     * Writes an object that contains user data, encrypted like the object that the data came from.
     *
     * @param body opens the bytes, once for each attempt
     * @param length the number of bytes
     */
    public void writeLike(
            ObjectHead source,
            ObjectPlace place,
            String contentType,
            Supplier<InputStream> body,
            long length,
            Deadline deadline)
            throws S3Failure {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .contentType(contentType)
                .overrideConfiguration(within(deadline, ONE_LARGE_SENDING));
        source.encryption().ifPresent(as -> request.serverSideEncryption(as.algorithm())
                .ssekmsKeyId(as.keyId().orElse(null)));
        put(request.build(), RequestBody.fromContentProvider(body::get, length, contentType));
    }

    /** Writes a small object, replacing any existing one. */
    public void put(ObjectPlace place, String contentType, byte[] body, Deadline deadline) throws S3Failure {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .contentType(contentType)
                .overrideConfiguration(within(deadline, ONE_SENDING))
                .build();
        try {
            call(deadline, s3 -> s3.putObject(request, RequestBody.fromBytes(body)));
        } catch (SdkException e) {
            throw S3Failure.of(e, place.bucket(), place.key());
        }
    }

    /**
     * Writes a large object, replacing any existing one.
     *
     * @param body opens the bytes, once for each attempt
     * @param length the number of bytes
     */
    public void put(ObjectPlace place, String contentType, Supplier<InputStream> body, long length, Deadline deadline)
            throws S3Failure {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .contentType(contentType)
                .overrideConfiguration(within(deadline, ONE_LARGE_SENDING))
                .build();
        put(request, RequestBody.fromContentProvider(body::get, length, contentType));
    }

    private void put(PutObjectRequest request, RequestBody body) throws S3Failure {
        try {
            client.get().putObject(request, body);
        } catch (SdkException e) {
            throw S3Failure.of(e, request.bucket(), request.key());
        }
    }

    /** The first objects under a prefix, in key order. */
    public List<Named> list(String bucket, String prefix, int most, Deadline deadline) throws S3Failure {
        return list(bucket, prefix, "", most, deadline);
    }

    /** The first objects under a prefix whose keys come after a key. */
    public List<Named> list(String bucket, String prefix, String after, int most, Deadline deadline) throws S3Failure {
        try {
            return call(
                            deadline,
                            s3 -> s3.listObjectsV2(list -> list.bucket(bucket)
                                    .prefix(prefix)
                                    .startAfter(after.isEmpty() ? null : after)
                                    .maxKeys(most)
                                    .overrideConfiguration(within(deadline, ONE_SENDING))))
                    .contents()
                    .stream()
                    .map(found -> new Named(found.key(), found.lastModified()))
                    .toList();
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket, prefix);
        }
    }

    /** Whether there is an object. */
    public boolean has(ObjectPlace place, Deadline deadline) throws S3Failure {
        return list(place.bucket(), place.key(), 1, deadline).stream()
                .anyMatch(found -> found.key().equals(place.key()));
    }

    public void delete(ObjectPlace place, Deadline deadline) throws S3Failure {
        try {
            call(
                    deadline,
                    s3 -> s3.deleteObject(delete -> delete.bucket(place.bucket())
                            .key(place.key())
                            .overrideConfiguration(within(deadline, ONE_SENDING))));
        } catch (SdkException e) {
            throw S3Failure.of(e, place.bucket(), place.key());
        }
    }

    private <T> T call(Deadline deadline, Function<S3Client, T> work) {
        try {
            return BoundedCall.run(() -> work.apply(client.get()), left(deadline));
        } catch (UncheckedIOException e) {
            // The SDK's HTTP client doesn't wrap this exception when a connection breaks between an answer's headers
            // and its body.
            throw SdkClientException.create("The connection broke", e);
        }
    }

    private static Duration left(Deadline deadline) {
        Duration left = deadline.left();
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /** Sets the timeouts of the whole call, including retries, and of each attempt. */
    private static Consumer<AwsRequestOverrideConfiguration.Builder> within(Deadline deadline, Duration sending) {
        Duration left = left(deadline);
        return configuration ->
                configuration.apiCallTimeout(left).apiCallAttemptTimeout(left.compareTo(sending) < 0 ? left : sending);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for S3", e);
        }
    }
}
