package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * What applies where a payload says nothing: for files, the object's metadata, its key and the configuration.
 *
 * @param applicationId the application, where one is named
 * @param operation the operation, where one is named
 * @param sessionId the session, where one is named
 * @param managedSession whether an import without a session id creates and starts a session of its own
 * @param bareArray whether the payload is a file, which may be an array of users instead of an object
 */
public record ImportDefaults(
        Optional<String> applicationId,
        Optional<ImportOperation> operation,
        Optional<String> sessionId,
        boolean managedSession,
        boolean bareArray) {

    /** Whether this is a file: it may be an array of users, and must hold one at least. */
    boolean isFile() {
        return bareArray;
    }

    /** For a payload that must say everything itself. */
    public static final ImportDefaults NONE =
            new ImportDefaults(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
}
