package dev.bulkuserimport.s3;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What S3 says about an object without its bytes.
 *
 * @param metadata user metadata, names in lower case without {@code x-amz-meta-}
 * @param contentEncoding empty when the object has none
 * @param lastModified when it was put, by S3's clock
 * @param versionId empty when the bucket has no versions
 * @param eTag without quotes
 * @param encryption empty when S3 doesn't name one
 */
public record ObjectHead(
        Map<String, String> metadata,
        Optional<String> contentEncoding,
        Instant lastModified,
        Optional<String> versionId,
        Optional<String> eTag,
        Optional<Encryption> encryption) {

    /**
     * How an object is encrypted.
     *
     * @param algorithm S3's name for it
     * @param keyId the KMS key; empty without one
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
                Optional.ofNullable(head.eTag()).map(tag -> tag.replace("\"", "")),
                known
                        ? Optional.of(new Encryption(algorithm.toString(), Optional.ofNullable(head.ssekmsKeyId())))
                        : Optional.empty());
    }
}
