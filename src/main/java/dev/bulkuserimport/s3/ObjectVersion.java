package dev.bulkuserimport.s3;

import java.util.Optional;

/**
 * One version of an object, as a notification or a caller names it.
 *
 * @param bucket the bucket's name
 * @param key the object's key, decoded
 * @param versionId empty when the bucket isn't versioned
 * @param eTag without quotes; empty if none was given
 * @param sequencer S3's own order of the writes to one key, hexadecimal; empty if none was given
 */
public record ObjectVersion(
        String bucket, String key, Optional<String> versionId, Optional<String> eTag, Optional<String> sequencer) {

    public ObjectVersion {
        // S3 calls the version of an object that was written before its bucket got versions "null".
        versionId = versionId.filter(id -> !id.isEmpty() && !id.equals("null"));
        eTag = eTag.map(tag -> tag.replace("\"", "")).filter(tag -> !tag.isEmpty());
        sequencer = sequencer.filter(text -> !text.isEmpty());
    }

    /** What distinguishes this version from others of the same key; empty if it has to be looked up. */
    public Optional<String> version() {
        return versionId.or(
                () -> eTag.map(tag -> tag + sequencer.map(text -> "." + text).orElse("")));
    }

    /** The object as people write it, for messages and the log: always a single line. */
    public String place() {
        return new ObjectPlace(bucket, key).shown();
    }
}
