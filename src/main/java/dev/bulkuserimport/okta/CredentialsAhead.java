package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Credentials that are fetched on a separate thread, never on the event loop, while the import's own thread plans: after a cold start a
 * service app waits for one or two token requests, and a secret for AWS. Nothing of the import itself is sent to Okta by this.
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
     * Waits until they are available.
     *
     * @throws dev.bulkuserimport.problem.ProblemException like {@link Credentials#authorize}
     */
    public void await(Deadline deadline) {
        try {
            // Fetching them observes the deadline by itself; this is for a thread that was never scheduled.
            got.get(deadline.left().toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("the credentials could not be fetched", e.getCause());
        } catch (TimeoutException e) {
            throw OktaProblems.unavailable(new OktaReply.NotSent("there was not enough time"), Optional.empty())
                    .exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the credentials", e);
        }
    }
}
