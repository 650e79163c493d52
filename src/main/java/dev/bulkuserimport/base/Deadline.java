package dev.bulkuserimport.base;

import java.time.Duration;

/** When an invocation's work must be over, with enough kept back to say how it ended. */
public final class Deadline {

    /** Without a limit from Lambda, as under a local event server that tells none. */
    private static final Duration UNTOLD = Duration.ofSeconds(60);

    /** Lambda's longest time-out. */
    private static final long LONGEST_MILLIS = Duration.ofMinutes(15).toMillis();

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * An invocation's own, less a tenth (0.25 to 3 s) to answer in.
     *
     * @param millis what the runtime says is left; 0 or less, or more than Lambda allows, when it says nothing
     */
    public static Deadline ofRemaining(long millis) {
        long told = millis <= 0 || millis > LONGEST_MILLIS ? UNTOLD.toMillis() : millis;
        long reserve = Math.max(250, Math.min(3_000, told / 10));
        return in(Duration.ofMillis(Math.max(0, told - reserve)));
    }

    /** The earlier of this one and another in {@code time} from now. */
    public Deadline within(Duration time) {
        Deadline other = in(time);
        return other.end - end < 0 ? other : this;
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean leaves(Duration time) {
        return left().compareTo(time) > 0;
    }

    public boolean isOver() {
        return left().isZero();
    }
}
