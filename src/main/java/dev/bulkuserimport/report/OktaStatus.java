package dev.bulkuserimport.report;

import java.util.Set;

/** The meanings of the statuses of Okta's application users, according to its API reference. */
public final class OktaStatus {

    /** Those without access. */
    public static final Set<String> GONE = Set.of("DEPROVISIONED", "INACTIVE");

    private OktaStatus() {}

    static String meaning(String status) {
        return switch (status) {
            case "ACTIVE" -> "in the application, and can be used";
            case "IMPORTED" -> "created from the import, waiting for an admin to confirm";
            case "MATCHED" -> "matches an existing Okta user, waiting for an admin to confirm";
            case "UNASSIGNED" -> "imported, but not matched to a user";
            case "PROVISIONED", "STAGED" -> "created, not activated yet";
            case "SUSPENDED" -> "suspended in Okta";
            case "INACTIVE", "DEPROVISIONED" -> "deactivated";
            default -> "";
        };
    }
}
