package dev.bulkuserimport.rules;

/**
 * What is wrong with a value, said without the value.
 *
 * @param message for the person who mends the record
 * @param kind the same without the record's own numbers, so that equal faults of many records can be counted together
 */
public record Fault(String message, String kind) {

    /** A fault that says the same of every record. */
    public static Fault of(String message) {
        return new Fault(message, message);
    }

    /** A fault with a number of the record's own between {@code before} and {@code after}. */
    public static Fault of(String before, long number, String after) {
        return new Fault(before + number + after, before + "…" + after);
    }
}
