package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.mapping.MappingKeys;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.s3.BucketLayout;
import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.ObjectPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import dev.bulkuserimport.source.ImportDefaults;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The files in the buckets, with their mappings and metadata. */
@Singleton
class SourceFiles {

    private static final Logger LOG = Logger.getLogger(SourceFiles.class);

    private final S3Objects objects;
    private final Settings settings;

    SourceFiles(S3Objects objects, Settings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    /** Receives what is known about a file before it is opened. */
    @FunctionalInterface
    interface Seen {
        void by(FileSettings settings, ObjectHead head);
    }

    /** Objects that are never imported: the function's own, folders, mappings, and, with a log line, files left behind by tools. */
    static boolean isNoImport(String key) {
        if (LeftBehind.is(key)) {
            LOG.infof("ignored key=%s because=left-behind-by-a-tool", new ObjectPlace("", key).shown());
            return true;
        }
        return BucketLayout.isOwn(key) || key.endsWith("/") || MappingKeys.isMapping(key);
    }

    /** The object with its version identifier, which is requested from S3 if it isn't known. */
    ObjectVersion identified(ObjectVersion object, Deadline deadline) throws S3Failure {
        if (object.version().isPresent()) {
            return object;
        }
        ObjectHead head = objects.headNewest(object, deadline);
        return new ObjectVersion(
                object.bucket(), object.key(), head.versionId(), Optional.of(head.eTag()), object.sequencer());
    }

    /** Whether another version of the same key has replaced this one. */
    boolean isSuperseded(ObjectVersion object, Deadline deadline) throws S3Failure {
        return newest(object, deadline).filter(head -> !isVersion(head, object)).isPresent();
    }

    /**
     * Looks up a version; empty if a newer one has replaced it.
     *
     * @param seen receives its options and attributes, before any error is found
     * @throws S3Failure if it no longer exists, or may not be read
     */
    Optional<SourceFile> find(ObjectVersion object, Seen seen, Deadline deadline) throws S3Failure {
        Optional<ObjectHead> newest = newest(object, deadline);
        if (newest.isPresent() && !isVersion(newest.get(), object)) {
            return Optional.empty();
        }
        ObjectHead head = newest.isPresent() ? newest.get() : objects.head(object, deadline);
        return Optional.of(open(object, head, seen, deadline));
    }

    /** Looks up a version, whether or not there is a newer one. */
    SourceFile open(ObjectVersion object, Deadline deadline) throws S3Failure {
        return open(object, objects.head(object, deadline), (beside, head) -> {}, deadline);
    }

    private SourceFile open(ObjectVersion object, ObjectHead head, Seen seen, Deadline deadline) throws S3Failure {
        FileSettings beside = FileSettings.of(object.key(), head.metadata(), settings);
        seen.by(beside, head);
        FileFormat format = FileFormat.of(object.key(), head.contentEncoding()).orElseThrow(() -> Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "The file name must end in " + FileFormat.ENDINGS + ". Nothing was sent.")
                .exception());
        Optional<FoundMapping> mapping = mapping(object, beside, deadline);
        ImportDefaults defaults =
                mapping.map(found -> beside.defaults().with(found.mapping())).orElse(beside.defaults());
        FileSource content = new FileSource(format, defaults, () -> objects.open(object, deadline));
        return new SourceFile(object, head, beside, mapping.map(FoundMapping::key), content);
    }

    private record FoundMapping(String key, Mapping mapping) {}

    /**
     * The mapping named in the metadata, or the nearest one above the file. If it exists but can't be read, the file is refused: without
     * it, leavers and other excluded people would be created.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code invalid-request} when it is invalid, or the named one doesn't exist
     */
    private Optional<FoundMapping> mapping(ObjectVersion object, FileSettings beside, Deadline deadline)
            throws S3Failure {
        if (beside.mapping().isPresent()) {
            ObjectPlace named =
                    new ObjectPlace(object.bucket(), beside.mapping().get());
            return Optional.of(new FoundMapping(
                    named.key(), Mapping.parse(read(named, deadline).orElseThrow(() -> Problem.invalidRequest(
                                    "object metadata mapping",
                                    "names " + named.key() + ", which doesn't exist in the bucket")
                            .exception()))));
        }
        for (String key : MappingKeys.candidates(object.key())) {
            Optional<byte[]> found = read(new ObjectPlace(object.bucket(), key), deadline);
            if (found.isPresent()) {
                return found.map(json -> new FoundMapping(key, Mapping.parse(json)));
            }
        }
        return Optional.empty();
    }

    /**
     * A mapping's bytes, at most one more than a mapping may have; empty if there is none.
     *
     * @throws dev.bulkuserimport.problem.ProblemException {@code storage-unavailable} when the role may not read it
     */
    private Optional<byte[]> read(ObjectPlace place, Deadline deadline) throws S3Failure {
        try (InputStream in = objects.open(place.bucket(), place.key(), deadline)) {
            return Optional.of(in.readNBytes(Mapping.MOST_BYTES + 1));
        } catch (S3Failure e) {
            if (e.isNoObject()) {
                return Optional.empty();
            }
            if (!e.isForbidden()) {
                throw e;
            }
            if (isAbsent(place, deadline)) {
                return Optional.empty();
            }
            throw unreadable(place).exception();
        } catch (IOException e) {
            throw S3Failure.broken(place.bucket(), place.key());
        }
    }

    /** If the role may not list the bucket, S3 answers 403 for a missing object; a listing of the folder distinguishes the cases. */
    private boolean isAbsent(ObjectPlace place, Deadline deadline) throws S3Failure {
        try {
            return !objects.has(place, deadline);
        } catch (S3Failure e) {
            if (e.isForbidden()) {
                return false;
            }
            throw e;
        }
    }

    private static Problem unreadable(ObjectPlace place) {
        return Problem.of(
                        ProblemType.STORAGE_UNAVAILABLE,
                        "The mapping " + place.shown()
                                + " can't be read, so the file was not imported: the function's role can read only"
                                + " imports/, and only with KMS keys that it may use. Move the mapping there, or allow"
                                + " the role to read it (s3:GetObject, kms:Decrypt) and list its folder (s3:ListBucket).")
                .with("bucket", place.bucket())
                .with("key", place.key());
    }

    /** The newest version; empty if it was deleted, even if there are older ones. */
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
                : object.eTag().equals(Optional.of(head.eTag()));
    }
}
