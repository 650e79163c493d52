package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.FileSummary;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionLife;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.StateUpdates;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The import of a file in four steps, called by the state machine: plan the file, import each session, follow it to its end, finish. Each
 * step may be killed and repeated, and sends no one twice.
 */
@Singleton
public class FileImport {

    /** Sightings that are lost to someone else's change of the report, at most. */
    private static final int FOLLOW_ATTEMPTS = 5;

    /** After that a conflict is the state machine's to repeat, which does so for a day. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** Waiting for a day, an execution has to stay below the 25,000 events of its history; a wait and a look are eleven. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(45);

    private final Claims claims;
    private final SourceFiles files;
    private final WorkFiles work;
    private final FileRunner runner;
    private final SessionStep sessions;
    private final Turns turns;
    private final StateUpdates states;
    private final Closing closing;
    private final SessionPauses pauses;

    FileImport(
            Claims claims,
            SourceFiles files,
            WorkFiles work,
            FileRunner runner,
            SessionStep sessions,
            Turns turns,
            StateUpdates states,
            Closing closing,
            SessionPauses pauses) {
        this.claims = claims;
        this.files = files;
        this.work = work;
        this.runner = runner;
        this.sessions = sessions;
        this.turns = turns;
        this.states = states;
        this.closing = closing;
        this.pauses = pauses;
    }

    /** A step that uses S3. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T step(Step<T> step) {
        try {
            return step.run();
        } catch (S3Failure e) {
            throw e.problem().exception();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads and checks a whole file and prepares its sessions.
     *
     * @throws ProblemException when the file is refused, which is then in its report, or can't be read now
     */
    public FilePlan planFile(ObjectVersion named, Deadline deadline) {
        if (SourceFiles.isNoImport(named.key())) {
            return FilePlan.ignored();
        }
        return step(() -> {
            ObjectVersion object = files.identified(named, deadline);
            Claims.Answer answer = claims.take(object, Claims.Driver.STATE_MACHINE, deadline);
            FileReport report = answer instanceof Claims.Answer.Mine mine
                    ? runner.run(mine.claim(), new Errand.Plan(), deadline)
                    : ((Claims.Answer.Others) answer).report();
            boolean more = !report.state().isOver() && !report.sessions().isEmpty();
            long wait = more ? seconds(pauses.untilNext(report, deadline)) : 0;
            return FilePlan.of(report, claims.place(object), wait);
        });
    }

    /** The same, except that it answers how long to wait where other files go first: see {@link #importOrWait}. */
    public FilePlan planOrWait(ObjectVersion named, Deadline deadline) {
        try {
            return planFile(named, deadline);
        } catch (ProblemException e) {
            Duration wait = e.problem()
                    .retryAfter()
                    .filter(asked -> asked.compareTo(LEAST_WAIT) > 0)
                    .orElse(LEAST_WAIT);
            return mayWait(() -> files.identified(named, deadline), e, deadline)
                    .map(report -> FilePlan.waiting(report, claims.place(report.source()), seconds(wait)))
                    .orElseThrow(() -> e);
        }
    }

    /** The report of a file that may wait; empty once it has waited for long, or if it isn't another import that is in the way. */
    private Optional<FileReport> mayWait(Step<ObjectVersion> file, ProblemException e, Deadline deadline) {
        return e.problem().type() != ProblemType.SESSION_CONFLICT
                ? Optional.empty()
                : step(() -> claims.look(file.run(), deadline))
                        .map(Claim::report)
                        .filter(report ->
                                Instant.now().isBefore(report.startedAt().plus(LONGEST_WAIT)));
    }

    /**
     * Creates, loads and starts one session of a planned file.
     *
     * @param number the session's, from 1
     * @throws ProblemException on failure; {@code session-conflict} if another import goes first
     */
    public SessionImport importSession(ImportId importId, int number, Deadline deadline) {
        return importSession(file(importId, deadline), importId, number, deadline);
    }

    /**
     * The same, except that it answers how long to wait where another import goes first, or Okta doesn't take the session yet. Whoever
     * calls it again waits exactly as long as it takes, where a repeated attempt would wait for a fixed time.
     */
    public SessionImport importOrWait(ImportId importId, int number, Deadline deadline) {
        ObjectVersion object = file(importId, deadline);
        try {
            return importSession(object, importId, number, deadline);
        } catch (ProblemException e) {
            return mayWait(() -> object, e, deadline)
                    .flatMap(report -> waiting(report, number, e.problem(), deadline))
                    .orElseThrow(() -> e);
        }
    }

    private ObjectVersion file(ImportId importId, Deadline deadline) {
        return step(() -> work.known(importId, claims, deadline));
    }

    private SessionImport importSession(ObjectVersion object, ImportId importId, int number, Deadline deadline) {
        return step(() -> {
            Claims.Answer answer = claims.takeUp(object, Claims.Driver.SENDER, deadline);
            if (answer instanceof Claims.Answer.Mine mine) {
                return imported(runner.run(mine.claim(), new Errand.Send(number), deadline), number, deadline);
            }
            if (answer instanceof Claims.Answer.Others others && others.report().state() != FileState.FAILED) {
                return imported(others.report(), number, deadline);
            }
            boolean again = answer instanceof Claims.Answer.Others others
                    && others.report().isResumable();
            throw (again ? FileProblems.outdatedPlan(number) : FileProblems.noSession(importId, number)).exception();
        });
    }

