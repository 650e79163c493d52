package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.mapping.MappingKeys;
import dev.bulkuserimport.problem.FieldError;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The files in the buckets, with what stands beside them. */
@Singleton
class SourceFiles {

    private static final String STATE = "state/";

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
                || MappingKeys.isMapping(key);
    }

    /** The object with what distinguishes its version, which S3 is asked for where nobody has said it. */
    ObjectVersion identified(ObjectVersion object, Deadline deadline) throws S3Failure {
        if (object.version().isPresent()) {
            return object;
        }
        ObjectHead head = objects.headNewest(object, deadline);
        return new ObjectVersion(object.bucket(), object.key(), head.versionId(), head.eTag(), object.sequencer());
    }

    /** Whether another version of the same key has replaced this one. */
    boolean isSuperseded(ObjectVersion object, Deadline deadline) throws S3Failure {
        return newest(object, deadline).filter(head -> !isVersion(head, object)).isPresent();
    }

    /**
     * Looks for a version; empty when a newer one has replaced it.
     *
     * @param beside told what stands beside it, before anything of it is found wrong
     * @throws S3Failure when it is gone, or may not be read
     */
    Optional<SourceFile> find(ObjectVersion object, Consumer<ImportDefaults> beside, Deadline deadline)
            throws S3Failure {
        Optional<ObjectHead> newest = newest(object, deadline);
        if (newest.isPresent() && !isVersion(newest.get(), object)) {
            return Optional.empty();
        }
        ObjectHead head = newest.isPresent() ? newest.get() : objects.head(object, deadline);
        return Optional.of(open(object, head, beside, deadline));
    }

    /** Looks for a version, whether or not there is a newer one. */
    SourceFile open(ObjectVersion object, Deadline deadline) throws S3Failure {
        return open(object, objects.head(object, deadline), told -> {}, deadline);
    }

    private SourceFile open(ObjectVersion object, ObjectHead head, Consumer<ImportDefaults> told, Deadline deadline)
            throws S3Failure {
        FileSettings beside = FileSettings.of(object.key(), head.metadata(), settings);
        told.accept(beside.defaults());
        FileFormat format = FileFormat.of(object.key(), head.contentEncoding()).orElseThrow(() -> Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The name of an import must end in " + FileFormat.ENDINGS + ". Nothing was sent.")
                .exception());
        ImportDefaults defaults = mapping(object, beside, deadline)
                .map(found -> beside.defaults().with(found))
                .orElse(beside.defaults());
        FileSource content = new FileSource(format, defaults, () -> objects.open(object, deadline));
        return new SourceFile(object, head, beside, content);
    }

    /**
     * The mapping that the metadata names, or the nearest one above the file.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when it is wrong, or the one that is named isn't there
     */
    private Optional<Mapping> mapping(ObjectVersion object, FileSettings beside, Deadline deadline) throws S3Failure {
        if (beside.mapping().isPresent()) {
            String key = beside.mapping().get();
            return Optional.of(Mapping.parse(read(object.bucket(), key, deadline)
                    .orElseThrow(() -> Problem.invalidRequest(List.of(new FieldError(
                                    "object metadata mapping", "names " + key + ", which isn't in the bucket")))
                            .exception())));
        }
        for (String key : MappingKeys.candidates(object.key())) {
            Optional<byte[]> found = read(object.bucket(), key, deadline);
            if (found.isPresent()) {
                return found.map(Mapping::parse);
            }
        }
        return Optional.empty();
    }

    /** An object's bytes, of which no more are read than a mapping may have and one, whatever somebody has put there. */
    private Optional<byte[]> read(String bucket, String key, Deadline deadline) throws S3Failure {
        try (InputStream in = objects.open(bucket, key, deadline)) {
            return Optional.of(in.readNBytes(Mapping.MOST_BYTES + 1));
        } catch (S3Failure e) {
            if (e.isMissing() || e.isForbidden()) {
                // To a role without s3:ListBucket, S3 says of what isn't there that it may not be read.
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw S3Failure.broken(bucket, key);
        }
    }

    /** The newest version; empty when there is none any more, which says nothing about older ones. */
    private Optional<ObjectHead> newest(ObjectVersion object, Deadline deadline) throws S3Failure {
        try {
            return Optional.of(objects.headNewest(object, deadline));
        } catch (S3Failure e) {
            if (e.isMissing() && object.versionId().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isVersion(ObjectHead head, ObjectVersion object) {
        return object.versionId().isPresent()
                ? object.versionId().equals(head.versionId())
                : object.eTag().equals(head.eTag());
    }
}
