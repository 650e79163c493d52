package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is next, where several files wait for the same application. Each has a ticket, an empty object whose name begins with the file's
 * time, so that the oldest is first; it is written anew by each attempt. A ticket that nobody has written for some minutes belongs to
 * somebody who gave up, and holds nobody back; if they come again, they have their old place.
 */
@Singleton
class Turns {

    /** Waiting imports ask every minute, those that follow a session at most every two. */
    private static final Duration STALE = Duration.ofMinutes(5);

    /** Tickets that are looked at. Stale ones are few: a lifecycle rule deletes them. */
    private static final int LOOKED_AT = 100;

    /** Digits of a time in milliseconds, until the year 2286. */
    private static final int TIME_DIGITS = 13;

    private final S3Objects objects;

    Turns(S3Objects objects) {
        this.objects = objects;
    }

    /**
     * Makes sure that nobody is before this import.
     *
     * @param app the application
     * @param keep whether a ticket is needed even when nobody else waits, because others must wait for this import from now on
     * @throws dev.bulkuserimport.problem.ProblemException {@code session-conflict} when somebody is first
     */
    void await(String app, Claim claim, boolean keep, Deadline deadline) throws S3Failure {
        ObjectPlace ticket = ticket(app, claim.report());
        if (keep) {
            keepPlace(app, claim, deadline);
        }
        Optional<S3Objects.Named> first = firstBefore(ticket, app, deadline);
        if (first.isPresent()) {
            if (!keep) {
                keepPlace(app, claim, deadline);
            }
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "Another file for the application " + app + " came earlier and is imported first.")
                    .retryAfter(Duration.ofSeconds(60))
                    .exception();
        }
    }

    /** Takes a ticket, because this import has to wait. */
    void keepPlace(String app, Claim claim, Deadline deadline) throws S3Failure {
        // Before it is written: an answer that is lost leaves a ticket too.
        claim.inLine();
        objects.put(ticket(app, claim.report()), "text/plain", new byte[0], deadline);
    }

    /** Gives the ticket back. */
    void leave(String app, FileReport report, Deadline deadline) throws S3Failure {
        objects.delete(ticket(app, report), deadline);
    }

    private Optional<S3Objects.Named> firstBefore(ObjectPlace ticket, String app, Deadline deadline) throws S3Failure {
        List<S3Objects.Named> tickets;
        try {
            tickets = objects.list(ticket.bucket(), BucketLayout.queue(app), LOOKED_AT, deadline);
        } catch (S3Failure e) {
            if (e.isForbidden()) {
                // Without s3:ListBucket there is no order but Okta's own: one session at a time.
                return Optional.empty();
            }
            throw e;
        }
        // By the later of our clock and S3's, as far as a ticket shows it.
        Instant now =
                tickets.stream().map(S3Objects.Named::written).reduce(Instant.now(), (a, b) -> a.isAfter(b) ? a : b);
        return tickets.stream()
                .filter(found -> found.key().compareTo(ticket.key()) < 0)
                .filter(found -> found.written().isAfter(now.minus(STALE)))
                .findFirst();
    }

    private static ObjectPlace ticket(String app, FileReport report) {
        String millis = String.valueOf(Math.max(0, report.startedAt().toEpochMilli()));
        String time = "0".repeat(Math.max(0, TIME_DIGITS - millis.length())) + millis;
        return new ObjectPlace(
                report.importId().reportBucket(),
                BucketLayout.queue(app) + time + "-" + report.importId().hash());
    }
}
