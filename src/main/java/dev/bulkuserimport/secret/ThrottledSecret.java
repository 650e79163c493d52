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

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Secret kept;
    private final LongSupplier nanos;
    private Optional<Failure> last = Optional.empty();

    /** @param nanos the time in nanoseconds, as from {@link System#nanoTime} */
    ThrottledSecret(Secret kept, LongSupplier nanos) {
        this.kept = kept;
        this.nanos = nanos;
    }

    private record Failure(Problem problem, long at) {}

    @Override
    public synchronized String value(Deadline deadline) {
        if (last.isPresent()) {
            Duration left = PAUSE.minusNanos(nanos.getAsLong() - last.get().at());
            if (!left.isNegative() && !left.isZero()) {
                throw last.get().problem().retryAfter(left).exception();
            }
        }
        try {
            String value = kept.value(deadline);
            last = Optional.empty();
            return value;
        } catch (ProblemException e) {
            last = Optional.of(new Failure(e.problem(), nanos.getAsLong()));
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
