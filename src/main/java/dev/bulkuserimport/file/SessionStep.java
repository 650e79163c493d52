package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.SessionEntry;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.upload.CallerSession;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ManagedSession;
import dev.bulkuserimport.upload.UploadResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The second and the third step, for one session: it is created, loaded and started, and followed until Okta is done with it. What an
 * earlier attempt left is found in the report, and taken up or cancelled first.
 */
@Singleton
class SessionStep {

    private final Importer importer;
    private final Sessions sessions;
    private final Turns turns;

    SessionStep(Importer importer, Sessions sessions, Turns turns) {
        this.importer = importer;
        this.sessions = sessions;
        this.turns = turns;
    }

    /**
     * Makes sure that a session is with Okta.
     *
     * @param prepared where its requests are
     * @throws ProblemException when it isn't; the report has how far it got
     */
    void send(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        Report report = claim.report();
        if (state(report, number).isSent()) {
            return;
        }
        refuseOutOfOrder(report, number);
        report.session(report.session(number).orElseThrow().again());
        try {
            if (report.file().orElseThrow().callerSession().isPresent()) {
                load(claim, number, prepared, entry, deadline);
            } else {
                sendOwn(claim, number, prepared, entry, deadline);
            }
        } finally {
            report.sent(entry.effort());
        }
    }

    /**
     * Takes up what earlier attempts left in Okta, before a file is planned once more: a session that was complete is started, if it isn't
     * yet, and any other one is cancelled, so that none stays open if the file needs none this time.
     *
     * @throws ProblemException when Okta doesn't say what there is
     */
    void takeUp(Claim claim, Deadline deadline) {
        Report report = claim.report();
        if (report.file().isEmpty() || report.file().get().callerSession().isPresent()) {
            return;
        }
        String app = report.file().get().applicationId();
        for (SessionEntry before : report.sessions()) {
            if (before.state().isSent() || before.state() == SessionState.BROKEN) {
                continue;
            }
            ManagedSession session = new ManagedSession(
                    sessions, app, new RecordedSession(claim, before.number(), deadline), before.lost());
            if (before.sessionId().isPresent()) {
                takenUp(session, claim, before.number(), deadline);
            } else if (!before.lost().isEmpty()) {
                cancelLost(session, deadline);
            }
        }
    }

    private static void cancelLost(ManagedSession session, Deadline deadline) {
        Optional<String> id = session.findLost(deadline);
        if (id.isPresent() && session.adopt(id.get(), deadline) == ManagedSession.Leftover.EMPTY) {
            session.clear(deadline);
        }
    }

    private static SessionState state(Report report, int number) {
        return report.session(number).orElseThrow().state();
    }

    private static void refuseOutOfOrder(Report report, int number) {
        for (int earlier = 1; earlier < number; earlier++) {
            SessionEntry before = report.session(earlier).orElseThrow();
            if (before.state() == SessionState.BROKEN) {
                throw ended(before, report.sessions().size()).exception();
            }
            if (!before.state().isSent()) {
                throw Problem.of(
                                ProblemType.SESSION_CONFLICT,
                                "Session " + earlier + " of this file has not been imported yet; session " + number
                                        + " comes after it.")
                        .retryAfter(Duration.ofSeconds(60))
                        .exception();
            }
        }
    }

    /** Okta ended a session after it was started, or let it expire. */
    static Problem ended(SessionEntry session, int of) {
        String status = session.status().orElse("ERROR");
        return Problem.of(
                        ProblemType.OKTA_REJECTED,
                        "Okta ended the session " + session.sessionId().orElse("") + " (" + session.number() + " of "
                                + of
                                + ") with the status " + status
                                + ". Its users may be in Okta in part. The application's import history in Okta's Admin"
                                + " Console says more; sending the same users again does no harm.")
                .with("sessionStatus", status);
    }

    private void sendOwn(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        Report report = claim.report();
        String app = report.file().orElseThrow().applicationId();
        SessionEntry before = report.session(number).orElseThrow();
        ManagedSession session =
                new ManagedSession(sessions, app, new RecordedSession(claim, number, deadline), before.lost());
        if (before.sessionId().isPresent() && takenUp(session, claim, number, deadline)) {
            return;
        }
        turns.await(app, report, report.isStepped(), deadline);
        SessionPlan plan = prepared.plan(number, deadline);
        UploadResult result;
        try {
            result = importer.load(app, plan, session, entry, deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.SESSION_CONFLICT) {
                turns.keepPlace(app, report, deadline);
            }
            throw e;
        }
        report.session(report.session(number).orElseThrow().started("TRIGGERED", result.recordsImported()));
        if (result.sent().retries() == 0) {
            prepared.sent(plan);
        }
    }

