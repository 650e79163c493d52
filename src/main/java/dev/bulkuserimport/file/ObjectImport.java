package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.metrics.JournalEntry;
import dev.bulkuserimport.okta.Backoff;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.SessionEntry;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.state.Snapshots;
import dev.bulkuserimport.upload.Importer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Imports an object that S3 tells of: once, however often it does. The same four steps as {@link FileImport}, one after the other, in one
 * invocation, for a file that fits into one session.
 */
@Singleton
public class ObjectImport {

    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How long a session is followed at most; and never longer than for half of the time that is left, for others may wait. */
    private static final Duration FOLLOWED = Duration.ofMinutes(5);

    private final Claims claims;
    private final SourceFiles files;
    private final PlanStep planning;
    private final SessionStep sessions;
    private final OktaUsers oktaUsers;
    private final Closing closing;
    private final Snapshots snapshots;

    ObjectImport(
            Claims claims,
            SourceFiles files,
            PlanStep planning,
            SessionStep sessions,
            OktaUsers oktaUsers,
            Closing closing,
            Snapshots snapshots) {
        this.claims = claims;
        this.files = files;
        this.planning = planning;
        this.sessions = sessions;
        this.oktaUsers = oktaUsers;
        this.closing = closing;
        this.snapshots = snapshots;
    }

    /**
     * What became of the object.
     *
     * @throws ProblemException for a failure that another delivery may mend; the report says it already
     */
    public ObjectResult run(ObjectVersion named, Deadline deadline) {
        if (SourceFiles.isNoImport(named.key())) {
            return ObjectResult.ignored(named);
        }
        try {
            ObjectVersion object = files.identified(named, deadline);
            Claims.Answer answer = claims.take(object, Claims.Driver.NOTIFICATION, deadline);
            if (answer instanceof Claims.Answer.Mine mine) {
                return attempt(mine.claim(), deadline);
            }
            return ObjectResult.duplicate(((Claims.Answer.Others) answer).report(), claims.place(object));
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    private ObjectResult attempt(Claim claim, Deadline deadline) {
        JournalEntry entry = new JournalEntry();
        Report report = claim.report();
        try {
            if (steps(claim, entry, deadline)) {
                closing.finish(claim, Optional.empty(), entry, deadline);
            }
        } catch (SupersededException e) {
            return superseded(claim, e, entry, deadline);
        } catch (IOException | RuntimeException | Error e) {
            Problem problem = Failures.problem(e);
            if (claim.isOvertaken() || Failures.isMendable(problem, report)) {
                report.state(FileState.RETRY);
                throw closing.released(claim, e, problem, deadline);
            }
            RuntimeException thrown = closing.failed(claim, e, problem, entry, deadline);
            if (!report.state().isOver()) {
                throw thrown;
            }
        }
        return ObjectResult.of(report, claim.place());
    }

    private ObjectResult superseded(Claim claim, SupersededException newer, JournalEntry entry, Deadline deadline) {
        try {
            closing.superseded(claim, newer, entry, deadline);
            return ObjectResult.of(claim.report(), claim.place());
        } catch (S3Failure e) {
            throw closing.released(claim, e, deadline);
        }
    }

    /** False when a newer version, or a newer snapshot, has taken the object's place, and everything is said about it. */
    private boolean steps(Claim claim, JournalEntry entry, Deadline deadline) throws IOException {
        Report report = claim.report();
        HeldSession held = new HeldSession();
        if (report.hasBegun() && !report.hasSent() && snapshots.isOvertaken(report, deadline)) {
            closing.overtaken(claim, entry, deadline);
            return false;
        }
        // Before the file is read once more: it may be refused this time, or have nothing left to send.
        sessions.takeUp(claim, deadline);
        if (!isComplete(report)) {
            Optional<SourceFile> file = report.hasBegun()
                    ? Optional.of(files.open(report.source(), deadline))
                    : files.find(
                            report.source(), told -> report.beside(told.applicationId(), told.operation()), deadline);
            if (file.isEmpty()) {
                closing.superseded(claim, entry, deadline);
                return false;
            }
            planning.plan(report, file.get(), held, Importer.FileSize.ONE_SESSION, entry, deadline);
        }
        if (!report.file().orElseThrow().dryRun() && !report.sessions().isEmpty()) {
            sessions.send(claim, 1, held, entry, deadline);
            snapshots.afterStart(report, 1, deadline);
            follow(report, held, deadline);
            snapshots.afterLook(report, 1, deadline);
        }
        return true;
    }

    /** Whether an earlier attempt had everything in its session, so that the file needn't be read once more. */
    private static boolean isComplete(Report report) {
        return report.file().isPresent()
                && report.session(1).filter(session -> session.state().isSent()).isPresent();
    }

    /** Looks until Okta is done, as long as there is time. */
    private void follow(Report report, PreparedSessions prepared, Deadline deadline) throws IOException {
        if (report.file().orElseThrow().callerSession().isPresent()) {
            return;
        }
        Deadline patience = deadline.within(shorter(FOLLOWED, deadline.left().dividedBy(2)));
        Duration pause = FIRST_LOOK;
        try {
            SessionEntry session = sessions.look(report, 1, patience);
            while (session.state() == SessionState.STARTED && patience.leaves(pause)) {
                Backoff.sleep(pause);
                pause = shorter(LONGEST_PAUSE, pause.multipliedBy(2));
                session = sessions.look(report, 1, patience);
            }
        } catch (ProblemException e) {
            report.note("Okta did not say how far it is with the session: "
                    + e.problem().type().slug() + ".");
        }
        oktaUsers.look(report, prepared, patience);
        SessionEntry session = report.session(1).orElseThrow();
        if (session.state() == SessionState.BROKEN) {
            snapshots.afterLook(report, 1, deadline);
            throw SessionStep.ended(session, 1)
                    .after(report.recordsImported(), Closing.rest(report))
                    .exception();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
