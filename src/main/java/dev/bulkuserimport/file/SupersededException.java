package dev.bulkuserimport.file;

/** A newer snapshot of the application was imported already, so that this one would bring the past back. An outcome, not a fault. */
final class SupersededException extends RuntimeException {

    private static final String REASON = "a newer snapshot of the application was imported before this one";

    SupersededException() {
        super(REASON, null, false, false);
    }

    /** Why nothing is to be done. */
    String reason() {
        return REASON;
    }
}
