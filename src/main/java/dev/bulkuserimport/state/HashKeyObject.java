package dev.bulkuserimport.state;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.HashKey;
import java.util.Optional;

/** A key in an object of its own, generated when it is first needed, and again when the object is damaged. */
public final class HashKeyObject {

    private HashKeyObject() {}

    /** The key under {@code key}. Of several callers that find none, all get the one that was stored first. */
    public static HashKey of(S3Objects objects, String bucket, String key, Deadline deadline) throws S3Failure {
        Optional<S3Objects.Stored> stored = objects.read(bucket, key, deadline);
        if (stored.filter(HashKeyObject::isKey).isEmpty()) {
            objects.write(bucket, key, HashKey.generate().bytes(), stored.map(S3Objects.Stored::eTag), deadline);
            stored = objects.read(bucket, key, deadline);
        }
        return stored.filter(HashKeyObject::isKey)
                .map(found -> HashKey.of(found.body()))
                .orElseThrow(() -> S3Failure.contended(bucket, key));
    }

    static boolean isKey(S3Objects.Stored stored) {
        return stored.body().length == HashKey.BYTES;
    }
}
