package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReportForm;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The order of an application's files. Each has a {@link Ticket}, an object that names the file and is rewritten by each attempt. Among
 * waiting files the oldest is first; one that has begun comes before all of them. A ticket is valid as long as its file's import hasn't
 * ended, so no one can make a file wait by writing an object, and until it is older than the longest pause between two attempts.
 */
@Singleton
class Turns {

    /** The longest pause between two attempts is the queue's visibility timeout, 90 minutes ({@code infra/template.yaml}). */
    static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    /** Where the wait can't be estimated. */
    private static final Duration COME_AGAIN = Duration.ofSeconds(60);

    /** Objects in one answer to a listing, at most. Source: ListObjectsV2 in the S3 API reference. */
    private static final int PAGE = 1_000;

    /** The time reserved for the rest of the step when there are too many stale tickets to examine. */
    private static final Duration RESERVE = Duration.ofSeconds(3);

    private static final String PAUSE = "pauseSeconds";

    private final S3Objects objects;
    private final SessionPauses pauses;

    Turns(S3Objects objects, SessionPauses pauses) {
        this.objects = objects;
        this.pauses = pauses;
    }

    /**
     * Ensures that no other file comes before this one.
     *
     * @param begins whether all others wait for this import from now on, until it leaves
     * @throws ProblemException {@code session-conflict} if another one is first; this one keeps its place in the queue
     */
    void requireTurn(String app, Claim claim, boolean begins, Deadline deadline) throws S3Failure {
        if (claim.hasTurn()) {
            return;
        }
        if (!claim.isInLine()) {
            write(app, claim, false, deadline);
        }
        Ticket begun = Ticket.of(claim.report(), true);
        Ticket waiting = Ticket.of(claim.report(), false);
        String bucket = claim.report().importId().reportBucket();
        Optional<List<S3Objects.Named>> tickets = upTo(waiting.key(app), app, bucket, deadline);
        if (tickets.isEmpty()) {
            // Without s3:ListBucket there is no order but Okta's own: one session at a time.
            return;
        }
        Instant since = now(tickets.get()).minus(claim.pause());
        boolean mine = tickets.get().stream()
                .anyMatch(found ->
                        found.key().equals(begun.key(app)) && found.written().isAfter(since));
        if (!mine
                && isAny(
                        other -> !other.isOfSameFile(waiting) && (other.begun() || other.isOlderThan(waiting)),
                        tickets.get(),
                        app,
                        bucket,
                        deadline)) {
            int ahead = (int) tickets.get().stream()
                    .flatMap(found -> Ticket.parse(app, found.key()).stream())
                    .filter(other -> !other.isOfSameFile(waiting))
                    .count();
            Duration turn = pauses.untilTurn(claim.report(), ahead, deadline);
            throw comesEarlier(app, turn.isZero() ? COME_AGAIN : turn);
        }
        if (!begins) {
            return;
        }
        claim.takeTurn();
        write(app, claim, true, deadline);
        // Once more: an older file's ticket may have been written since. Whoever comes later sees this one.
        if (!mine && isOlderOneThere(waiting, app, bucket, deadline)) {
            claim.giveTurnBack();
            objects.delete(place(begun, app, claim.report()), deadline);
            throw comesEarlier(app, COME_AGAIN);
        }
        objects.delete(place(waiting, app, claim.report()), deadline);
    }

    /**
     * Ensures that no file's import has begun and isn't over.
     *
     * @throws ProblemException {@code session-conflict} if one is under way
     */
    void requireNoneBegun(String app, String bucket, Deadline deadline) throws S3Failure {
        List<S3Objects.Named> tickets =
                upTo(Ticket.behindBegun(app), app, bucket, deadline).orElse(List.of());
        if (isAny(Ticket::begun, tickets, app, bucket, deadline)) {
            throw Problem.of(
                            ProblemType.SESSION_CONFLICT,
                            "A file is being imported into the application " + app
                                    + ", and what it is changing would be lost. Try again when its import has ended.")
                    .retryAfter(COME_AGAIN)
                    .exception();
        }
    }

    private static ProblemException comesEarlier(String app, Duration wait) {
        return Problem.of(
                        ProblemType.SESSION_CONFLICT,
                        "Another file for the application " + app
                                + " arrived earlier, or is already being imported. It goes first.")
                .retryAfter(wait)
                .exception();
    }

    /** Takes a ticket, or writes it anew, because this import isn't over. */
    void keepPlace(String app, Claim claim, Deadline deadline) throws S3Failure {
        write(app, claim, claim.hasTurn() || claim.report().hasBegun(), deadline);
    }

    /** Takes a place among those that wait: what had begun was not kept, and will be done again from the start. */
    void waitAgain(String app, Claim claim, Deadline deadline) throws S3Failure {
        boolean begun = claim.hasTurn();
        claim.giveTurnBack();
        write(app, claim, false, deadline);
        if (begun) {
            objects.delete(place(Ticket.of(claim.report(), true), app, claim.report()), deadline);
        }
    }

    /** Gives a file's place back, once nothing depends on it any more. */
    void stopWaiting(String app, Claim claim, Deadline deadline) throws S3Failure {
        leave(app, claim.report(), deadline);
        claim.giveTurnBack();
        claim.outOfLine();
    }

