package dev.bulkuserimport.embedded;

import java.time.Duration;

/**
 * How Okta works on a session after start-import.
 *
 * @param gets how often the session has to be read as {@code TRIGGERED} first
 * @param end the status that it ends with
 * @param users how many of its users get into the directory: an error can come in the middle
 * @param takes how long it takes, by Okta's clock
 */
public record Processing(int gets, String end, int users, Duration takes) {

    /** Everything gets in, at once. */
    public static final Processing QUICK = new Processing(0, "COMPLETED", Integer.MAX_VALUE, Duration.ZERO);

    /** Everything gets in after some time by Okta's clock. */
    public static Processing taking(Duration time) {
        return new Processing(0, "COMPLETED", Integer.MAX_VALUE, time);
    }

    /** Everything gets in once the session was read as {@code TRIGGERED} so often: slow without a clock. */
    public static Processing reads(int gets) {
        return new Processing(gets, "COMPLETED", Integer.MAX_VALUE, Duration.ZERO);
    }

    /** Nothing gets in, and it ends with this status. */
    public static Processing dropped(String end) {
        return new Processing(0, end, 0, Duration.ZERO);
    }

    /** Nothing gets in. */
    public static Processing error() {
        return dropped("ERROR");
    }

    /** Some get in before the error. */
    public static Processing errorAfter(int users) {
        return new Processing(0, "ERROR", users, Duration.ZERO);
    }

    /** Nothing gets in: it expired before it was worked on. */
    public static Processing expired() {
        return dropped("EXPIRED");
    }
}
