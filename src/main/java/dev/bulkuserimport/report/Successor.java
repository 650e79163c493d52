package dev.bulkuserimport.report;

/** What has replaced a file that was not imported, or not completely. */
public enum Successor {
    /** A newer version of the same key. */
    NEWER_VERSION,
    /** A newer snapshot of the application. */
    NEWER_SNAPSHOT,
    /** A newer file of the application: this one was first planned more than a day after it was uploaded. */
    NEWER_FILE
}
