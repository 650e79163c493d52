package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.Ending;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.Hold;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReportForm;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ensures that only one attempt at a time works on an object version: it holds the report until a time that it can't outlive, and releases
 * it at the end of each step. A report that is held for longer was left by an attempt that was killed.
 */
@Singleton
class Claims {

    /** How long an attempt waits for another one on the same object version before it has to be retried. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Added to an invocation's end, because clocks differ. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final S3Objects objects;
    private final Settings settings;

    Claims(S3Objects objects, Settings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** The caller. */
    enum Driver {
        /** A notification: one invocation does everything. */
        NOTIFICATION,
        /** A state machine, step by step. */
        STATE_MACHINE,
        /** The state machine's step that sends a session. */
        SENDER,
        /** The state machine's last step. */
        CLOSER
    }

    /** The result of claiming. */
    sealed interface Answer {

        /** The attempt may proceed. */
        record Mine(Claim claim) implements Answer {}

        /** There is nothing left to do, or the state machine does it. */
        record Others(FileReport report) implements Answer {}

        /** There has been no attempt. */
        record Unknown() implements Answer {}
    }

    ImportId importId(ObjectVersion object) {
        return ImportId.of(object, bucket(object));
    }

    ReportPlace place(ObjectVersion object) {
        return ReportPlace.of(object, bucket(object));
    }

    /** Whether an import's ID, which anyone may have made up, names the bucket where its reports are. */
    boolean isOurs(ImportId importId) {
        return settings.reportBucket()
                .filter(bucket -> !bucket.equals(importId.reportBucket()))
                .isEmpty();
    }

    private String bucket(ObjectVersion object) {
        return settings.reportBucket().orElse(object.bucket());
    }

    /** Claims an object version for its import, whether or not there was an attempt before. */
    Answer take(ObjectVersion object, Driver driver, Deadline deadline) throws S3Failure {
        Claim fresh = new Claim(
                objects, place(object), FileReport.of(importId(object), object, Instant.now()), Optional.empty());
        if (hold(fresh, driver, deadline)) {
            return new Answer.Mine(fresh);
        }
        Answer found = takeUp(object, driver, deadline);
        if (found instanceof Answer.Unknown && deadline.isOver()) {
            throw S3Failure.contended(place(object).bucket(), place(object).key());
        }
        // Deleted in the meantime, which doesn't happen in normal operation.
        return found instanceof Answer.Unknown ? take(object, driver, deadline) : found;
    }

    /** Claims an object version whose import has started. */
    Answer takeUp(ObjectVersion object, Driver driver, Deadline deadline) throws S3Failure {
        ReportPlace place = place(object);
        Deadline patience = deadline.within(PATIENCE);
        while (true) {
            Optional<S3Objects.Stored> stored = objects.read(place.bucket(), place.key(), deadline);
            if (stored.isEmpty()) {
                return new Answer.Unknown();
            }
            FileReport report = ReportForm.read(stored.get().body(), importId(object), object)
                    .orElseGet(() -> foreign(object));
            boolean over = report.state().isOver() && !mayResume(driver, report);
            boolean driven = report.hold().stepped()
                    && driver == Driver.NOTIFICATION
                    && !report.state().isOver();
            if (driven || over && !report.isUntold()) {
                return new Answer.Others(report);
            }
            if (report.state() == FileState.RETRY || report.hold().isFree(Instant.now())) {
                Claim claim = new Claim(
                        objects, place, report, Optional.of(stored.get().eTag()));
                if (hold(claim, driver, deadline)) {
                    return new Answer.Mine(claim);
                }
            }
            // Another attempt holds it, or was faster.
            if (!patience.pause(LOOK_AGAIN)) {
                throw busy(report).exception();
            }
        }
    }

    /** A plan that others may have outdated is made again before any of it is sent. */
    private static boolean mayResume(Driver driver, FileReport report) {
        return report.isResumable()
                && (driver == Driver.STATE_MACHINE || driver == Driver.SENDER && !FilePolicy.isOutdated(report));
    }

    /** Reads an import's progress without claiming it: a change is written only if nothing else has changed it in the meantime. */
    Optional<Claim> look(ObjectVersion object, Deadline deadline) throws S3Failure {
        ReportPlace place = place(object);
        return objects.read(place.bucket(), place.key(), deadline)
                .map(stored -> new Claim(
                        objects,
                        place,
                        ReportForm.read(stored.body(), importId(object), object).orElseGet(() -> foreign(object)),
                        Optional.of(stored.eTag())));
    }

    private static boolean hold(Claim claim, Driver driver, Deadline deadline) throws S3Failure {
        FileReport before = claim.report();
        Hold hold = before.hold();
        // The next step of a successful import isn't another attempt, and neither is closing its report.
        boolean again = before.problem().isPresent()
                || hold.expiresAt().isPresent()
                || before.state() == FileState.RETRY
                || !hold.stepped();
        int attempts = Math.max(1, hold.attempts() + (again && driver != Driver.CLOSER ? 1 : 0));
        Hold mine = new Hold(
                hold.stepped() || driver != Driver.NOTIFICATION,
                attempts,
                Optional.of(UUID.randomUUID().toString()),
                Optional.of(Instant.now().plus(deadline.left()).plus(GRACE)));
        claim.change(report -> (before.isUntold() ? report : resumed(report)).withHold(mine));
        return claim.trySave(deadline);
    }

    /** A failed file is resumed as if it hadn't failed: if nothing of it was sent, as if it hadn't been read either. */
    private static FileReport resumed(FileReport report) {
        if (report.state() == FileState.FAILED) {
            return report.withState(report.isUnderWay() ? FileState.IMPORTING : FileState.CLAIMED)
                    .withEnding(Ending.NONE);
        }
        return report.state() == FileState.RETRY && report.sessions().isEmpty()
                ? report.withState(FileState.CLAIMED)
                : report;
    }

    private static Problem busy(FileReport report) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "Another attempt at " + report.source().place()
                                + " is in progress. This attempt will be retried.")
                .retryAfter(Duration.between(
                        Instant.now(), report.hold().expiresAt().orElse(Instant.now())));
    }

    /** Not ours: it is left unchanged, and can't cause a second import. */
    private FileReport foreign(ObjectVersion object) {
        return FileReport.of(importId(object), object, Instant.EPOCH).finished(FileState.FAILED, Instant.EPOCH);
    }
}
