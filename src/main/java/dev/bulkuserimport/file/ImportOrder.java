package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.mapping.MappingKeys;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Records which of an application's imported files is the newest, so that a late one is noticed, and with which mappings files were
 * imported, so that a lost one is.
 */
@Singleton
class ImportOrder {

    /** A file that is first planned this long after its upload is no longer imported after a newer one. */
    private static final Duration LATEST = Duration.ofDays(1);

    /** A time further in the future than clock differences is invalid. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final int ATTEMPTS = 5;

    /** The most folders whose mappings are remembered. */
    private static final int FOLDERS = 100;

    private static final String MAPPINGS = "mappings";

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
                && newest(kept(report, app, deadline))
                        .filter(origin.get()::isOlderThan)
                        .isPresent();
    }

    /**
     * The mapping with which files in a file's folder, or below the mapping's own, were last imported; empty if there was none. Files in a
     * folder may have different names every night.
     */
    Optional<String> formerMapping(FileReport report, String app, Deadline deadline) throws S3Failure {
        return mappings(kept(report, app, deadline)).entrySet().stream()
                .filter(known -> report.source().key().startsWith(known.getKey()))
                .reduce((one, other) -> one.getKey().length() > other.getKey().length() ? one : other)
                .map(Map.Entry::getValue);
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
        objects.update(
                report.importId().reportBucket(),
                BucketLayout.order(report.app()),
                ATTEMPTS,
                stored -> updated(stored, report, origin),
                deadline);
    }

    /** Empty if there is nothing new. */
    private static Optional<byte[]> updated(Optional<S3Objects.Stored> stored, FileReport report, Origin origin) {
        Optional<JsonNode> kept = stored.flatMap(found -> SourceObject.document(found.body()));
        Optional<Origin> newest = newest(kept).filter(known -> !known.isOlderThan(origin));
        Map<String, String> before = mappings(kept);
        Map<String, String> mappings = new LinkedHashMap<>(before);
        report.known().mapping().ifPresent(key -> {
            String folder = folder(report.source().key(), key);
            mappings.remove(folder);
            mappings.put(folder, key);
        });
        if (newest.isPresent() && mappings.equals(before)) {
            return Optional.empty();
        }
        Origin now = newest.orElse(origin);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("time", now.time().toString());
        members.put("sequencer", now.sequencer());
        // The attempt's bytes must be unique, see S3Objects.write.
        members.put("importId", report.importId().toString());
        members.put("attempt", report.hold().attempt().orElse(""));
        List<String> folders = List.copyOf(mappings.keySet());
        mappings.keySet().retainAll(folders.subList(Math.max(0, folders.size() - FOLDERS), folders.size()));
        members.put(MAPPINGS, mappings);
        return Optional.of(JsonOutput.bytes(members));
    }

    /** The folder to which a mapping applies: its own where the file is below it, the file's where the file's metadata names it. */
    private static String folder(String file, String mapping) {
        String own = mapping.substring(0, mapping.lastIndexOf('/') + 1);
        return MappingKeys.candidates(file).contains(mapping) ? own : file.substring(0, file.lastIndexOf('/') + 1);
    }

    private static Map<String, String> mappings(Optional<JsonNode> kept) {
        Map<String, String> mappings = new LinkedHashMap<>();
        kept.ifPresent(json -> json.path(MAPPINGS)
                .properties()
                .forEach(entry -> mappings.put(entry.getKey(), entry.getValue().asText())));
        return mappings;
    }

    private Optional<JsonNode> kept(FileReport report, String app, Deadline deadline) throws S3Failure {
        return objects.read(report.importId().reportBucket(), BucketLayout.order(app), deadline)
                .flatMap(stored -> SourceObject.document(stored.body()));
    }

    private static Optional<Origin> newest(Optional<JsonNode> kept) {
        return kept.flatMap(ImportOrder::origin)
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
