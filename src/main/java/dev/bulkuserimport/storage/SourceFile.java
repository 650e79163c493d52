package dev.bulkuserimport.storage;

import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.FileSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A file that is there to be imported.
 *
 * @param object its version
 * @param head its metadata and encryption
 * @param settings what stands beside it
 * @param format what its name says about its content
 * @param content its records
 */
record SourceFile(
        ObjectVersion object, HeadObjectResponse head, FileSettings settings, FileFormat format, FileSource content) {}
