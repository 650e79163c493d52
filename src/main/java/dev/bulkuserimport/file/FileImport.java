package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.Compared;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.FileSummary;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReadFile;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.SessionEntry;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The import of a file in four steps, for a state machine that calls one after the other: plan it, import each session, follow it to its
 * end, finish. Each step may be repeated, killed and repeated, and sends nobody twice.
 */
@Singleton
public class FileImport {

    private final Claims claims;
    private final SourceFiles files;
    private final WorkFiles work;
    private final PlanStep planning;
    private final SessionStep sessions;
    private final Closing closing;
    private final Turns turns;
    private final Snapshots snapshots;
    private final Journal journal;

    FileImport(
            Claims claims,
            SourceFiles files,
            WorkFiles work,
            PlanStep planning,
            SessionStep sessions,
            Closing closing,
            Turns turns,
            Snapshots snapshots,
            Journal journal) {
        this.claims = claims;
        this.files = files;
        this.work = work;
        this.planning = planning;
        this.sessions = sessions;
        this.closing = closing;
        this.turns = turns;
        this.snapshots = snapshots;
        this.journal = journal;
    }

    /**
     * Reads and checks all of a file and prepares its sessions.
     *
     * @throws ProblemException when the file is refused, which its report says by then, or can't be read now
     */
    public FilePlan planFile(ObjectVersion named, Deadline deadline) {
        if (SourceFiles.isNoImport(named.key())) {
            return FilePlan.ignored();
        }
        try {
            ObjectVersion object = files.identified(named, deadline);
            Claims.Answer answer = claims.take(object, Claims.Driver.STATE_MACHINE, deadline);
            if (answer instanceof Claims.Answer.Mine mine) {
                return plan(mine.claim(), deadline);
            }
            return FilePlan.of(((Claims.Answer.Others) answer).report(), claims.place(object));
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    private FilePlan plan(Claim claim, Deadline deadline) {
        JournalEntry entry = new JournalEntry();
        Report report = claim.report();
        try {
            work.remember(report.importId(), report.source(), deadline);
            if (report.hasBegun() && snapshots.isOvertaken(report, deadline)) {
                closing.overtaken(claim, entry, deadline);
                return FilePlan.of(report, claim.place());
            }
            if (!isPrepared(report, deadline)) {
                Optional<SourceFile> file = files.find(
                        report.source(), told -> report.beside(told.applicationId(), told.operation()), deadline);
                if (file.isEmpty()) {
                    closing.superseded(claim, entry, deadline);
                    return FilePlan.of(report, claim.place());
                }
                sessions.takeUp(claim, deadline);
                StoredSessions stored = new StoredSessions(
                        work, report.importId(), Optional.of(file.get().head()), deadline);
                planning.plan(report, file.get(), stored, Importer.FileSize.MANY_SESSIONS, entry, deadline);
                if (report.file().orElseThrow().dryRun() || report.sessions().isEmpty()) {
                    stored.forget(report.sessions().size());
                    closing.finish(claim, Optional.empty(), entry, deadline);
                    return FilePlan.of(report, claim.place());
                }
                report.state(FileState.PLANNED);
            }
            report.released();
            claim.save(deadline);
            turns.keepPlace(report.application().orElseThrow(), report, deadline);
            journal.progress(Progress.planned(report));
            return FilePlan.of(report, claim.place());
        } catch (SupersededException e) {
            return superseded(claim, e, entry, deadline);
        } catch (IOException | RuntimeException | Error e) {
            throw closing.afterPlanning(claim, e, entry, deadline);
        }
    }

    private FilePlan superseded(Claim claim, SupersededException newer, JournalEntry entry, Deadline deadline) {
        try {
            closing.superseded(claim, newer, entry, deadline);
            return FilePlan.of(claim.report(), claim.place());
        } catch (S3Failure e) {
            throw closing.afterPlanning(claim, e, entry, deadline);
        }
    }

    /** Whether an earlier attempt has planned the file, and all that remains of it is there. */
    private boolean isPrepared(Report report, Deadline deadline) throws IOException {
        if (report.sessions().isEmpty() || report.file().isEmpty()) {
            return false;
        }
        for (SessionEntry session : report.sessions()) {
            if (!session.state().isSent()
                    && !(work.has(report.importId(), session.number(), deadline)
                            && snapshots.isKept(report, session.number(), deadline))) {
                refuseAnotherCut(report, session.number());
                return false;
            }
        }
        return true;
    }

    /** Held against a state that some of its sessions have changed, a file would be cut in another way. */
    private static void refuseAnotherCut(Report report, int number) {
        boolean cutByState = report.compared().flatMap(Compared::origin).isPresent();
        if (cutByState
                && report.sessions().stream()
                        .anyMatch(session -> session.state().isSent() || session.state() == SessionState.STARTING)) {
            throw WorkFiles.gone(report.importId(), number);
        }
    }

    /**
     * Creates, loads and starts one session of a planned file.
     *
     * @param number the session's, from 1
     * @throws ProblemException when it could not; {@code session-conflict} when another import is first
     */
    public SessionImport importSession(ImportId importId, int number, Deadline deadline) {
        return held(importId, number, deadline, claim -> {
            Report report = claim.report();
            JournalEntry entry = new JournalEntry();
            try {
                boolean sent = report.session(number).orElseThrow().state().isSent();
                if (!report.hasBegun() && files.isSuperseded(report.source(), deadline)) {
                    closing.superseded(claim, entry, deadline);
                } else if (!sent && snapshots.isOvertaken(report, deadline)) {
                    closing.overtaken(claim, entry, deadline);
                } else {
                    sessions.send(
                            claim,
                            number,
                            new StoredSessions(work, importId, Optional.empty(), deadline),
                            entry,
                            deadline);
                    snapshots.afterStart(report, number, deadline);
                    report.problem(Optional.empty());
                    report.released();
                    claim.save(deadline);
                    journal.progress(Progress.of(report, number));
                }
                return imported(report, number);
            } catch (IOException | RuntimeException | Error e) {
                throw closing.released(claim, e, deadline);
            }
        });
    }

    private static SessionImport imported(Report report, int number) {
        SessionEntry session = report.session(number).orElseThrow();
        return new SessionImport(
                report.importId(), number, session.sessionId(), session.recordsImported(), session.state());
    }

    @FunctionalInterface
    private interface HeldStep {
        SessionImport run(Claim claim);
    }

    private SessionImport held(ImportId importId, int number, Deadline deadline, HeldStep step) {
        try {
            ObjectVersion object = known(importId, deadline);
            Claims.Answer answer = claims.takeUp(object, Claims.Driver.STATE_MACHINE, deadline);
            if (answer instanceof Claims.Answer.Mine mine) {
                if (mine.claim().report().session(number).isEmpty()) {
                    throw closing.released(mine.claim(), noSession(importId, number), deadline);
                }
                return step.run(mine.claim());
            }
            if (answer instanceof Claims.Answer.Others others
                    && others.report().session(number).isPresent()
                    && others.report().state() != FileState.FAILED) {
                return imported(others.report(), number);
            }
            throw noSession(importId, number);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    /** Asks Okta once how far it is with a session that was started. */
    public SessionFollow followSession(ImportId importId, int number, Deadline deadline) {
        try {
            ObjectVersion object = known(importId, deadline);
            for (int attempt = 1; ; attempt++) {
                Claim claim = claims.look(object, deadline).orElseThrow(() -> noSession(importId, number));
                Optional<SessionFollow> followed = follow(claim, number, attempt == FOLLOW_ATTEMPTS, deadline);
                if (followed.isPresent()) {
                    return followed.get();
                }
            }
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    /** Sightings that are lost to somebody else's change of the report, at most. */
    private static final int FOLLOW_ATTEMPTS = 5;

    /** Empty when somebody else has changed the report meanwhile, and another look is to be taken. */
    private Optional<SessionFollow> follow(Claim claim, int number, boolean last, Deadline deadline) throws S3Failure {
        Report report = claim.report();
        SessionEntry before = report.session(number).orElseThrow(() -> noSession(report.importId(), number));
        if (before.state() == SessionState.SUPERSEDED) {
            return Optional.of(new SessionFollow(report.importId(), number, "", SessionState.SUPERSEDED.name(), true));
        }
        String id = before.sessionId().orElse("");
        boolean callers = report.file().flatMap(ReadFile::callerSession).isPresent();
        if (before.state() == SessionState.DONE || before.state() == SessionState.BROKEN) {
            learn(report, number, deadline);
            return Optional.of(new SessionFollow(
                    report.importId(), number, id, before.status().orElse(""), true));
        }
        if (before.state() != SessionState.STARTED) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Session " + number + " of this file has not been imported yet: importSession comes before"
                                    + " followSession.")
                    .exception();
        }
        SessionEntry after = sessions.look(report, number, deadline);
        boolean done = after.state() != SessionState.STARTED || callers;
        boolean changed = !after.status().equals(before.status()) || after.state() != before.state();
        if (changed && !report.state().isOver() && !claim.trySave(deadline) && !last) {
            return Optional.empty();
        }
        learn(report, number, deadline);
        if (!done) {
            turns.keepPlace(report.file().orElseThrow().applicationId(), report, deadline);
        }
        return Optional.of(
                new SessionFollow(report.importId(), number, id, after.status().orElse(""), done));
    }

    private void learn(Report report, int number, Deadline deadline) throws S3Failure {
        try {
            snapshots.afterLook(report, number, deadline);
        } catch (S3Failure e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes a file's import, its report and its page.
     *
     * @param error what ended the state machine's last step; empty when nothing failed
     */
    public FileSummary finishFile(ImportId importId, Optional<StepError> error, Deadline deadline) {
        try {
            return finish(known(importId, deadline), error, deadline);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    /** The same for a file whose planning failed, so that nobody has its id. */
    public FileSummary finishFile(ObjectVersion named, Optional<StepError> error, Deadline deadline) {
        if (SourceFiles.isNoImport(named.key())) {
            return FileSummary.ignored();
        }
        try {
            return finish(files.identified(named, deadline), error, deadline);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    private FileSummary finish(ObjectVersion object, Optional<StepError> error, Deadline deadline) throws S3Failure {
        Claims.Answer answer = error.isEmpty()
                ? claims.takeUp(object, Claims.Driver.CLOSER, deadline)
                : claims.take(object, Claims.Driver.CLOSER, deadline);
        if (answer instanceof Claims.Answer.Others others) {
            closing.tidyAgain(others.report(), deadline);
            return FileSummary.of(others.report(), claims.place(object));
        }
        if (!(answer instanceof Claims.Answer.Mine mine)) {
            throw unknown().exception();
        }
        Claim claim = mine.claim();
        JournalEntry entry = new JournalEntry();
        try {
            closing.end(claim, error, entry, deadline);
            return FileSummary.of(claim.report(), claim.place());
        } catch (IOException | RuntimeException | Error e) {
            throw closing.released(claim, e, deadline);
        }
    }

    private ObjectVersion known(ImportId importId, Deadline deadline) throws S3Failure {
        return work.find(importId, deadline).orElseThrow(() -> unknown().exception());
    }

    private static Problem unknown() {
        return Problem.invalidRequest(
                List.of(new FieldError("importId", "names no import that was planned: planFile comes first")));
    }

    private static ProblemException noSession(ImportId importId, int number) {
        return Problem.invalidRequest(List.of(new FieldError(
                        "number", number + " is no session of the import " + importId + " that remains to be done")))
                .exception();
    }
}
