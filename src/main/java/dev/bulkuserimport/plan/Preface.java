package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ImportOperation;
import java.util.Optional;

/**
 * What decides how records are read and checked, known before the first of them.
 *
 * @param operation what is done with them
 * @param usersPerPage users in one bulk request, 1 to 200
 * @param applicationId the application, as far as it is known by now
 * @param schemaUse what is done with the application's schema
 * @param dryRun whether it says by now that nothing is to be sent; a payload may still say so behind its users
 */
public record Preface(
        ImportOperation operation,
        Optional<String> applicationId,
        SchemaUse schemaUse,
        int usersPerPage,
        boolean dryRun) {

    /** Of a file, whose columns or properties are held against the application's schema where it sends profiles. */
    public static Preface ofFile(ImportOptions options) {
        return new Preface(
                options.operation(),
                Optional.of(options.applicationId()),
                options.operation().takesProfiles() ? SchemaUse.FILE : SchemaUse.NONE,
                options.usersPerPage(),
                options.dryRun());
    }
}
