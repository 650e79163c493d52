package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.OktaLimits;
import java.util.List;
import java.util.Optional;

/** The rules for the external ID of a group, and of a person as a member of one. */
final class GroupId {

    private GroupId() {}

    /**
     * Adds what is wrong with an ID.
     *
     * @param before what the message says of the field before it says what is wrong
     */
    static void check(String field, Optional<String> id, String before, List<FieldFault> faults) {
        (id.isEmpty() ? Optional.of(Fault.of("is missing")) : fault(id.get()))
                .ifPresent(fault -> faults.add(new FieldFault(Optional.of(field), fault.after(before))));
    }

    /** Whether it follows the rules; one that doesn't may be a value that is no ID at all, such as a description. */
    static boolean isValid(String id) {
        return fault(id).isEmpty();
    }

    private static Optional<Fault> fault(String id) {
        char[] text = id.toCharArray();
        int characters = Character.codePointCount(text, 0, text.length);
        return ExternalId.fault(text, 0, text.length)
                .or(() -> characters > OktaLimits.GROUP_ID_LENGTH
                        ? Optional.of(Fault.of(
                                "has ",
                                characters,
                                " characters; Okta accepts at most " + OktaLimits.GROUP_ID_LENGTH
                                        + " for groups and their members"))
                        : Optional.empty());
    }
}
