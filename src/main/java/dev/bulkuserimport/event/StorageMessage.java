package dev.bulkuserimport.event;

import dev.bulkuserimport.storage.ObjectVersion;
import java.util.List;
import java.util.Optional;

/**
 * A message with notifications of objects.
 *
 * @param messageId SQS's id for it; empty when it did not come from a queue
 * @param objects the objects that were created; none for anything else, such as a deletion
 * @param readable whether it was a notification at all
 */
record StorageMessage(Optional<String> messageId, List<ObjectVersion> objects, boolean readable) {}
