package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Looking a session up ahead")
class SessionLookAheadTest {

    private static final ImportSession SESSION = new ImportSession("aps1", "CREATED", Map.of());
    private static final Deadline DEADLINE = Deadline.in(Duration.ofSeconds(30));

    @Test
    @DisplayName("happens beside the import's own thread, which waits only where it needs the session")
    void beside() {
        CountDownLatch planned = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        SessionLookAhead ahead = SessionLookAhead.start(() -> {
            thread.set(Thread.currentThread());
            try {
                planned.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return SESSION;
        });
        planned.countDown();
        assertThat(ahead.get(DEADLINE)).isSameAs(SESSION);
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    @DisplayName("ends with the problem that the look-up ends with")
    void problem() {
        SessionLookAhead ahead = SessionLookAhead.start(() -> {
            throw Problem.of(ProblemType.SESSION_NOT_FOUND, "none").exception();
        });
        assertThatThrownBy(() -> ahead.get(DEADLINE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("none");
    }
}
