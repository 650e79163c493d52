package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileAnswer;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.SessionEntry;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.upload.ManagedSession;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The last step, and what every step ends with: the report says what happened, the claim is let go, and an import that has ended is one
 * line of the log, written by whoever ended it.
 */
@Singleton
class Closing {

    private static final Logger LOG = Logger.getLogger(Closing.class);

    /** An attempt that runs out of time says so in its report; the page is a convenience. */
    private static final Duration TIME_FOR_A_PAGE = Duration.ofMillis(500);

    private final Sessions sessions;
    private final Companions companions;
    private final OktaUsers oktaUsers;
    private final WorkFiles work;
    private final Turns turns;
    private final Snapshots snapshots;
    private final Journal journal;

    Closing(
            Sessions sessions,
            Companions companions,
            OktaUsers oktaUsers,
            WorkFiles work,
            Turns turns,
            Snapshots snapshots,
            Journal journal) {
        this.snapshots = snapshots;
        this.sessions = sessions;
        this.companions = companions;
        this.oktaUsers = oktaUsers;
        this.work = work;
        this.turns = turns;
        this.journal = journal;
    }

    /** A newer snapshot of the application was imported already. */
    void superseded(Claim claim, SupersededException newer, JournalEntry entry, Deadline deadline) throws S3Failure {
        superseded(claim, newer.reason(), entry, deadline);
    }

    /** A newer version of the key has replaced this one before its import began. */
    void superseded(Claim claim, JournalEntry entry, Deadline deadline) throws S3Failure {
        superseded(claim, "a newer version of this key has replaced this one before its import began", entry, deadline);
    }

    /** A newer snapshot of the application was imported while this one was interrupted: what is left of this one is the past. */
    void overtaken(Claim claim, JournalEntry entry, Deadline deadline) throws IOException {
        clear(claim, deadline);
        learnStarted(claim.report(), deadline);
        superseded(
                claim,
                "a newer snapshot of the application was imported while this one was interrupted",
                entry,
                deadline);
    }

    private void superseded(Claim claim, String why, JournalEntry entry, Deadline deadline) throws S3Failure {
        Report report = claim.report();
        report.sessions(report.sessions().stream()
                .map(session -> session.state().isSent() || session.state() == SessionState.BROKEN
                        ? session
                        : session.superseded())
                .toList());
        report.note(why.substring(0, 1).toUpperCase(Locale.ROOT)
                + why.substring(1)
                + (report.hasSent() ? ". The rest of it was not sent." : ". Nothing of it was sent."));
        // What kept an earlier attempt from it doesn't matter any more.
        report.problem(Optional.empty());
        close(claim, FileState.SUPERSEDED, deadline);
        entry.superseded();
        write(report, entry, deadline);
    }

    /**
     * An attempt is over and will not come again.
     *
     * @param failure why the file failed; empty when it went as asked
     */
    void finish(Claim claim, Optional<Problem> failure, JournalEntry entry, Deadline deadline) throws S3Failure {
        Report report = claim.report();
        failure.ifPresentOrElse(report::problem, () -> {
            report.problem(Optional.empty());
            report.answer(FileAnswer.of(report));
        });
        close(claim, failure.isPresent() ? FileState.FAILED : FileState.COMPLETED, deadline);
        failure.ifPresentOrElse(entry::failed, entry::succeeded);
        write(report, entry, deadline);
    }

    private void close(Claim claim, FileState end, Deadline deadline) throws S3Failure {
        claim.report().finished(end, Instant.now());
        companions.write(claim, deadline);
        claim.save(deadline);
    }

    private void write(Report report, JournalEntry entry, Deadline deadline) {
        report.application().ifPresent(entry::application);
        report.operation().ifPresent(entry::operation);
        report.file().ifPresent(file -> entry.dryRun(file.dryRun())
                .records(file.records())
                .rejected(file.rejections().records()));
        if (report.sessions().size() == 1) {
            report.session(1).flatMap(SessionEntry::sessionId).ifPresent(entry::session);
        }
        entry.imported(report.recordsImported())
                .deactivated(report.deactivated())
                .took(report.effort())
                .begun(report.startedAt());
        journal.write(entry);
        tidy(report, deadline);
    }

    /** Nothing depends on it: what is left behind is deleted by the lifecycle rule. */
    private void tidy(Report report, Deadline deadline) {
        leave(report, deadline);
        try {
            if (report.compared().isPresent() && report.state() == FileState.COMPLETED) {
                String app = report.file().orElseThrow().applicationId();
                snapshots.settle(report.importId(), app, deadline);
                snapshots.sweep(report.importId(), app, deadline);
            }
        } catch (IOException | ProblemException e) {
            LOG.warnf(
                    "the state of %s is left as it is: %s",
                    report.application().orElse(""), e.getClass().getSimpleName());
        }
    }

