package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import java.time.Duration;
import java.util.List;

/** What triggered an invocation. */
sealed interface Event {

    /**
     * A direct invocation with an import payload: the event itself.
     *
     * @param event its bytes @param payload the same bytes, to be read
     * @param keyed whether it may have an {@code idempotencyKey}
     */
    record DirectImport(ByteChunks event, DirectPayload payload, boolean keyed) implements Event {}

    /** A direct invocation of an operation; the event has its arguments. */
    record DirectAction(Action action, ByteChunks event) implements Event {}

    /** A direct invocation with an unknown {@code action}. */
    record UnknownAction() implements Event {}

    /** An HTTP request, from API Gateway (REST or HTTP API) or a Function URL. */
    record Http(HttpRequest request) implements Event {}

    /**
     * Notifications of objects in S3.
     *
     * @param delivery how they arrived, which decides how failures are reported
     * @param messages the notifications; more than one only if they arrived in a batch
     */
    record Storage(Delivery delivery, List<StorageMessage> messages) implements Event {}

    /** How a notification arrived. */
    enum Delivery {
        /** Invoked by S3, SNS or EventBridge: a failure is thrown, and Lambda retries the invocation. */
        PUSHED(Duration.ofMinutes(5)),
        /** Read from SQS: messages to be retried are listed in the answer. */
        QUEUED(Duration.ofHours(2));

        private final Duration comesAgainWithin;

        Delivery(Duration comesAgainWithin) {
            this.comesAgainWithin = comesAgainWithin;
        }

        /**
         * The longest time until a failed notification comes again: Lambda waits for two minutes at most, a queue for its visibility
         * timeout, which is 90 minutes in {@code infra/template.yaml}.
         */
        Duration comesAgainWithin() {
            return comesAgainWithin;
        }
    }

    /**
     * An AWS event about objects in a format that this function does not support.
     *
     * @param why what it is, and what to send instead, to be read behind "event"
     */
    record Unread(String why) implements Event {}

    /** A recognized event that requires no action, such as S3's test event. */
    record Nothing() implements Event {}
}
