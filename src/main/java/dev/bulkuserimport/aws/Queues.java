package dev.bulkuserimport.aws;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts messages back into their queue as new ones. A message that only has to wait must not be received repeatedly: each receive counts
 * towards the dead-letter queue's limit.
 *
 * <p>Source: "SendMessage" in the SQS API reference, AWS JSON protocol.
 */
@Singleton
public class Queues {

    private static final SignedCall SEND =
            new SignedCall("sqs", "AWS_ENDPOINT_URL_SQS", "AmazonSQS.SendMessage", "1.0");

    /** SQS answers in well under a second. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    /**
     * Sends a message again, to be delivered after {@code delay}, at most 15 minutes. The old one must then be treated as processed.
     *
     * @throws IOException when SQS didn't accept it, or didn't confirm it: the old one must then be delivered again
     */
    public void sendAnew(QueuedMessage message, Duration delay, Deadline deadline) throws IOException {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("DataType", "Number");
        first.put("StringValue", String.valueOf(message.firstSent().toEpochMilli()));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("QueueUrl", SEND.endpoint(message.region(), message.partition()) + message.path());
        request.put("MessageBody", message.body());
        request.put("DelaySeconds", delay.toSeconds());
        request.put("MessageAttributes", Map.of(QueuedMessage.FIRST_SENT, first));
        byte[] answer =
                SEND.send(message.region(), message.partition(), JsonOutput.bytes(request), deadline.left(TIMEOUT));
        if (!new String(answer, StandardCharsets.UTF_8).contains("MessageId")) {
            throw new IOException("SQS did not confirm the message");
        }
    }
}
