package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Credentials that are got ahead")
class CredentialsAheadTest {

    private static final Deadline DEADLINE = Deadline.in(Duration.ofSeconds(30));

    @Test
    @DisplayName("are got beside the import's own thread, which waits only where it needs them")
    void beside() {
        CountDownLatch planned = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        CredentialsAhead ahead = CredentialsAhead.start(() -> {
            try {
                planned.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            thread.set(Thread.currentThread());
        });
        planned.countDown();
        ahead.await(DEADLINE);
        assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    @DisplayName("end with the problem that getting them ends with")
    void problem() {
        CredentialsAhead ahead = CredentialsAhead.start(() -> {
            throw Problem.of(ProblemType.OKTA_UNAUTHORIZED, "none").exception();
        });
        assertThatThrownBy(() -> ahead.await(DEADLINE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("none");
    }
}
