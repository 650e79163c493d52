package dev.bulkuserimport.snapshot;

/**
 * What a snapshot makes of groups and memberships.
 *
 * @param created groups that were not known
 * @param changed groups that have another name or description
 * @param deleted groups that no one is in any more, and that are deleted
 * @param joined pairs of a group and a member who joins it
 * @param left pairs of a group and a member who leaves it
 */
public record GroupCounts(int created, int changed, int deleted, int joined, int left) {}
