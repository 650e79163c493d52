package dev.bulkuserimport.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a comparison came to.
 *
 * @param known how many people were known before; empty for the first snapshot
 * @param created people that were not known, or had been deactivated
 * @param changed known people whose profile differs
 * @param changedByProperty how many of them differ in each property
 * @param unchanged known people that are as before, and not sent
 * @param gone known people that are in the source no more, and deactivated
 * @param deactivated people that the source itself deactivates
 * @param goneIds external IDs of the first 100 of those who are gone
 * @param nobodyGoes whether nobody is deactivated for being gone, because a record's external ID could not be read
 */
public record SnapshotCounts(
        OptionalInt known,
        int created,
        int changed,
        Map<String, Integer> changedByProperty,
        int unchanged,
        int gone,
        int deactivated,
        List<String> goneIds,
        boolean nobodyGoes) {

    /** The counts as they stand in a report. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("first", known.isEmpty());
        members.put("peopleBefore", known.isPresent() ? known.getAsInt() : null);
        members.put("new", created);
        members.put("changed", changed);
        members.put("changedByProperty", changedByProperty);
        members.put("unchanged", unchanged);
        members.put("gone", gone);
        members.put("deactivated", deactivated);
        return members;
    }
}
