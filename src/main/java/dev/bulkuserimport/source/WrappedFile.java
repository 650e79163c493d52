package dev.bulkuserimport.source;

import dev.bulkuserimport.rules.Edges;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes files that a program has wrapped in transit: Base64, Power Automate's JSON, the body of a web form, a chunked upload, tar; and
 * exports that are text but not a table.
 */
final class WrappedFile {

    /** The length from which Base64 characters without a line break can't be a header row. */
    private static final int SHORTEST_BASE64 = 40;

    private static final Pattern BASE64_LINE =
            Pattern.compile("\"?(?:data:[^,]{0,80};base64,)?([A-Za-z0-9+/]{40,}={0,2})\"?");

    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})(;chunk-signature=[0-9a-f]{64})?\r\n");

    private static final Pattern FORM_PART = Pattern.compile(
            "--[^\\r\\n]{1,100}\\r?\\n(?:[A-Za-z-]{1,40}:[^\\r\\n]*\\r?\\n){0,5}?content-(?:disposition|type):",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SYLK = Pattern.compile("ID;P[^\\r\\n]*\\r?\\n(?:[PFBCO];|NN;|E\\r?\\n)");

    /** How many lines a program writes before its LDIF; ldapsearch writes up to a dozen. */
    private static final int LDIF_LINES = 30;

    private static final Pattern LDIF_LINE = Pattern.compile(
            "dn: [A-Za-z0-9.-]{1,40}=.*|dn:: [A-Za-z0-9+/=]+|#[^,;\\t|]{0,80}\\bLDIF\\b[^,;\\t|]{0,80}");

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\t|]");

    private static final int TAR_MAGIC = 257;

    private WrappedFile() {}

    /** What a file is; empty if its first bytes don't show it. */
    static Optional<String> of(byte[] first, int length) {
        if (length > TAR_MAGIC + 5 && new String(first, TAR_MAGIC, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
            return Optional.of(
                    "The file is a tar archive: unpack it and upload the file it contains, compressed with gzip only if it is large");
        }
        String text = new String(first, 0, length, StandardCharsets.ISO_8859_1);
        String start = (text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text).stripLeading();
        if (start.startsWith("{") && start.contains("\"$content-type\"") && start.contains("\"$content\"")) {
            return Optional.of(
                    "The file is Power Automate's JSON that contains the file in Base64 ($content-type, $content): upload"
                            + " the content itself, decoded with base64ToBinary()");
        }
        if (isBase64(start)) {
            return Optional.of("The file is Base64: upload the decoded file");
        }
        if (FORM_PART.matcher(start).lookingAt()) {
            return Optional.of(
                    "The file is a multipart body from a web form or an HTTP client, with boundary lines around the file:"
                            + " upload the file itself");
        }
        if (isChunked(start)) {
            return Optional.of(
                    "The file is the body of an aws-chunked upload, with chunk sizes between its lines: upload it again"
                            + " with an AWS SDK or the AWS CLI");
        }
        if (SYLK.matcher(start).lookingAt()) {
            return Optional.of(
                    "The file is SYLK (.slk), a spreadsheet; open it in the spreadsheet program and save it as \"CSV UTF-8\"");
        }
        return Optional.empty();
    }

    /**
     * What a text is if it is no table.
     *
     * @param text a file's first characters, without the lines that are skipped
     * @param wanted whether a column is known by this name; what is below a row with such a column is the table's
     */
    static Optional<String> insteadOfTable(String text, Predicate<String> wanted) {
        return isLdif(text.stripLeading(), wanted)
                ? Optional.of("The file is LDIF, a directory export: export the users as CSV")
                : Optional.empty();
    }

    private static boolean isBase64(String start) {
        String line = start.lines().findFirst().orElse("").strip();
        Matcher matcher = BASE64_LINE.matcher(line);
        if (line.length() < SHORTEST_BASE64 || !matcher.matches()) {
            return false;
        }
        String digits = matcher.group(1);
        byte[] decoded = Base64.getDecoder().decode(digits.substring(0, SHORTEST_BASE64));
        boolean packed = decoded[0] == 'P' && decoded[1] == 'K' || decoded[0] == 0x1F && (decoded[1] & 0xFF) == 0x8B;
        String text = new String(decoded, StandardCharsets.UTF_8);
        // An unusual header of only letters doesn't decode to text. The last character may be cut off.
        return packed
                || text.substring(0, text.length() - 1)
                        .chars()
                        .allMatch(c -> c >= ' ' && c != 0x7F && c != 0xFFFD
                                || c == '\t'
                                || c == '\r'
                                || c == '\n'
                                || c == 0xFEFF);
    }

    private static boolean isChunked(String start) {
        Matcher chunk = CHUNK.matcher(start);
        if (!chunk.lookingAt()) {
            return false;
        }
        long end = chunk.end() + Long.parseLong(chunk.group(1), 16);
        return chunk.group(2) != null
                || end > chunk.end() && end < start.length() - 2 && start.startsWith("\r\n0", (int) end);
    }

    /** Comments may come first, as in the output of ldapsearch, and what it writes about itself. */
    private static boolean isLdif(String start, Predicate<String> wanted) {
        List<String> lines = start.lines().toList();
        Optional<String> content = lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst();
        boolean isLdif =
                start.startsWith("#") && lines.get(0).toLowerCase(Locale.ROOT).contains("ldif");
        return isLdif
                || content.filter(line ->
                                line.startsWith("dn: ") || line.startsWith("dn:: ") || line.matches("version: *\\d+"))
                        .isPresent()
                // Such a line may also be part of a quoted cell.
                || lines.stream()
                        .limit(LDIF_LINES)
                        .takeWhile(line -> line.indexOf('"') < 0 && !isHeader(line, wanted))
                        .anyMatch(line -> LDIF_LINE.matcher(line).matches());
    }

    private static boolean isHeader(String line, Predicate<String> wanted) {
        return SEPARATOR.splitAsStream(line).map(Edges::oneSpaced).anyMatch(wanted);
    }
}
