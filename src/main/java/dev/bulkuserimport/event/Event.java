package dev.bulkuserimport.event;

import dev.bulkuserimport.base.ByteChunks;
import java.util.List;

/** What triggered an invocation. */
sealed interface Event {

    /**
     * A direct invocation with an import payload: the event itself.
     *
     * @param event its bytes
     * @param payload the same, to be read
     * @param keyed whether it may have an {@code idempotencyKey}
     */
    record DirectImport(ByteChunks event, DirectPayload payload, boolean keyed) implements Event {}

    /** A direct invocation of an operation; the event has its arguments. */
    record DirectAction(Action action, ByteChunks event) implements Event {}

    /** A direct invocation with an {@code action} that there isn't. */
    record UnknownAction() implements Event {}

    /** An HTTP request, from API Gateway (REST or HTTP API) or a Function URL. */
    record Http(HttpRequest request) implements Event {}

    /**
     * Notifications of objects in S3.
     *
     * @param delivery how they came, which decides how failures are told
     * @param messages the notifications; more than one only when they came in a batch
     */
    record Storage(Delivery delivery, List<StorageMessage> messages) implements Event {}

    /** How a notification came. */
    enum Delivery {
        /** Invoked by S3, SNS or EventBridge: a failure is thrown, and Lambda invokes again. */
        PUSHED,
        /** Read from SQS: what should come again is named in the answer. */
        QUEUED
    }

    /**
     * An event of AWS's that tells of objects in a form which this function does not read.
     *
     * @param why what it is, and what to send instead
     */
    record Unread(String why) implements Event {}

    /** Something that is told apart but holds nothing to do, such as S3's test event. */
    record Nothing() implements Event {}
}
