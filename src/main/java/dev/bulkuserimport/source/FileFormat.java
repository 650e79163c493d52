package dev.bulkuserimport.source;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A file's format, and whether it is compressed, as determined by its name and its {@code Content-Encoding}. */
public final class FileFormat {

    /** The supported file extensions, for messages. */
    public static final String ENDINGS = endings();

    private static final String PACKED = ".gz";

    private final Format format;
    private final boolean gzipped;

    private FileFormat(Format format, boolean gzipped) {
        this.format = format;
        this.gzipped = gzipped;
    }

    /** The format by the name alone; empty for unsupported names. */
    public static Optional<FileFormat> of(String key) {
        return of(key, Optional.empty());
    }

    /**
     * The format by the name and the {@code Content-Encoding} that the file was stored with.
     *
     * @return empty for unsupported names
     */
    public static Optional<FileFormat> of(String key, Optional<String> contentEncoding) {
        String name = key.toLowerCase(Locale.ROOT);
        boolean named = name.endsWith(PACKED);
        String plain = named ? name.substring(0, name.length() - PACKED.length()) : name;
        boolean gzipped = named || contentEncoding.filter(FileFormat::isGzip).isPresent();
        return Format.ALL.stream()
                .filter(format -> format.endings().stream().anyMatch(plain::endsWith))
                .filter(format -> format.takesGzip() || !named)
                .findFirst()
                .map(format -> new FileFormat(format, gzipped));
    }

    /** The format's name in answers: {@code csv}, {@code xlsx}, {@code json} or {@code ndjson}. */
    public String name() {
        return format.name();
    }

    /** Whether the file is text with one record per line, so that its start may be cut at the end of any line. */
    public boolean isPlainLines() {
        return !gzipped && format.areLines();
    }

    /** Whether the file is text of JSON objects, so that its start may be cut at the end of any object. */
    public boolean isPlainObjects() {
        return !gzipped && format.areObjects();
    }

    Format format() {
        return format;
    }

    boolean gzipped() {
        return gzipped;
    }

    private static String endings() {
        String all =
                Format.ALL.stream().flatMap(format -> format.endings().stream()).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        String packed = Format.ALL.stream()
                .filter(format -> !format.takesGzip())
                .flatMap(format -> format.endings().stream())
                .collect(Collectors.joining(" and "));
        return all.substring(0, last) + " or " + all.substring(last + 2) + ", or one of these (but " + packed
                + ") and .gz";
    }

    /** S3 stores what a client sent; some send {@code aws-chunked,gzip}. */
    private static boolean isGzip(String contentEncoding) {
        for (String coding : contentEncoding.toLowerCase(Locale.ROOT).split(",")) {
            if (coding.strip().equals("gzip") || coding.strip().equals("x-gzip")) {
                return true;
            }
        }
        return false;
    }
}