    /** Takes away what an import needed, once more: whoever ended it may have been killed before that. */
    void tidyAgain(Report report, Deadline deadline) {
        if (report.state().isOver()) {
            leave(report, deadline);
        }
    }

    private void leave(Report report, Deadline deadline) {
        try {
            if (report.isStepped() && !report.isResumable()) {
                work.tidy(report.importId(), report.sessions().size(), deadline);
            }
            // A file may take its place in the line before it is read, and be refused before it is.
            if (report.application().isPresent()
                    && (report.isStepped() || report.attempts() > 1 || report.isInLine())) {
                turns.leave(report.application().get(), report, deadline);
            }
        } catch (S3Failure e) {
            LOG.warnf("left behind for the lifecycle rule: %s", e.getMessage());
        }
    }

    /**
     * Planning has failed: either another attempt may mend it, or the file is refused.
     *
     * @return what is thrown
     */
    RuntimeException afterPlanning(Claim claim, Throwable cause, JournalEntry entry, Deadline deadline) {
        Problem problem = Failures.problem(cause);
        if (Failures.isMendable(problem, claim.report())) {
            claim.report().state(FileState.RETRY);
            return released(claim, cause, problem, deadline);
        }
        return failed(claim, cause, problem, entry, deadline);
    }

    /**
     * The file has failed for good.
     *
     * @return what is thrown
     */
    RuntimeException failed(Claim claim, Throwable cause, Problem problem, JournalEntry entry, Deadline deadline) {
        Problem told = withAccount(problem, claim.report());
        try {
            finish(claim, Optional.of(told), entry, deadline);
        } catch (S3Failure | RuntimeException e) {
            // Nobody would ever hear of it: another attempt has to end it.
            claim.report().state(FileState.RETRY);
            claim.report().unfinished();
            LOG.warnf(
                    "the report of %s can't be written: %s",
                    claim.report().source().place(), Failures.problem(e).detail());
        }
        return thrown(cause, told);
    }

    /**
     * An attempt has failed, and another one may do better; it needn't wait for this one's time to be over.
     *
     * @return what is thrown
     */
    RuntimeException released(Claim claim, Throwable cause, Deadline deadline) {
        return released(claim, cause, Failures.problem(cause), deadline);
    }

    RuntimeException released(Claim claim, Throwable cause, Problem failure, Deadline deadline) {
        Problem problem = withAccount(failure, claim.report());
        if (!claim.isOvertaken() && !claim.report().state().isOver()) {
            claim.report().problem(problem);
            claim.report().unfinished();
            if (deadline.leaves(TIME_FOR_A_PAGE)) {
                // Before the claim is let go, for the next attempt may write the page of the end at once.
                companions.page(claim, deadline);
            }
            try {
                claim.trySave(deadline);
            } catch (S3Failure e) {
                LOG.warnf(
                        "the claim of %s is left to its time limit: %s",
                        claim.place().place().shown(), e.getMessage());
            }
        }
        return thrown(cause, problem);
    }

    /** What fails after users were started, like the writing of the report itself, knows nothing of them; the report does. */
    private static Problem withAccount(Problem problem, Report report) {
        boolean knows = problem.recordsImported() > 0 || !problem.notImported().isEmpty();
        return knows || !report.hasSent() ? problem : problem.after(report.recordsImported(), rest(report));
    }

