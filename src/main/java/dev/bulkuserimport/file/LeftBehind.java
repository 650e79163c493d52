package dev.bulkuserimport.file;

import dev.bulkuserimport.source.FileFormat;
import java.util.List;
import java.util.Locale;

/**
 * Recognizes files that tools leave behind in a bucket: markers ({@code _SUCCESS}), checksums, unfinished uploads, hidden files. None of
 * them is an import, and an alarm for each would soon be disabled.
 */
final class LeftBehind {

    private static final String TEMPORARY = "_temporary";

    private static final String MANIFEST = "manifest.json";

    private static final List<String> ENDINGS =
            List.of(".crc", ".tmp", ".part", ".partial", ".filepart", ".crdownload", ".md5", ".sha256", ".ok", ".done");

    private LeftBehind() {}

    static boolean is(String key) {
        List<String> segments = List.of(key.toLowerCase(Locale.ROOT).split("/", -1));
        String name = segments.get(segments.size() - 1);
        return segments.subList(0, segments.size() - 1).contains(TEMPORARY)
                || name.startsWith(".")
                || name.startsWith("_") && FileFormat.of(name).isEmpty()
                || name.equals(MANIFEST)
                || ENDINGS.stream().anyMatch(name::endsWith);
    }
}
