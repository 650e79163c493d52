package dev.bulkuserimport.report;

/** What has taken the place of a file that was not imported, or not to its end. */
public enum Successor {
    /** A newer version of the same key. */
    NEWER_VERSION,
    /** A newer snapshot of the application. */
    NEWER_SNAPSHOT,
    /** A newer file of the application: this one was planned for the first time more than a day after it was put. */
    NEWER_FILE
}