    /** After a fatal error the process must end, once everything is written down. */
    private static RuntimeException thrown(Throwable cause, Problem problem) {
        if (cause instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        return problem.exception();
    }

    /**
     * The state machine is through with a file, one way or another.
     *
     * @param error what ended its last step; empty when nothing failed
     * @throws ProblemException {@code okta-unavailable} when a session that was left open can't be cancelled now
     */
    void end(Claim claim, Optional<StepError> error, JournalEntry entry, Deadline deadline) throws IOException {
        Report report = claim.report();
        boolean failed = error.isPresent() || report.problem().isPresent();
        List<SessionEntry> open =
                report.sessions().stream().filter(s -> !s.state().isSent()).toList();
        if (report.file().isPresent()
                && !failed
                && !open.isEmpty()
                && broken(report).isEmpty()) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Session " + open.get(0).number() + " of "
                                    + report.sessions().size()
                                    + " has not been imported yet. Import it, or give the error that kept it from being"
                                    + " imported.")
                    .exception();
        }
        if (report.file().flatMap(ReadFile::callerSession).isEmpty()) {
            clear(claim, deadline);
        }
        learnStarted(report, deadline);
        oktaUsers.look(
                report,
                new StoredSessions(work, report.importId(), Optional.empty(), deadline),
                deadline.within(deadline.left().dividedBy(2)));
        Optional<Problem> failure = failure(report, error);
        if (failure.isEmpty()) {
            error.ifPresent(what -> report.note("Okta's work was not followed to its end (" + what.name() + ")."));
        }
        finish(claim, failure, entry, deadline);
    }

    /** A step that was cut off after a session's start may not have said so to the state. */
    private void learnStarted(Report report, Deadline deadline) throws IOException {
        for (SessionEntry session : report.sessions()) {
            snapshots.afterStart(report, session.number(), deadline);
        }
    }

    private Optional<Problem> failure(Report report, Optional<StepError> error) {
        if (report.file().isEmpty()) {
            return Optional.of(
                    report.problem().map(stored -> stored.of(0, List.of())).orElseGet(() -> crashed(report, error)));
        }
        Optional<SessionEntry> broken = broken(report);
        boolean callers = report.file().get().callerSession().isPresent();
        boolean allSent =
                report.sessions().stream().allMatch(session -> session.state().isSent());
        if (allSent) {
            return Optional.empty();
        }
        Problem problem = broken.isPresent() && !callers
                ? SessionStep.ended(broken.get(), report.sessions().size())
                        .after(report.recordsImported(), rest(report))
                : report.problem()
                        .map(stored -> stored.of(report.recordsImported(), rest(report)))
                        .orElseGet(() -> crashed(report, error).after(report.recordsImported(), rest(report)));
        return Optional.of(report.sessions().size() > 1 ? problem.adding(accountOf(report)) : problem);
    }

    private static Optional<SessionEntry> broken(Report report) {
        return report.sessions().stream()
                .filter(session -> session.state() == SessionState.BROKEN)
                .findFirst();
    }

    /** What is in Okta and what isn't, session by session, and how it goes on. */
    private static String accountOf(Report report) {
        List<SessionEntry> sent = new ArrayList<>();
        List<SessionEntry> rest = new ArrayList<>();
        report.sessions().forEach(session -> (session.state().isSent() ? sent : rest).add(session));
        String in = sent.isEmpty()
                ? "Nothing is in Okta."
                : sent.size() + " of " + report.sessions().size() + " sessions (" + report.recordsImported()
                        + " users) are in Okta.";
        return in + " Start the state machine's execution again with the same input: it goes on with session "
                + rest.get(0).number() + ".";
    }

    /** The users of sessions that are not with Okta for certain. */
    static List<NotImported> rest(Report report) {
        List<NotImported> rest = new ArrayList<>();
        for (SessionEntry session : report.sessions()) {
            if (!session.state().isSent() && session.users() > 0) {
                rest.add(new NotImported(
                        session.first(),
                        session.last(),
                        session.users(),
                        session.state() == SessionState.BROKEN
                                ? NotImported.Outcome.UNKNOWN
                                : NotImported.Outcome.NOT_SENT));
            }
        }
        return rest;
    }

    /** What is left in Okta of a session that did not get to its end is cancelled; one that was started after all counts as started. */
    private void clear(Claim claim, Deadline deadline) {
        Report report = claim.report();
        for (SessionEntry entry : report.sessions()) {
            if (entry.state().isSent() || entry.state() == SessionState.BROKEN) {
                continue;
            }
            ManagedSession session = new ManagedSession(
                    sessions,
                    report.file().orElseThrow().applicationId(),
                    new RecordedSession(claim, entry.number(), deadline),
                    entry.lost());
            Optional<String> id = entry.sessionId();
            if (id.isEmpty() && !entry.lost().isEmpty()) {
                id = session.findLost(deadline);
            }
            if (id.isEmpty()) {
                report.session(entry.unanswered(List.of()));
                continue;
            }
            switch (session.adopt(id.get(), deadline)) {
                case STARTED ->
                    report.session(
                            entry.state() == SessionState.STARTING
                                    ? entry.started("TRIGGERED", entry.users())
                                    : entry.dropped());
                case OPEN, EMPTY -> session.clear(deadline);
                case GONE -> report.session(entry.dropped());
            }
        }
    }

    /** Nothing is known but what the state machine says. */
    private static Problem crashed(Report report, Optional<StepError> error) {
        Optional<ProblemType> known = error.flatMap(StepError::problem);
        if (known.isPresent()) {
            return Problem.of(
                    known.get(),
                    known.get().title()
                            + ". The step of the state machine that met this could not write down more; its log says what"
                            + " it was.");
        }
        String name = error.map(StepError::name).orElse("nothing that is known");
        return Problem.internalError(
                "A step of the state machine ended with " + name
                        + " before it could write down why: it was killed, out of time or out of memory.",
                report.importId().toString());
    }
}
