package dev.bulkuserimport.report;

/** How far the import of a file got, as its report says it. */
public enum FileState {
    /** Somebody reads and checks it. */
    CLAIMED,
    /** It is checked and cut into sessions; none of them has begun. */
    PLANNED,
    /** Its sessions are on their way. */
    IMPORTING,
    /** Version 1: everything is in the one session, and only the start is missing. */
    STARTING,
    /** An attempt failed in a way that the next one may mend. */
    RETRY,
    COMPLETED,
    FAILED,
    /** A newer version of the same key has replaced it before its import began. */
    SUPERSEDED,
    /** No file to import: a folder, a report, a mapping. It has no report. */
    IGNORED;

    /** Whether nothing more will be done. */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == SUPERSEDED || this == IGNORED;
    }
}
