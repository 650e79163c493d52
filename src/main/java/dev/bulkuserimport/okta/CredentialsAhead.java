package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Credentials that are fetched on a thread of their own, never on the event loop, while the import's own thread plans: a cold service app
 * waits for one or two token requests, and a secret for AWS. Okta learns nothing of the import itself by that.
 */
public final class CredentialsAhead {

    private final CompletableFuture<Void> got;

    private CredentialsAhead(CompletableFuture<Void> got) {
        this.got = got;
    }

    static CredentialsAhead start(Runnable get) {
        return new CredentialsAhead(CompletableFuture.runAsync(get, task -> {
            Thread thread = new Thread(task, "credentials-ahead");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /**
     * Waits until they are there.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as {@link Credentials#authorize} does
     */
    public void await(Deadline deadline) {
        try {
            // Getting them keeps the deadline by itself; this is for a thread that never got its turn.
            got.get(deadline.left().toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("the credentials could not be got", e.getCause());
        } catch (TimeoutException e) {
            throw OktaProblems.unavailable(new OktaReply.NotSent("there was no time for it"), Optional.empty())
                    .exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the credentials", e);
        }
    }
}
