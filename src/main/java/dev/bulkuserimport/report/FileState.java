package dev.bulkuserimport.report;

/** How far the import of a file got, as its report says it. */
public enum FileState {
    /** It is being read and checked. */
    CLAIMED,
    /** It is checked and cut into sessions; none of them has begun. */
    PLANNED,
    /** Its sessions are on their way. */
    IMPORTING,
    /** A guard has stopped it, and a person has yet to decide. */
    WAITING,
    /** An attempt failed in a way that the next one may not meet. */
    RETRY,
    COMPLETED,
    /** Everything is in Okta, and whether Okta finished it could not be learned: the state of its people there is unknown. */
    UNCONFIRMED,
    FAILED,
    /** A newer version of the same key has replaced it before its import began. */
    SUPERSEDED,
    /** No file to import: a folder, a report, a mapping. It has no report. */
    IGNORED;

    /** Whether nothing more will be done. */
    public boolean isOver() {
        return this == COMPLETED || this == UNCONFIRMED || this == FAILED || this == SUPERSEDED || this == IGNORED;
    }
}
