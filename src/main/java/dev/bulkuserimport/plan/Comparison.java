package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares records with what is known about an application's people, so that only changes are sent. It is given each record as it will be
 * sent, field by field, and keeps no profile values.
 *
 * <p>For each record: {@link #begin}, its properties, then one of {@link #isToSend}, {@link #deactivated}, {@link #leftOut}.
 */
public interface Comparison {

    /** Nothing is known: everything is sent, and no one is gone. */
    Comparison NONE = new Comparison() {};

    /** How many people are known, which is also the expected number of records. */
    default int expected() {
        return 0;
    }

    /**
     * The impact of the whole source, once it has been read.
     *
     * @param records the number of the source's records
     * @param deactivations how many people would be deactivated
     * @param removals what the source itself would take from each group
     */
    default Guards.Impact impact(int records, int deactivations, List<GroupRemovals> removals) {
        return new Guards.Impact(OptionalInt.empty(), records, deactivations, 0, 0, removals);
    }

    /** The properties that the source's columns are, before its first record. Other properties are not in it, whatever their values. */
    default void columns(List<String> names) {}

    /**
     * Starts a record.
     *
     * @param index its index among all records
     * @param line its line if the file has lines, otherwise 0
     */
    default void begin(int index, long line) {}

    /** A property with the value that is sent. */
    default void property(String name, char[] text, int offset, int length) {}

    /** A property that is sent as null. */
    default void nullProperty(String name) {}

    /** The record is valid. Returns whether the person is new or has changed and must be sent; called in the order of sending. */
    default boolean isToSend(String externalId) {
        return true;
    }

    /** Whether anything is known of a person. */
    default boolean isKnown(String externalId) {
        return false;
    }

    /** Whether a person is known to be deactivated already. */
    default boolean isInactive(String externalId) {
        return false;
    }

    /** The record deactivates the person. Returns whether that must be sent. */
    default boolean deactivated(String externalId) {
        return true;
    }

    /**
     * The record is valid, its person is active, and it says of which groups the person is a member.
     *
     * @param groups the groups' external IDs, each once
     */
    default Moves moves(String externalId, List<String> groups) {
        return new Moves(groups, List.of());
    }

    /**
     * What is to be sent of a person's memberships.
     *
     * @param joined external IDs of the groups to join
     * @param left external IDs of the groups to leave
     */
    record Moves(List<String> joined, List<String> left) {}

    /** The source itself removes a person whom it doesn't deactivate from a group; called before {@link #end}. */
    default void removed(String externalId, String group) {}

    /** A record names a group, be it valid or not; asked before {@link #end}. */
    default void named(String group) {}

    /**
     * All records have been read, and each said of which groups its person is a member.
     *
     * @param deletesGone whether groups that no one is in any more are deleted
     */
    default void memberships(boolean deletesGone) {}

    /** Whether a group is new or has changed, and so is to be sent; asked once for each group, before {@link #end}. */
    default boolean isToSend(GroupOfRow group) {
        return true;
    }

    /** External IDs of the groups to delete, once the source has ended. */
    default List<String> groupsGone() {
        return List.of();
    }

    /** The record is invalid or skipped, and left out; its external ID if it is readable and certainly its own. */
    default void leftOut(Optional<String> externalId) {}

    /** All records have been read; passes the source's structure. */
    default void source(SourceShape shape) {}

    /**
     * Records read so far that contradict what is known, or will once the others are left out, in source order; with the whole source read,
     * all of them.
     */
    default Iterable<LateFault> contradictions() {
        return List.of();
    }

    /** Ends the source. */
    default Ending end() {
        return new Ending.Gone(List.of());
    }

    /** The result of the comparison. */
    sealed interface Ending {

        /** Nothing may be sent. */
        record Refused(Problem problem) implements Ending {}

        /** Records contradict what is known, or each other: nothing may be sent; faults are in source order. */
        record Contradicted(Iterable<LateFault> faults) implements Ending {}

        /** The external IDs of people who are no longer in the source and will be deactivated. */
        record Gone(Iterable<String> externalIds) implements Ending {}
    }
}
