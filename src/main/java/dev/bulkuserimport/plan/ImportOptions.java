package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * What an import's payload says beside its users, checked.
 *
 * @param applicationId the application, which is the identity source
 * @param operation what is done with the users
 * @param sessionId the session to load; empty when the function creates one of its own
 * @param usersPerPage users in one bulk request, 1 to 200
 * @param dryRun whether everything is checked and nothing is sent to the session
 * @param validateProperties whether properties are held against the application's schema
 * @param guards what the payload itself allows; it can only be less than what the function allows
 */
public record ImportOptions(
        String applicationId,
        ImportOperation operation,
        Optional<String> sessionId,
        int usersPerPage,
        boolean dryRun,
        boolean validateProperties,
        Guards guards) {}
