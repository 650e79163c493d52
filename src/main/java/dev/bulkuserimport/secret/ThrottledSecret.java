package dev.bulkuserimport.secret;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A secret that anybody's call makes the function read, before the caller has shown anything. Where it can't be read it is asked for again
 * only after a while, however many call meanwhile: each asking costs money, and seconds that the function is paid for.
 */
final class ThrottledSecret implements Secret {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Secret kept;
    private final LongSupplier nanos;
    private Optional<Failure> last = Optional.empty();

    /** @param nanos the time, as {@link System#nanoTime} tells it */
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

    /** Bounds itself. */
    @Override
    public boolean reread(Deadline deadline) {
        return kept.reread(deadline);
    }

    @Override
    public String toString() {
        return kept.toString();
    }
}
