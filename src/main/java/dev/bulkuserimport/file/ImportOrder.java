package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.snapshot.StateManifest.Origin;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Records which of an application's imported files is the newest, so that a late one is noticed. */
@Singleton
class ImportOrder {

    /** A file that is first planned this long after its upload is no longer imported after a newer one. */
    private static final Duration LATEST = Duration.ofDays(1);

    /** A time further in the future than clock differences is invalid. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final int ATTEMPTS = 5;

    private static final Logger LOG = Logger.getLogger(ImportOrder.class);

    private final S3Objects objects;

    ImportOrder(S3Objects objects) {
        this.objects = objects;
    }

    /** Whether a file that was not planned before is too old to be imported after the newest one. */
    boolean isOutdated(FileReport report, String app, Deadline deadline) throws S3Failure {
        boolean old = report.known()
                .putAt()
                .filter(put -> put.isBefore(Instant.now().minus(LATEST)))
                .isPresent();
        return old && comesAfterNewer(report, app, deadline);
    }

    /** Whether a file that was uploaded later has been imported. */
    boolean comesAfterNewer(FileReport report, String app, Deadline deadline) throws S3Failure {
        Optional<Origin> origin = report.origin();
        return origin.isPresent()
                && newest(stored(report, app, deadline))
                        .filter(origin.get()::isOlderThan)
                        .isPresent();
    }

    /** A file is imported, or its import begins: files uploaded before it are older from now on. */
    void imported(FileReport report, Deadline deadline) {
        if (report.origin().isEmpty()) {
            return;
        }
        try {
            remember(report, report.origin().get(), deadline);
        } catch (IOException e) {
            // The import itself went on; only an older file that comes days later would not be noticed.
            LOG.warnf(
                    "%s could not be recorded as the newest file: %s",
                    report.source().place(), e.getMessage());
        }
    }

    /**
     * The import of a file is over. One in which nothing had to be sent is the newest all the same, and an attempt that was cut off after a
     * session's start may not have said it.
     */
    void atEnd(FileReport report, Next.End end, Deadline deadline) {
        boolean unchanged = end.state() == FileState.COMPLETED
                && report.sessions().isEmpty()
                && report.callerSession().isEmpty()
                && !report.isDryRun();
        if (unchanged || report.hasSent() && report.hold().attempts() > 1) {
            imported(report, deadline);
        }
    }

    private void remember(FileReport report, Origin origin, Deadline deadline) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", origin.time().toString());
        members.put("sequencer", origin.sequencer());
        // The attempt's bytes must be unique, see S3Objects.write.
        members.put("importId", report.importId().toString());
        members.put("attempt", report.hold().attempt().orElse(""));
        objects.update(
                report.importId().reportBucket(),
                BucketLayout.order(report.app()),
                ATTEMPTS,
                stored -> newest(stored)
                                .filter(newest -> !newest.isOlderThan(origin))
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of(JsonOutput.bytes(members)),
                deadline);
    }

    private Optional<S3Objects.Stored> stored(FileReport report, String app, Deadline deadline) throws S3Failure {
        return objects.read(report.importId().reportBucket(), BucketLayout.order(app), deadline);
    }

    private static Optional<Origin> newest(Optional<S3Objects.Stored> stored) {
        return stored.flatMap(found -> SourceObject.document(found.body()))
                .flatMap(ImportOrder::origin)
                .filter(origin -> origin.time().isBefore(Instant.now().plus(CLOCKS_DIFFER)));
    }

    /** Empty for anything that this function didn't write: it is ignored and replaced. */
    private static Optional<Origin> origin(JsonNode json) {
        try {
            return Optional.of(new Origin(
                    Instant.parse(json.path("time").asText()),
                    json.path("sequencer").asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
