package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.file.Found.Fact;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.SnapshotOrder;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.state.StateUpdates;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Executes the steps that {@link FilePolicy} decides for a file's import, until the errand is done or the import can't continue. */
@Singleton
class FileRunner {

    private static final Logger LOG = Logger.getLogger(FileRunner.class);

    private final SourceFiles files;
    private final WorkFiles work;
    private final PlanStep planning;
    private final SessionStep sessions;
    private final OktaUsers oktaUsers;
    private final Snapshots snapshots;
    private final StateUpdates states;
    private final SnapshotOrder snapshotOrder;
    private final Turns turns;
    private final ImportOrder order;
    private final WaitingLine line;
    private final Closing closing;
    private final Journal journal;

    FileRunner(
            SourceFiles files,
            WorkFiles work,
            PlanStep planning,
            SessionStep sessions,
            OktaUsers oktaUsers,
            Snapshots snapshots,
            StateUpdates states,
            SnapshotOrder snapshotOrder,
            Turns turns,
            ImportOrder order,
            WaitingLine line,
            Closing closing,
            Journal journal) {
        this.files = files;
        this.work = work;
        this.planning = planning;
        this.sessions = sessions;
        this.oktaUsers = oktaUsers;
        this.snapshots = snapshots;
        this.states = states;
        this.snapshotOrder = snapshotOrder;
        this.turns = turns;
        this.order = order;
        this.line = line;
        this.closing = closing;
        this.journal = journal;
    }

    /**
     * Executes an errand.
     *
     * @return the resulting report: at rest, or ended
     * @throws ProblemException when it could not be done; the report contains the reason, if it could be written
     */
    FileReport run(Claim claim, Errand errand, Deadline deadline) {
        Run run = new Run(claim, errand, deadline);
        try {
            run.all();
        } catch (IOException | RuntimeException | Error e) {
            run.failed(e);
        }
        return claim.report();
    }

    private final class Run {
        private final Claim claim;
        private final Errand errand;
        private final Deadline deadline;
        private final JournalEntry entry = new JournalEntry();
        private PreparedSessions prepared;
        private Found found = Found.NOTHING;
        /** Whether the file's key or metadata makes it a preview, which doesn't wait for other files, nor they for it. */
        private boolean preview;
        /** Until when Okta is asked after the sessions are in it. */
        private Deadline patience;

        Run(Claim claim, Errand errand, Deadline deadline) {
            this.claim = claim;
            this.errand = errand;
            this.deadline = deadline;
            this.patience = deadline;
            this.prepared = errand instanceof Errand.Whole
                    ? new HeldSession()
                    : new StoredSessions(work, claim.report().importId(), Optional.empty(), deadline);
        }

        private FileReport report() {
            return claim.report();
        }

        void all() throws IOException {
            if (errand instanceof Errand.Plan) {
                work.remember(report().importId(), report().source(), deadline);
            }
            Next next = FilePolicy.next(report(), errand, found);
            while (isMore(next)) {
                next = FilePolicy.next(report(), errand, found);
            }
        }

        /** Does it; false when the errand is done with it. */
        private boolean isMore(Next next) throws IOException {
            if (next instanceof Next.Refuse refuse) {
                throw refuse.problem().exception();
            }
            if (next instanceof Next.End end) {
                planning.letExpire(report(), deadline);
                order.atEnd(report(), end, deadline);
                if (end.state() == FileState.UNCONFIRMED) {
                    states.unconfirmed(report(), deadline);
                }
                closing.end(claim, end, entry, deadline);
                return false;
            }
            if (next instanceof Next.Tell) {
                closing.tell(claim, entry, deadline);
                return false;
            }
            if (next instanceof Next.Rest) {
                rest();
                return false;
            }
            found = done(next);
            return true;
        }

        private Found done(Next next) throws IOException {
            if (next instanceof Next.Ask question) {
                return ask(question.fact());
            }
            if (next instanceof Next.Settle left) {
                sessions.settle(claim, left.number(), left.closing(), deadline);
                return found.settled(left.number());
            }
            if (next instanceof Next.Read) {
                return read();
            }
            if (next instanceof Next.Send send) {
                sessions.send(claim, send.number(), prepared, entry, deadline);
                return found;
            }
            if (next instanceof Next.Learn) {
                learn();
                return found.did(Fact.LEARNED);
            }
            if (next instanceof Next.Follow) {
                follow();
                return found.did(Fact.FOLLOWED);
            }
            if (!(errand instanceof Errand.Whole)) {
                patience = deadline.within(deadline.left().dividedBy(2));
            }
            claim.change(report -> oktaUsers.look(report, prepared, patience));
            return found.did(Fact.LOOKED);
        }

