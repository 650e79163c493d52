package dev.bulkuserimport.report;

/** The progress of a file's import, as in its report. */
public enum FileState {
    /** It is being read and checked. */
    CLAIMED,
    /** It has been checked and split into sessions, none of which has started. */
    PLANNED,
    /** Its sessions are being imported. */
    IMPORTING,
    /** A guard has stopped it, and a person has to decide. */
    WAITING,
    /** An attempt failed, but the next one may succeed. */
    RETRY,
    COMPLETED,
    /** Everything was sent, but whether Okta finished it could not be determined: the state of its people in Okta is unknown. */
    UNCONFIRMED,
    FAILED,
    /** A newer version of the same key replaced it before its import began. */
    SUPERSEDED,
    /** Not a file to import: a folder, a report, a mapping. It has no report. */
    IGNORED;

    /** Whether nothing more will be done. */
    public boolean isOver() {
        return this == COMPLETED || this == UNCONFIRMED || this == FAILED || this == SUPERSEDED || this == IGNORED;
    }
}
