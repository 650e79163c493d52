package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.Optional;

/**
 * A fault of a record's field.
 *
 * @param field the field; empty for the record as a whole
 */
public record FieldFault(Optional<String> field, Fault fault) {

    /** A fault with the same message for every record. */
    public static FieldFault of(String field, String message) {
        return new FieldFault(Optional.of(field), Fault.of(message));
    }
}
