package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.okta.ImportSession;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Stores what was learned about an application's {@link SessionPause}, for all of its files. It only avoids waiting: if it can't be read or
 * written, the import continues without it, and the last write wins.
 */
@Singleton
class SessionPauses {

    private static final Logger LOG = Logger.getLogger(SessionPauses.class);

    private final S3Objects objects;
    private final Sessions sessions;

    SessionPauses(S3Objects objects, Sessions sessions) {
        this.objects = objects;
        this.sessions = sessions;
    }

    /** How long to wait before Okta is asked for another session of the report's application. */
    Duration untilNext(FileReport report, Deadline deadline) {
        return of(report, deadline).untilNext(sessions.now());
    }

    /** How long to wait until it is the report's turn; zero when that can't be estimated. */
    Duration untilTurn(FileReport report, int ahead, Deadline deadline) {
        return report.hold().stepped() ? of(report, deadline).untilTurn(ahead, sessions.now()) : Duration.ZERO;
    }

    /** How long to wait before a session that has just been started is looked at. */
    Duration untilFirstLook(FileReport report, int number, Deadline deadline) {
        return of(report, deadline).untilFirstLook(number < report.sessions().size());
    }

    /** How long to wait before a session that Okta still works on is looked at again. */
    Duration untilNextLook(FileReport report, Deadline deadline) {
        return of(report, deadline).untilNextLook(sessions.now());
    }

    /** Okta refused to create a session although none is active. */
    void tooSoon(FileReport report, Deadline deadline) {
        learn(report, pause -> pause.refused(sessions.now()), deadline);
    }

    /** Okta has begun with a session that it created at {@code created}. */
    void begun(FileReport report, Optional<Instant> created, ImportSession session, Deadline deadline) {
        Instant at = session.lastUpdated().orElseGet(sessions::now);
        learn(report, pause -> pause.started(created, at), deadline);
    }

    /** Okta is done with the session that was started last; returns how long to wait before it is asked for another one. */
    Duration done(FileReport report, Deadline deadline) {
        Instant now = sessions.now();
        return learn(report, pause -> pause.done(now), deadline).untilNext(now);
    }

    private SessionPause of(FileReport report, Deadline deadline) {
        ObjectPlace place = place(report);
        try {
            return objects.read(place.bucket(), place.key(), deadline)
                    .flatMap(stored -> SourceObject.document(stored.body()))
                    .map(SessionPause::of)
                    .orElse(SessionPause.UNKNOWN);
        } catch (IOException | RuntimeException e) {
            LOG.infof("the learned pause between sessions can't be read: %s", e.getClass());
            return SessionPause.UNKNOWN;
        }
    }

    /** Only a state machine waits by it: an import that a notification brings learns nothing. */
    private SessionPause learn(FileReport report, UnaryOperator<SessionPause> seen, Deadline deadline) {
        if (!report.hold().stepped()) {
            return SessionPause.UNKNOWN;
        }
        SessionPause known = of(report, deadline);
        SessionPause learned = seen.apply(known);
        if (learned.equals(known)) {
            return learned;
        }
        try {
            objects.put(place(report), "application/json", JsonOutput.bytes(learned.members()), deadline);
        } catch (IOException | RuntimeException e) {
            LOG.infof("the learned pause between sessions can't be written: %s", e.getClass());
        }
        return learned;
    }

    private static ObjectPlace place(FileReport report) {
        return new ObjectPlace(report.importId().reportBucket(), BucketLayout.pause(report.app()));
    }
}