    /** Whether an attempt that broke off had everything in its session; if not, what it left is cancelled. */
    private static boolean takenUp(ManagedSession session, Claim claim, int number, Deadline deadline) {
        Report report = claim.report();
        SessionEntry before = report.session(number).orElseThrow();
        boolean complete = before.state() == SessionState.STARTING;
        ManagedSession.Leftover left = session.adopt(before.sessionId().orElseThrow(), deadline);
        switch (left) {
            case STARTED -> {
                if (complete) {
                    report.session(before.started("TRIGGERED", before.users()));
                    return true;
                }
                // Somebody else has started what was half loaded: all of it goes once more, which changes nobody twice.
                report.session(before.dropped());
            }
            case OPEN, EMPTY -> {
                if (complete) {
                    startOrCancel(session, before, deadline);
                    report.session(before.started("TRIGGERED", before.users()));
                    return true;
                }
                session.clear(deadline);
            }
            case GONE -> report.session(before.dropped());
        }
        return false;
    }

    /** A session that Okta refuses to start would be refused each time: it is cancelled, as if its own attempt had met that. */
    private static void startOrCancel(ManagedSession session, SessionEntry before, Deadline deadline) {
        try {
            session.start(before.deactivations() == before.users(), deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.OKTA_UNAVAILABLE
                    || e.problem().type() == ProblemType.SECRET_UNAVAILABLE) {
                throw e;
            }
            session.clear(deadline);
            throw e.problem()
                    .after(
                            0,
                            List.of(new NotImported(
                                    before.first(), before.last(), before.users(), NotImported.Outcome.NOT_SENT)))
                    .with("sessionCancelled", true)
                    .exception();
        }
    }

    /** Loads a session of the caller's own, whose start is the caller's decision. */
    private void load(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        Report report = claim.report();
        ReadFile file = report.file().orElseThrow();
        String id = file.callerSession().orElseThrow();
        SessionEntry before = report.session(number).orElseThrow();
        if (before.state() == SessionState.LOADING) {
            throw halfDone(before, id).exception();
        }
        SessionPlan plan = prepared.plan(number, deadline);
        CallerSession session = new CallerSession(sessions, file.applicationId(), Optional.of(id), Optional.empty()) {
            @Override
            public String open(Deadline limit) {
                String opened = super.open(limit);
                report.session(before.loading(id, Instant.now()));
                report.state(FileState.IMPORTING);
                claim.note(limit);
                return opened;
            }
        };
        try {
            UploadResult result = importer.load(file.applicationId(), plan, session, entry, deadline);
            report.session(report.session(number).orElseThrow().started("IN_PROGRESS", result.recordsImported()));
        } catch (ProblemException e) {
            boolean nothing = Failures.isMendable(e.problem(), report);
            report.session(
                    nothing
                            ? before
                            : report.session(number)
                                    .orElseThrow()
                                    .broken(e.problem().recordsImported()));
            throw e;
        }
    }

    /** A session of the caller's own can't be emptied, so users that may be in it are not sent again without anyone knowing. */
    private static Problem halfDone(SessionEntry session, String id) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "An earlier attempt broke off while users went to the session " + id
                                + ". Which of them are in it is unknown. Cancel that session, create another"
                                + " and put the file into the bucket again.")
                .after(
                        0,
                        List.of(new NotImported(
                                session.first(), session.last(), session.users(), NotImported.Outcome.UNKNOWN)));
    }

    /**
     * Asks Okta how far it is with a session, and takes note of it.
     *
     * @return the session as it is now
     */
    SessionEntry look(Report report, int number, Deadline deadline) {
        SessionEntry before = report.session(number).orElseThrow();
        ImportSession now = sessions.get(
                report.file().orElseThrow().applicationId(), before.sessionId().orElseThrow(), deadline);
        SessionEntry after = before.seen(now.status(), Instant.now());
        report.session(after);
        return after;
    }
}
