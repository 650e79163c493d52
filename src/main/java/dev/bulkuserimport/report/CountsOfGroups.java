package dev.bulkuserimport.report;

import java.util.ArrayList;
import java.util.List;
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
        return Optional.of(acceptedOnes()).filter(ones -> !ones.isEmpty()).map(Words::list);
    }

    /** The same, each kind by itself. */
    List<String> acceptedOnes() {
        return inWords(groups, memberships);
    }

    int rejected() {
        return rejectedGroups + rejectedMemberships;
    }

    /** The invalid ones of each kind, in words. */
    List<String> rejectedOnes() {
        return inWords(rejectedGroups, rejectedMemberships);
    }

    static List<String> inWords(int ofGroups, int ofMemberships) {
        List<String> words = new ArrayList<>();
        if (ofGroups > 0) {
            words.add(Words.count(ofGroups, "group"));
        }
        if (ofMemberships > 0) {
            words.add(Words.count(ofMemberships, "membership"));
        }
        return words;
    }
}
