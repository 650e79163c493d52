package dev.bulkuserimport.report;

import java.util.Optional;

/**
 * The objects next to a report, in the same bucket.
 *
 * @param rejectedRows the file of rejected rows; empty if there is none
 * @param changes the key of the list of everyone who is not unchanged in a snapshot; empty if there is none
 * @param page the key of the report's page; empty if there is none
 */
public record Attachments(Optional<Rows> rejectedRows, Optional<String> changes, Optional<String> page) {

    static final Attachments NONE = new Attachments(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A file of rows.
     *
     * @param key its key
     * @param count the number of rows in it
     * @param leftOut the number of rows that didn't fit
     */
    public record Rows(String key, int count, int leftOut) {}

    public Attachments withRows(Rows written) {
        return new Attachments(Optional.of(written), changes, page);
    }

    public Attachments withChanges(String key) {
        return new Attachments(rejectedRows, Optional.of(key), page);
    }

    public Attachments withPage(Optional<String> key) {
        return new Attachments(rejectedRows, changes, key);
    }
}
