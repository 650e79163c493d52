package dev.bulkuserimport.source;

import java.util.Locale;
import java.util.Optional;

/**
 * What a file's name says about its content.
 *
 * @param kind how its users are written
 * @param gzipped whether it is compressed
 */
public record FileFormat(Kind kind, boolean gzipped) {

    /** How users are written. */
    public enum Kind {
        JSON,
        NDJSON,
        CSV
    }

    /** Empty for names that no import has. */
    public static Optional<FileFormat> of(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        boolean gzipped = name.endsWith(".gz");
        if (gzipped) {
            name = name.substring(0, name.length() - 3);
        }
        if (name.endsWith(".json")) {
            return Optional.of(new FileFormat(Kind.JSON, gzipped));
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return Optional.of(new FileFormat(Kind.NDJSON, gzipped));
        }
        return name.endsWith(".csv") ? Optional.of(new FileFormat(Kind.CSV, gzipped)) : Optional.empty();
    }
}
