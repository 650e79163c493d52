package dev.bulkuserimport.s3;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.Durations;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/** Object tags, which lifecycle rules select by. */
@Singleton
public class ObjectTags {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Instance<S3Client> client;

    public ObjectTags(Instance<S3Client> client) {
        this.client = client;
    }

    /**
     * Adds a tag to a version and keeps its other tags. S3 allows ten tags per object.
     *
     * @throws S3Failure when S3 doesn't answer or refuses it
     */
    public void add(ObjectVersion object, String key, String value, Deadline deadline) throws S3Failure {
        Tag tag = Tag.builder().key(key).value(value).build();
        try {
            List<Tag> tags = new ArrayList<>(client.get()
                    .getObjectTagging(get -> get.bucket(object.bucket())
                            .key(object.key())
                            .versionId(object.versionId().orElse(null))
                            .overrideConfiguration(within(deadline)))
                    .tagSet());
            if (tags.contains(tag)) {
                return;
            }
            tags.removeIf(present -> present.key().equals(key));
            tags.add(tag);
            client.get().putObjectTagging(put -> put.bucket(object.bucket())
                    .key(object.key())
                    .versionId(object.versionId().orElse(null))
                    .tagging(tagging -> tagging.tagSet(tags))
                    .overrideConfiguration(within(deadline)));
        } catch (SdkException e) {
            throw S3Failure.of(e, object.bucket(), object.key());
        }
    }

    private static Consumer<AwsRequestOverrideConfiguration.Builder> within(Deadline deadline) {
        Duration time = Durations.longer(deadline.left(LONGEST), Duration.ofMillis(1));
        return configuration -> configuration.apiCallTimeout(time);
    }
}
