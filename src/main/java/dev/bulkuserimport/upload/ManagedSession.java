package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.util.List;

/**
 * A session that lives for one file: created when everything is checked, started when everything is in, cancelled when something is not.
 * Each step is written into the record before it is taken, so that another attempt knows what this one left behind.
 */
public final class ManagedSession implements SessionScope {

    /** Time that a cancellation gets even when the import has used up its own. */
    private static final Duration TO_CANCEL = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final String app;
    private final SessionRecord record;
    private String id;

    public ManagedSession(Sessions sessions, String app, SessionRecord record) {
        this.sessions = sessions;
        this.app = app;
        this.record = record;
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
        try {
            record.created(app, id);
        } catch (RuntimeException e) {
            // Nobody would find it again.
            cancel(deadline);
            throw e;
        }
        return id;
    }

    @Override
    public Problem abandon(Problem failure, SessionPlan plan, Deadline deadline) {
        return cancel(deadline)
                ? failure.after(0, Ranges.all(plan, NotImported.Outcome.NOT_SENT))
                        .with("sessionCancelled", true)
                : failure;
    }

    /** Cancels the session, which drops all that was uploaded. False when Okta did not say so. */
    public boolean cancel(Deadline deadline) {
        try {
            sessions.cancel(app, id, deadline.isOver() ? Deadline.in(TO_CANCEL) : deadline);
            return true;
        } catch (ProblemException e) {
            // It stands in the record: the next attempt cancels it, and without one Okta expires it within a day.
            return false;
        }
    }

    @Override
    public void close(SessionPlan plan, Deadline deadline) {
        record.starting(plan.users());
        try {
            start(deadline);
        } catch (ProblemException e) {
            throw abandon(e.problem().after(plan.users(), List.of()), plan, deadline)
                    .exception();
        }
    }

    /** Starts the import; an answer that was lost is looked up instead of starting twice. */
    public void start(Deadline deadline) {
        try {
            sessions.start(app, id, deadline);
        } catch (ProblemException e) {
            if (e.problem().type() != ProblemType.OKTA_UNAVAILABLE || !isStarted(deadline)) {
                throw e;
            }
        }
    }

    /** Takes over the session of an attempt that broke off; what became of it. */
    public Leftover adopt(String session, Deadline deadline) {
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
    public enum Leftover {
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
}
