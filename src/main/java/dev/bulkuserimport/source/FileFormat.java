package dev.bulkuserimport.source;

import java.util.Locale;
import java.util.Optional;

/**
 * What a file's name, and the encoding that it was stored with, say about its content.
 *
 * @param kind how its users are written
 * @param gzipped whether it is compressed
 */
public record FileFormat(Kind kind, boolean gzipped) {

    /** The endings that an import may have, for a person. */
    public static final String ENDINGS =
            ".csv, .tsv, .xlsx, .json, .ndjson or .jsonl, or one of these (but .xlsx) and .gz";

    /** How users are written. */
    public enum Kind {
        /** A payload, or an array of users. */
        JSON,
        /** A user a line. */
        NDJSON,
        /** A row a user, its columns parted by a character. */
        CSV,
        /** A row of a spreadsheet a user. */
        XLSX
    }

    /** The format by the name alone; empty for names that no import has. */
    public static Optional<FileFormat> of(String key) {
        return of(key, Optional.empty());
    }

    /**
     * The format by the name, and by the {@code Content-Encoding} that the file was stored with.
     *
     * @return empty for names that no import has
     */
    public static Optional<FileFormat> of(String key, Optional<String> contentEncoding) {
        String name = key.toLowerCase(Locale.ROOT);
        boolean named = name.endsWith(".gz");
        String plain = named ? name.substring(0, name.length() - ".gz".length()) : name;
        boolean gzipped = named || contentEncoding.filter(FileFormat::isGzip).isPresent();
        if (plain.endsWith(".json")) {
            return Optional.of(new FileFormat(Kind.JSON, gzipped));
        }
        if (plain.endsWith(".ndjson") || plain.endsWith(".jsonl")) {
            return Optional.of(new FileFormat(Kind.NDJSON, gzipped));
        }
        if (plain.endsWith(".csv") || plain.endsWith(".tsv")) {
            return Optional.of(new FileFormat(Kind.CSV, gzipped));
        }
        return plain.endsWith(".xlsx") && !named ? Optional.of(new FileFormat(Kind.XLSX, gzipped)) : Optional.empty();
    }

    /** S3 keeps what a client sent; some of them send {@code aws-chunked,gzip}. */
    private static boolean isGzip(String contentEncoding) {
        for (String coding : contentEncoding.toLowerCase(Locale.ROOT).split(",")) {
            if (coding.strip().equals("gzip") || coding.strip().equals("x-gzip")) {
                return true;
            }
        }
        return false;
    }
}
