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

    /** The state for Okta's status of a started session. */
    public static SessionState seen(String word) {
        return switch (word) {
            case "COMPLETED" -> DONE;
            case "ERROR", "EXPIRED", "CLOSED" -> BROKEN;
            default -> STARTED;
        };
    }

    /** Whether all of its users are in Okta and nothing more has to be sent. */
    public boolean isSent() {
        return this == STARTED || this == UNCONFIRMED || this == DONE;
    }
}
