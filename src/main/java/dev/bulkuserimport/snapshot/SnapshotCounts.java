package dev.bulkuserimport.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The counts of a comparison.
 *
 * @param known how many people were known to be active before; empty for the first snapshot
 * @param created people who were not known
 * @param returned people who had been deactivated and are active again
 * @param changed known people whose profile differs
 * @param changedByProperty how many of them differ in each property
 * @param unchanged known people who are unchanged and not sent
 * @param gone known people who are no longer in the source and are deactivated
 * @param missing known people who are not in the source, but not for long enough to be gone
 * @param deactivated people whom the source itself deactivates
 * @param goneIds external IDs of the first 100 people who are gone
 * @param groups what became of groups and memberships; empty for a snapshot without
 * @param nobodyGoes whether no one who is gone is deactivated, because a record's external ID could not be read
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
