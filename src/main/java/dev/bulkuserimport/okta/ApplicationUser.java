package dev.bulkuserimport.okta;

import java.util.Map;
import java.util.Optional;

/**
 * What Okta's application users show of a person.
 *
 * @param externalId the person's id in the source; empty until the user is confirmed
 * @param status {@code IMPORTED}, {@code MATCHED}, {@code ACTIVE}, {@code DEPROVISIONED} and so on; empty where Okta gives none
 * @param userName the login; empty where Okta gives none
 * @param profile the properties that have a value, where they were asked for; lists and objects are left out
 */
public record ApplicationUser(
        Optional<String> externalId, String status, Optional<String> userName, Map<String, String> profile) {

    @Override
    public String toString() {
        return "ApplicationUser[hidden]";
    }
}
