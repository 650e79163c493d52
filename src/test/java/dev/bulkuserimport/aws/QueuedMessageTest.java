package dev.bulkuserimport.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A message that has to wait")
class QueuedMessageTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sqs:eu-central-1:123456789012:imports, PT1H, true",
        "arn:aws-cn:sqs:cn-north-1:123456789012:imports, PT23H59M, true",
        "arn:aws:sqs:eu-central-1:123456789012:imports, PT24H1M, false",
        "arn:aws:sqs:eu-central-1:123456789012:imports.fifo, PT1M, false",
        "'', PT1M, false"
    })
    @DisplayName("is sent anew for a day, where a queue takes a delay")
    void anew(String queue, Duration age, boolean anew) {
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        assertThat(new QueuedMessage("id", queue, "{}", now.minus(age)).mayBeSentAnew(now))
                .isEqualTo(anew);
    }
}
