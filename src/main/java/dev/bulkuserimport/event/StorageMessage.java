package dev.bulkuserimport.event;

import dev.bulkuserimport.aws.QueuedMessage;
import dev.bulkuserimport.s3.ObjectVersion;
import java.util.List;
import java.util.Optional;

/**
 * A message with notifications of objects.
 *
 * @param queued the message itself; empty when it did not come from a queue
 * @param objects the objects that were created; none for anything else, such as a deletion
 * @param readable whether it was a notification at all
 */
record StorageMessage(Optional<QueuedMessage> queued, List<ObjectVersion> objects, boolean readable) {

    /** SQS's id for it; nothing when it did not come from a queue. */
    String id() {
        return queued.map(QueuedMessage::id).orElse("");
    }
}
