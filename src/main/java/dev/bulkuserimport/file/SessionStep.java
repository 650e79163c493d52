package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.upload.CallerSession;
import dev.bulkuserimport.upload.CreationWindow;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ManagedSession;
import dev.bulkuserimport.upload.SessionRecord;
import dev.bulkuserimport.upload.UploadResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Handles a file's session in Okta: creates, loads, starts and follows it, and resumes or discards what an earlier attempt left. Each
 * change is recorded in the report before the call that makes it.
 */
@Singleton
class SessionStep {

    private static final String TRIGGERED = "TRIGGERED";

    private final Importer importer;
    private final Sessions sessions;
    private final Turns turns;
    private final ImportOrder order;
    private final SessionPauses pauses;
    private final Settings settings;

    SessionStep(
            Importer importer,
            Sessions sessions,
            Turns turns,
            ImportOrder order,
            SessionPauses pauses,
            Settings settings) {
        this.settings = settings;
        this.pauses = pauses;
        this.importer = importer;
        this.sessions = sessions;
        this.turns = turns;
        this.order = order;
    }

    /**
     * Sends a session that isn't in Okta yet.
     *
     * @param prepared where its requests are
     * @throws ProblemException on failure; the report contains the progress
     */
    void send(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        FileSession session = claim.report().session(number).orElseThrow();
        if (session.life() instanceof SessionLife.Broken) {
            // Okta ended it; it is sent again.
            claim.change(report -> report.with(number, new SessionLife.Planned()));
        }
        try {
            if (claim.report().callerSession().isPresent()) {
                load(claim, number, prepared, entry, deadline);
            } else {
                sendOwn(claim, number, prepared, entry, deadline);
            }
        } finally {
            claim.change(report -> report.plus(entry.effort()));
        }
    }

    private void sendOwn(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        String app = claim.report().app();
        Life life = new Life(claim, number, deadline);
        boolean awaited =
                claim.report().hold().stepped() || claim.report().compared().isPresent();
        turns.requireTurn(app, claim, awaited, deadline);
        if (number == 1 && order.comesAfterNewer(claim.report(), app, deadline)) {
            claim.change(
                    report -> report.noting("It was uploaded before a file of the application that has already been"
                            + " imported: for people in both, the older file's values now apply."));
        }
        SessionPlan plan = prepared.plan(claim.report().session(number).orElseThrow(), deadline);
        ManagedSession session = new ManagedSession(sessions, app, life, life.calls());
        boolean reusable;
        try {
            UploadResult result = importer.load(app, plan, session, entry, deadline);
            life.started(result.recordsImported());
            reusable = result.sent().retries() == 0;
        } catch (ProblemException e) {
            if (!isNeedless(claim, session)) {
                throw e;
            }
            life.needless(session, deadline);
            reusable = false;
        }
        if (number == 1) {
            order.imported(claim.report(), deadline);
        }
        if (!awaited) {
            turns.stopWaiting(app, claim, deadline);
        }
        if (reusable) {
            prepared.sent(plan);
        }
    }

    /** Whether a snapshot's session had only people to deactivate whom Okta doesn't know: what the snapshot says is so already. */
    private static boolean isNeedless(Claim claim, ManagedSession session) {
        return session.hasOnlyUnknownUsers()
                && claim.report()
                        .operation()
                        .filter(ImportOperation.SNAPSHOT::equals)
                        .isPresent();
    }

    /** Loads the caller's own session, which the caller starts. */
    private void load(Claim claim, int number, PreparedSessions prepared, JournalEntry entry, Deadline deadline)
            throws IOException {
        String app = claim.report().app();
        String id = claim.report().callerSession().orElseThrow();
        SessionLife before = claim.report().session(number).orElseThrow().life();
        Instant now = Instant.now();
        SessionPlan plan = prepared.plan(claim.report().session(number).orElseThrow(), deadline);
        CallerSession session = new CallerSession(sessions, app, Optional.of(id), Optional.empty()) {
            @Override
            public String open(Deadline limit) {
                String opened = super.open(limit);
                claim.note(
                        report -> report.with(number, new SessionLife.Loading(id, now))
                                .withState(FileState.IMPORTING),
                        limit);
                return opened;
            }
        };
        try {
            UploadResult result = importer.load(app, plan, session, entry, deadline);
            claim.change(report ->
                    report.with(number, new SessionLife.Started(id, now, "IN_PROGRESS", result.recordsImported())));
            order.imported(claim.report(), deadline);
        } catch (ProblemException e) {
            int records = e.problem().recordsImported();
            boolean again = FilePolicy.mayRetry(claim.report(), e.problem());
            claim.change(report -> report.with(
                    number,
                    again ? before : new SessionLife.Broken(id, now, "IN_PROGRESS", records, Optional.empty())));
            throw e;
        }
    }

