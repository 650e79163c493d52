package dev.bulkuserimport.upload;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.OktaProblems;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session that lives for one import: created when everything is checked, started when everything is in, cancelled when something is not.
 * Each step is written into the record before it is taken, so that another attempt knows what this one left behind.
 *
 * <p>No one else's session is ever loaded, started or cancelled. Proof is the session's id in the record. Where the answer to its creation
 * was lost, only a session that holds nothing and was created while that very call was open is taken for this import's own.
 */
public final class ManagedSession implements SessionScope {

    /** Time that a cancellation gets even when the import has used up its own. */
    private static final Duration TO_CANCEL = Duration.ofSeconds(2);

    /** For five minutes after a session was triggered Okta may refuse another one; twice as long is on the safe side. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** Lost creations that are remembered; older ones have expired with their sessions, or were found. */
    private static final int MOST_WINDOWS = 8;

    private final Sessions sessions;
    private final String app;
    private final SessionRecord record;
    private final List<CreationWindow> lost;
    private Optional<String> id = Optional.empty();

    /**
     * @param record takes note of each step
     * @param lost creations of earlier attempts whose outcome is unknown
     */
    public ManagedSession(Sessions sessions, String app, SessionRecord record, List<CreationWindow> lost) {
        this.sessions = sessions;
        this.app = app;
        this.record = record;
        this.lost = new ArrayList<>(lost);
    }

    @Override
    public Optional<String> id() {
        return id;
    }

    @Override
    public void check(Deadline deadline) {
        // Whether a session could be created is only known by creating one.
    }

    @Override
    public String open(Deadline deadline) {
        Instant from = Instant.now();
        CreationWindow call = new CreationWindow(from, from.plus(deadline.left()));
        record.creating(with(call));
        Sessions.Creation creation = sessions.tryCreate(app, deadline);
        String created = creation instanceof Sessions.Creation.Created clear
                ? clear.id()
                : find(creation, call.closed(Instant.now()), deadline);
        id = Optional.of(created);
        try {
            record.created(created);
        } catch (RuntimeException e) {
            // No one would find it again.
            cancel(deadline);
            throw e;
        }
        return created;
    }

    /** The session that a creation without an answer may have left; throws what is to be said where there is none. */
    private String find(Sessions.Creation creation, CreationWindow call, Deadline deadline) {
        Problem problem;
        if (creation instanceof Sessions.Creation.Perhaps perhaps) {
            problem = perhaps.problem();
            remember(call);
        } else {
            problem = ((Sessions.Creation.Refused) creation).problem();
        }
        record.unanswered(List.copyOf(lost));
        boolean inTheWay = problem.type() == ProblemType.SESSION_CONFLICT;
        if (!inTheWay && !(creation instanceof Sessions.Creation.Perhaps)) {
            throw problem.exception();
        }
        Sessions.Listed listed;
        try {
            listed = sessions.listed(app, deadline);
        } catch (ProblemException e) {
            throw problem.exception();
        }
        Optional<String> ours = ours(listed);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<ImportSession> active =
                listed.sessions().stream().filter(ImportSession::isActive).findFirst();
        if (active.isEmpty()) {
            boolean pause =
                    listed.sessions().stream().anyMatch(session -> session.touchedWithin(PAUSE, listed.ahead()));
            throw (inTheWay && !pause ? OktaProblems.noSession(problem) : problem).exception();
        }
        Problem conflict = inTheWay
                ? problem
                : Problem.of(ProblemType.SESSION_CONFLICT, "Okta's answer to the creation of a session was lost.");
        throw conflict.adding(
                        "The session " + active.get().id() + " (" + active.get().status()
                                + ") of the application " + app
                                + " is in the way; it isn't this import's own. This import waits until it is over.")
                .with("activeSessionId", active.get().id())
                .with("sessionStatus", active.get().status())
                .exception();
    }

    /**
     * The session that a creation without an answer has left, so that it can be cancelled.
     *
     * @throws ProblemException when Okta doesn't say what there is
     */
    public Optional<String> findLost(Deadline deadline) {
        return ours(sessions.listed(app, deadline));
    }

    private Optional<String> ours(Sessions.Listed listed) {
        return listed.sessions().stream()
                .filter(session -> session.isEmpty() && isOurs(session, listed.ahead()))
                .map(ImportSession::id)
                .findFirst();
    }

    private boolean isOurs(ImportSession session, Duration ahead) {
        return session.created().isPresent()
                && lost.stream().anyMatch(call -> call.holds(session.created().get(), ahead));
    }

