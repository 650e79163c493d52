package dev.bulkuserimport.rules;

import java.util.Locale;
import java.util.Optional;

/** The card's Import Operation, and the snapshot of all people, which only a file can be. */
public enum ImportOperation {
    CREATE_AND_UPDATE("Create & Update", "create-and-update", "upsert"),
    DEACTIVATE_AND_DELETE("Deactivate & Delete", "deactivate-and-delete", "delete"),
    /** Files only: the complete list of people. Changes are upserted, people who are gone are deactivated. */
    SNAPSHOT("Snapshot", "snapshot", "snapshot");

    private final String label;
    private final String slug;
    private final String cardValue;

    ImportOperation(String label, String slug, String cardValue) {
        this.label = label;
        this.slug = slug;
        this.cardValue = cardValue;
    }

    /** The operation as it appears in an object's key. */
    public String slug() {
        return slug;
    }

    /** Whether profiles are sent, not only external IDs. */
    public boolean takesProfiles() {
        return this != DEACTIVATE_AND_DELETE;
    }

    /** Parses the name, the card's label, its value or the form in keys, ignoring case; empty for anything else. */
    public static Optional<ImportOperation> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (ImportOperation operation : values()) {
            if (wanted.equals(operation.name().toLowerCase(Locale.ROOT))
                    || wanted.equals(operation.label.toLowerCase(Locale.ROOT))
                    || wanted.equals(operation.slug)
                    || wanted.equals(operation.cardValue)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
