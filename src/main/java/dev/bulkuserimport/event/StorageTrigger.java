package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.storage.ObjectImport;
import dev.bulkuserimport.storage.ObjectVersion;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Imports the objects of a notification, one after the other: an application has one active session at a time. */
@Singleton
class StorageTrigger {

    private static final Logger LOG = Logger.getLogger(StorageTrigger.class);

    private final ObjectImport imports;

    StorageTrigger(ObjectImport imports) {
        this.imports = imports;
    }

    /**
     * A result an object. From a queue, what should come again is named in {@code batchItemFailures}; otherwise it is thrown, when
     * everything else is done.
     */
    Map<String, Object> answer(Event.Storage event, Deadline deadline) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> comeAgain = new ArrayList<>();
        RuntimeException mendable = null;
        for (StorageMessage message : event.messages()) {
            if (!message.readable()) {
                LOG.warnf("message %s is no notification of an object; it is not imported", message.messageId());
            }
            boolean again = false;
            for (ObjectVersion object : message.objects()) {
                try {
                    results.add(imports.run(object, deadline).members());
                } catch (ProblemException e) {
                    LOG.warnf("s3://%s/%s comes again: %s", object.bucket(), object.key(), e.getMessage());
                    again = true;
                    mendable = e;
                }
            }
            if (again) {
                comeAgain.add(Map.of("itemIdentifier", String.valueOf(message.messageId())));
            }
        }
        if (event.delivery() == Event.Delivery.PUSHED && mendable != null) {
            throw mendable;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("results", results);
        if (event.delivery() == Event.Delivery.QUEUED) {
            answer.put("batchItemFailures", comeAgain);
        }
        return answer;
    }
}
