package dev.bulkuserimport.mapping;

/** A value that a mapping refuses. It is a finding about one record, not a fault of ours, so it carries no stack trace. */
final class UnusableValue extends Exception {

    /** @param message what is wrong with the value, said without it */
    UnusableValue(String message) {
        super(message, null, false, false);
    }

    String message() {
        return getMessage();
    }
}
