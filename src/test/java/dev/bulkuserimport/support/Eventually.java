package dev.bulkuserimport.support;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another thread or process does: until it is so, and not for a time that must be long enough. */
public final class Eventually {

    /** A limit against waiting forever; no machine is so slow. */
    private static final Duration NEVER = Duration.ofMinutes(5);

    private static final long LOOK_AGAIN_MILLIS = 20;

    private Eventually() {}

    /** Fails where it isn't so after minutes. */
    public static void assertThat(Callable<Boolean> condition) {
        long end = System.nanoTime() + NEVER.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - end > 0) {
                    throw new AssertionError("it did not come true in " + NEVER.toMinutes() + " minutes");
                }
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
