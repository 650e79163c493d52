package dev.bulkuserimport.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.aws.QueuedMessage;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.s3.ObjectVersion;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads object notifications: from S3 directly, and through EventBridge, SQS and SNS, also nested if a queue subscribes to a topic. */
final class StorageEventReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StorageEventReader() {}

    static Event read(ByteChunks event) {
        JsonNode root;
        try {
            root = JSON.readTree(event.stream());
        } catch (IOException e) {
            return new Event.DirectImport(event, new DirectPayload(event, false), false);
        }
        JsonNode first = root.path("Records").path(0);
        if ("aws:sqs".equals(first.path("eventSource").asText())) {
            List<StorageMessage> messages = new ArrayList<>();
            for (JsonNode message : root.get("Records")) {
                messages.add(message(message));
            }
            return new Event.Storage(Event.Delivery.QUEUED, messages);
        }
        List<ObjectVersion> objects = new ArrayList<>();
        if (collect(root, objects)) {
            return new Event.Storage(
                    Event.Delivery.PUSHED, List.of(new StorageMessage(Optional.empty(), objects, true)));
        }
        return new Event.Unread(
                isCloudTrail(root)
                        ? "is a CloudTrail record of a call to S3, which is not supported: turn on EventBridge"
                                + " notifications for the bucket, and match the detail-type Object Created"
                        : "has records that are not S3 object notifications (aws:s3, directly or through SNS, SQS or"
                                + " EventBridge)");
    }

    private static StorageMessage message(JsonNode message) {
        String body = message.path("body").asText("");
        QueuedMessage queued = new QueuedMessage(
                message.path("messageId").asText(""),
                message.path("eventSourceARN").asText(""),
                body,
                firstSent(message));
        List<ObjectVersion> objects = new ArrayList<>();
        boolean readable;
        try {
            readable = collect(JSON.readTree(body), objects);
        } catch (IOException e) {
            readable = false;
        }
        return new StorageMessage(Optional.of(queued), objects, readable);
    }

    /** When the message was first sent, however often it has been sent again since; long ago if SQS doesn't say. */
    private static Instant firstSent(JsonNode message) {
        JsonNode kept =
                message.path("messageAttributes").path(QueuedMessage.FIRST_SENT).path("stringValue");
        JsonNode sent = message.path("attributes").path("SentTimestamp");
        return Instant.ofEpochMilli(Math.min(kept.asLong(Long.MAX_VALUE), sent.asLong(0)));
    }

    /** Adds the objects that were created according to a notification; false if it isn't a notification. */
    private static boolean collect(JsonNode notification, List<ObjectVersion> objects) {
        if (notification.has("detail-type")) {
            return collectBridged(notification, objects);
        }
        if (notification.path("Event").asText().equals("s3:TestEvent")) {
            return true;
        }
        if (notification.path("Type").asText().equals("Notification")
                && notification.path("Message").isTextual()) {
            return collectText(notification.get("Message").asText(), objects);
        }
        if (!notification.path("Records").isArray()) {
            return false;
        }
        boolean known = true;
        for (JsonNode record : notification.get("Records")) {
            if ("aws:sns".equals(record.path("EventSource").asText())) {
                known &= collectText(record.path("Sns").path("Message").asText(""), objects);
            } else if ("aws:s3".equals(record.path("eventSource").asText())) {
                if (record.path("eventName").asText().startsWith("ObjectCreated:")) {
                    known &= add(notified(record.path("s3")), objects);
                }
            } else {
                known = false;
            }
        }
        return known;
    }

    private static boolean collectBridged(JsonNode event, List<ObjectVersion> objects) {
        if (!event.path("source").asText().equals("aws.s3") || isCloudTrail(event)) {
            return false;
        }
        return !event.path("detail-type").asText().equals("Object Created")
                || add(bridged(event.path("detail")), objects);
    }

    /** A CloudTrail record of a call to S3: it has no size and no sequencer, and is also sent for calls that failed. */
    private static boolean isCloudTrail(JsonNode event) {
        return event.path("detail-type").asText().endsWith("via CloudTrail");
    }

    /** False for a notification that doesn't identify an object. */
    private static boolean add(ObjectVersion object, List<ObjectVersion> objects) {
        return !object.bucket().isEmpty() && !object.key().isEmpty() && objects.add(object);
    }

    private static boolean collectText(String text, List<ObjectVersion> objects) {
        try {
            return collect(JSON.readTree(text), objects);
        } catch (IOException e) {
            return false;
        }
    }

    /** S3's own format, in which keys are form-encoded: a space is a plus sign. */
    private static ObjectVersion notified(JsonNode s3) {
        JsonNode object = s3.path("object");
        String key = object.path("key").asText();
        try {
            key = URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded after all.
        }
        return new ObjectVersion(
                s3.path("bucket").path("name").asText(),
                key,
                Optional.ofNullable(object.path("versionId").asText(null)),
                Optional.ofNullable(object.path("eTag").asText(null)),
                Optional.ofNullable(object.path("sequencer").asText(null)));
    }

    /** EventBridge's format, in which keys are not encoded. */
    private static ObjectVersion bridged(JsonNode detail) {
        JsonNode object = detail.path("object");
        return new ObjectVersion(
                detail.path("bucket").path("name").asText(),
                object.path("key").asText(),
                Optional.ofNullable(object.path("version-id").asText(null)),
                Optional.ofNullable(object.path("etag").asText(null)),
                Optional.ofNullable(object.path("sequencer").asText(null)));
    }
}
