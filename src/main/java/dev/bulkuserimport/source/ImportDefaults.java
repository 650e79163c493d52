package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * Defaults for options that a payload doesn't set: for files, from the object's metadata, its key and the configuration.
 *
 * @param applicationId the application, if specified
 * @param operation the operation, if specified
 * @param sessionId the session, if specified
 * @param managedSession whether an import without a session ID creates and starts its own session
 * @param bareArray whether the payload is a file, which may be an array of users instead of an object
 * @param mapping the mapping from rows or objects to users, if one was found for the file
 */
public record ImportDefaults(
        Optional<String> applicationId,
        Optional<ImportOperation> operation,
        Optional<String> sessionId,
        boolean managedSession,
        boolean bareArray,
        Optional<Mapping> mapping) {

    /** Without a mapping. */
    public ImportDefaults(
            Optional<String> applicationId,
            Optional<ImportOperation> operation,
            Optional<String> sessionId,
            boolean managedSession,
            boolean bareArray) {
        this(applicationId, operation, sessionId, managedSession, bareArray, Optional.empty());
    }

    /** The same, with a mapping for a payload that has none. */
    public ImportDefaults with(Mapping found) {
        return new ImportDefaults(applicationId, operation, sessionId, managedSession, bareArray, Optional.of(found));
    }

    /** Whether this is a file: it may be an array of users, and must contain at least one. */
    boolean isFile() {
        return bareArray;
    }

    /** For a payload that must specify everything itself. */
    public static final ImportDefaults NONE =
            new ImportDefaults(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
}
