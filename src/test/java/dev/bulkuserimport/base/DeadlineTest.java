package dev.bulkuserimport.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deadline")
class DeadlineTest {

    private final AtomicLong now = new AtomicLong();
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(10), now::get);

    @Test
    @DisplayName("is not waited beyond, nor up to: no time would be left for what comes after the pause")
    void pause() {
        assertThat(deadline.pause(Duration.ofMillis(1))).isTrue();
        now.set(Duration.ofMillis(9_999).toNanos());
        assertThat(deadline.pause(Duration.ofMillis(1))).isFalse();
        assertThat(deadline.pause(Duration.ofDays(1))).isFalse();
    }

    @Test
    @DisplayName("lets an interrupted thread go, and leaves it interrupted")
    void interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> deadline.pause(Duration.ofMillis(1))).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("within another is the earlier of both")
    void within() {
        assertThat(deadline.within(Duration.ofSeconds(3)).left()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.within(Duration.ofSeconds(30)).left()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("leaves a call no more than the call's own time")
    void most() {
        assertThat(deadline.left(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.left(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("keeps a tenth for the answer, a quarter of a second at least and three seconds at most")
    void reserve() {
        assertThat(Deadline.toAnswerWithin(Duration.ofMillis(200)).isOver()).isTrue();
        assertThat(Deadline.toAnswerWithin(Duration.ofHours(1)).left())
                .isLessThanOrEqualTo(Duration.ofHours(1).minusSeconds(3));
    }
}
