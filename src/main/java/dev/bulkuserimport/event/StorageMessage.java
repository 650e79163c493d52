package dev.bulkuserimport.event;

import dev.bulkuserimport.aws.QueuedMessage;
import dev.bulkuserimport.s3.ObjectVersion;
import java.util.List;
import java.util.Optional;

/**
 * A message with object notifications.
 *
 * @param queued the message itself; empty if it did not come from a queue
 * @param objects the created objects; empty for anything else, such as a deletion
 * @param readable whether it was a notification
 */
record StorageMessage(Optional<QueuedMessage> queued, List<ObjectVersion> objects, boolean readable) {

    /** Its SQS message ID; empty if it did not come from a queue. */
    String id() {
        return queued.map(QueuedMessage::id).orElse("");
    }
}
