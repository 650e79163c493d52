package dev.bulkuserimport.storage;

import dev.bulkuserimport.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.upload.SessionScope;
import dev.bulkuserimport.upload.WholePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session that lives for one file: created when everything is checked, started when everything is in, cancelled when something is not.
 * Each step is written into the claim before it is taken, so that another attempt knows what this one left behind.
 */
final class ManagedSession implements SessionScope {

    /** Time that a cancellation gets even when the import has used up its own. */
    private static final Duration TO_CANCEL = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final String app;
    private final Claim claim;
    private String id;

    ManagedSession(Sessions sessions, String app, Claim claim) {
        this.sessions = sessions;
        this.app = app;
        this.claim = claim;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void check(Deadline deadline) {
        // Whether a session could be created is only known by creating one.
    }

    @Override
    public String open(Deadline deadline) {
        id = sessions.create(app, deadline).id();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("applicationId", app);
        more.put("sessionId", id);
        more.put("managedSession", true);
        try {
            record(Claim.State.IMPORTING, more);
        } catch (RuntimeException e) {
            // Nobody would find it again.
            cancel(deadline);
            throw e;
        }
        return id;
    }

    @Override
    public Problem abandon(Problem failure, SessionPlan plan, Deadline deadline) {
        return cancel(deadline) ? WholePlan.dropped(failure, plan).with("sessionCancelled", true) : failure;
    }

    /** Cancels the session, which drops all that was uploaded. False when Okta did not say so. */
    boolean cancel(Deadline deadline) {
        try {
            sessions.cancel(app, id, deadline.isOver() ? Deadline.in(TO_CANCEL) : deadline);
            return true;
        } catch (ProblemException e) {
            // It stands in the claim: the next attempt cancels it, and without one Okta expires it within a day.
            return false;
        }
    }

    @Override
    public void close(SessionPlan plan, Deadline deadline) {
        record(Claim.State.STARTING, Map.of("recordsImported", plan.users()));
        try {
            start(deadline);
        } catch (ProblemException e) {
            throw abandon(e.problem().withRecordsImported(plan.users()), plan, deadline)
                    .exception();
        }
    }

    /** Starts the import; an answer that was lost is looked up instead of starting twice. */
    void start(Deadline deadline) {
        try {
            sessions.start(app, id, deadline);
        } catch (ProblemException e) {
            if (e.problem().type() != ProblemType.OKTA_UNAVAILABLE || !isStarted(deadline)) {
                throw e;
            }
        }
    }

    /** Takes over the session of an attempt that broke off; what became of it. */
    Leftover adopt(String session, Deadline deadline) {
        id = session;
        ImportSession found;
        try {
            found = sessions.get(app, session, deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.SESSION_NOT_FOUND) {
                return Leftover.GONE;
            }
            throw e;
        }
        if (found.takesUploads()) {
            return Leftover.OPEN;
        }
        return isPast(found) ? Leftover.STARTED : Leftover.GONE;
    }

    /** What is left of an earlier attempt's session. */
    enum Leftover {
        OPEN,
        STARTED,
        GONE
    }

    private boolean isStarted(Deadline deadline) {
        try {
            return isPast(sessions.get(app, id, deadline));
        } catch (ProblemException e) {
            return false;
        }
    }

    private static boolean isPast(ImportSession session) {
        return session.status().equals("TRIGGERED") || session.status().equals("COMPLETED");
    }

    private void record(Claim.State state, Map<String, Object> more) {
        try {
            claim.update(state, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
