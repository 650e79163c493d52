package dev.bulkuserimport.state;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.report.Compared;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.Review;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.StateManifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Determines whether a snapshot is outdated, because a newer one of the application was imported, or, for a stopped file, also stopped.
 * {@code state/{applicationId}.stopped} has the time and the sequencer of the newest snapshot that was stopped.
 */
@Singleton
public class SnapshotOrder {

    /** How often a conditional write is retried because another snapshot was stopped at the same time. */
    private static final int ATTEMPTS = 10;

    private final S3Objects objects;
    private final StateStore states;

    SnapshotOrder(S3Objects objects, StateStore states) {
        this.objects = objects;
        this.states = states;
    }

    /** Records that a snapshot is waiting for a decision. */
    public void add(String bucket, String app, StateManifest.Origin origin, Deadline deadline) throws IOException {
        byte[] body = (origin.time() + " " + origin.sequencer()).getBytes(StandardCharsets.UTF_8);
        objects.update(
                bucket,
                key(app),
                ATTEMPTS,
                stored -> stored.flatMap(SnapshotOrder::origin)
                                .filter(newest -> !newest.isOlderThan(origin))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(body),
                deadline);
    }

    /** Whether a newer snapshot of the application was imported, with any key. */
    public boolean isSuperseded(String bucket, String app, StateManifest.Origin origin, Deadline deadline)
            throws IOException {
        return states.of(bucket, app, deadline)
                .manifest()
                .flatMap(StateManifest::newest)
                .filter(origin::isOlderThan)
                .isPresent();
    }

    /**
     * Whether a newer snapshot was imported since this one was compared with the state, so that the rest of it is outdated. A stopped one is
     * outdated too if a newer one was stopped.
     */
    public boolean isOvertaken(FileReport report, Deadline deadline) throws IOException {
        String bucket = report.importId().reportBucket();
        Optional<Review> review = report.stopped();
        Optional<StateManifest.Origin> origin =
                review.map(Review::origin).or(() -> report.compared().flatMap(Compared::origin));
        if (origin.isEmpty() || isSuperseded(bucket, report.app(), origin.get(), deadline)) {
            return origin.isPresent();
        }
        return review.isPresent()
                && objects.read(bucket, key(report.app()), deadline)
                        .flatMap(SnapshotOrder::origin)
                        .filter(origin.get()::isOlderThan)
                        .isPresent();
    }

    private static Optional<StateManifest.Origin> origin(S3Objects.Stored stored) {
        String[] parts = new String(stored.body(), StandardCharsets.UTF_8).split(" ", -1);
        try {
            return parts.length == 2
                    ? Optional.of(new StateManifest.Origin(Instant.parse(parts[0]), parts[1]))
                    : Optional.empty();
        } catch (DateTimeException e) {
            // Not written by this function, so it is ignored.
            return Optional.empty();
        }
    }

    private static String key(String app) {
        return BucketLayout.STATE + app + ".stopped";
    }
}
