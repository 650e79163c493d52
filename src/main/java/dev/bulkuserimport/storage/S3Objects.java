package dev.bulkuserimport.storage;

import dev.bulkuserimport.source.FileSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The few things that are done with S3; its client is made at the first of them. */
@Singleton
class S3Objects {

    private final Instance<S3Client> client;

    S3Objects(Instance<S3Client> client) {
        this.client = client;
    }

    /**
     * A stored text and the ETag to replace it by.
     *
     * @param body the object's bytes
     * @param eTag with its quotes, as S3 takes it back
     */
    record Stored(byte[] body, String eTag) {}

    /** An object's metadata and encryption. */
    HeadObjectResponse head(ObjectVersion object) throws S3Failure {
        try {
            return client.get()
                    .headObject(HeadObjectRequest.builder()
                            .bucket(object.bucket())
                            .key(object.key())
                            .versionId(versionId(object))
                            .build());
        } catch (SdkException e) {
            throw S3Failure.of(e, object.bucket(), object.key());
        }
    }

    /** Opens exactly this version; each call reads it from the beginning. */
    FileSource.Opener opener(ObjectVersion object) {
        return () -> {
            try {
                InputStream body = client.get()
                        .getObject(GetObjectRequest.builder()
                                .bucket(object.bucket())
                                .key(object.key())
                                .versionId(versionId(object))
                                .ifMatch(
                                        versionId(object) == null
                                                ? object.eTag().orElse(null)
                                                : null)
                                .build());
                return new RetryableStream(body, object);
            } catch (SdkException e) {
                throw S3Failure.of(e, object.bucket(), object.key());
            }
        };
    }

    /** Reads a small object; empty when there is none. */
    Optional<Stored> read(String bucket, String key) throws S3Failure {
        try {
            ResponseBytes<GetObjectResponse> found = client.get()
                    .getObjectAsBytes(
                            GetObjectRequest.builder().bucket(bucket).key(key).build());
            return Optional.of(
                    new Stored(found.asByteArrayUnsafe(), found.response().eTag()));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw S3Failure.of(e, bucket, key);
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket, key);
        }
    }

    /**
     * Writes an object if nobody else has meanwhile.
     *
     * @param eTag of the version to replace; null when there must be none
     * @return the new version's ETag; empty when somebody else was faster
     */
    Optional<String> write(String bucket, String key, byte[] body, String eTag) throws S3Failure {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentType("application/json");
        if (eTag == null) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch(eTag);
        }
        try {
            return Optional.of(client.get()
                    .putObject(request.build(), RequestBody.fromBytes(body))
                    .eTag());
        } catch (S3Exception e) {
            // 409 is a conditional write that met another one under way; 404 an If-Match on an object that was deleted.
            if (e.statusCode() == 412 || e.statusCode() == 409 || e.statusCode() == 404 && eTag != null) {
                return Optional.empty();
            }
            throw S3Failure.of(e, bucket, key);
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket, key);
        }
    }

    /** Writes an object that holds user data, encrypted as the object that the data came from. */
    void writeLike(HeadObjectResponse source, String bucket, String key, String contentType, byte[] body)
            throws S3Failure {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType);
        if (source.serverSideEncryption() != null
                && source.serverSideEncryption() != ServerSideEncryption.UNKNOWN_TO_SDK_VERSION) {
            request.serverSideEncryption(source.serverSideEncryption()).ssekmsKeyId(source.ssekmsKeyId());
        }
        try {
            client.get().putObject(request.build(), RequestBody.fromBytes(body));
        } catch (SdkException e) {
            throw S3Failure.of(e, bucket, key);
        }
    }

    private static String versionId(ObjectVersion object) {
        return object.versionId().orElse(null);
    }

    /** Tells a read that broke from a file that is wrong. */
    private static final class RetryableStream extends FilterInputStream {
        private final ObjectVersion object;

        RetryableStream(InputStream in, ObjectVersion object) {
            super(in);
            this.object = object;
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException | SdkClientException e) {
                throw S3Failure.broken(object);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException | SdkClientException e) {
                throw S3Failure.broken(object);
            }
        }
    }
}
