package dev.bulkuserimport.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.bulkuserimport.rules.Edges;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Determines a text file's separator from its first lines. */
final class CsvOpening {

    /** The separators of spreadsheets and databases, in the order in which they are tried. */
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** How many characters are examined; a header row of hundreds of columns has a few thousand. */
    private static final int LOOKED_AT = 64 * 1024;

    /** Excel's separator line: {@code sep=;}. */
    private static final Pattern NAMED =
            Pattern.compile("\"?sep=(\\\\t|[^\"\\r\\n])\"?[\\s,;|]*", Pattern.CASE_INSENSITIVE);

    private final FileText text;
    private final String first;
    private final Predicate<String> wanted;
    private int at;
    private long line = 1;

    /**
     * @param text the file, at its beginning
     * @param wanted whether a column identifies people
     */
    CsvOpening(FileText text, Predicate<String> wanted) throws IOException {
        this.text = text;
        this.first = text.peek(LOOKED_AT);
        this.wanted = wanted;
    }

    /**
     * @param skipLines the number of lines to skip
     * @param named the separator set in a mapping
     * @param trims whether white space and invisible characters at the edges of cells are removed
     */
    CsvTable open(int skipLines, Optional<Character> named, boolean trims) {
        for (int i = 0; i < skipLines; i++) {
            skipLine();
        }
        Optional<Character> declared = declared().or(() -> named);
        char separator = declared.orElseGet(() -> bySight(first.substring(at)));
        boolean spaced = isSpacedBeforeQuotes(separator);
        text.skipPeeked(at);
        return new CsvTable(text, separator, line - 1, trims, spaced);
    }

    /** Whether the header row has spaces between a separator and a quote: {@code "External ID", "User Name"}. */
    private boolean isSpacedBeforeQuotes(char separator) {
        String header = first.substring(at, lineEnd(at));
        int found = header.indexOf(separator + " ");
        while (found >= 0) {
            int next = found + 1;
            while (next < header.length() && header.charAt(next) == ' ') {
                next++;
            }
            if (next < header.length() && header.charAt(next) == '"') {
                return true;
            }
            // Skipped spaces are not examined again, even if space is the separator.
            found = header.indexOf(separator + " ", next);
        }
        return false;
    }

    /**
     * Whether a file must declare its separator in its first line, because it can't be detected.
     *
     * @param named the separator set in a mapping
     */
    static boolean mustBeTold(char separator, Optional<Character> named) {
        return named.map(known -> known != separator).orElseGet(() -> !SEPARATORS.contains(separator));
    }

    private Optional<Character> declared() {
        int end = lineEnd(at);
        Matcher matcher = NAMED.matcher(first.substring(at, Math.min(end, at + 20)));
        if (end - at > 20 || !matcher.matches()) {
            return Optional.empty();
        }
        skipLine();
        return Optional.of(
                matcher.group(1).length() > 1 ? '\t' : matcher.group(1).charAt(0));
    }

    private char bySight(String head) {
        char best = mostFrequent(head);
        long mostNamed = 0;
        for (char separator : SEPARATORS) {
            long named = header(head, separator).stream().filter(wanted).count();
            if (named > mostNamed) {
                best = separator;
                mostNamed = named;
            }
        }
        return best;
    }

    /** The most frequent separator in the first row that isn't empty, outside quotes. */
    private char mostFrequent(String head) {
        Map<Character, Integer> counts = new HashMap<>();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (!quoted && (c == '\r' || c == '\n')) {
                if (begun) {
                    break;
                }
                counts.clear();
            } else if (!quoted && SEPARATORS.contains(c)) {
                counts.merge(c, 1, Integer::sum);
            } else {
                begun |= !Character.isWhitespace(c);
            }
        }
        char most = SEPARATORS.get(0);
        for (char separator : SEPARATORS) {
            most = counts.getOrDefault(separator, 0) > counts.getOrDefault(most, 0) ? separator : most;
        }
        return most;
    }

    /** The first row that isn't empty, split by this separator. */
    private static List<String> header(String head, char separator) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(head)) {
            for (CsvRecord row : csv) {
                List<String> cells =
                        row.getFields().stream().map(Edges::trimmed).toList();
                if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                    return cells;
                }
            }
        } catch (CsvParseException e) {
            // The table will report the position when it gets there.
        } catch (IOException e) {
            throw new IllegalStateException("reading a string failed", e);
        }
        return List.of();
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < first.length() && first.charAt(end) != '\r' && first.charAt(end) != '\n') {
            end++;
        }
        return end;
    }

    private void skipLine() {
        int end = lineEnd(at);
        if (first.startsWith("\r\n", end)) {
            end++;
        }
        if (end >= first.length()) {
            throw Malformed.at("The file has no header row after the skipped lines (" + line + ")", line, 1);
        }
        at = end + 1;
        line++;
    }

    static String name(char separator) {
        return switch (separator) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "pipe";
            default -> String.valueOf(separator).toLowerCase(Locale.ROOT);
        };
    }
}
