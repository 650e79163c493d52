package dev.bulkuserimport.rules;

/**
 * What is wrong with a value, described without the value.
 *
 * @param message for the person who fixes the record
 * @param kind the same without the record's own numbers, so that the same fault in many records can be counted together
 */
public record Fault(String message, String kind) {

    /** A fault with the same message for every record. */
    public static Fault of(String message) {
        return new Fault(message, message);
    }

    /** The same with something in front of it. */
    public Fault after(String before) {
        return new Fault(before + message, before + kind);
    }

    /**
     * The fault of a text with too few or too many characters.
     *
     * @param rule who accepts or allows how many
     */
    static Fault ofLength(int characters, String rule, int least, int most) {
        String bounds =
                most == Integer.MAX_VALUE ? "at least " + least : least > 0 ? least + " to " + most : "at most " + most;
        return of("has ", characters, " characters; " + rule + " " + bounds);
    }

    /** A fault with a number from the record between {@code before} and {@code after}. */
    public static Fault of(String before, long number, String after) {
        return new Fault(before + number + after, before + "…" + after);
    }
}
