package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.rules.UsersPerPage;
import java.util.Optional;

/**
 * How records are checked and split.
 *
 * @param operation determines what is sent: for Deactivate &amp; Delete only the external ID
 * @param skipInvalid whether invalid records are left out instead of refusing the import
 * @param schema the application's schema to check properties against; empty for no check
 * @param unknownRefuses whether a property that isn't in the schema refuses the whole source, like an unknown column, instead of making its
 *     record invalid
 * @param usersPerPage the users in one bulk request, 1 to 200
 * @param most the most users in all sessions
 * @param comparison what is already known about the people
 */
public record PlanRules(
        ImportOperation operation,
        boolean skipInvalid,
        Optional<ApplicationSchema> schema,
        boolean unknownRefuses,
        int usersPerPage,
        int most,
        Comparison comparison) {

    /** The most users in a file without a session ID. */
    public static final int MOST_IN_A_FILE = 1_000_000;

    /** The most sessions that a file may need. */
    public static final int MOST_SESSIONS = 1_000;

    /** A plan for one session, checked without a schema. */
    public static PlanRules oneSession(ImportOperation operation, boolean skipInvalid) {
        return new PlanRules(
                operation,
                skipInvalid,
                Optional.empty(),
                false,
                UsersPerPage.DEFAULT,
                OktaLimits.USERS_PER_SESSION,
                Comparison.NONE);
    }

    public PlanRules withSchema(Optional<ApplicationSchema> known, boolean refuses) {
        return new PlanRules(operation, skipInvalid, known, refuses, usersPerPage, most, comparison);
    }

    public PlanRules withUsersPerPage(int users) {
        return new PlanRules(operation, skipInvalid, schema, unknownRefuses, users, most, comparison);
    }

    /** For as many sessions as needed. */
    public PlanRules withManySessions() {
        return new PlanRules(operation, skipInvalid, schema, unknownRefuses, usersPerPage, MOST_IN_A_FILE, comparison);
    }

    public PlanRules withComparison(Comparison known) {
        return new PlanRules(operation, skipInvalid, schema, unknownRefuses, usersPerPage, most, known);
    }

    /** Whether the records are a file's. */
    boolean isFile() {
        return unknownRefuses;
    }

    boolean oneSessionOnly() {
        return most <= OktaLimits.USERS_PER_SESSION;
    }

    /** Whether an import that needs so many sessions and requests is too large. */
    boolean areTooMany(int sessions, int requests) {
        return oneSessionOnly() ? requests > OktaLimits.REQUESTS_PER_SESSION : sessions > MOST_SESSIONS;
    }
}
