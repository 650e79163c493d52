package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * What S3 tells of one object, as AWS sends it: by itself, or through EventBridge, SNS and SQS. The samples of AWS's documentation are under
 * {@code /events}; none of their own buckets and objects is left in what is built here.
 */
public record S3Event(
        String bucket,
        String key,
        Optional<String> eTag,
        Optional<String> versionId,
        Optional<String> sequencer,
        String name) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of an object of which no more than its key is known. */
    public static S3Event of(String bucket, String key) {
        return new S3Event(bucket, key, Optional.empty(), Optional.empty(), Optional.empty(), "ObjectCreated:Put");
    }

    public S3Event eTag(String eTag) {
        return new S3Event(bucket, key, Optional.of(eTag.replace("\"", "")), versionId, sequencer, name);
    }

    public S3Event versionId(String versionId) {
        return new S3Event(bucket, key, eTag, Optional.of(versionId), sequencer, name);
    }

    public S3Event sequencer(String sequencer) {
        return new S3Event(bucket, key, eTag, versionId, Optional.of(sequencer), name);
    }

    /** Another kind of event, such as {@code ObjectRemoved:Delete}. */
    public S3Event named(String name) {
        return new S3Event(bucket, key, eTag, versionId, sequencer, name);
    }

    /** S3's own notification. */
    public ObjectNode json() {
        ObjectNode event = sample("s3");
        ((ObjectNode) event.at("/Records/0")).put("eventName", name);
        ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
        // Keys come as in a form: a space is a plus.
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
        object((ObjectNode) event.at("/Records/0/s3/object"), encoded, "eTag", "versionId");
        return event;
    }

    /** The same as EventBridge sends it. */
    public ObjectNode bridged() {
        ObjectNode event = sample("s3-eventbridge");
        ((ObjectNode) event.at("/detail/bucket")).put("name", bucket);
        object((ObjectNode) event.at("/detail/object"), key, "etag", "version-id");
        return event;
    }

    /** The notification as SNS sends it. */
    public ObjectNode published() {
        ObjectNode event = sample("s3-sns");
        ((ObjectNode) event.at("/Records/0/Sns")).put("Message", toString());
        return event;
    }

    /** A batch of one message with the notification. */
    public ObjectNode queued() {
        return queued(toString());
    }

    /** A batch of messages with these bodies; their IDs are {@code message-0} and so on. */
    public static ObjectNode queued(String... bodies) {
        ObjectNode event = sample("s3-sqs");
        ObjectNode message = (ObjectNode) event.withArray("Records").remove(0);
        for (int i = 0; i < bodies.length; i++) {
            event.withArray("Records")
                    .add(message.deepCopy().put("messageId", "message-" + i).put("body", bodies[i]));
        }
        return event;
    }

    private void object(ObjectNode object, String key, String eTagMember, String versionMember) {
        object.remove(java.util.List.of(eTagMember, versionMember, "sequencer"));
        object.put("key", key);
        eTag.ifPresent(value -> object.put(eTagMember, value));
        versionId.ifPresent(value -> object.put(versionMember, value));
        sequencer.ifPresent(value -> object.put("sequencer", value));
    }

    private static ObjectNode sample(String name) {
        try (InputStream in = S3Event.class.getResourceAsStream("/events/" + name + ".json")) {
            JsonNode sample = JSON.readTree(Objects.requireNonNull(in, name));
            return (ObjectNode) sample;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The notification's text. */
    @Override
    public String toString() {
        return json().toString();
    }
}
