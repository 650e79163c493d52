package dev.bulkuserimport.report;

/** How far one session of a file is; written into the report before the step that it names. */
public enum SessionState {
    /** Ready to be sent; there is no session of Okta's. */
    PLANNED,
    /** Okta is asked for a session; whether it made one is unknown. */
    CREATING,
    /** The session exists, and users are on their way into it. */
    LOADING,
    /** Everything is in it, and its start is asked for; whether Okta began is unknown. */
    STARTING,
    /** Okta works on it. For a caller's own session: everything is in it, and its start is the caller's. */
    STARTED,
    /** Okta has finished it. */
    DONE,
    /** Okta ended it without importing all of it. */
    BROKEN,
    /** It was not begun, because a newer version of the file has taken its place. */
    SUPERSEDED;

    /** What Okta's word for a session that was started makes of {@code now}; the same as long as Okta is at it. */
    public static SessionState seen(String word, SessionState now) {
        return switch (word) {
            case "COMPLETED" -> DONE;
            case "ERROR", "EXPIRED", "CLOSED" -> BROKEN;
            default -> now;
        };
    }

    /** Whether all of its users are with Okta, and nothing more has to be sent. */
    public boolean isSent() {
        return this == STARTED || this == DONE;
    }
}
