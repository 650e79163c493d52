package dev.bulkuserimport.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A secret that any caller makes the function read")
class ThrottledSecretTest {

    private static final Deadline TIME = Deadline.in(Duration.ofSeconds(10));

    private final AtomicLong clock = new AtomicLong(Duration.ofDays(20_000).toMillis());
    private boolean down = true;
    private int reads;

    private final ThrottledSecret secret = new ThrottledSecret(
            new Secret() {
                @Override
                public String value(Deadline deadline) {
                    reads++;
                    if (down) {
                        throw Problem.of(ProblemType.SECRET_UNAVAILABLE, "down").exception();
                    }
                    return "s3cret";
                }

                @Override
                public boolean reread(Deadline deadline) {
                    return false;
                }
            },
            clock::get);

    @Test
    @DisplayName("is asked for once in 30 seconds while its store is down, and says when it is asked for again")
    void down() {
        for (int i = 0; i < 50; i++) {
            clock.addAndGet(Duration.ofMillis(500).toMillis());
            assertThatThrownBy(() -> secret.value(TIME)).isInstanceOf(ProblemException.class);
        }
        assertThat(reads).isEqualTo(1);
        assertThatThrownBy(() -> secret.value(TIME)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().retryAfterSeconds().orElseThrow())
                .isBetween(5L, 6L));

        clock.addAndGet(Duration.ofSeconds(6).toMillis());
        down = false;
        assertThat(secret.value(TIME)).isEqualTo("s3cret");
        assertThat(secret.value(TIME)).isEqualTo("s3cret");
    }

    @Test
    @DisplayName("is asked for again at once when the clock was set back, which could otherwise take for ever")
    void setBack() {
        assertThatThrownBy(() -> secret.value(TIME)).isInstanceOf(ProblemException.class);
        down = false;
        clock.addAndGet(-Duration.ofHours(1).toMillis());
        assertThat(secret.value(TIME)).isEqualTo("s3cret");
    }
}
