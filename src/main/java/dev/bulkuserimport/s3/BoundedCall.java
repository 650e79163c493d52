package dev.bulkuserimport.s3;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * An SDK call that returns in time. The SDK's own timeouts end in an interrupt, which a thread that reads from a socket doesn't notice as
 * long as bytes arrive: a server that answers byte by byte outlasts them. Such a call is abandoned on a thread that nothing waits for.
 *
 * <p>Not for calls that send from memory that is reused afterwards.
 */
final class BoundedCall {

    /** The SDK's own timeout ends almost every call, and cleans up after it. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private BoundedCall() {}

    /**
     * Makes the call.
     *
     * @param call if it takes longer than {@code time}, it counts as unanswered; a result that arrives later is closed if it can be
     * @throws ApiCallTimeoutException when the time is up
     */
    static <T> T run(Supplier<T> call, Duration time) {
        AtomicBoolean settled = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            T result = call.get();
            if (!settled.compareAndSet(false, true) && result instanceof AutoCloseable late) {
                late.close();
            }
            return result;
        });
        Thread thread = new Thread(task, "s3-call");
        thread.setDaemon(true);
        thread.start();
        try {
            try {
                return task.get(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (settled.compareAndSet(false, true)) {
                    thread.interrupt();
                    throw ApiCallTimeoutException.create(time.toMillis());
                }
                // It arrived at the last moment, or has failed.
                return task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for S3", e);
        }
    }
}
