package dev.bulkuserimport.source;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file's name, and the encoding that it was stored with, say about its content: its format, and whether it is compressed. */
public final class FileFormat {

    /** The endings that an import may have, for a person. */
    public static final String ENDINGS = endings();

    private static final String PACKED = ".gz";

    private final Format format;
    private final boolean gzipped;

    private FileFormat(Format format, boolean gzipped) {
        this.format = format;
        this.gzipped = gzipped;
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
        boolean named = name.endsWith(PACKED);
        String plain = named ? name.substring(0, name.length() - PACKED.length()) : name;
        boolean gzipped = named || contentEncoding.filter(FileFormat::isGzip).isPresent();
        return Format.ALL.stream()
                .filter(format -> format.endings().stream().anyMatch(plain::endsWith))
                .filter(format -> format.takesGzip() || !named)
                .findFirst()
                .map(format -> new FileFormat(format, gzipped));
    }

    /** What the format is called: {@code csv}, {@code xlsx}, {@code json} or {@code ndjson}. */
    public String name() {
        return format.name();
    }

    /** Whether a file's bytes are text with a record a line, so that its start may be cut at any line's end. */
    public boolean isPlainLines() {
        return !gzipped && (format instanceof CsvFormat || format instanceof LinesFormat);
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
