package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.Backoff;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.Report;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.report.ReportReader;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes an object version be worked on by one attempt at a time: whoever works on it holds its report until a time that it can't outlive,
 * and lets it go at the end of each step. A report that is held for longer was left by somebody who was killed.
 */
@Singleton
class Claims {

    /** How long an attempt waits for another one at the same object version, before it asks to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** Beyond an invocation's own end, for clocks that differ. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final S3Objects objects;
    private final Settings settings;

    Claims(S3Objects objects, Settings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** Who asks. */
    enum Driver {
        /** A notification: one invocation does all of it. */
        NOTIFICATION,
        /** A state machine, step by step. */
        STATE_MACHINE,
        /** The state machine's last step. */
        CLOSER
    }

    /** What an attempt gets. */
    sealed interface Answer {

        /** It may work. */
        record Mine(Claim claim) implements Answer {}

        /** There is nothing to do any more, or a state machine does it. */
        record Others(Report report) implements Answer {}

        /** Nobody has ever heard of it. */
        record Unknown() implements Answer {}
    }

    ImportId importId(ObjectVersion object) {
        return ImportId.of(object, bucket(object));
    }

    ReportPlace place(ObjectVersion object) {
        return ReportPlace.of(object, bucket(object));
    }

    private String bucket(ObjectVersion object) {
        return settings.reportBucket().orElse(object.bucket());
    }

    /** Claims an object version for its import, whether or not there was an attempt before. */
    Answer take(ObjectVersion object, Driver driver, Deadline deadline) throws S3Failure {
        Claim fresh = new Claim(
                objects, place(object), new Report(importId(object), object, Instant.now()), Optional.empty());
        if (hold(fresh, driver, deadline)) {
            return new Answer.Mine(fresh);
        }
        Answer found = takeUp(object, driver, deadline);
        if (found instanceof Answer.Unknown && deadline.isOver()) {
            throw S3Failure.contended(place(object).bucket(), place(object).key());
        }
        // Deleted meanwhile, which happens to nobody in earnest.
        return found instanceof Answer.Unknown ? take(object, driver, deadline) : found;
    }

    /** Claims an object version whose import was begun. */
    Answer takeUp(ObjectVersion object, Driver driver, Deadline deadline) throws S3Failure {
        ReportPlace place = place(object);
        Deadline patience = deadline.within(PATIENCE);
        while (true) {
            Optional<S3Objects.Stored> stored = objects.read(place.bucket(), place.key(), deadline);
            if (stored.isEmpty()) {
                return new Answer.Unknown();
            }
            Report report = ReportReader.read(stored.get().body(), importId(object), object)
                    .orElseGet(() -> foreign(object));
            boolean over = report.state().isOver() && !(driver == Driver.STATE_MACHINE && report.isResumable());
            boolean driven = report.isStepped()
                    && driver == Driver.NOTIFICATION
                    && !report.state().isOver();
            if (over || driven) {
                return new Answer.Others(report);
            }
            if (isFree(report)) {
                Claim claim = new Claim(
                        objects, place, report, Optional.of(stored.get().eTag()));
                if (hold(claim, driver, deadline)) {
                    return new Answer.Mine(claim);
                }
            }
            // Somebody else has it, or was faster.
            if (!patience.leaves(LOOK_AGAIN)) {
                throw busy(report).exception();
            }
            Backoff.sleep(LOOK_AGAIN);
        }
    }

    /** Reads how far an import is, and holds nobody up: a change of it is only written when nobody else has changed it meanwhile. */
    Optional<Claim> look(ObjectVersion object, Deadline deadline) throws S3Failure {
        ReportPlace place = place(object);
        return objects.read(place.bucket(), place.key(), deadline)
                .map(stored -> new Claim(
                        objects,
                        place,
                        ReportReader.read(stored.body(), importId(object), object)
                                .orElseGet(() -> foreign(object)),
                        Optional.of(stored.eTag())));
    }

    private static boolean hold(Claim claim, Driver driver, Deadline deadline) throws S3Failure {
        Report report = claim.report();
        // The next step of an import that goes well is no other attempt, and neither is whoever closes its report.
        boolean again = report.problem().isPresent()
                || report.expiresAt().isPresent()
                || report.state() == FileState.RETRY
                || !report.isStepped();
        if (report.state() == FileState.FAILED) {
            report.reopened();
            report.state(FileState.IMPORTING);
        } else if (report.state() == FileState.RETRY && report.sessions().isEmpty()) {
            report.state(FileState.CLAIMED);
        }
        report.held(
                UUID.randomUUID().toString(),
                Instant.now().plus(deadline.left()).plus(GRACE));
        report.attempts(Math.max(1, report.attempts() + (again && driver != Driver.CLOSER ? 1 : 0)));
        report.stepped(report.isStepped() || driver != Driver.NOTIFICATION);
        return claim.trySave(deadline);
    }

    private static boolean isFree(Report report) {
        return report.state() == FileState.RETRY
                || report.expiresAt().isEmpty()
                || Instant.now().isAfter(report.expiresAt().get());
    }

    private static Problem busy(Report report) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "Another attempt at " + report.source().place() + " is at work. This one comes again.")
                .retryAfter(Duration.between(Instant.now(), report.expiresAt().orElse(Instant.now())));
    }

    /** Nothing of ours: whatever stands there is left alone, and nothing is imported twice because of it. */
    private Report foreign(ObjectVersion object) {
        Report report = new Report(importId(object), object, Instant.EPOCH);
        report.finished(FileState.FAILED, Instant.EPOCH);
        return report;
    }
}
