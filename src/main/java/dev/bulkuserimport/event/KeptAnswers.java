package dev.bulkuserimport.event;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.Durations;
import dev.bulkuserimport.base.Sha256;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The answers to requests with an idempotency key, each an object under {@code state/idempotency/} in the report bucket, named by the key's
 * hash. Each is taken and changed by conditional writes, so of two concurrent requests only one proceeds.
 */
@Singleton
public class KeptAnswers {

    /** How long an answer is repeated. */
    public static final Duration KEPT = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(KeptAnswers.class);

    /** More than an invocation can need after its deadline to record that it has ended. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final int TRIES = 4;

    private final S3Objects objects;
    private final Optional<String> bucket;

    KeptAnswers(S3Objects objects, Settings settings) {
        this.objects = objects;
        this.bucket = settings.reportBucket();
    }

    /** What is stored for a key. */
    public sealed interface Taken {

        /** Nothing that applies: this caller may proceed. */
        record Turn(String bucket, String key, String request, String eTag) implements Taken {}

        /** The same request was answered before. */
        record Before(HttpAnswer answer) implements Taken {}

        /** Another request has this key. */
        record Other() implements Taken {}

        /** The same request is still in progress. */
        record AtWork(Duration delay) implements Taken {}
    }

    /**
     * Takes a key, if no one else has it.
     *
     * @param key as the caller sent it; only its hash is stored
     * @param request a keyed hash of the request
     * @throws java.util.NoSuchElementException without a report bucket
     * @throws ProblemException {@code storage-unavailable}; the key was not taken
     */
    public Taken take(String key, String request, Deadline deadline) {
        ObjectPlace place = new ObjectPlace(bucket.orElseThrow(), BucketLayout.answer(Sha256.hex(key)));
        try {
            for (int i = 0; i < TRIES; i++) {
                Optional<Taken> taken = tryToTake(place, request, deadline);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
            return new Taken.AtWork(LONGEST_WAIT);
        } catch (S3Failure e) {
            throw e.problem().exception();
        }
    }

    /**
     * Empty if another request was faster. Usually the key is free: writing first saves a read, and the permission needed to distinguish a
     * missing object from a forbidden one.
     */
    private Optional<Taken> tryToTake(ObjectPlace place, String request, Deadline deadline) throws S3Failure {
        Optional<Taken> first = write(place, request, Optional.empty(), deadline);
        if (first.isPresent()) {
            return first;
        }
        Optional<S3Objects.Stored> stored = objects.read(place.bucket(), place.key(), deadline);
        Optional<Taken> taken = stored.flatMap(object -> KeptAnswer.parse(object.body()))
                .flatMap(entry -> before(entry, request, Instant.now()));
        return taken.isPresent() || stored.isEmpty()
                ? taken
                : write(place, request, stored.map(S3Objects.Stored::eTag), deadline);
    }

    /** Takes the key in place of the entry with this ETag, or of none. */
    private Optional<Taken> write(ObjectPlace place, String request, Optional<String> replaced, Deadline deadline)
            throws S3Failure {
        Instant until = Instant.now().plus(deadline.left()).plus(GRACE);
        byte[] mine = KeptAnswer.of(KeptAnswer.State.AT_WORK, request, until, Optional.empty())
                .json();
        Optional<String> eTag = objects.write(place.bucket(), place.key(), mine, replaced, deadline);
        // S3 lets only one of two conditional writes succeed. S3-compatible servers may accept both, and the later one
        // remains.
        boolean stays = eTag.isPresent()
                && objects.read(place.bucket(), place.key(), deadline)
                        .filter(present -> Arrays.equals(present.body(), mine))
                        .isPresent();
        return stays ? Optional.of(new Taken.Turn(place.bucket(), place.key(), request, eTag.get())) : Optional.empty();
    }

    /**
     * What an entry means for a request; empty if the request may proceed. An invocation that exceeded its time was killed, and may have
     * sent something: the same request continues, and a different one can't have the key for as long as an answer would be kept.
     */
    private static Optional<Taken> before(KeptAnswer entry, String request, Instant now) {
        boolean killed = entry.state() == KeptAnswer.State.AT_WORK && !now.isBefore(entry.until());
        Instant counts = killed ? entry.until().plus(KEPT) : entry.until();
        if (entry.state() == KeptAnswer.State.FREE || !now.isBefore(counts)) {
            return Optional.empty();
        }
        if (!entry.request().equals(request)) {
            return Optional.of(new Taken.Other());
        }
        if (killed) {
            return Optional.empty();
        }
        if (entry.answer().isPresent()) {
            return Optional.of(new Taken.Before(entry.answer().get()));
        }
        Duration left = Duration.between(now, entry.until());
        return Optional.of(new Taken.AtWork(Durations.shorter(left, LONGEST_WAIT)));
    }

    /** Keeps an answer. If that fails, the request counts as in progress until its time is up, and may then be repeated. */
    void keep(Taken.Turn turn, HttpAnswer answer, Deadline deadline) {
        change(
                turn,
                KeptAnswer.of(
                        KeptAnswer.State.KEPT, turn.request(), Instant.now().plus(KEPT), Optional.of(answer)),
                deadline);
    }

    /** Releases a key because the request did not succeed. */
    public void giveBack(Taken.Turn turn, Deadline deadline) {
        change(turn, KeptAnswer.of(KeptAnswer.State.FREE, turn.request(), Instant.now(), Optional.empty()), deadline);
    }

    private void change(Taken.Turn turn, KeptAnswer entry, Deadline deadline) {
        ObjectPlace place = new ObjectPlace(turn.bucket(), turn.key());
        try {
            if (objects.write(place.bucket(), place.key(), entry.json(), Optional.of(turn.eTag()), deadline)
                    .isEmpty()) {
                LOG.warnf("%s was taken over", place.url());
            }
        } catch (S3Failure e) {
            LOG.warnf("%s could not be written: %s", place.url(), e.getMessage());
        }
    }
}
