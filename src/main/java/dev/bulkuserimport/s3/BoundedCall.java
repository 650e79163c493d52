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
 * A call of the SDK that comes back in its time. The SDK's own time-outs end in an interrupt, which a thread that reads from a socket
 * doesn't notice as long as bytes come: a server that answers byte by byte outlasts them. Such a call is left alone, on a thread that
 * nobody waits for.
 *
 * <p>Not for calls that send from memory which is used again afterwards.
 */
final class BoundedCall {

    /** The SDK's own time-out ends almost every call, and cleans up behind it. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private BoundedCall() {}

    /**
     * Makes the call.
     *
     * @param call is a fault as if the answer never came when it takes longer than {@code time}; its result is closed then, when there is
     *     one after all and it can be closed
     * @throws ApiCallTimeoutException when the time is over
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
                // It came in the very last moment, or has failed.
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
