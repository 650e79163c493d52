package dev.bulkuserimport.report;

import java.util.Optional;

/**
 * Numbers of groups and memberships on a report's page.
 *
 * @param records those that the file lists by themselves, valid or not
 * @param groups groups in requests that Okta accepted
 * @param memberships pairs of a group and a member in such requests
 * @param rejectedGroups invalid groups
 * @param rejectedMemberships invalid memberships
 */
public record CountsOfGroups(int records, int groups, int memberships, int rejectedGroups, int rejectedMemberships) {

    /** Of a file of users alone. */
    static final CountsOfGroups NONE = new CountsOfGroups(0, 0, 0, 0, 0);

    /** What Okta accepted, in words; empty where it is nothing. */
    Optional<String> accepted() {
        return Optional.of(inWords(groups, memberships)).filter(words -> !words.isEmpty());
    }

    int rejected() {
        return rejectedGroups + rejectedMemberships;
    }

    String rejectedInWords() {
        return inWords(rejectedGroups, rejectedMemberships);
    }

    private static String inWords(int ofGroups, int ofMemberships) {
        return (ofGroups > 0 ? Words.count(ofGroups, "group") : "")
                + (ofGroups > 0 && ofMemberships > 0 ? " and " : "")
                + (ofMemberships > 0 ? Words.count(ofMemberships, "membership") : "");
    }
}
