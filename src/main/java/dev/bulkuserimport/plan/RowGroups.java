package dev.bulkuserimport.plan;

import com.dynatrace.hash4j.hashing.Hasher64;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.GroupProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups and memberships that a file's rows make by a mapping. A membership is sent when its user and its group are in, so they are kept
 * until all rows have been read: some 25 bytes a person, and 4 a membership.
 */
final class RowGroups {

    /** The field of a record that its groups are, in its faults. */
    static final String GROUPS = "groups";

    /** How a fault of a group's external ID begins. */
    static final String GROUP_ID = "has a group whose external ID ";

    private final Comparison comparison;
    private final GroupDates dates;
    private final Map<String, RowGroup> groups = new LinkedHashMap<>();
    private final MemberTable joining = new MemberTable();
    private final MemberTable leaving = new MemberTable();
    /** The groups of the row that is being read, by their external IDs. */
    private final Map<String, GroupOfRow> ofRow = new LinkedHashMap<>();

    private List<RowGroup> toSend = List.of();
    private boolean areMade;
    private boolean deletesGone;
    private int namedOtherwise;

    RowGroups(Comparison comparison, GroupDates dates) {
        this.comparison = comparison;
        this.dates = dates;
    }

    /** The rows make groups at all. */
    void made(boolean gone) {
        areMade = true;
        deletesGone = gone;
    }

    /** Whether the rows make groups at all. */
    boolean areMade() {
        return areMade;
    }

    /** Another row begins. */
    void begin() {
        ofRow.clear();
    }

    /** The row's person is in a group; what is wrong with that. */
    List<FieldFault> add(GroupOfRow group, String member) {
        if (ofRow.containsKey(group.externalId())) {
            return List.of();
        }
        List<FieldFault> faults = new ArrayList<>();
        if (ofRow.isEmpty() && !member.isEmpty()) {
            GroupId.check("externalId", Optional.of(member), "", faults);
        }
        ofRow.put(group.externalId(), group);
        Optional<RowGroup> known = Optional.ofNullable(groups.get(group.externalId()));
        if (known.isEmpty()) {
            GroupId.check(GROUPS, Optional.of(group.externalId()), GROUP_ID, faults);
        }
        if (faults.isEmpty()) {
            dates.check(group).ifPresent(fault -> faults.add(new FieldFault(Optional.of(GROUPS), fault)));
        }
        boolean named = known.isPresent() && group.displayName().isEmpty();
        if (!named && known.filter(its -> its.isNamedAsIn(group)).isEmpty()) {
            GroupProperty.faults(profile(group.displayName(), group.description()))
                    .forEach((name, fault) -> faults.add(
                            new FieldFault(Optional.of(GROUPS), fault.after("has a group whose " + name + " "))));
        }
        return faults;
    }

    /** A hash of the row's groups, whatever their order. */
    long content(Hasher64 hasher) {
        return ofRow.keySet().stream().mapToLong(hasher::hashCharsToLong).sum();
    }

    /**
     * The row is valid, and its person active.
     *
     * @param place the row's line, else its index
     */
    void keep(String member, int place) {
        if (!areMade) {
            return;
        }
        for (GroupOfRow group : ofRow.values()) {
            RowGroup first = groups.computeIfAbsent(group.externalId(), id -> new RowGroup(group, place));
            namedOtherwise += first.isNamedOtherwise(group) ? 1 : 0;
        }
        Comparison.Moves moves = comparison.moves(member, List.copyOf(ofRow.keySet()));
        joining.add(member, place, moves.joined());
        leaving.add(member, place, moves.left());
    }

    /** The row is invalid: no group that it names counts as gone. */
    void reject() {
        ofRow.keySet().forEach(comparison::named);
    }

    /** All rows have been read. */
    void end() {
        if (areMade) {
            groups.keySet().forEach(comparison::named);
            comparison.memberships(deletesGone);
            // Asked now, because the counts are reported even if the source is refused.
            toSend = groups.values().stream()
                    .filter(group -> comparison.isToSend(group.first()))
                    .toList();
        }
    }

    /** In how many rows a group has another name or description than in the first that names it. */
    int namedOtherwise() {
        return namedOtherwise;
    }

    /** Adds them to the sessions, behind the users, in the order in which Okta takes them. */
    void addTo(SessionFiller sessions, RecordWriter writer) throws IOException {
        for (RowGroup group : toSend) {
            writer.group(
                    group.first().externalId(),
                    profile(group.first().displayName(), group.first().description()));
            sessions.add(BulkOperation.UPSERT_GROUPS, group.place());
        }
        joining.addTo(new MembershipCutter(BulkOperation.UPSERT_MEMBERSHIPS, sessions, writer));
        leaving.addTo(new MembershipCutter(BulkOperation.DELETE_MEMBERSHIPS, sessions, writer));
        for (String gone : comparison.groupsGone()) {
            writer.id(gone);
            sessions.add(BulkOperation.DELETE_GROUPS, SessionPlan.NOWHERE);
        }
    }

    private static Map<String, Optional<String>> profile(String displayName, String description) {
        Map<String, Optional<String>> profile = new LinkedHashMap<>();
        if (!displayName.isEmpty()) {
            profile.put(GroupProperty.DISPLAY_NAME.propertyName(), Optional.of(displayName));
        }
        if (!description.isEmpty()) {
            profile.put(GroupProperty.DESCRIPTION.propertyName(), Optional.of(description));
        }
        return profile;
    }

    /** A group as the first row has it that names it. */
    private record RowGroup(GroupOfRow first, int place) {

        boolean isNamedAsIn(GroupOfRow other) {
            return first.displayName().equals(other.displayName())
                    && first.description().equals(other.description());
        }

        /** Whether a row says something else of it; a row that says nothing doesn't. */
        boolean isNamedOtherwise(GroupOfRow other) {
            return !other.displayName().isEmpty() && !other.displayName().equals(first.displayName())
                    || !other.description().isEmpty() && !other.description().equals(first.description());
        }
    }
}
