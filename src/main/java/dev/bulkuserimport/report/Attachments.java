package dev.bulkuserimport.report;

import java.util.Optional;

/**
 * The objects beside a report, in its bucket.
 *
 * @param rejectedRows the file of rejected rows; empty where there is none
 * @param changes the key of the list of everybody whom a snapshot finds not to be unchanged; empty where there is none
 * @param page the key of the report's page; empty where there is none
 */
public record Attachments(Optional<Rows> rejectedRows, Optional<String> changes, Optional<String> page) {

    static final Attachments NONE = new Attachments(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A file of rows.
     *
     * @param key its key
     * @param count how many rows are in it
     * @param leftOut for how many it had no room
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
