package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a source puts the records that it reads, one field at a time, in whatever order the source has them: as a CSV parser hands what
 * it finds to a callback handler. No value of a record becomes an object.
 *
 * <p>For each record: {@link #begin}, then any of the field methods, then {@link #end}.
 */
public interface RecordSink {

    /** Whether profiles matter at all; a source may skip them otherwise. */
    boolean takesProfiles();

    /** Whether the records are only counted by now, because they can't be sent any more. */
    boolean onlyCounts();

    /** Whether the source may have to be read once more, and so must not let go of what has been read. */
    default boolean mayBeReadAgain() {
        return false;
    }

    /** Counts a record that nobody needs to look at, once {@link #onlyCounts} says so. */
    void count();

    /** Begins a record on a line of a file; line 0 when the source has no lines of records. */
    void begin(long line) throws IOException;

    /**
     * Begins a record that is deactivated in an import that otherwise creates and updates; only its external ID follows, then
     * its login where it has one.
     */
    void beginDeactivation(long line) throws IOException;

    /** A record that is left alone, and counted; its external ID where it has one. */
    void skip(long line, Optional<String> externalId);

    /** The columns of a table that is read without a mapping, by the names under which they are sent. */
    default void columns(List<String> names) {}

    /** The mapping's rules about rows; asked at the end how many rows each applied to. */
    default void rules(Supplier<List<SourceShape.RuleUse>> uses) {}

    /** From here on a record without this property is invalid. */
    void require(String property);

    /** The login of a record that is deactivated: it isn't sent, but must not become another person's by the same source. */
    default void leaverLogin(char[] text, int offset, int length) {}

    /** The record's external ID. */
    void externalId(String value) throws IOException;

    /** The record has null where its external ID should be, or nothing that could be one. */
    void noExternalId();

    /**
     * The record's external ID may be another person's, or the record may hold other people's: its fields have slipped, or other rows were
     * swallowed. It isn't valid then.
     */
    void doubtExternalId();

    /** The profile begins; its properties follow, then {@link #endProfile}. */
    void beginProfile() throws IOException;

    /** The record, which has just begun, is no object, so it has no fields either. */
    void noObject();

    /** The record has something else where its profile should be. */
    void noProfile();

    /**
     * The name of the property that will probably come next, for users of one source nearly always have theirs in one order: a parser
     * compares it faster than it reads a name.
     */
    SerializableString expectedName();

    /** A property whose value is text, or a number or boolean as its source spelled it. */
    void property(String name, char[] text, int offset, int length) throws IOException;

    /** A property that is null: sent where Okta takes null, left out elsewhere. */
    void nullProperty(String name) throws IOException;

    /** A property whose value is an array or an object. */
    void compositeProperty(String name, String kind);

    /** The profile ends. */
    void endProfile() throws IOException;

    /**
     * Each record says of which groups its person is a member.
     *
     * @param deletesGone whether a snapshot deletes the groups that no one is in any more
     */
    default void memberships(boolean deletesGone) {}

    /** The record's person is a member of a group. */
    default void memberOf(GroupOfRow group) {}

    /** A group of the same import, wherever it is among the users. */
    void group(GroupRecord group);

    /** A group and some of its members, likewise. */
    void membership(MembershipRecord membership);

    /** Says that something about the record as a whole is wrong, so that it isn't sent. */
    default void fault(String message) {
        fault(Optional.empty(), Fault.of(message));
    }

    /** Says the same of one of its fields. */
    default void fault(String field, String message) {
        fault(Optional.of(field), Fault.of(message));
    }

    /** The same, with a fault that can be counted by its kind. */
    void fault(Optional<String> field, Fault fault);

    /** The record ends. */
    void end() throws IOException;
}
