package dev.bulkuserimport.report;

/** The names of {@link SessionLife}'s states, in reports and answers. */
public enum SessionState {
    PLANNED,
    CREATING,
    LOADING,
    STARTING,
    STARTED,
    UNCONFIRMED,
    DONE,
    BROKEN,
    SUPERSEDED;

    /** What Okta's word for a session that was started makes of it. */
    public static SessionState seen(String word) {
        return switch (word) {
            case "COMPLETED" -> DONE;
            case "ERROR", "EXPIRED", "CLOSED" -> BROKEN;
            default -> STARTED;
        };
    }

    /** Whether all of its users are in Okta, and nothing more has to be sent. */
    public boolean isSent() {
        return this == STARTED || this == UNCONFIRMED || this == DONE;
    }
}
