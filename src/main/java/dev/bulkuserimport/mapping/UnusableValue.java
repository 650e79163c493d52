package dev.bulkuserimport.mapping;

/** A value that a mapping refuses. It is a finding about one record, not a bug, so it has no stack trace. */
final class UnusableValue extends Exception {

    private final String message;

    /** @param message what is wrong with the value, without quoting it */
    UnusableValue(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    String message() {
        return message;
    }
}
