package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.report.Successor;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.StateUpdates;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Releases a claim, finally or for another attempt. The attempt that ends an import writes its log line. */
@Singleton
class Closing {

    private static final Logger LOG = Logger.getLogger(Closing.class);

    /** An attempt that runs out of time records that in its report; the page is a convenience. */
    private static final Duration TIME_FOR_A_PAGE = Duration.ofMillis(500);

    private final ReportAttachments attachments;
    private final WorkFiles work;
    private final Turns turns;
    private final StateUpdates states;
    private final Journal journal;

    Closing(ReportAttachments attachments, WorkFiles work, Turns turns, StateUpdates states, Journal journal) {
        this.attachments = attachments;
        this.work = work;
        this.turns = turns;
        this.states = states;
        this.journal = journal;
    }

    /** Ends the import: first in the report, then in the log. */
    void end(Claim claim, Next.End end, JournalEntry entry, Deadline deadline) throws S3Failure {
        claim.change(report -> ended(report, end).finished(end.state(), Instant.now()));
        attachments.write(claim, deadline);
        claim.save(deadline);
        tell(claim, entry, deadline);
    }

    /**
     * Writes an ended import to the log and releases its report. If the attempt that ended it was killed before that, the next one does it:
     * so the log may contain an import twice, but never not at all.
     */
    void tell(Claim claim, JournalEntry entry, Deadline deadline) {
        write(claim.report(), entry);
        claim.change(report -> report.withHold(report.hold().released()));
        try {
            claim.trySave(deadline);
        } catch (S3Failure e) {
            LOG.warnf(
                    "the report of %s is left held: %s", claim.report().source().place(), e.getMessage());
        }
        tidy(claim.report(), claim.isInLine(), deadline);
    }

    /**
     * A guard has stopped the file, and a person has to decide: records this in the report and gives up the file's place in the queue, so
     * that it doesn't block others.
     */
    void await(Claim claim, Deadline deadline) throws S3Failure {
        claim.change(report -> report.withState(FileState.WAITING)
                .withProblem(report.review().map(Review::problem))
                .withHold(report.hold().released()));
        attachments.write(claim, deadline);
        claim.save(deadline);
        leave(claim.report(), true, deadline);
        journal.decisionNeeded(
                claim.report().importId().toString(), claim.report().app());
    }

    private static FileReport ended(FileReport report, Next.End end) {
        if (end.state() == FileState.SUPERSEDED) {
            FileReport superseded = report.withSessions(report.sessions().stream()
                            .map(session -> session.isSent() || session.life() instanceof SessionLife.Broken
                                    ? session
                                    : session.with(new SessionLife.Superseded()))
                            .toList())
                    // What kept an earlier attempt from it doesn't matter any more.
                    .withProblem(Optional.empty());
            return superseded
                    .withEnding(end.by().map(superseded.ending()::supersededBy).orElse(superseded.ending()))
                    .noting(end.note().orElse("It was superseded")
                            + (report.hasSent() ? ". The rest of it was not sent." : ". Nothing from it was sent."));
        }
        FileReport ended = report.withProblem(end.problem());
        return end.note().map(ended::noting).orElse(ended);
    }

    /** The attempt failed, and another one may succeed: it needn't wait until this one's time is up. */
    void release(Claim claim, Problem problem, Deadline deadline) {
        if (claim.isLost() || claim.report().state().isOver()) {
            return;
        }
        claim.change(report -> report.withProblem(Optional.of(problem)).unfinished());
        if (deadline.leaves(TIME_FOR_A_PAGE)) {
            // Before the claim is let go, for the next attempt may write the page of the end at once.
            attachments.page(claim, deadline);
        }
        try {
            claim.trySave(deadline);
        } catch (S3Failure e) {
            LOG.warnf(
                    "the claim of %s is left to its time limit: %s",
                    claim.place().place().shown(), e.getMessage());
        }
    }

    private void write(FileReport report, JournalEntry entry) {
        report.application().ifPresent(entry::application);
        report.operation().ifPresent(entry::operation);
        entry.importId(report.importId().toString())
                .dryRun(report.isDryRun())
                .records(report.file().map(ReadFile::records).orElse(0))
                .rejected(report.rejections().records());
        report.onlySession().ifPresent(entry::session);
        entry.imported(report.recordsImported())
                .groups(report.groupsImported(), report.membershipsImported())
                .deactivated(report.deactivated())
                .took(report.effort())
                .begun(report.startedAt());
        switch (report.state()) {
            case COMPLETED -> entry.succeeded();
            case SUPERSEDED -> {
                if (report.ending().supersededBy().equals(Optional.of(Successor.NEWER_FILE))) {
                    entry.outdated();
                } else {
                    entry.superseded();
                }
            }
            case UNCONFIRMED -> entry.unconfirmed();
            default -> report.problem().ifPresent(entry::failed);
        }
        journal.write(entry);
    }

    /** Deletes what an import needed, again: the attempt that ended it may have been killed before that. */
    void tidyAgain(FileReport report, Deadline deadline) {
        if (report.state().isOver()) {
            leave(report, false, deadline);
        }
    }

    /** Nothing depends on it: leftovers are deleted by the lifecycle rule. */
    private void tidy(FileReport report, boolean inLine, Deadline deadline) {
        leave(report, inLine, deadline);
        try {
            boolean sent = report.state() == FileState.COMPLETED || report.state() == FileState.UNCONFIRMED;
            if (report.compared().isPresent() && sent) {
                states.settle(report, deadline);
                states.sweep(report.importId(), report.app(), deadline);
            }
        } catch (IOException | ProblemException e) {
            LOG.warnf(
                    "the state of %s is left as it is: %s",
                    report.application().orElse(""), e.getClass().getSimpleName());
        }
    }

    private void leave(FileReport report, boolean inLine, Deadline deadline) {
        try {
            boolean stepped = report.hold().stepped();
            if (stepped && !report.isResumable()) {
                work.tidy(report.importId(), report.sessions().size(), deadline);
            }
            // A file may take its place in the line before it is read, and be refused before it is.
            if (report.application().isPresent() && (stepped || report.hold().attempts() > 1 || inLine)) {
                turns.leave(report.app(), report, deadline);
            }
        } catch (S3Failure e) {
            LOG.warnf("left behind for the lifecycle rule: %s", e.getMessage());
        }
    }
}
