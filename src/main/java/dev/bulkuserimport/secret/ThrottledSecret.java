package dev.bulkuserimport.secret;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A secret that any unauthenticated call makes the function read. After a failed read, the next one is made only after a while, however
 * many calls arrive in the meantime: each read costs money and billed seconds.
 */
final class ThrottledSecret implements Secret {

    private static final long PAUSE_MILLIS = Duration.ofSeconds(30).toMillis();

    private final Secret kept;
    private final LongSupplier clock;
    private Optional<Failure> last = Optional.empty();

    ThrottledSecret(Secret kept) {
        // Wall-clock time: the nanosecond counter stops while an environment is frozen between two invocations.
        this(kept, System::currentTimeMillis);
    }

    ThrottledSecret(Secret kept, LongSupplier clock) {
        this.kept = kept;
        this.clock = clock;
    }

    private record Failure(Problem problem, long at) {}

    @Override
    public synchronized String value(Deadline deadline) {
        if (last.isPresent()) {
            long age = clock.getAsLong() - last.get().at();
            // A failure in the future doesn't count: the clock was set back.
            if (age >= 0 && age < PAUSE_MILLIS) {
                throw last.get()
                        .problem()
                        .retryAfter(Duration.ofMillis(PAUSE_MILLIS - age))
                        .exception();
            }
        }
        try {
            String value = kept.value(deadline);
            last = Optional.empty();
            return value;
        } catch (ProblemException e) {
            last = Optional.of(new Failure(e.problem(), clock.getAsLong()));
            throw e;
        }
    }

    /** Limits its own rate. */
    @Override
    public boolean reread(Deadline deadline) {
        return kept.reread(deadline);
    }

    @Override
    public String toString() {
        return kept.toString();
    }
}
