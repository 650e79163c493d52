package dev.bulkuserimport.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A message from an SQS queue, with what is needed to send it again as a new message.
 *
 * @param id its SQS message ID
 * @param queueArn the queue's ARN ({@code eventSourceARN})
 * @param body its text
 * @param firstSent when it was first sent: {@link #FIRST_SENT} if it has been sent again, else {@code SentTimestamp}
 */
public record QueuedMessage(String id, String queueArn, String body, Instant firstSent) {

    /** The message attribute that preserves the original sending time, in milliseconds, when a message is sent again. */
    public static final String FIRST_SENT = "ImportFirstSent";

    /** How long a message is sent again; after that it takes the usual path to the dead-letter queue. */
    private static final Duration LONGEST = Duration.ofDays(1);

    public boolean mayBeSentAnew(Instant now) {
        // A FIFO queue doesn't support a delay for a single message, and preserves the order by itself.
        return firstSent.plus(LONGEST).isAfter(now) && !queueArn.endsWith(".fifo") && parts().length == PARTS;
    }

    private static final int PARTS = 6;

    /** {@code arn:aws:sqs:eu-central-1:123456789012:name}. */
    private String[] parts() {
        return queueArn.split(":");
    }

    String partition() {
        return parts()[1];
    }

    String region() {
        return parts()[3];
    }

    String path() {
        return "/" + parts()[4] + "/" + parts()[5];
    }
}