    private Optional<SessionImport> waiting(FileReport report, int number, Problem conflict, Deadline deadline) {
        Duration wait = conflict.retryAfter().orElseGet(() -> pauses.untilNext(report, deadline));
        return report.session(number)
                .filter(session -> session.life() instanceof SessionLife.Planned && !wait.isZero())
                .map(session -> SessionImport.waiting(report.importId(), number, seconds(wait)));
    }

    private SessionImport imported(FileReport report, int number, Deadline deadline) {
        FileSession session = report.session(number).orElseThrow(() -> FileProblems.noSession(report.importId(), number)
                .exception());
        return new SessionImport(
                report.importId(),
                number,
                session.sessionId(),
                session.recordsImported(),
                session.state(),
                seconds(pauses.untilFirstLook(report, number, deadline)));
    }

    /** Asks Okta once for the status of a started session. */
    public SessionFollow followSession(ImportId importId, int number, Deadline deadline) {
        return step(() -> {
            ObjectVersion object = file(importId, deadline);
            for (int attempt = 1; ; attempt++) {
                Claim claim = claims.look(object, deadline).orElseThrow(() -> FileProblems.noSession(importId, number)
                        .exception());
                Optional<SessionFollow> followed = follow(claim, number, attempt == FOLLOW_ATTEMPTS, deadline);
                if (followed.isPresent()) {
                    return followed.get();
                }
            }
        });
    }

    /** Empty if another attempt has changed the report in the meantime, so that it has to be read again. */
    private Optional<SessionFollow> follow(Claim claim, int number, boolean last, Deadline deadline)
            throws IOException {
        FileReport before = claim.report();
        SessionLife life = before.session(number)
                .orElseThrow(
                        () -> FileProblems.noSession(before.importId(), number).exception())
                .life();
        if (life instanceof SessionLife.Superseded) {
            return Optional.of(
                    followed(before, number, life.state().name(), true, untilNext(before, number, deadline)));
        }
        if (life instanceof SessionLife.Done
                || life instanceof SessionLife.Broken
                || life instanceof SessionLife.Unconfirmed) {
            states.afterLook(before, number, deadline);
            return Optional.of(
                    followed(before, number, life.outcome().orElse(""), true, untilNext(before, number, deadline)));
        }
        if (!(life instanceof SessionLife.Started)) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Session " + number + " of this file has not been imported yet: importSession comes before"
                                    + " followSession.")
                    .exception();
        }
        claim.change(report -> sessions.look(report, number, deadline));
        FileReport after = claim.report();
        // An import that was given up gets the end of its sessions even so.
        boolean isKept = !after.state().isOver() || after.state() == FileState.UNCONFIRMED;
        if (isKept && !after.equals(before) && !claim.trySave(deadline) && !last) {
            return Optional.empty();
        }
        states.afterLook(after, number, deadline);
        SessionLife now = after.sessions().get(number - 1).life();
        boolean done =
                !(now instanceof SessionLife.Started) || after.callerSession().isPresent();
        Duration wait = Duration.ZERO;
        if (!done) {
            turns.keepPlace(after.app(), claim, deadline);
            wait = pauses.untilNextLook(after, deadline);
        } else if (number < after.sessions().size()) {
            wait = pauses.done(after, deadline);
        }
        return Optional.of(followed(after, number, now.status().orElse(""), done, wait));
    }

    private Duration untilNext(FileReport report, int number, Deadline deadline) {
        return number < report.sessions().size() ? pauses.untilNext(report, deadline) : Duration.ZERO;
    }

    private static SessionFollow followed(FileReport report, int number, String status, boolean done, Duration wait) {
        String id = report.session(number).flatMap(FileSession::sessionId).orElse("");
        return new SessionFollow(report.importId(), number, id, status, done, seconds(wait));
    }

    /** Whole seconds, as the state machine needs, rounded up: Okta would refuse a session that is too early. */
    private static long seconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }

    /**
     * Closes a file's import, its report and its page.
     *
     * @param error what ended the state machine's last step; empty when nothing failed
     */
    public FileSummary finishFile(ImportId importId, Optional<StepError> error, Deadline deadline) {
        return step(() -> finish(file(importId, deadline), error, deadline));
    }

    /** The same for a file whose planning failed, so that its ID is unknown. */
    public FileSummary finishFile(ObjectVersion named, Optional<StepError> error, Deadline deadline) {
        return SourceFiles.isNoImport(named.key())
                ? FileSummary.IGNORED
                : step(() -> finish(files.identified(named, deadline), error, deadline));
    }

    private FileSummary finish(ObjectVersion object, Optional<StepError> error, Deadline deadline) throws S3Failure {
        Claims.Answer answer = error.isEmpty()
                ? claims.takeUp(object, Claims.Driver.CLOSER, deadline)
                : claims.take(object, Claims.Driver.CLOSER, deadline);
        if (answer instanceof Claims.Answer.Mine mine) {
            return new FileSummary(runner.run(mine.claim(), new Errand.Finish(error), deadline), claims.place(object));
        }
        if (answer instanceof Claims.Answer.Others others) {
            closing.tidyAgain(others.report(), deadline);
            return new FileSummary(others.report(), claims.place(object));
        }
        throw FileProblems.unknownImport().exception();
    }
}
