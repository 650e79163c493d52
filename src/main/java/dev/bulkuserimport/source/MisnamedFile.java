package dev.bulkuserimport.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Recognizes files that are something other than their name says: people rename spreadsheets, save a sign-in page as the export, or
 * compress twice.
 */
final class MisnamedFile {

    private static final String SAVE_AS_CSV = "; open it in the spreadsheet program and save it as \"CSV UTF-8\"";

    private MisnamedFile() {}

    /**
     * What a text file is instead, and how to fix it; empty if it may be text.
     *
     * @param file what is known about it
     * @param skipLines how many lines at its beginning aren't looked at, because they may be anything
     */
    static Optional<String> insteadOfText(byte[] first, int length, FileContent file, int skipLines) {
        if (TextEncoding.startsWith(first, length, 'P', 'K', 3, 4)
                || TextEncoding.startsWith(first, length, 'P', 'K', 5, 6)) {
            return Optional.of(zip(first, length));
        }
        if (isOldSpreadsheet(first, length)) {
            return Optional.of("The file is an old Excel workbook (.xls)" + SAVE_AS_CSV);
        }
        if (TextEncoding.startsWith(first, length, '%', 'P', 'D', 'F')) {
            return Optional.of("The file is a PDF document; export the users as CSV");
        }
        if (isGzip(first, length)) {
            return Optional.of(
                    file.gzipped()
                            ? "The file is compressed twice (gzip in gzip): compress it once"
                            : "The file is gzip, but neither its name (.gz) nor its Content-Encoding says so: add the extension .gz");
        }
        Optional<String> packed = packed(first, length);
        if (packed.isPresent()) {
            return packed;
        }
        if (TextEncoding.startsWith(first, length, 'P', 'A', 'R', '1')) {
            return Optional.of("The file is Parquet; export the users as CSV");
        }
        String text = text(first, length).lines().skip(skipLines).collect(Collectors.joining("\n"));
        return WrappedFile.of(first, length)
                .or(() -> WrappedFile.insteadOfTable(text, TableSource.wanted(file.mapping())))
                .or(() -> markup(text))
                .or(() -> file.layout()
                                .encoding()
                                .filter(TextEncoding::isOfTwoBytes)
                                .isPresent()
                        ? Optional.empty()
                        : withoutByteOrderMark(first, length));
    }

    /** What a file that should be JSON is instead; empty if it may be JSON. */
    static Optional<String> insteadOfJson(byte[] first, int length, FileContent file) {
        return insteadOfText(first, length, file, 0).or(() -> words(text(first, length)));
    }

    /** What a file that should be an xlsx workbook is instead; empty if it may be one. */
    static Optional<String> insteadOfSpreadsheet(byte[] first, int length) {
        if (TextEncoding.startsWith(first, length, 'P', 'K', 3, 4)) {
            return Optional.empty();
        }
        if (isOldSpreadsheet(first, length)) {
            return Optional.of(
                    "The file is an old Excel workbook (.xls) or is protected by a password; save it as .xlsx"
                            + " without a password");
        }
        if (isGzip(first, length)) {
            return Optional.of(
                    "The file is gzip, which an Excel workbook (.xlsx) can't be compressed with: unpack it and upload the workbook");
        }
        String text = text(first, length);
        return Optional.of(WrappedFile.of(first, length)
                .or(() -> WrappedFile.insteadOfTable(text, name -> false))
                .or(() -> markup(text))
                .orElse("The file is not an Excel workbook (.xlsx); if it is a text file, give it the extension .csv"));
    }

    private static boolean isGzip(byte[] first, int length) {
        return TextEncoding.startsWith(first, length, 0x1F, 0x8B);
    }

    private static boolean isOldSpreadsheet(byte[] first, int length) {
        return TextEncoding.startsWith(first, length, 0xD0, 0xCF, 0x11, 0xE0);
    }