        private Found ask(Fact fact) throws IOException {
            return switch (fact) {
                case NEWER_VERSION -> found.with(fact, files.isSuperseded(report().source(), deadline));
                case NEWER_SNAPSHOT -> found.with(fact, snapshotOrder.isOvertaken(report(), deadline));
                case EXPIRED -> found.with(fact, ReviewPolicy.isExpired(report(), Instant.now()));
                case STATE -> found.with(fact, snapshots.isThere(report().importId(), report().app(), deadline));
                default -> found.missing(work.firstMissing(report(), snapshots, deadline));
            };
        }

        private Found read() throws IOException {
            Optional<SourceFile> file = report().hasBegun()
                    ? Optional.of(files.open(report().source(), deadline))
                    : files.find(report().source(), this::seen, deadline);
            if (file.isEmpty()) {
                return found.did(Fact.NEWER_VERSION);
            }
            boolean whole = errand instanceof Errand.Whole;
            if (!whole) {
                prepared = new StoredSessions(
                        work, report().importId(), Optional.of(file.get().head()), deadline);
            }
            Importer.FileSize size = whole ? Importer.FileSize.ONE_SESSION : Importer.FileSize.MANY_SESSIONS;
            Fact planned = planning.plan(claim, file.get(), prepared, size, entry, deadline);
            if (planned != Fact.READ) {
                return found.did(planned);
            }
            if (!whole && (report().isDryRun() || report().sessions().isEmpty())) {
                prepared.forget(report().sessions().size());
            } else if (!whole) {
                claim.change(report -> report.withState(FileState.PLANNED));
            }
            return found.did(Fact.READ);
        }

        private void seen(FileSettings beside, ObjectHead head) {
            preview = beside.dryRun();
            claim.change(report -> report.withKnown(report.known()
                    .putAt(head.lastModified())
                    .naming(beside.defaults().applicationId(), beside.defaults().operation())));
        }

        /** A step that was cut off after a session's start may not have been recorded in the state. */
        private void learn() throws IOException {
            for (FileSession session : report().sessions()) {
                if (!(errand instanceof Errand.Send send) || send.number() == session.number()) {
                    states.afterStart(report(), session.number(), deadline);
                }
            }
            states.afterLooks(report(), deadline);
        }

        private void follow() throws IOException {
            patience = SessionStep.patience(deadline);
            sessions.follow(claim, patience);
            states.afterLook(report(), 1, deadline);
        }

        private void rest() throws IOException {
            if (report().stopped().isPresent()) {
                closing.await(claim, deadline);
                return;
            }
            // What kept earlier attempts from it doesn't matter any more.
            claim.change(report ->
                    report.withProblem(Optional.empty()).withHold(report.hold().released()));
            claim.save(deadline);
            if (errand instanceof Errand.Send send) {
                journal.progress(Progress.of(report(), send.number()));
            } else {
                if (report().callerSession().isEmpty() && !claim.isInLine()) {
                    turns.keepPlace(report().app(), claim, deadline);
                }
                journal.progress(Progress.planned(report()));
            }
        }

        /** Records the failure, and throws it unless the import has ended with it and no one else has to be notified. */
        void failed(Throwable cause) {
            Problem met = FileProblems.of(cause);
            Problem problem = FileProblems.withAccount(met, report());
            FailurePolicy.Response failure = FailurePolicy.to(report(), errand, met, claim.isLost());
            if (failure != FailurePolicy.Response.FAIL && !preview) {
                line.keepPlace(claim, errand, met, deadline);
            }
            switch (failure) {
                case RETRY -> {
                    claim.change(report -> report.withState(FileState.RETRY));
                    closing.release(claim, problem, deadline);
                }
                case RELEASE -> closing.release(claim, problem, deadline);
                case FAIL -> fail(problem);
            }
            if (cause instanceof VirtualMachineError fatal) {
                // The process must end, now that everything is recorded.
                throw fatal;
            }
            if (!(errand instanceof Errand.Whole) || !report().state().isOver()) {
                throw problem.exception();
            }
        }

        private void fail(Problem problem) {
            try {
                planning.letExpire(report(), deadline);
                closing.end(claim, Next.End.failed(problem), entry, deadline);
            } catch (S3Failure | RuntimeException e) {
                // It would go unnoticed: another attempt has to end it.
                claim.change(report -> report.withState(FileState.RETRY).unfinished());
                LOG.warnf(
                        "the report of %s can't be written: %s",
                        report().source().place(), FileProblems.of(e).detail());
            }
        }
    }
}
