package dev.bulkuserimport.file;

import dev.bulkuserimport.source.FileFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognizes files that tools leave behind in a bucket: markers ({@code _SUCCESS}, Hadoop's {@code x_$folder$}), checksums, unfinished
 * uploads, hidden files, what Windows and Office keep beside a file. None of them is an import, and an alarm for each would soon be
 * disabled.
 */
final class LeftBehind {

    private static final String TEMPORARY = "_temporary";

    /** The owner of a workbook that is open in Office, {@code ~$people.xlsx}. */
    private static final String LOCK = "~$";

    private static final Set<String> NAMES = Set.of("manifest.json", "thumbs.db", "desktop.ini");

    private static final List<String> ENDINGS = List.of(
            ".crc",
            ".tmp",
            ".part",
            ".partial",
            ".filepart",
            ".crdownload",
            ".md5",
            ".sha256",
            ".ok",
            ".done",
            ".csv.metadata",
            "_$folder$");

    private LeftBehind() {}

    static boolean is(String key) {
        List<String> segments = List.of(key.toLowerCase(Locale.ROOT).split("/", -1));
        String name = segments.get(segments.size() - 1);
        return segments.subList(0, segments.size() - 1).contains(TEMPORARY)
                || name.startsWith(".")
                || name.startsWith(LOCK)
                || name.startsWith("_") && FileFormat.of(name).isEmpty()
                || NAMES.contains(name)
                || ENDINGS.stream().anyMatch(name::endsWith);
    }
}
