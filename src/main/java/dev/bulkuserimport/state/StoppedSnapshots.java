package dev.bulkuserimport.state;

import dev.bulkuserimport.base.Deadline;
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
 * Determines which of an application's stopped files still need a decision: none that is older than the newest snapshot, whether that one
 * was imported or also stopped. {@code state/{applicationId}.stopped} has the time and the sequencer of the newest snapshot that was
 * stopped.
 */
@Singleton
public class StoppedSnapshots {

    /** How often a conditional write is retried because another snapshot was stopped at the same time. */
    private static final int ATTEMPTS = 10;

    private final S3Objects objects;
    private final StateStore states;

    StoppedSnapshots(S3Objects objects, StateStore states) {
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
                stored -> stored.flatMap(StoppedSnapshots::origin)
                                .filter(newest -> !newest.isOlderThan(origin))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(body),
                deadline);
    }

    /** Whether a newer snapshot of the application was imported or stopped, so that this stopped file is outdated. */
    public boolean isOvertaken(FileReport report, Review review, Deadline deadline) throws IOException {
        String bucket = report.importId().reportBucket();
        Optional<StateManifest.Origin> imported =
                states.manifest(bucket, report.app(), deadline).flatMap(StateManifest::newest);
        return imported.filter(review.origin()::isOlderThan).isPresent()
                || objects.read(bucket, key(report.app()), deadline)
                        .flatMap(StoppedSnapshots::origin)
                        .filter(review.origin()::isOlderThan)
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
