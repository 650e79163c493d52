package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.DecisionSettings;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.plan.GuardKind;
import dev.bulkuserimport.plan.ImportOptions;
import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanSummary;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.snapshot.ChangeList;
import dev.bulkuserimport.state.SnapshotOrder;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.state.StateUpdates;
import dev.bulkuserimport.upload.Importer;
import dev.bulkuserimport.upload.ReadImport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first step: reads and checks a whole file, and splits it into sessions that are ready to be sent. */
@Singleton
class PlanStep {

    private final Importer importer;
    private final Snapshots snapshots;
    private final StateUpdates states;
    private final PlanningTurn turn;
    private final ReportAttachments attachments;
    private final Settings settings;
    private final FileExpiry expiry;
    private final SnapshotOrder snapshotOrder;
    private final ImportOrder order;

    PlanStep(
            Importer importer,
            Snapshots snapshots,
            StateUpdates states,
            PlanningTurn turn,
            ReportAttachments attachments,
            Settings settings,
            FileExpiry expiry,
            SnapshotOrder snapshotOrder,
            ImportOrder order) {
        this.order = order;
        this.snapshotOrder = snapshotOrder;
        this.expiry = expiry;
        this.importer = importer;
        this.snapshots = snapshots;
        this.states = states;
        this.turn = turn;
        this.attachments = attachments;
        this.settings = settings;
    }

    /**
     * Adds the file's content and the sessions that it needs to the report.
     *
     * @param prepared receives the sessions
     * @return that it was read, or why it isn't imported: a newer one of the application was, so that this one would bring back the past
     * @throws dev.bulkuserimport.problem.ProblemException when the file is refused; the report then contains its rejected records
     */
    Found.Fact plan(
            Claim claim,
            SourceFile file,
            PreparedSessions prepared,
            Importer.FileSize size,
            JournalEntry entry,
            Deadline deadline)
            throws IOException {
        expiry.mark(file.object(), false, deadline);
        claim.change(report -> report.withKnown(report.known().mappedBy(file.mapping())));
        boolean appIsKnown = claim.report().application().isPresent();
        if (appIsKnown) {
            noteLostMapping(claim, deadline);
        }
        PlannedSessions sessions =
                new PlannedSessions(claim, file, prepared, snapshots, states, turn, attachments, settings, deadline);
        boolean callers = file.settings().defaults().sessionId().isPresent();
        ReadImport read;
        try {
            read = importer.read(
                    file.content().records(),
                    sessions,
                    callers ? Importer.FileSize.ONE_SESSION : size,
                    entry,
                    deadline);
        } catch (PlanningTurn.Superseded e) {
            return e.why();
        }
        expiry.mark(file.object(), true, deadline);
        ImportOptions options = read.options();
        PlanSummary summary = read.outcome().summary();
        ReadFile said =
                ReadFile.of(options, summary, read.notes(), file.settings().dryRun());
        claim.change(report -> report.withKnown(report.known()
                .naming(Optional.of(options.applicationId()), Optional.of(options.operation()))
                .read(said, summary.rejections().bounded())));
        if (!appIsKnown) {
            noteLostMapping(claim, deadline);
        }
        entry.dryRun(said.dryRun());
        PlanNotes.of(said, summary, sessions.uncompared(), sessions.guards(options.operation()))
                .forEach(sessions::note);
        if (read.outcome() instanceof PlanOutcome.Refused refused) {
            throw sessions.refuse(refused.problem());
        }
        if (said.records() == 0) {
            throw sessions.refuse(Problem.invalidRequest(
                    "users", "is empty: the file contains no users; an empty export is a failed export"));
        }
        if (said.callerSession().isPresent() && sessions.planned().size() > 1) {
            throw sessions.refuse(tooLarge(said));
        }
        if (stops(claim, file, read.outcome(), sessions, deadline)) {
            return Found.Fact.READ;
        }
        List<FileSession> before = claim.report().sessions();
        Optional<FileSession> other = before.stream()
                .filter(FileSession::isSent)
                .filter(session -> !isCutAsBefore(session, sessions.planned()))
                .findFirst();
        if (other.isPresent()) {
            throw sessions.refuse(FileProblems.dividedOtherwise(other.get()));
        }
        claim.change(report -> report.withSessions(merged(before, sessions.planned())));
        sessions.finish(said.dryRun());
        return Found.Fact.READ;
    }

