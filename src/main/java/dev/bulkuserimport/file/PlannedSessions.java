package dev.bulkuserimport.file;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.plan.Comparison;
import dev.bulkuserimport.plan.Guards;
import dev.bulkuserimport.plan.PlanHash;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.report.Compared;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.RequestSizes;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.snapshot.ChangeList;
import dev.bulkuserimport.snapshot.ListedLeavers;
import dev.bulkuserimport.snapshot.SnapshotTerms;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.state.StateUpdates;
import dev.bulkuserimport.upload.Importer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records each session as it is planned, and its changes to the application's state. */
final class PlannedSessions implements Importer.FileSessions {
    private final Claim claim;
    private final SourceFile file;
    private final PreparedSessions prepared;
    private final Snapshots snapshots;
    private final StateUpdates states;
    private final PlanningTurn turn;
    private final ReportAttachments attachments;
    private final Settings settings;
    private final Deadline deadline;
    private final List<FileSession> planned = new ArrayList<>();
    private RequestSizes sizes = new RequestSizes();
    private Optional<Snapshots.Opened> opened = Optional.empty();
    private Optional<StateManifest.Origin> origin = Optional.empty();
    /** Of a file that may wait for a decision. */
    private Optional<PlanHash> hash = Optional.empty();

    private ListedLeavers leavers = new ListedLeavers();

    PlannedSessions(
            Claim claim,
            SourceFile file,
            PreparedSessions prepared,
            Snapshots snapshots,
            StateUpdates states,
            PlanningTurn turn,
            ReportAttachments attachments,
            Settings settings,
            Deadline deadline) {
        this.snapshots = snapshots;
        this.states = states;
        this.turn = turn;
        this.attachments = attachments;
        this.settings = settings;
        this.claim = claim;
        this.file = file;
        this.prepared = prepared;
        this.deadline = deadline;
    }

    /** The sessions that the file needs. */
    List<FileSession> planned() {
        return planned;
    }

    @Override
    public void begin(Preface preface) throws IOException {
        planned.clear();
        sizes = new RequestSizes();
        leavers = new ListedLeavers();
        hash = mayWait(preface) ? Optional.of(new PlanHash()) : Optional.empty();
        claim.change(report ->
                report.withKnown(report.known().naming(preface.applicationId(), Optional.of(preface.operation()))));
        boolean snapshot = preface.operation() == ImportOperation.SNAPSHOT;
        boolean callers = preface.sessionId().isPresent();
        origin = Optional.empty();
        opened = Optional.empty();
        if (snapshot && callers) {
            throw Problem.invalidRequest(
                            file.settings().defaults().sessionId().isPresent() ? "session-id" : "sessionId",
                            "can't be specified for a snapshot, which gets as many sessions as it needs")
                    .exception();
        }
        if (snapshot) {
            PartName.requireWhole(file);
        }
        Optional<String> lineOf = preface.applicationId().filter(id -> !callers);
        turn.leaveOther(claim, lineOf, deadline);
        if (lineOf.isEmpty()) {
            return;
        }
        String app = lineOf.get();
        boolean dryRun = file.settings().dryRun() || preface.dryRun();
        if (snapshot) {
            origin = Optional.of(file.origin());
        }
        turn.take(claim, app, preface.operation(), dryRun, deadline);
        SnapshotTerms terms = new SnapshotTerms(
                file.settings().waivers(), settings.leaverGrace(), file.origin().time(), Optional.empty());
        opened = snapshots.open(
                report().importId(),
                app,
                preface.operation(),
                // What may wait is planned to its end first, and guarded then.
                mayWait() ? Guards.NONE : guardsOfFile(preface.operation()),
                terms,
                deadline);
        // Stored before anything is read: without the key, nothing that is created with it counts.
        if (snapshot && !dryRun && !snapshots.keepKey(report().importId(), app, opened.orElseThrow(), deadline)) {
            throw FileProblems.plannedAtOnce(app).exception();
        }
    }

    /** Only the state machine waits. What waits already is decided about whatever the settings say now. */
    private boolean mayWait(Preface preface) {
        return report().hold().stepped()
                && !file.settings().dryRun()
                && !preface.dryRun()
                && (settings.decisions().days() > 0 || report().review().isPresent());
    }

    @Override
    public Comparison comparison() {
        return opened.<Comparison>map(Snapshots.Opened::comparison).orElse(mayWait() ? leavers : Comparison.NONE);
    }

    /** If there is a state, the comparison has already checked the guards, including changes and percentages. */
    @Override
    public Guards guards(ImportOperation operation) {
        return opened.isPresent() && !mayWait() ? Guards.NONE : guardsOfFile(operation);
    }

