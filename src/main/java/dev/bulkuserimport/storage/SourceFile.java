package dev.bulkuserimport.storage;

import dev.bulkuserimport.source.FileSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A file that is there to be imported.
 *
 * @param object its version
 * @param head its metadata and encryption
 * @param settings what stands beside it
 * @param content its records
 */
record SourceFile(ObjectVersion object, HeadObjectResponse head, FileSettings settings, FileSource content) {}
