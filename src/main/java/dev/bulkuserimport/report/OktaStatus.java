package dev.bulkuserimport.report;

/** What the statuses of Okta's application users mean, in the words of its API reference. */
final class OktaStatus {

    private OktaStatus() {}

    static String meaning(String status) {
        return switch (status) {
            case "ACTIVE" -> "in the application, and can be used";
            case "IMPORTED" -> "created from the import, waits for an admin to confirm";
            case "MATCHED" -> "matches an existing Okta user, waits for an admin to confirm";
            case "UNASSIGNED" -> "imported, but matched to nobody";
            case "PROVISIONED", "STAGED" -> "created, not activated yet";
            case "SUSPENDED" -> "suspended in Okta";
            case "INACTIVE", "DEPROVISIONED" -> "deactivated";
            default -> "";
        };
    }
}
