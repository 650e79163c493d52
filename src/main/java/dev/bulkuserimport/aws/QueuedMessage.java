package dev.bulkuserimport.aws;

import java.time.Duration;
import java.time.Instant;

/**
 * A message that came from an SQS queue, with what is needed to send it anew.
 *
 * @param id SQS's id for it
 * @param queueArn the queue's ARN ({@code eventSourceARN})
 * @param body its text
 * @param firstSent when it was sent at first: {@link #FIRST_SENT} where it was sent anew before, else {@code SentTimestamp}
 */
public record QueuedMessage(String id, String queueArn, String body, Instant firstSent) {

    /** The message attribute that keeps the first time, in milliseconds, when a message is sent anew. */
    public static final String FIRST_SENT = "ImportFirstSent";

    /** How long a message is sent anew; after that it goes the usual way to the dead letters. */
    private static final Duration LONGEST = Duration.ofDays(1);

    public boolean mayBeSentAnew(Instant now) {
        // A FIFO queue takes no delay for a single message, and keeps its order by itself.
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
