package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.Durations;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
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
import dev.bulkuserimport.upload.Imported;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ManagedSession;
import dev.bulkuserimport.upload.UploadResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Handles a file's session in Okta: creates, loads, starts and follows it, and resumes or discards what an earlier attempt left. Each
 * change is recorded in the report before the call that makes it.
 */
@Singleton
class SessionStep {

    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How long a notification follows a session at most, and never longer than half of the time left, because others may be waiting. */
    private static final Duration FOLLOWED = Duration.ofMinutes(5);

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
        ReportedSession life = new ReportedSession(claim, number, pauses, deadline);
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
            if (!isNeedless(claim, number, session)) {
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

    /**
     * Whether a session had only people to deactivate whom Okta doesn't know, which is no reason to fail the file: what a snapshot says is so
     * already, and of any other file's sessions another one has people whom Okta knows, or may know.
     */
    private static boolean isNeedless(Claim claim, int number, ManagedSession session) {
        FileReport report = claim.report();
        return session.hasOnlyUnknownUsers()
                && (report.operation().filter(ImportOperation.SNAPSHOT::equals).isPresent()
                        || report.sessions().stream()
                                .anyMatch(other -> other.number() != number && !other.isNeedless()));
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
            boolean again = FailurePolicy.mayRetry(claim.report(), e.problem());
            claim.change(report -> report.with(
                    number,
                    again
                            ? before
                            : new SessionLife.Broken(
                                    id, now, "IN_PROGRESS", Imported.of(e.problem()), Optional.empty())));
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
        ReportedSession life = new ReportedSession(claim, number, pauses, deadline);
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
                    if (!isNeedless(claim, number, session)) {
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

    /** Until when a notification follows its session. */
    static Deadline patience(Deadline deadline) {
        return deadline.within(FOLLOWED).within(deadline.left().dividedBy(2));
    }

    /** Asks Okta for the status of the only session until Okta has finished it; without an answer, the report says so. */
    void follow(Claim claim, Deadline patience) {
        Duration pause = FIRST_LOOK;
        try {
            claim.change(report -> look(report, 1, patience));
            while (claim.report().sessions().get(0).life() instanceof SessionLife.Started && patience.pause(pause)) {
                pause = Durations.shorter(LONGEST_PAUSE, pause.multipliedBy(2));
                claim.change(report -> look(report, 1, patience));
            }
        } catch (ProblemException e) {
            claim.change(report -> report.noting("Okta did not report the session's status: "
                    + e.problem().type().slug() + "."));
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
}
