package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.SerializableString;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Receives the records of a source, one field at a time, in the source's order, like the callback handler of a CSV parser. No value of a
 * record becomes an object.
 *
 * <p>For each record: {@link #begin}, then any of the field methods, then {@link #end}.
 */
public interface RecordSink {

    /** Why a record that is no object is rejected. */
    String NO_OBJECT = "is not an object; a user is an object with an externalId and a profile";

    /** Whether profiles matter; otherwise a source may skip them. */
    boolean takesProfiles();

    /** Whether records are now only counted, because they can't be sent any more. */
    boolean onlyCounts();

    /** Whether the source may have to be read again, and must therefore not release what has been read. */
    default boolean mayBeReadAgain() {
        return false;
    }

    /** Counts a record without reading it, once {@link #onlyCounts} is true. */
    void count();

    /** Starts a record on a line of a file; line 0 if records aren't lines. */
    void begin(long line) throws IOException;

    /**
     * Starts a record that is deactivated in an import that otherwise creates and updates; only its external ID follows, then its login if
     * it has one.
     */
    void beginDeactivation(long line) throws IOException;

    /** Counts a record that is skipped; its external ID if it has one. */
    void skip(long line, Optional<String> externalId);

    /** The columns of a table read without a mapping, by the names under which they are sent. */
    default void columns(List<String> names) {}

    /** The mapping's row rules; at the end it supplies how many rows each matched. */
    default void rules(Supplier<List<SourceShape.RuleUse>> uses) {}

    /** From now on a record without this property is invalid. */
    void require(String property);

    /** The login of a deactivated record: it isn't sent, but must not become another person's in the same source. */
    default void leaverLogin(char[] text, int offset, int length) {}

    /** The record comes from a file of rejected records, in which this is why it was rejected. */
    default void rejectedBefore(String reason) {}

    /** The external ID that follows was made from a text in a form in which a spreadsheet shows dates. */
    default void externalIdHidesDate() {}

    /** The record's external ID. */
    void externalId(String value) throws IOException;

    /** The record has null, or something that can't be an ID, in place of its external ID. */
    void noExternalId();

    /** The record has an array or an object in place of its external ID. */
    void compositeExternalId(String kind);

    /**
     * The record's external ID may be another person's, or the record may contain other people's data: its fields have shifted, or it has
     * swallowed other rows. It is invalid.
     */
    void doubtExternalId();

    /** Starts the profile; its properties follow, then {@link #endProfile}. */
    void beginProfile() throws IOException;

    /** The record that was just started is not an object, so it has no fields. */
    void noObject();

    /** The record has something else in place of its profile. */
    void noProfile();

    /**
     * The name of the property that is expected next, since users of one source nearly always have the same order of properties: a parser
     * compares it faster than it decodes a name.
     */
    SerializableString expectedName();

    /** A property with a string value, or a number or boolean as written in the source. */
    void property(String name, char[] text, int offset, int length) throws IOException;

    /** A property that is null: sent if Okta accepts null, otherwise left out. */
    void nullProperty(String name) throws IOException;

    /** A property whose value is an array or an object. */
    void compositeProperty(String name, String kind);

    /** Ends the profile. */
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

    /** Reports a fault of the record as a whole, so that it isn't sent. */
    default void fault(String message) {
        fault(Optional.empty(), Fault.of(message));
    }

    /** Reports a fault of a field. */
    default void fault(String field, String message) {
        fault(Optional.of(field), Fault.of(message));
    }

    /** Reports a fault that can be counted by its kind. */
    void fault(Optional<String> field, Fault fault);

    /** Ends the record. */
    void end() throws IOException;
}
