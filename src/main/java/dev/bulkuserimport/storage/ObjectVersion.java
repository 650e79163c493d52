package dev.bulkuserimport.storage;

/**
 * One version of an object, as a notification names it.
 *
 * @param bucket the bucket's name
 * @param key the object's key, decoded
 * @param versionId null when the bucket isn't versioned
 * @param eTag without quotes; null when the notification names none
 * @param size bytes; -1 when the notification doesn't say
 */
public record ObjectVersion(String bucket, String key, String versionId, String eTag, long size) {

    /** What distinguishes this version from others of the same key. */
    public String version() {
        if (versionId != null && !versionId.isEmpty() && !versionId.equals("null")) {
            return versionId;
        }
        return eTag;
    }
}
