package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A session that is being looked up on another thread while the import's own does something else. */
public final class SessionLookAhead {

    private final CompletableFuture<ImportSession> session;

    private SessionLookAhead(CompletableFuture<ImportSession> session) {
        this.session = session;
    }

    static SessionLookAhead start(Supplier<ImportSession> lookup) {
        CompletableFuture<ImportSession> session = CompletableFuture.supplyAsync(lookup, task -> {
            Thread thread = new Thread(task, "session-look-ahead");
            thread.setDaemon(true);
            thread.start();
        });
        return new SessionLookAhead(session);
    }

    /**
     * The session, as Okta described it a moment ago.
     *
     * @throws dev.bulkuserimport.problem.ProblemException as {@link Sessions#get} does
     */
    public ImportSession get(Deadline deadline) {
        try {
            // The look-up keeps the deadline by itself; this is for a thread that never got its turn.
            return session.get(deadline.left().toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("the session could not be looked up", e.getCause());
        } catch (TimeoutException e) {
            throw OktaProblems.unavailable(new OktaReply.NotSent("there was no time for it"), Optional.empty())
                    .exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Okta", e);
        }
    }
}
