package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * The options of an import, checked.
 *
 * @param applicationId the application, which is the identity source
 * @param operation the import's operation
 * @param sessionId the session to load; empty if the function creates one
 * @param usersPerPage the users in one bulk request, 1 to 200
 * @param dryRun whether everything is checked but nothing is sent to the session
 * @param guards the payload's own limits, which can only lower the function's
 */
public record ImportOptions(
        String applicationId,
        ImportOperation operation,
        Optional<String> sessionId,
        int usersPerPage,
        boolean dryRun,
        Guards guards) {}
