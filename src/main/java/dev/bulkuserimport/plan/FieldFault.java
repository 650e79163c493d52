package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.Optional;

/**
 * What is wrong with a field of a record.
 *
 * @param field the field; empty for the record as a whole
 */
public record FieldFault(Optional<String> field, Fault fault) {

    /** A fault that says the same of every record. */
    public static FieldFault of(String field, String message) {
        return new FieldFault(Optional.of(field), Fault.of(message));
    }
}
