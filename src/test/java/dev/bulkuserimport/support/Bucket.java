package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket for one test or test class. Files are put into it here and nowhere else, so that what is told of a file fits the file. */
public final class Bucket {

    /** S3 gives each change of an object a higher one. */
    private static final AtomicLong SEQUENCE = new AtomicLong(0x0055_AED6_DCD9_0281L);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final S3Client s3;
    private final String name;

    private Bucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    /** One of a test's own: S3Mock goes through the names of all that a bucket has with each request. */
    public static Bucket anew(S3Client s3, String name) {
        return of(s3, name + "-" + NUMBERS.incrementAndGet());
    }

    /** The bucket of that name, made if it isn't there yet. */
    public static Bucket of(S3Client s3, String name) {
        try {
            s3.createBucket(bucket -> bucket.bucket(name));
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            // Made by the test before.
        }
        return new Bucket(s3, name);
    }

    public String name() {
        return name;
    }

    public PutFile put(String key, String content) {
        return put(key, content, Map.of());
    }

    public PutFile put(String key, String content, Map<String, String> metadata) {
        return put(key, content.getBytes(StandardCharsets.UTF_8), metadata);
    }

    public PutFile put(String key, byte[] content) {
        return put(key, content, Map.of());
    }

    public PutFile put(String key, byte[] content, Map<String, String> metadata) {
        return put(key, RequestBody.fromBytes(content), object -> object.metadata(metadata));
    }

    /** A file with more to it than metadata: a content encoding, a condition. */
    public PutFile put(String key, RequestBody content, Consumer<PutObjectRequest.Builder> more) {
        PutObjectResponse put = s3.putObject(
                object -> {
                    object.bucket(name).key(key);
                    more.accept(object);
                },
                content);
        return new PutFile(
                this,
                key,
                put.eTag().replace("\"", ""),
                Optional.ofNullable(put.versionId()),
                Optional.of("%016X".formatted(SEQUENCE.incrementAndGet())));
    }

    /** A file that is told of and isn't there. */
    public PutFile absent(String key) {
        return new PutFile(
                this,
                key,
                "0123456789abcdef0123456789abcdef",
                Optional.empty(),
                Optional.of("%016X".formatted(SEQUENCE.incrementAndGet())));
    }

    public byte[] bytes(String key) {
        return s3.getObjectAsBytes(object -> object.bucket(name).key(key)).asByteArray();
    }

    public String text(String key) {
        return new String(bytes(key), StandardCharsets.UTF_8);
    }

    public JsonNode json(String key) {
        return Lambda.parse(text(key));
    }

    public List<String> keys(String prefix) {
        return s3.listObjectsV2Paginator(list -> list.bucket(name).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The claims in reports under a prefix end now, and not some time after the invocation's own time limit. */
    public void claimsAreOver(String prefix) {
        for (String key : keys(prefix)) {
            if (key.endsWith(".json") && json(key) instanceof ObjectNode report && report.has("expiresAt")) {
                report.put("expiresAt", "2020-01-01T00:00:00Z");
                put(key, report.toString());
            }
        }
    }

    public void delete(String key) {
        s3.deleteObject(object -> object.bucket(name).key(key));
    }
}
