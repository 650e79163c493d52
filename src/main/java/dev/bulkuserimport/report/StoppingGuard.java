package dev.bulkuserimport.report;

/** A limit that stops an import that would change too much. */
public enum StoppingGuard {
    DEACTIVATIONS("deactivations", "max-deactivations", "IMPORT_MAX_DEACTIVATIONS"),
    CHANGES("changes", "max-changes", "IMPORT_MAX_CHANGES"),
    RETURNS("returns", "max-returns", "IMPORT_MAX_RETURNS"),
    GROUP_REMOVALS("removals from the group", "max-group-removals", "IMPORT_MAX_GROUP_REMOVALS"),
    /** A limit in the file itself, which can't be raised from outside. */
    OWN_LIMIT("changes", "", "");

    private final String counted;
    private final String metadata;
    private final String setting;

    StoppingGuard(String counted, String metadata, String setting) {
        this.counted = counted;
        this.metadata = metadata;
        this.setting = setting;
    }

    /** What it counts. */
    String counted() {
        return counted;
    }

    /** The metadata that allows a single file. */
    String metadata() {
        return metadata;
    }

    /** The setting that applies to every file. */
    String setting() {
        return setting;
    }
}
