package dev.bulkuserimport.file;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.s3.ObjectTags;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Tags the files in the import bucket that its lifecycle rule may delete. A mapping under the same prefix must be kept, and a lifecycle
 * rule can't exclude a name.
 */
@Singleton
class FileExpiry {

    /** Also in {@code infra/template.yaml}. */
    static final String TAG = "bulk-user-import";

    static final String FILE = "file";

    private static final Logger LOG = Logger.getLogger(FileExpiry.class);

    private final ObjectTags tags;
    private final Settings settings;

    FileExpiry(ObjectTags tags, Settings settings) {
        this.tags = tags;
        this.settings = settings;
    }

    /**
     * Tags a file. Only the bucket that the function was given has such a lifecycle. A file that isn't tagged is kept, which is no reason
     * not to import it.
     *
     * @param hasRecords whether its records were read by now: until then a JSON file may be a mapping under another name
     */
    void mark(ObjectVersion object, boolean hasRecords, Deadline deadline) {
        boolean json = object.key().toLowerCase(Locale.ROOT).matches(".*\\.json(\\.gz)?");
        if (json != hasRecords
                || !settings.reportBucket().filter(object.bucket()::equals).isPresent()) {
            return;
        }
        try {
            tags.add(object, TAG, FILE, deadline);
        } catch (S3Failure e) {
            LOG.warnf("%s could not be tagged and will not expire", object.place());
        }
    }
}
