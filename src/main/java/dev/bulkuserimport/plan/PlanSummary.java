package dev.bulkuserimport.plan;

import java.util.List;

/**
 * The counts of a plan.
 *
 * @param records the source's records, valid or not
 * @param beside how many of them are groups and memberships that are listed by themselves
 * @param users users that are sent, upserts and deletes
 * @param deactivations how many of them are deactivated
 * @param skipped records that a mapping skips
 * @param unchanged records that a comparison leaves out
 * @param repeated records equal to an earlier one, with which they count as one
 * @param groups groups that are sent
 * @param memberships pairs of a group and a member that are sent
 * @param namedOtherwise rows that give a group another name or description than the first one that names it
 * @param removals what a Deactivate &amp; Delete source takes from each group, without people whom it deactivates
 * @param rejections the invalid records
 */
public record PlanSummary(
        int records,
        int beside,
        int users,
        int deactivations,
        int skipped,
        int unchanged,
        int repeated,
        int groups,
        int memberships,
        int namedOtherwise,
        List<GroupRemovals> removals,
        Rejections rejections) {}
