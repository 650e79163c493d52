package dev.bulkuserimport.okta;

import java.util.Map;
import java.util.Optional;

/**
 * A person as Okta's application users show them.
 *
 * @param externalId the person's ID in the source; empty until the user is confirmed
 * @param status {@code IMPORTED}, {@code MATCHED}, {@code ACTIVE}, {@code DEPROVISIONED} and so on; empty if Okta returns none
 * @param userName the login; empty if Okta returns none
 * @param profile the properties that have a value, if requested; lists and objects are left out
 */
public record ApplicationUser(
        Optional<String> externalId, String status, Optional<String> userName, Map<String, String> profile) {

    @Override
    public String toString() {
        return "ApplicationUser[hidden]";
    }
}