    /** Without its mapping, a file brings back the leavers that the mapping deactivates, and the people whom it skips. */
    private void noteLostMapping(Claim claim, Deadline deadline) throws IOException {
        if (claim.report().known().mapping().isPresent()) {
            return;
        }
        Optional<String> former =
                order.formerMapping(claim.report(), claim.report().app(), deadline);
        former.ifPresent(key -> claim.change(report -> report.noting("No mapping was found for this file, although"
                + " files in its folder were imported with " + key
                + " before: unless it contains one itself, it was read by its own column names, without rules for leavers. If"
                + " the mapping was removed by mistake, put it back and upload the file again.")));
    }

    /** Whether a person has to decide about the plan: a guard stops it, or it isn't the one that was approved. */
    private boolean stops(
            Claim claim, SourceFile file, PlanOutcome outcome, PlannedSessions sessions, Deadline deadline)
            throws IOException {
        Optional<String> hash = sessions.hash();
        Optional<Problem> stop =
                outcome instanceof PlanOutcome.Stopped guarded ? Optional.of(guarded.problem()) : Optional.empty();
        FileReport report = claim.report();
        if (hash.isEmpty() || !ReviewPolicy.needsDecision(report, hash.get(), stop.isPresent())) {
            return false;
        }
        Problem guard = ReviewPolicy.reason(stop, outcome.summary());
        if (report.isDryRun() || report.hasBegun()) {
            throw sessions.refuse(guard);
        }
        if (report.review().filter(Review::isApproved).isPresent()) {
            sessions.note(
                    "The approved plan is not what would be sent now. This is a different plan, which needs another"
                            + " decision.");
        }
        Instant now = Instant.now();
        DecisionSettings decisions = settings.decisions();
        Review.Desk desk = new Review.Desk(decisions.function(), decisions.url());
        sessions.stop(changes -> new Review(
                hash.get(),
                guard,
                file.origin(),
                now,
                now.plus(Duration.ofDays(decisions.days())),
                changes.first(counted(guard)),
                desk,
                Optional.empty()));
        if (report.operation().filter(ImportOperation.SNAPSHOT::equals).isPresent()) {
            snapshotOrder.add(report.importId().reportBucket(), report.app(), file.origin(), deadline);
        }
        return true;
    }

    /** The people counted by a guard. */
    private static Set<ChangeList.Change> counted(Problem guard) {
        return GuardKind.of(guard)
                .map(kind -> switch (kind) {
                    case DEACTIVATIONS -> EnumSet.of(ChangeList.Change.GONE, ChangeList.Change.DEACTIVATED);
                    case CHANGES -> EnumSet.of(ChangeList.Change.CHANGED);
                    case RETURNS -> EnumSet.of(ChangeList.Change.RETURNED);
                    case GROUP_REMOVALS -> EnumSet.of(ChangeList.Change.LEFT);
                })
                .orElse(EnumSet.allOf(ChangeList.Change.class));
    }

    /** Marks a file that ends before it was read; all others are marked by then. */
    void letExpire(FileReport report, Deadline deadline) {
        if (report.file().isEmpty()) {
            expiry.mark(report.source(), false, deadline);
        }
    }

    /** Whether a session that was sent would be sent with the same content now. */
    private static boolean isCutAsBefore(FileSession session, List<FileSession> now) {
        return session.number() <= now.size() && session.isCutLike(now.get(session.number() - 1));
    }

    /** An earlier attempt's leftovers in Okta belong to the same sessions. */
    private static List<FileSession> merged(List<FileSession> before, List<FileSession> now) {
        return now.stream()
                .map(session -> session.number() <= before.size()
                        ? session.with(before.get(session.number() - 1).life())
                        : session)
                .toList();
    }

    private static Problem tooLarge(ReadFile file) {
        return Problem.of(
                        ProblemType.SESSION_LIMIT_EXCEEDED,
                        "The file names the session " + file.callerSession().orElseThrow() + " and holds "
                                + file.users()
                                + " users, more than a session can have (" + OktaLimits.USERS_PER_SESSION
                                + "). Omit the session ID: then the file gets as many sessions as it needs. Nothing was"
                                + " sent.")
                .with("users", file.users())
                .with("maxUsers", OktaLimits.USERS_PER_SESSION);
    }
}