    private List<CreationWindow> with(CreationWindow call) {
        List<CreationWindow> all = new ArrayList<>(lost);
        all.add(call);
        return all;
    }

    private void remember(CreationWindow call) {
        lost.add(call);
        if (lost.size() > MOST_WINDOWS) {
            lost.remove(0);
        }
    }

    @Override
    public Problem abandon(Problem failure, SessionPlan plan, Deadline deadline) {
        return cancel(deadline)
                ? failure.after(0, Ranges.all(plan, NotImported.Outcome.NOT_SENT))
                        .with("sessionCancelled", true)
                : failure;
    }

    /** Cancels the session, which drops all that was uploaded. False when Okta did not say so: then the next attempt does it. */
    private boolean cancel(Deadline deadline) {
        try {
            sessions.cancel(app, id.orElseThrow(), deadline.leaves(TO_CANCEL) ? deadline : Deadline.in(TO_CANCEL));
        } catch (ProblemException e) {
            return false;
        }
        record.dropped();
        return true;
    }

    @Override
    public void close(SessionPlan plan, Deadline deadline) {
        try {
            record.starting(plan.users());
            start(plan.users() > 0 && plan.deactivations() == plan.users() && !plan.isMixed(), deadline);
        } catch (ProblemException e) {
            throw abandon(e.problem().after(plan.users(), List.of()), plan, deadline)
                    .exception();
        }
    }

    /**
     * Starts the import. An answer that was lost, or that says nothing, is looked up instead of starting twice.
     *
     * @param onlyDeactivations whether the session holds nothing else, so that Okta may know none of its users
     * @throws ProblemException when Okta did not start it
     */
    public void start(boolean onlyDeactivations, Deadline deadline) {
        try {
            if (sessions.start(app, id.orElseThrow(), deadline).takesUploads()) {
                // A success of something in front of Okta: the session shows that nothing was started.
                throw OktaProblems.unreadable("a session that was started").exception();
            }
        } catch (ProblemException e) {
            Optional<ImportSession> now = look(deadline);
            if (now.filter(ImportSession::isStarted).isPresent()) {
                return;
            }
            boolean knowsNone =
                    onlyDeactivations && now.filter(ImportSession::isEmpty).isPresent();
            throw knowsNone && e.problem().type() == ProblemType.SESSION_CONFLICT
                    ? unknownUsers(e.problem()).exception()
                    : e;
        }
    }

    private static Problem unknownUsers(Problem refusal) {
        return new Problem(
                ProblemType.OKTA_REJECTED,
                "Okta knows none of these users: none of the external IDs to deactivate is in its directory, so there"
                        + " was nothing to start. Compare them with the application's users in Okta.",
                refusal.recordsImported(),
                Optional.empty(),
                refusal.notImported(),
                refusal.more());
    }

    private Optional<ImportSession> look(Deadline deadline) {
        try {
            return Optional.of(sessions.get(app, id.orElseThrow(), deadline));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes over the session of an attempt that broke off, whose id is in the record.
     *
     * @throws ProblemException when Okta doesn't say what became of it
     */
    public Leftover adopt(String session, Deadline deadline) {
        id = Optional.of(session);
        ImportSession found;
        try {
            found = sessions.get(app, session, deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.SESSION_NOT_FOUND) {
                return Leftover.GONE;
            }
            throw e;
        }
        if (found.isEmpty()) {
            return Leftover.EMPTY;
        }
        if (found.takesUploads()) {
            return Leftover.OPEN;
        }
        return found.isStarted() ? Leftover.STARTED : Leftover.GONE;
    }

    /** What is left of an earlier attempt's session. */
    public enum Leftover {
        /** It takes uploads, and holds nothing. */
        EMPTY,
        /** It takes uploads, and holds some. */
        OPEN,
        /** Okta works on it, or has. */
        STARTED,
        /** It takes nothing any more, and Okta never began with it. */
        GONE
    }

    /**
     * Cancels what an earlier attempt left, so that its users can be sent again.
     *
     * @throws ProblemException {@code okta-unavailable} when Okta does not say that it did
     */
    public void clear(Deadline deadline) {
        if (!cancel(deadline)) {
            throw Problem.unavailable(
                            "The session " + id.orElseThrow()
                                    + " of an earlier attempt could not be cancelled. The next attempt tries again.",
                            Duration.ofSeconds(30))
                    .exception();
        }
    }
}
