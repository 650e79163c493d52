package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaLimits;
import dev.bulkuserimport.rules.UsersPerPage;
import java.util.Optional;

/**
 * How records are checked and cut.
 *
 * @param operation decides what is sent: for Deactivate &amp; Delete only the external ID
 * @param skipInvalid whether invalid records are left out instead of refusing them all
 * @param schema the application's schema to hold properties against; empty for no such check
 * @param unknownRefuses whether a property that the schema doesn't know refuses the whole source, as an unknown column does, instead of
 *     making its record invalid
 * @param usersPerPage users in one bulk request, 1 to 200
 * @param most users of all sessions together, at most
 * @param comparison what is known of the people from before
 */
public record PlanRules(
        ImportOperation operation,
        boolean skipInvalid,
        Optional<ApplicationSchema> schema,
        boolean unknownRefuses,
        int usersPerPage,
        int most,
        Comparison comparison) {

    /** Users that a file without a session of its own may hold. */
    public static final int MOST_IN_A_FILE = 1_000_000;

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

    /** As many sessions as it needs. */
    public PlanRules withManySessions() {
        return new PlanRules(operation, skipInvalid, schema, unknownRefuses, usersPerPage, MOST_IN_A_FILE, comparison);
    }

    public PlanRules withComparison(Comparison known) {
        return new PlanRules(operation, skipInvalid, schema, unknownRefuses, usersPerPage, most, known);
    }

    boolean oneSessionOnly() {
        return most <= OktaLimits.USERS_PER_SESSION;
    }
}