    /**
     * Resumes or discards what an earlier attempt left of a session.
     *
     * @throws ProblemException when Okta doesn't report the session, or refuses to start a complete one
     */
    void settle(Claim claim, int number, boolean closing, Deadline deadline) {
        FileSession before = claim.report().session(number).orElseThrow();
        Life life = new Life(claim, number, deadline);
        ManagedSession session = new ManagedSession(sessions, claim.report().app(), life, life.calls());
        boolean complete = before.life() instanceof SessionLife.Starting;
        Optional<String> id = before.sessionId();
        if (id.isEmpty()) {
            id = session.findLost(deadline);
        }
        if (id.isEmpty()) {
            if (closing) {
                life.dropped();
            }
            // Otherwise the calls are kept: the session may show up when another one is created.
            return;
        }
        ManagedSession.Leftover found = session.adopt(id.get(), deadline);
        if (before.sessionId().isEmpty() && found != ManagedSession.Leftover.EMPTY) {
            // Only an empty one is certainly ours.
            return;
        }
        switch (FilePolicy.resumeOrDiscard(complete, found, closing)) {
            case COUNTS_AS_STARTED -> life.started(before.users());
            case IS_STARTED_NOW -> {
                try {
                    startOrCancel(session, before, deadline);
                    life.started(before.users());
                } catch (ProblemException e) {
                    if (!isNeedless(claim, session)) {
                        throw e;
                    }
                    life.needless(session, deadline);
                }
            }
            case IS_CANCELLED -> session.clear(deadline);
            case IS_FORGOTTEN -> life.dropped();
        }
    }

    /** A session that Okta refuses to start would be refused every time: it is cancelled, as its own attempt would have done. */
    private static void startOrCancel(ManagedSession session, FileSession before, Deadline deadline) {
        try {
            session.start(before.onlyDeactivates(), deadline);
        } catch (ProblemException e) {
            if (e.problem().type() == ProblemType.OKTA_UNAVAILABLE
                    || e.problem().type() == ProblemType.SECRET_UNAVAILABLE) {
                throw e;
            }
            session.clear(deadline);
            throw e.problem()
                    .after(0, before.ranges(NotImported.Outcome.NOT_SENT))
                    .with("sessionCancelled", true)
                    .exception();
        }
    }

    /**
     * Asks Okta for the status of a started session. A session that Okta hasn't finished in the time for which it is followed becomes
     * unconfirmed.
     *
     * @return the report with its answer
     */
    FileReport look(FileReport report, int number, Deadline deadline) {
        if (!(report.session(number).orElseThrow().life() instanceof SessionLife.Started started)) {
            return report;
        }
        String word = sessions.get(report.app(), started.id(), deadline).status();
        Instant now = Instant.now();
        boolean over =
                report.callerSession().isEmpty() && now.isAfter(started.since().plus(settings.followed()));
        SessionLife seen = started.seen(word, now);
        return report.with(
                number,
                over && seen instanceof SessionLife.Started
                        ? new SessionLife.Unconfirmed(started.id(), started.since(), word, started.records())
                        : seen);
    }

    /** Records each step of a session's life in its file's report, and learns when Okta accepts the next session. */
    private final class Life implements SessionRecord {

        private final Claim claim;
        private final int number;
        private final Deadline deadline;
        private Optional<Instant> createdAt = Optional.empty();

        Life(Claim claim, int number, Deadline deadline) {
            this.claim = claim;
            this.number = number;
            this.deadline = deadline;
        }

        private SessionLife now() {
            return claim.report().session(number).orElseThrow().life();
        }

        private void become(SessionLife life) {
            claim.change(report -> report.with(number, life));
        }

        /** Calls of earlier attempts that may have created an unknown session. */
        List<CreationWindow> calls() {
            return now() instanceof SessionLife.Creating creating ? creating.calls() : List.of();
        }

        void started(int records) {
            if (now() instanceof SessionLife.Existing existing) {
                become(new SessionLife.Started(existing.id(), existing.since(), TRIGGERED, records));
            }
        }

        /** The session is cancelled, if it isn't yet, and nothing is left to do for it. */
        void needless(ManagedSession session, Deadline limit) {
            if (now() instanceof SessionLife.Open) {
                session.clear(limit);
            }
            Instant at = Instant.now();
            String id = session.id().orElseThrow();
            int people = claim.report().session(number).orElseThrow().deactivations();
            String whom = people == 1 ? "the person" : "any of the " + people + " people";
            become(SessionLife.Done.needless(id, at, at));
            claim.change(report -> report.noting("Okta doesn't know " + whom
                    + " whom session " + number + " was to deactivate, so there was nothing to do. The session "
                    + id + " was cancelled, and they are no longer active in the state."));
        }

        @Override
        public void creating(List<CreationWindow> calls) {
            claim.note(
                    report ->
                            report.with(number, new SessionLife.Creating(calls)).withState(FileState.IMPORTING),
                    deadline);
        }

        @Override
        public void unanswered(List<CreationWindow> calls) {
            become(calls.isEmpty() ? new SessionLife.Planned() : new SessionLife.Creating(calls));
        }

        @Override
        public void created(ImportSession session) {
            createdAt = session.created();
            claim.note(report -> report.with(number, new SessionLife.Loading(session.id(), Instant.now())), deadline);
        }

        @Override
        public void tooSoon() {
            pauses.tooSoon(claim.report(), deadline);
        }

        @Override
        public void begun(ImportSession session) {
            pauses.begun(claim.report(), createdAt, session, deadline);
        }

        @Override
        public void starting(int records) {
            if (now() instanceof SessionLife.Loading loading) {
                claim.note(report -> report.with(number, loading.starting(records)), deadline);
            }
        }

        @Override
        public void dropped() {
            // Written with whatever is next: who finds the session's ID finds in Okta that it is closed.
            become(new SessionLife.Planned());
        }
    }
}