    /** Deletes all tickets. */
    void leave(String app, FileReport report, Deadline deadline) throws S3Failure {
        objects.delete(place(Ticket.of(report, true), app, report), deadline);
        objects.delete(place(Ticket.of(report, false), app, report), deadline);
    }

    private void write(String app, Claim claim, boolean begun, Deadline deadline) throws S3Failure {
        // Before it is written: an answer that is lost leaves a ticket too.
        claim.inLine(app);
        Map<String, Object> members = SourceObject.members(claim.report().source());
        members.put(PAUSE, claim.pause().toSeconds());
        ObjectPlace place = place(Ticket.of(claim.report(), begun), app, claim.report());
        objects.put(place, "application/json", JsonOutput.bytes(members), deadline);
    }

    private static ObjectPlace place(Ticket ticket, String app, FileReport report) {
        return new ObjectPlace(report.importId().reportBucket(), ticket.key(app));
    }

    private boolean isOlderOneThere(Ticket mine, String app, String bucket, Deadline deadline) throws S3Failure {
        List<S3Objects.Named> tickets =
                upTo(mine.key(app), app, bucket, deadline).orElse(List.of());
        return isAny(other -> !other.isOfSameFile(mine) && other.isOlderThan(mine), tickets, app, bucket, deadline);
    }

    /** The application's tickets up to a key, begun ones first, however many there are; empty where the role may not list. */
    private Optional<List<S3Objects.Named>> upTo(String last, String app, String bucket, Deadline deadline)
            throws S3Failure {
        try {
            return Optional.of(allUpTo(last, app, bucket, deadline));
        } catch (S3Failure e) {
            if (e.isForbidden()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<S3Objects.Named> allUpTo(String last, String app, String bucket, Deadline deadline) throws S3Failure {
        List<S3Objects.Named> all = new ArrayList<>();
        String after = "";
        while (true) {
            List<S3Objects.Named> some = objects.list(bucket, BucketLayout.queue(app), after, PAGE, deadline);
            for (S3Objects.Named found : some) {
                if (found.key().compareTo(last) > 0) {
                    return all;
                }
                all.add(found);
            }
            if (some.size() < PAGE) {
                return all;
            }
            after = some.get(some.size() - 1).key();
        }
    }

    /** The later of our clock and S3's, as far as a ticket shows it. */
    private static Instant now(List<S3Objects.Named> tickets) {
        return tickets.stream().map(S3Objects.Named::written).reduce(Instant.now(), (a, b) -> a.isAfter(b) ? a : b);
    }

    /** Whether any of the tickets with a property is valid. */
    private boolean isAny(
            Predicate<Ticket> property, List<S3Objects.Named> tickets, String app, String bucket, Deadline deadline)
            throws S3Failure {
        Instant now = now(tickets);
        for (S3Objects.Named found : tickets) {
            Optional<Ticket> ticket = Ticket.parse(app, found.key()).filter(property);
            Duration age = Duration.between(found.written(), now);
            if (ticket.isEmpty() || age.compareTo(LONGEST_PAUSE) > 0) {
                continue;
            }
            if (!deadline.leaves(RESERVE)) {
                throw comesEarlier(app, COME_AGAIN);
            }
            ObjectPlace place = new ObjectPlace(bucket, found.key());
            Optional<Duration> pause = pauseOf(ticket.get(), place, app, deadline);
            if (pause.isEmpty()) {
                // Stale, or written by someone else: it must not be examined again.
                objects.delete(place, deadline);
            } else if (age.compareTo(pause.get()) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** How long a ticket counts after it was written; empty for one whose file's import isn't under way. */
    private Optional<Duration> pauseOf(Ticket ticket, ObjectPlace place, String app, Deadline deadline)
            throws S3Failure {
        Optional<JsonNode> json =
                objects.read(place.bucket(), place.key(), deadline).flatMap(body -> SourceObject.document(body.body()));
        Optional<ObjectVersion> source = json.flatMap(SourceObject::read);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        ImportId importId = ImportId.of(source.get(), place.bucket());
        if (!importId.hash().equals(ticket.hash())) {
            return Optional.empty();
        }
        ReportPlace reportPlace = ReportPlace.of(source.get(), place.bucket());
        return objects.read(reportPlace.bucket(), reportPlace.key(), deadline)
                .flatMap(stored -> ReportForm.read(stored.body(), importId, source.get()))
                .filter(Turns::isUnderWay)
                .filter(report ->
                        report.application().filter(other -> !other.equals(app)).isEmpty())
                .filter(report -> report.known()
                        .putAt()
                        .filter(put -> put.toEpochMilli() != ticket.millis())
                        .isEmpty())
                .map(report -> Duration.ofSeconds(json.get().path(PAUSE).asLong()));
    }

    /** A file about which a person has decided is planned again, and until then its report says that it waits. */
    private static boolean isUnderWay(FileReport report) {
        return switch (report.state()) {
            case CLAIMED, PLANNED, IMPORTING, RETRY -> true;
            case WAITING -> report.review().filter(Review::isApproved).isPresent();
            default -> false;
        };
    }
}
