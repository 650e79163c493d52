package dev.bulkuserimport.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * An object's attributes, without its bytes.
 *
 * @param metadata user metadata, names in lower case without {@code x-amz-meta-}
 * @param contentEncoding empty if the object has none
 * @param lastModified when it was uploaded, by S3's clock
 * @param versionId empty if the bucket isn't versioned
 * @param eTag without quotes
 * @param encryption empty if S3 doesn't report one
 */
public record ObjectHead(
        Map<String, String> metadata,
        Optional<String> contentEncoding,
        Instant lastModified,
        Optional<String> versionId,
        String eTag,
        Optional<Encryption> encryption) {

    /**
     * How an object is encrypted.
     *
     * @param algorithm S3's name for it
     * @param keyId the KMS key; empty if there is none
     */
    public record Encryption(String algorithm, Optional<String> keyId) {}

    static ObjectHead of(HeadObjectResponse head) {
        ServerSideEncryption algorithm = head.serverSideEncryption();
        boolean known = algorithm != null && algorithm != ServerSideEncryption.UNKNOWN_TO_SDK_VERSION;
        return new ObjectHead(
                head.metadata(),
                Optional.ofNullable(head.contentEncoding()),
                Optional.ofNullable(head.lastModified()).orElse(Instant.EPOCH),
                Optional.ofNullable(head.versionId()),
                head.eTag().replace("\"", ""),
                known
                        ? Optional.of(new Encryption(algorithm.toString(), Optional.ofNullable(head.ssekmsKeyId())))
                        : Optional.empty());
    }
}
