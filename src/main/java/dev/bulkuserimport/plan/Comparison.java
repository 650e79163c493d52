package dev.bulkuserimport.plan;

import dev.bulkuserimport.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of an application's people from before, so that only changes are sent. It sees each record as it will be sent, field by
 * field, and keeps no profile value.
 *
 * <p>For each record: {@link #begin}, its properties, then one of {@link #isToSend}, {@link #deactivated}, {@link #rejected}.
 */
public interface Comparison {

    /** Nothing is known: everything is sent, nobody is gone. */
    Comparison NONE = new Comparison() {};

    /** How many people are known, as many of whom will probably come again. */
    default int expected() {
        return 0;
    }

    /** How many people are known and not deactivated, of whom a percentage is taken; empty where nothing is known. */
    default OptionalInt known() {
        return OptionalInt.empty();
    }

    /** How many known people were found changed, which a limit may refuse. */
    default int changed() {
        return 0;
    }

    /**
     * What all of the source would do, once it has ended.
     *
     * @param records the source's records
     * @param deactivations how many people would be deactivated
     */
    default Guards.Impact impact(int records, int deactivations) {
        return new Guards.Impact(known(), records, deactivations, changed(), 0);
    }

    /**
     * A record begins.
     *
     * @param index its place among all records, from 0
     * @param line its line in a file of lines, else 0
     */
    default void begin(int index, long line) {}

    /** A property as it is sent. */
    default void property(String name, char[] text, int offset, int length) {}

    /** A property that is sent as null. */
    default void nullProperty(String name) {}

    /** The record is valid. Whether the person is new or has changed, and so is to be sent; the answers come in the order of sending. */
    default boolean isToSend(String externalId) {
        return true;
    }

    /** Whether a person is known to be deactivated already. */
    default boolean isInactive(String externalId) {
        return false;
    }

    /** The record says that the person is to be deactivated. Whether that is to be sent. */
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

    /** A record names a group, be it valid or not; asked before {@link #end}. */
    default void named(String group) {}

    /**
     * All records have been read, and each said of which groups its person is a member.
     *
     * @param deletesGone whether groups that no one is in any more are deleted
     */
    default void memberships(boolean deletesGone) {}

    /** Whether a group is new or has changed, and so is to be sent; the answers come in the order of sending. */
    default boolean isToSend(GroupOfRow group) {
        return true;
    }

    /** External IDs of the groups to delete. */
    default List<String> groupsGone() {
        return List.of();
    }

    /** The record is invalid and left out; its external ID where it is readable, and certainly its own. */
    default void rejected(Optional<String> externalId) {}

    /** The record is left alone; its external ID where there is one. */
    default void skipped(Optional<String> externalId) {}

    /** All records have been read; what the source looks like beside them. */
    default void source(SourceShape shape) {}

    /**
     * The source has ended.
     *
     * @param upserts people to create or update
     * @param deactivations people that the source itself deactivates
     */
    default Ending end(int upserts, int deactivations) {
        return new Ending.Gone(List.of());
    }

    /** What follows from the comparison. */
    sealed interface Ending {

        /** Nothing may be sent. */
        record Refused(Problem problem) implements Ending {}

        /** Records contradict what is known, or one another: nothing may be sent; in the source's order. */
        record Contradicted(Iterable<LateFault> faults) implements Ending {}

        /** The external IDs of people that are not in the source any more, each of which is deactivated. */
        record Gone(Iterable<String> externalIds) implements Ending {}
    }
}