    @Override
    public boolean mayWait() {
        return hash.isPresent();
    }

    private Guards guardsOfFile(ImportOperation operation) {
        return Guards.ofFile(
                operation,
                file.settings().limits(),
                new Guards.Limits(
                        settings.maxDeactivations(),
                        settings.maxChanges(),
                        settings.maxReturns(),
                        settings.maxGroupRemovals()));
    }

    @Override
    public void session(SessionPlan plan) throws IOException {
        sizes.add(plan);
        hash.ifPresent(sum -> sum.add(plan));
        Optional<String> seal = prepared.keep(plan);
        if (opened.isPresent()) {
            snapshots.keep(
                    report().importId(),
                    app(),
                    plan.number(),
                    opened.get().comparison().changes().take(plan),
                    deadline);
        }
        planned.add(FileSession.planned(plan, seal));
    }

    /** The file is planned: adds its changes to the state to the report. */
    void finish(boolean dryRun) throws IOException {
        takeNote();
        if (dryRun) {
            claim.change(report -> report.withKnown(report.known().withSizes(sizes)));
            forget();
            return;
        }
        if (opened.isEmpty()) {
            return;
        }
        reserveNames();
        ByteChunks learned = opened.get().comparison().learned();
        if (learned.size() > 0) {
            snapshots.keepLearned(report().importId(), app(), learned, deadline);
        }
        if (planned.isEmpty() && origin.isPresent()) {
            states.unchanged(report().importId(), app(), report().compared().orElseThrow(), deadline);
        }
    }

    /** Two files planned at the same time may both add new properties. */
    private void reserveNames() throws IOException {
        Snapshots.Opened state = opened.orElseThrow();
        boolean agreed = state.manifest().isEmpty()
                || snapshots.reserve(report().importId(), app(), state.names().all(), deadline);
        if (!agreed) {
            throw refuse(FileProblems.plannedAtOnce(app()));
        }
    }

    private void takeNote() {
        claim.change(report -> report.withKnown(report.known().withCompared(opened.map(this::compared))));
        if (origin.isEmpty() || opened.isEmpty()) {
            return;
        }
        attachments.changes(claim, file, opened.get().comparison().changeList(), deadline);
        PlanNotes.of(opened.get().comparison().counts()).forEach(this::note);
    }

    /** Why the file isn't compared with a state, as the beginning of a sentence; empty if it is. */
    Optional<String> uncompared() {
        if (opened.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                report().callerSession().isPresent()
                        ? "A file that names its session isn't compared with the application's state"
                        : "The application has no state");
    }

    RuntimeException refuse(Problem problem) throws IOException {
        takeNote();
        undo();
        return problem.exception();
    }

    /** The hash of all that would be sent; empty for a file that can't wait for a decision. */
    Optional<String> hash() {
        return hash.map(sum -> sum.of(app()));
    }

    /** A person has to decide: nothing of the plan is kept but what they need for it. */
    void stop(Function<ChangeList, Review> review) throws IOException {
        takeNote();
        ChangeList changes =
                opened.map(state -> state.comparison().changeList()).orElse(leavers.changeList());
        if (origin.isEmpty()) {
            attachments.changes(claim, file, changes, deadline);
        }
        undo();
        claim.change(report -> report.withKnown(report.known().withReview(review.apply(changes))));
    }

    /** What an earlier attempt has begun stays in the report: only there is its ID, and what became of it. */
    private void undo() throws IOException {
        if (!report().hasBegun()) {
            claim.change(report -> report.withSessions(List.of()));
        }
        prepared.forget(planned.size());
        forget();
    }

    /** What a session of an earlier attempt made of the state is a part of it. */
    private void forget() throws IOException {
        for (FileSession session : planned) {
            boolean begun = report().session(session.number())
                    .filter(earlier -> !(earlier.life() instanceof SessionLife.Planned))
                    .isPresent();
            boolean isPart = opened.flatMap(Snapshots.Opened::manifest)
                    .filter(state -> state.hasPart(report().importId().toString(), session.number()))
                    .isPresent();
            if (opened.isPresent() && !begun && !isPart) {
                snapshots.forget(report().importId(), app(), session.number(), deadline);
            }
        }
    }

    private FileReport report() {
        return claim.report();
    }

    void note(String sentence) {
        claim.change(report -> report.noting(sentence));
    }

    private Compared compared(Snapshots.Opened state) {
        return new Compared(
                origin.map(at -> state.comparison().counts()),
                new Compared.Learns(
                        state.names().all(),
                        origin.map(at -> new StateManifest.LastSnapshot(
                                at, state.comparison().shape())),
                        state.comparison().learned().size() > 0));
    }

    private String app() {
        return report().app();
    }
}