    private static String zip(byte[] first, int length) {
        String names = new String(first, 0, length, StandardCharsets.ISO_8859_1);
        if (names.contains("workbook.bin")) {
            return "The file is a binary workbook (Excel's .xlsb): save it as .xlsx, or as \"CSV UTF-8\"";
        }
        if (names.contains("xl/") || names.contains("xl\\") || names.contains("[Content_Types].xml")) {
            return "The file is a spreadsheet (Excel's .xlsx): give it the extension .xlsx, or save it as \"CSV UTF-8\"";
        }
        if (names.contains("opendocument.spreadsheet")) {
            return "The file is a spreadsheet (OpenDocument)" + SAVE_AS_CSV;
        }
        return "The file is a zip archive; unpack it and upload the file it contains";
    }

    private static Optional<String> markup(String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")) {
            return Optional.of("The file is a web page (HTML), possibly a sign-in page; export the users again");
        }
        if (start.startsWith("<?xml") || start.startsWith("<!--") || start.startsWith("<")) {
            return Optional.of("The file is XML or HTML; export the users as CSV");
        }
        if (start.startsWith("{\\rtf")) {
            return Optional.of("The file is a rich text document (RTF); save it as \"CSV UTF-8\"");
        }
        return Optional.empty();
    }

    /** Compression formats and encodings that are not supported. */
    private static Optional<String> packed(byte[] first, int length) {
        if (TextEncoding.startsWith(first, length, 0xFF, 0xFE, 0, 0)
                || TextEncoding.startsWith(first, length, 0, 0, 0xFE, 0xFF)) {
            return Optional.of("The file is UTF-32, which is not supported" + SAVE_AS_CSV);
        }
        if (TextEncoding.startsWith(first, length, 'B', 'Z', 'h')
                || TextEncoding.startsWith(first, length, 0x28, 0xB5, 0x2F, 0xFD)
                || TextEncoding.startsWith(first, length, 0xFD, '7', 'z', 'X', 'Z')
                || TextEncoding.startsWith(first, length, '7', 'z', 0xBC, 0xAF)) {
            return Optional.of(
                    "The file is compressed with bzip2, zstd, xz or 7-Zip; unpack it, or compress it with gzip and give"
                            + " it the extension .gz");
        }
        if (TextEncoding.startsWith(first, length, '-', '-', '-', '-', '-', 'B', 'E', 'G', 'I', 'N')) {
            return Optional.of("The file is encrypted or signed (PGP or the like); decrypt it first");
        }
        return Optional.empty();
    }

    /** Text instead of JSON: most likely a table. */
    private static Optional<String> words(String text) {
        String start = text.stripLeading();
        char first = start.isEmpty() ? '{' : start.charAt(0);
        boolean letter = first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z';
        boolean literal = start.startsWith("true") || start.startsWith("false") || start.startsWith("null");
        return letter && !literal
                ? Optional.of("The file is not JSON; if it is a table, give it the extension .csv")
                : Optional.empty();
    }

    /** JSON instead of a table. */
    static Optional<String> json(byte[] first, int length) {
        String start = text(first, length).stripLeading();
        String rest = start.isEmpty() ? "" : start.substring(1).stripLeading();
        return start.startsWith("{") && rest.startsWith("\"")
                        || start.startsWith("[") && (rest.startsWith("{") || rest.startsWith("]"))
                ? Optional.of("The file is JSON: give it the extension .json, or .ndjson if each line is a user")
                : Optional.empty();
    }

    private static Optional<String> withoutByteOrderMark(byte[] first, int length) {
        if (length < 4
                || TextEncoding.startsWith(first, length, 0xFF, 0xFE)
                || TextEncoding.startsWith(first, length, 0xFE, 0xFF)) {
            return Optional.empty();
        }
        boolean little = first[0] != 0 && first[1] == 0 && first[2] != 0 && first[3] == 0;
        boolean big = first[0] == 0 && first[1] != 0 && first[2] == 0 && first[3] != 0;
        return little || big
                ? Optional.of(
                        "The file seems to be UTF-16 without a byte order mark; save it as \"CSV UTF-8\", or specify the"
                                + " encoding (" + (little ? "UTF-16LE" : "UTF-16BE")
                                + ") in the mapping (file.encoding)")
                : Optional.empty();
    }

    private static String text(byte[] first, int length) {
        String text = new String(first, 0, length, StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
    }
}
