package dev.bulkuserimport.event;

import dev.bulkuserimport.aws.QueuedMessage;
import dev.bulkuserimport.aws.Queues;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.file.ObjectImport;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.problem.StackTraces;
import dev.bulkuserimport.s3.ObjectVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/** Imports the objects of a notification one after the other: an application can have only one active session at a time. */
@Singleton
class StorageTrigger {

    private static final Logger LOG = Logger.getLogger(StorageTrigger.class);

    /** Okta accepts a new session about a minute after the last one was started. */
    private static final Duration CONFLICT_DELAY = Duration.ofSeconds(60);

    private final ObjectImport imports;
    private final Queues queues;

    StorageTrigger(ObjectImport imports, Queues queues) {
        this.imports = imports;
        this.queues = queues;
    }

    /**
     * Returns a result for each object. From a queue, messages to be retried are listed in {@code batchItemFailures}; otherwise the failure
     * is thrown once everything else is done. Whatever happens to one object, the others are processed, unless the process can't continue.
     */
    Map<String, Object> answer(Event.Storage event, Deadline deadline) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> comeAgain = new ArrayList<>();
        Optional<Throwable> first = Optional.empty();
        for (StorageMessage message : event.messages()) {
            boolean again = !message.readable();
            if (again) {
                LOG.warnf("message %s is not an object notification; it will be retried", message.id());
            }
            boolean onlyWaits = !again;
            for (ObjectVersion object : message.objects()) {
                Optional<Throwable> failure = attempt(object, event.delivery().comesAgainWithin(), results, deadline);
                again |= failure.isPresent();
                onlyWaits &= failure.isEmpty() || isConflict(failure.get());
                first = first.or(() -> failure);
            }
            if (again && !(onlyWaits && isSentAnew(message, deadline))) {
                comeAgain.add(Map.of("itemIdentifier", message.id()));
            }
        }
        if (event.delivery() == Event.Delivery.PUSHED) {
            first.ifPresent(StorageTrigger::rethrow);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("results", results);
        if (event.delivery() == Event.Delivery.QUEUED) {
            answer.put("batchItemFailures", comeAgain);
        }
        return answer;
    }

    /** Whether another import goes first, so that this one only has to wait. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof ProblemException e && e.problem().type() == ProblemType.SESSION_CONFLICT;
    }

    /**
     * Puts a message that has to wait back as a new one, so that waiting doesn't move it to the dead-letter queue. False if it has to be
     * received again instead.
     */
    private boolean isSentAnew(StorageMessage message, Deadline deadline) {
        Optional<QueuedMessage> queued = message.queued().filter(one -> one.mayBeSentAnew(Instant.now()));
        if (queued.isEmpty()) {
            return false;
        }
        try {
            queues.sendAnew(queued.get(), CONFLICT_DELAY, deadline);
            return true;
        } catch (IOException | SdkException e) {
            LOG.warnf(
                    "message %s will be received again because it could not be sent as a new message (sqs:SendMessage)",
                    message.id());
            return false;
        }
    }

    /** Why the object will be retried; empty if it won't. */
    private Optional<Throwable> attempt(
            ObjectVersion object, Duration comesAgainWithin, List<Map<String, Object>> results, Deadline deadline) {
        try {
            results.add(imports.run(object, comesAgainWithin, deadline).members());
            return Optional.empty();
        } catch (ProblemException e) {
            LOG.warnf(
                    "%s will be retried: %s", object.place(), e.problem().type().slug());
            return Optional.of(e);
        } catch (RuntimeException | Error e) {
            if (Fatal.is(e)) {
                throw e;
            }
            LOG.errorf("%s will be retried: internal-error%s", object.place(), StackTraces.of(e));
            return Optional.of(e);
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
