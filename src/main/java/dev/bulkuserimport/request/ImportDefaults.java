package dev.bulkuserimport.request;

/**
 * What applies where a payload says nothing: for files, the object's metadata, its key and the configuration.
 *
 * @param applicationId null when there is none
 * @param operation null when there is none
 * @param sessionId null when there is none
 * @param managedSession whether an import without a session id creates and starts a session of its own
 * @param bareArray whether the payload may be an array of users instead of an object
 */
public record ImportDefaults(
        String applicationId, ImportOperation operation, String sessionId, boolean managedSession, boolean bareArray) {

    /** For a payload that must say everything itself. */
    public static final ImportDefaults NONE = new ImportDefaults(null, null, null, false, false);
}
