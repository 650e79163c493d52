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
 * A session that exists for one import: created when everything is checked, started when everything has been accepted, otherwise cancelled.
 * Each step is recorded before it is taken, so that a later attempt knows what this one left behind.
 *
 * <p>Sessions of others are never loaded, started or cancelled. The proof of ownership is the session's ID in the record. If the answer to
 * its creation was lost, only an empty session that was created while that call was in progress is taken for this import's own.
 */
public final class ManagedSession implements SessionScope {

    /** The time that a cancellation gets even after the import's deadline. */
    private static final Duration TO_CANCEL = Duration.ofSeconds(2);

    /** For five minutes after a session was triggered Okta may refuse another one; this is twice as long, to be safe. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    /** How many lost creations are remembered; the sessions of older ones have expired or were found. */
    private static final int MOST_WINDOWS = 8;

    private final Sessions sessions;
    private final String app;
    private final SessionRecord record;
    private final List<CreationWindow> lost;
    private Optional<String> id = Optional.empty();
    private boolean unknown;

    /**
     * @param record records each step
     * @param lost creations by earlier attempts with unknown outcomes
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
        // Whether a session can be created is only known by creating one.
    }

    @Override
    public String open(Deadline deadline) {
        Instant from = Instant.now();
        CreationWindow call = new CreationWindow(from, from.plus(deadline.left()));
        record.creating(with(call));
        Sessions.Creation creation = sessions.tryCreate(app, deadline);
        ImportSession created = creation instanceof Sessions.Creation.Created clear
                ? clear.session()
                : find(creation, call.closed(Instant.now()), deadline);
        id = Optional.of(created.id());
        try {
            record.created(created);
        } catch (RuntimeException e) {
            // Otherwise the session would never be found again.
            cancel(deadline);
            throw e;
        }
        return created.id();
    }

    /** The session that an unanswered creation may have left; throws the appropriate problem if there is none. */
    private ImportSession find(Sessions.Creation creation, CreationWindow call, Deadline deadline) {
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
        Optional<ImportSession> ours = ours(listed);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<ImportSession> active =
                listed.sessions().stream().filter(ImportSession::isActive).findFirst();
        if (active.isEmpty()) {
            boolean pause =
                    listed.sessions().stream().anyMatch(session -> session.touchedWithin(PAUSE, listed.ahead()));
            if (inTheWay && pause) {
                record.tooSoon();
            }
            throw (inTheWay && !pause ? OktaProblems.noSession(problem) : problem).exception();
        }
        Problem conflict = inTheWay
                ? problem
                : Problem.of(ProblemType.SESSION_CONFLICT, "Okta's answer to the creation of a session was lost.");
        throw conflict.adding(
                        "The session " + active.get().id() + " (" + active.get().status()
                                + ") of the application " + app
                                + " is in the way, and doesn't belong to this import. This import waits until it has ended.")
                .with("activeSessionId", active.get().id())
                .with("sessionStatus", active.get().status())
                .exception();
    }

    /**
     * The session that an unanswered creation has left, so that it can be cancelled.
     *
     * @throws ProblemException when Okta doesn't list the sessions
     */
    public Optional<String> findLost(Deadline deadline) {
        return ours(sessions.listed(app, deadline)).map(ImportSession::id);
    }

    private Optional<ImportSession> ours(Sessions.Listed listed) {
        return listed.sessions().stream()
                .filter(session -> session.isEmpty() && isOurs(session, listed.ahead()))
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
                ? Imported.NOTHING
                        .addTo(failure.after(0, Ranges.all(plan, NotImported.Outcome.NOT_SENT)), plan)
                        .with("sessionCancelled", true)
                : failure;
    }

    /** Cancels the session, which discards everything uploaded. False if Okta did not confirm it: then the next attempt cancels it. */
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
            Problem loaded = Imported.all(plan).addTo(e.problem().after(plan.users(), List.of()), plan);
            throw abandon(loaded, plan, deadline).exception();
        }
    }

    /**
     * Starts the import. If the answer is lost or unreadable, the session is looked up instead of being started twice.
     *
     * @param onlyDeactivations whether the session contains only deactivations, so that Okta may not know any of its users
     * @throws ProblemException when Okta did not start it
     */
    public void start(boolean onlyDeactivations, Deadline deadline) {
        try {
            record.begun(sessions.start(app, id.orElseThrow(), deadline));
        } catch (ProblemException e) {
            Optional<ImportSession> now = look(deadline);
            if (now.filter(ImportSession::isStarted).isPresent()) {
                record.begun(now.get());
                return;
            }
            boolean knowsNone =
                    onlyDeactivations && now.filter(ImportSession::isEmpty).isPresent();
            unknown = knowsNone && e.problem().type() == ProblemType.SESSION_CONFLICT;
            throw unknown ? unknownUsers(e.problem()).exception() : e;
        }
    }

    /** Whether Okta refused the start because it knows none of the users to deactivate, so that nothing is left to do. */
    public boolean hasOnlyUnknownUsers() {
        return unknown;
    }

    private static Problem unknownUsers(Problem refusal) {
        return refusal.as(
                ProblemType.OKTA_REJECTED,
                "Okta doesn't know any of these users: none of the external IDs to deactivate is in its directory, so"
                        + " there was nothing to start. Compare them with the application's users in Okta.");
    }

    private Optional<ImportSession> look(Deadline deadline) {
        try {
            return Optional.of(sessions.get(app, id.orElseThrow(), deadline));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes over the session of an interrupted attempt, whose ID is in the record.
     *
     * @throws ProblemException when Okta doesn't report its status
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

    /** The status of an earlier attempt's session. */
    public enum Leftover {
        /** It accepts uploads and is empty. */
        EMPTY,
        /** It accepts uploads and isn't empty. */
        OPEN,
        /** Okta is processing it, or has finished. */
        STARTED,
        /** It no longer accepts uploads, and Okta never processed it. */
        GONE
    }

    /**
     * Cancels an earlier attempt's session, so that its users can be sent again.
     *
     * @throws ProblemException {@code okta-unavailable} if Okta does not confirm it
     */
    public void clear(Deadline deadline) {
        if (!cancel(deadline)) {
            throw Problem.unavailable(
                            "The session " + id.orElseThrow()
                                    + " of an earlier attempt could not be cancelled. The next attempt will retry.",
                            Duration.ofSeconds(30))
                    .exception();
        }
    }
}
