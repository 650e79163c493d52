package dev.bulkuserimport.file;

import dev.bulkuserimport.s3.ObjectHead;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.snapshot.StateManifest;
import dev.bulkuserimport.source.FileSource;
import java.util.Optional;

/**
 * A file to import.
 *
 * @param object its version
 * @param head its metadata and encryption
 * @param settings its options from outside the file
 * @param mapping the key of its mapping, unless there is none, or the file contains its own
 * @param content its records
 */
record SourceFile(
        ObjectVersion object, ObjectHead head, FileSettings settings, Optional<String> mapping, FileSource content) {

    /** Its position among an application's snapshots: the object's time, then its sequencer. */
    StateManifest.Origin origin() {
        return new StateManifest.Origin(head.lastModified(), object.sequencer().orElse(""));
    }
}
