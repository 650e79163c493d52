package dev.bulkuserimport.base;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When an invocation's work must end, with enough time reserved to report the result. */
public final class Deadline {

    private final long end;
    private final LongSupplier nanos;

    private Deadline(long end, LongSupplier nanos) {
        this.end = end;
        this.nanos = nanos;
    }

    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    /** @param nanos the time in nanoseconds, as from {@link System#nanoTime} */
    public static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos.getAsLong() + time.toNanos(), nanos);
    }

    /**
     * A deadline {@code time} from now, less a tenth (0.25 to 3 s) for answering.
     *
     * @param time the time left in the invocation
     */
    public static Deadline toAnswerWithin(Duration time) {
        long reserve = Math.max(250, Math.min(3_000, time.toMillis() / 10));
        return in(Duration.ofMillis(Math.max(0, time.toMillis() - reserve)));
    }

    /** The earlier of this one and another in {@code time} from now. */
    public Deadline within(Duration time) {
        Deadline other = in(time, nanos);
        return other.end - end < 0 ? other : this;
    }

    /** The time left; zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }

    /** The time left, but no longer than {@code most}. */
    public Duration left(Duration most) {
        return Durations.shorter(left(), most);
    }

    public boolean leaves(Duration time) {
        return left().compareTo(time) > 0;
    }

    /**
     * Waits on the caller's own thread.
     *
     * @return false, at once, if less time than that is left
     */
    public boolean pause(Duration time) {
        if (!leaves(time)) {
            return false;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
        return true;
    }

    public boolean isOver() {
        return left().isZero();
    }
}
