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
        if (id.isEmpty()) {
            faults.add(FieldFault.of(field, before + "is missing"));
            return;
        }
        char[] text = id.get().toCharArray();
        int characters = Character.codePointCount(text, 0, text.length);
        ExternalId.fault(text, 0, text.length)
                .map(fault -> Fault.of(before + fault.message()))
                .or(() -> characters > OktaLimits.GROUP_ID_LENGTH
                        ? Optional.of(Fault.of(
                                before + "has ",
                                characters,
                                " characters; Okta accepts at most " + OktaLimits.GROUP_ID_LENGTH
                                        + " for groups and their members"))
                        : Optional.empty())
                .ifPresent(fault -> faults.add(new FieldFault(Optional.of(field), fault)));
    }
}
