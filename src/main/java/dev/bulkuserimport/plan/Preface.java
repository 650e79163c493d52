package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * What determines how records are read and checked, known before the first one.
 *
 * @param operation the import's operation
 * @param usersPerPage the users in one bulk request, 1 to 200
 * @param applicationId the application, if it is known yet
 * @param sessionId the caller's session, if one has been named so far; a payload may still name it after its users
 * @param schemaUse how the application's schema is used
 * @param dryRun whether a dry run has been requested so far; a payload may still request it after its users
 */
public record Preface(
        ImportOperation operation,
        Optional<String> applicationId,
        Optional<String> sessionId,
        SchemaUse schemaUse,
        int usersPerPage,
        boolean dryRun) {

    /** For a file, whose columns or properties are checked against the application's schema if it sends profiles. */
    public static Preface ofFile(ImportOptions options) {
        return new Preface(
                options.operation(),
                Optional.of(options.applicationId()),
                options.sessionId(),
                options.operation().takesProfiles() ? SchemaUse.FILE : SchemaUse.NONE,
                options.usersPerPage(),
                options.dryRun());
    }
}
