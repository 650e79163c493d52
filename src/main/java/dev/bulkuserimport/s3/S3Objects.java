package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The S3 operations that the function needs, each within the time left. The client is created on first use. */
@Singleton
public class S3Objects {

    private final S3Calls calls;

    S3Objects(Instance<S3Client> client) {
        this.calls = new S3Calls(client);
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
            HeadObjectResponse found = calls.call(
                    deadline,
                    s3 -> s3.headObject(head -> head.bucket(object.bucket())
                            .key(object.key())
                            .versionId(version.orElse(null))
                            .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))));
            if (found.eTag() == null) {
                // S3 sends one always; a gateway in front of it may not. It must not be taken for another object's.
                throw S3Failure.unidentified(object.bucket(), object.key());
            }
            return ObjectHead.of(found);
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
            calls.call(
                    deadline,
                    s3 -> s3.getObjectAsBytes(get -> get.bucket(object.bucket())
                            .key(object.key())
                            .versionId(version.orElse(null))
                            .range("bytes=0-0")
                            .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))));
            return refusal;
        } catch (SdkException e) {
            return e;
        }
    }

    /** Opens exactly this version; each call reads from the beginning. */
    public InputStream open(ObjectVersion object, Deadline deadline) throws S3Failure {
        return open(
                object.bucket(),
                object.key(),
                get -> get.versionId(object.versionId().orElse(null))
                        .ifMatch(
                                object.versionId().isPresent()
                                        ? null
                                        : object.eTag().orElse(null)),
                deadline);
    }

    /** Opens the newest version of an object. */
    public InputStream open(String bucket, String key, Deadline deadline) throws S3Failure {
        return open(bucket, key, get -> {}, deadline);
    }

    private InputStream open(String bucket, String key, Consumer<GetObjectRequest.Builder> which, Deadline deadline)
            throws S3Failure {
        return new WholeBody(
                calls.call(
                        bucket,
                        key,
                        deadline,
                        s3 -> s3.getObject(get -> get.bucket(bucket)
                                .key(key)
                                .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))
                                .applyMutation(which))),
                bucket,
                key,
                deadline);
    }

    /** Reads a small object; empty if it doesn't exist. */
    public Optional<Stored> read(String bucket, String key, Deadline deadline) throws S3Failure {
        try {
            ResponseBytes<GetObjectResponse> found = calls.call(
                    deadline,
                    s3 -> s3.getObjectAsBytes(get -> get.bucket(bucket)
                            .key(key)
                            .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))));
            String eTag = found.response().eTag();
            if (eTag == null) {
                // Without it, a change could replace what someone else has written meanwhile.
                throw S3Failure.unidentified(bucket, key);
            }
            return Optional.of(new Stored(found.asByteArrayUnsafe(), eTag));
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
        return new ConditionalWrite(this, calls, bucket, key, body, replaced).within(deadline);
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
        PutObjectRequest.Builder request = to(place, contentType, deadline, S3Calls.ONE_LARGE_SENDING);
        source.encryption().ifPresent(as -> request.serverSideEncryption(as.algorithm())
                .ssekmsKeyId(as.keyId().orElse(null)));
        calls.put(request.build(), RequestBody.fromContentProvider(body::get, length, contentType));
    }

    /** Writes a small object, replacing any existing one. */
    public void put(ObjectPlace place, String contentType, byte[] body, Deadline deadline) throws S3Failure {
        PutObjectRequest request =
                to(place, contentType, deadline, S3Calls.ONE_SENDING).build();
        calls.call(place.bucket(), place.key(), deadline, s3 -> s3.putObject(request, RequestBody.fromBytes(body)));
    }

    /**
     * Writes a large object, replacing any existing one.
     *
     * @param body opens the bytes, once for each attempt
     * @param length the number of bytes
     */
    public void put(ObjectPlace place, String contentType, Supplier<InputStream> body, long length, Deadline deadline)
            throws S3Failure {
        calls.put(
                to(place, contentType, deadline, S3Calls.ONE_LARGE_SENDING).build(),
                RequestBody.fromContentProvider(body::get, length, contentType));
    }

    private static PutObjectRequest.Builder to(
            ObjectPlace place, String contentType, Deadline deadline, Duration sending) {
        return PutObjectRequest.builder()
                .bucket(place.bucket())
                .key(place.key())
                .contentType(contentType)
                .overrideConfiguration(S3Calls.within(deadline, sending));
    }

    /** The first objects under a prefix, in key order. */
    public List<Named> list(String bucket, String prefix, int most, Deadline deadline) throws S3Failure {
        return list(bucket, prefix, "", most, deadline);
    }

    /** The first objects under a prefix whose keys come after a key. */
    public List<Named> list(String bucket, String prefix, String after, int most, Deadline deadline) throws S3Failure {
        return calls
                .call(
                        bucket,
                        prefix,
                        deadline,
                        s3 -> s3.listObjectsV2(list -> list.bucket(bucket)
                                .prefix(prefix)
                                .startAfter(after.isEmpty() ? null : after)
                                .maxKeys(most)
                                .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))))
                .contents()
                .stream()
                .map(found -> new Named(found.key(), found.lastModified()))
                .toList();
    }

    /** Whether there is an object. */
    public boolean has(ObjectPlace place, Deadline deadline) throws S3Failure {
        return list(place.bucket(), place.key(), 1, deadline).stream()
                .anyMatch(found -> found.key().equals(place.key()));
    }

    public void delete(ObjectPlace place, Deadline deadline) throws S3Failure {
        calls.call(
                place.bucket(),
                place.key(),
                deadline,
                s3 -> s3.deleteObject(delete -> delete.bucket(place.bucket())
                        .key(place.key())
                        .overrideConfiguration(S3Calls.within(deadline, S3Calls.ONE_SENDING))));
    }
}
