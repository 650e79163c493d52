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

/** Imports the objects of a notification, one after the other: an application has one active session at a time. */
@Singleton
class StorageTrigger {

    private static final Logger LOG = Logger.getLogger(StorageTrigger.class);

    /** Okta takes a new session about a minute after the last one was started. */
    private static final Duration CONFLICT_DELAY = Duration.ofSeconds(60);

    private final ObjectImport imports;
    private final Queues queues;

    StorageTrigger(ObjectImport imports, Queues queues) {
        this.imports = imports;
        this.queues = queues;
    }

    /**
     * A result an object. From a queue, what should come again is named in {@code batchItemFailures}; otherwise it is thrown, when
     * everything else is done. Whatever becomes of one object, the others have their turn, unless the process can't go on.
     */
    Map<String, Object> answer(Event.Storage event, Deadline deadline) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> comeAgain = new ArrayList<>();
        Optional<Throwable> first = Optional.empty();
        for (StorageMessage message : event.messages()) {
            boolean again = !message.readable();
            if (again) {
                LOG.warnf("message %s is no notification of an object; it comes again", message.id());
            }
            boolean onlyWaits = !again;
            for (ObjectVersion object : message.objects()) {
                Optional<Throwable> failure = attempt(object, results, deadline);
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

    /** Whether another import is first, so that this one has nothing to do but to wait. */
    private static boolean isConflict(Throwable failure) {
        return failure instanceof ProblemException e && e.problem().type() == ProblemType.SESSION_CONFLICT;
    }

    /**
     * Puts a message that has to wait back as a new one, so that waiting doesn't bring it to the dead letters. False when it is to be
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
            LOG.warnf("message %s is received again, since it can't be sent anew (sqs:SendMessage)", message.id());
            return false;
        }
    }

    /** Why the object comes again; empty when it doesn't. */
    private Optional<Throwable> attempt(ObjectVersion object, List<Map<String, Object>> results, Deadline deadline) {
        try {
            results.add(imports.run(object, deadline).members());
            return Optional.empty();
        } catch (ProblemException e) {
            LOG.warnf("%s comes again: %s", object.place(), e.problem().type().slug());
            return Optional.of(e);
        } catch (RuntimeException | Error e) {
            if (Fatal.is(e)) {
                throw e;
            }
            LOG.errorf("%s comes again: internal-error%s", object.place(), StackTraces.of(e));
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
