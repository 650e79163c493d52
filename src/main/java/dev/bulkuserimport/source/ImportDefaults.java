package dev.bulkuserimport.source;

import dev.bulkuserimport.mapping.Mapping;
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
 * @param mapping how its rows or objects become users, where one was found beside it
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

    /** The same, with a mapping for where the payload gives none. */
    public ImportDefaults with(Mapping found) {
        return new ImportDefaults(applicationId, operation, sessionId, managedSession, bareArray, Optional.of(found));
    }

    /** Whether this is a file: it may be an array of users, and must hold one at least. */
    boolean isFile() {
        return bareArray;
    }

    /** For a payload that must say everything itself. */
    public static final ImportDefaults NONE =
            new ImportDefaults(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
}
