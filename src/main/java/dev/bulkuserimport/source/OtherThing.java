package dev.bulkuserimport.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Names what a file plainly is instead of what its name says: people rename spreadsheets, save a sign-in page as the export, or pack twice.
 */
final class OtherThing {

    private static final String SAVE_AS_CSV = "; open it in the spreadsheet program and save it as \"CSV UTF-8\"";

    private OtherThing() {}

    /** What a file of text is instead, and what to do; empty when it may be text. */
    static Optional<String> insteadOfText(byte[] first, int length, FileFormat.Kind expected) {
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
        if (TextEncoding.startsWith(first, length, 0x1F, 0x8B)) {
            return Optional.of("The file is gzip, but neither its name (.gz) nor its Content-Encoding says so");
        }
        if (TextEncoding.startsWith(first, length, 'P', 'A', 'R', '1')) {
            return Optional.of("The file is Parquet; export the users as CSV");
        }
        String text = new String(first, 0, Math.min(length, 512), StandardCharsets.ISO_8859_1);
        return markup(withoutMark(text))
                .or(() -> expected == FileFormat.Kind.CSV ? json(withoutMark(text)) : Optional.empty())
                .or(() -> withoutByteOrderMark(first, length));
    }

    /** What a file that should be an xlsx workbook is instead; empty when it may be one. */
    static Optional<String> insteadOfSpreadsheet(byte[] first, int length) {
        if (TextEncoding.startsWith(first, length, 'P', 'K', 3, 4)) {
            return Optional.empty();
        }
        if (isOldSpreadsheet(first, length)) {
            return Optional.of("The file is an old Excel workbook (.xls), or one with a password; save it as .xlsx"
                    + " without a password");
        }
        String text = new String(first, 0, Math.min(length, 512), StandardCharsets.ISO_8859_1);
        return Optional.of(markup(withoutMark(text))
                .orElse("The file is no Excel workbook (.xlsx); if it is a text file, give it the ending .csv"));
    }

    private static boolean isOldSpreadsheet(byte[] first, int length) {
        return TextEncoding.startsWith(first, length, 0xD0, 0xCF, 0x11, 0xE0);
    }

    private static String zip(byte[] first, int length) {
        String names = new String(first, 0, length, StandardCharsets.ISO_8859_1);
        if (names.contains("xl/") || names.contains("[Content_Types].xml")) {
            return "The file is a spreadsheet (Excel's .xlsx): give it the ending .xlsx, or save it as \"CSV UTF-8\"";
        }
        if (names.contains("opendocument.spreadsheet")) {
            return "The file is a spreadsheet (OpenDocument)" + SAVE_AS_CSV;
        }
        return "The file is a zip archive; unpack it and put the file in it into the bucket";
    }

    private static Optional<String> markup(String text) {
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")) {
            return Optional.of("The file is a web page (HTML), perhaps a sign-in page; export the users again");
        }
        if (start.startsWith("<?xml") || start.startsWith("<!--") || start.startsWith("<")) {
            return Optional.of("The file is XML or HTML; export the users as CSV");
        }
        if (start.startsWith("{\\rtf")) {
            return Optional.of("The file is a rich text document (RTF); save it as \"CSV UTF-8\"");
        }
        return Optional.empty();
    }

    private static Optional<String> json(String text) {
        String start = text.stripLeading();
        return start.startsWith("{\"") || start.startsWith("[{") || start.startsWith("[]")
                ? Optional.of("The file is JSON: give it the ending .json, or .ndjson where each line is a user")
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
                        "The file seems to be UTF-16 without a byte order mark; save it as \"CSV UTF-8\", or name the"
                                + " encoding (" + (little ? "UTF-16LE" : "UTF-16BE")
                                + ") in the mapping (file.encoding)")
                : Optional.empty();
    }

    private static String withoutMark(String latin) {
        return latin.startsWith("\u00EF\u00BB\u00BF") ? latin.substring(3) : latin;
    }
}
