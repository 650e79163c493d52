package dev.bulkuserimport.storage;

/** Where an object is or will be. */
record ObjectPlace(String bucket, String key) {

    /** As a person writes it, and as it stands in answers. */
    String url() {
        return "s3://" + bucket + "/" + key;
    }
}
