package dev.bulkuserimport.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a comparison came to.
 *
 * @param known how many people were known as active before; empty for the first snapshot
 * @param created people that were not known
 * @param returned people that had been deactivated, and are active again
 * @param changed known people whose profile differs
 * @param changedByProperty how many of them differ in each property
 * @param unchanged known people that are as before, and not sent
 * @param gone known people that are in the source no more, and deactivated
 * @param missing known people that are not in the source, but not for long enough to be gone
 * @param deactivated people that the source itself deactivates
 * @param goneIds external IDs of the first 100 of those who are gone
 * @param groups what became of groups and memberships; empty for a snapshot without
 * @param nobodyGoes whether no one is deactivated for being gone, because a record's external ID could not be read
 */
public record SnapshotCounts(
        OptionalInt known,
        int created,
        int returned,
        int changed,
        Map<String, Integer> changedByProperty,
        int unchanged,
        int gone,
        int missing,
        int deactivated,
        List<String> goneIds,
        Optional<GroupCounts> groups,
        boolean nobodyGoes) {}
