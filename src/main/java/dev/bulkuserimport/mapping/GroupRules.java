package dev.bulkuserimport.mapping;

import java.util.List;

/**
 * The groups that a mapping makes.
 *
 * @param rules each makes the person of a row a member of its groups; none where the mapping has no groups
 * @param deletesGone whether a snapshot deletes the groups that no one is in any more
 */
record GroupRules(List<GroupRule> rules, boolean deletesGone) {

    static final GroupRules NONE = new GroupRules(List.of(), false);

    GroupRules {
        rules = List.copyOf(rules);
    }
}
