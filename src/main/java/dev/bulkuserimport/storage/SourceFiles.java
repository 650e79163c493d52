package dev.bulkuserimport.storage;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The files in the buckets, with what stands beside them. */
@Singleton
class SourceFiles {

    private static final String STATE = "state/";
    private static final String MAPPING = "mapping.json";

    private final S3Objects objects;
    private final Settings settings;

    SourceFiles(S3Objects objects, Settings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** What is never imported: what this function itself writes, folders, and mappings. */
    static boolean isNoImport(String key) {
        return key.startsWith(ReportPlace.REPORTS)
                || key.startsWith(STATE)
                || key.startsWith(WorkFiles.WORK)
                || key.endsWith("/")
                || key.equals(MAPPING)
                || key.endsWith("/" + MAPPING);
    }

    /** The object with what distinguishes its version, which S3 is asked for where nobody has said it. */
    ObjectVersion identified(ObjectVersion object, Deadline deadline) throws S3Failure {
        if (object.version().isPresent()) {
            return object;
        }
        HeadObjectResponse head = objects.headNewest(object, deadline);
        return new ObjectVersion(
                object.bucket(),
                object.key(),
                Optional.ofNullable(head.versionId()),
                Optional.ofNullable(head.eTag()),
                object.sequencer());
    }

    /** Whether another version of the same key has replaced this one. */
    boolean isSuperseded(ObjectVersion object, Deadline deadline) throws S3Failure {
        return newest(object, deadline).filter(head -> !isVersion(head, object)).isPresent();
    }

    /**
     * Looks for a version; empty when a newer one has replaced it.
     *
     * @throws S3Failure when it is gone, or may not be read
     */
    Optional<SourceFile> find(ObjectVersion object, Deadline deadline) throws S3Failure {
        Optional<HeadObjectResponse> newest = newest(object, deadline);
        if (newest.isPresent() && !isVersion(newest.get(), object)) {
            return Optional.empty();
        }
        return Optional.of(open(object, newest.isPresent() ? newest.get() : objects.head(object, deadline), deadline));
    }

    /** Looks for a version, whether or not there is a newer one. */
    SourceFile open(ObjectVersion object, Deadline deadline) throws S3Failure {
        return open(object, objects.head(object, deadline), deadline);
    }

    private SourceFile open(ObjectVersion object, HeadObjectResponse head, Deadline deadline) {
        FileFormat format = FileFormat.of(object.key(), Optional.ofNullable(head.contentEncoding()))
                .orElseThrow(() -> Problem.of(
                                ProblemType.INVALID_REQUEST,
                                "The name of an import must end in " + FileFormat.ENDINGS + ". Nothing was sent.")
                        .exception());
        FileSettings beside = FileSettings.of(object.key(), head.metadata(), settings);
        FileSource content = new FileSource(format, beside.defaults(), () -> objects.open(object, deadline));
        return new SourceFile(object, head, beside, format, content);
    }

    /** The newest version; empty when there is none any more, which says nothing about older ones. */
    private Optional<HeadObjectResponse> newest(ObjectVersion object, Deadline deadline) throws S3Failure {
        try {
            return Optional.of(objects.headNewest(object, deadline));
        } catch (S3Failure e) {
            if (e.isMissing() && object.versionId().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isVersion(HeadObjectResponse head, ObjectVersion object) {
        return object.versionId().isPresent()
                ? object.versionId().get().equals(head.versionId())
                : object.eTag().equals(Optional.ofNullable(head.eTag()).map(tag -> tag.replace("\"", "")));
    }
}
