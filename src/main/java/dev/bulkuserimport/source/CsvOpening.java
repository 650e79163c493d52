package dev.bulkuserimport.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.source.CsvTable.Separation;
import dev.bulkuserimport.source.HeaderRow.FirstRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Determines a text file's separator from its first lines. */
final class CsvOpening {

    /** The separators of spreadsheets and databases, in the order in which they are tried. */
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** How many characters are examined; a header row of hundreds of columns has a few thousand. */
    private static final int LOOKED_AT = 64 * 1024;

    /** How many rows are searched for a header row below a title. */
    private static final int ROWS = 50;

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
        String head = first.substring(at);
        char separator = declared.orElseGet(() -> bySight(head));
        boolean titled = declared.isEmpty() && isTitled(head, separator);
        Separation separation = new Separation(separator, isSpacedBeforeQuotes(separator), titled);
        text.skipPeeked(at);
        return new CsvTable(text, separation, line - 1, trims);
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
            long named = firstRows(head, separator, 1).stream()
                    .mapToLong(this::wantedCells)
                    .sum();
            if (named > mostNamed) {
                best = separator;
                mostNamed = named;
            }
        }
        return mostNamed > 0 ? best : belowTitle(head, best);
    }

    /** Whether the first row, which this separator doesn't part, may be a header row under its own most frequent one. */
    private static boolean isTitled(String head, char separator) {
        char frequent = mostFrequent(head);
        return frequent != separator
                && firstRows(head, separator, 1).stream().anyMatch(row -> row.filled() == 1)
                && firstRows(head, frequent, 1).stream().anyMatch(FirstRow::mayBeHeader);
    }

    private long wantedCells(FirstRow row) {
        return row.cells().stream().filter(wanted).count();
    }

    /**
     * The separator of a table below a title: the one under which a row names a wanted column, else the one under which a row that may be a
     * header row has the most cells.
     *
     * @param likely the separator by the first row alone
     */
    private char belowTitle(String head, char likely) {
        List<FirstRow> rows = firstRows(head, likely, ROWS);
        if (rows.isEmpty()) {
            return likely;
        }
        Optional<Character> naming = bestBelow(head, likely, rows, this::wantedCells);
        return naming.or(() -> rows.get(0).mayBeHeader()
                        ? Optional.empty()
                        : bestBelow(head, likely, rows, row -> row.mayBeHeader() ? row.filled() : 0))
                .orElse(likely);
    }

    /** The separator under which a row below the first one measures most, if any measures anything. */
    private static Optional<Character> bestBelow(
            String head, char likely, List<FirstRow> rows, ToLongFunction<FirstRow> measure) {
        long ofFirst = rows.get(0).filled();
        Map<Long, Long> filled = rows.stream().collect(Collectors.toMap(FirstRow::line, FirstRow::filled));
        char best = likely;
        long most = rows.stream().skip(1).mapToLong(measure).max().orElse(0);
        for (char separator : SEPARATORS) {
            // A row that has as many cells as the first one is of the same table, whatever else is in its cells.
            long here = firstRows(head, separator, ROWS).stream()
                    .skip(1)
                    .filter(row -> ofFirst == 1 || filled.getOrDefault(row.line(), 0L) != ofFirst)
                    .mapToLong(measure)
                    .max()
                    .orElse(0);
            if (here > most) {
                best = separator;
                most = here;
            }
        }
        return most > 0 ? Optional.of(best) : Optional.empty();
    }

    /** The most frequent separator in the first row that isn't empty, outside quotes. */
    private static char mostFrequent(String head) {
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

    /** The first rows that aren't empty, split by this separator. */
    private static List<FirstRow> firstRows(String head, char separator, int most) {
        List<FirstRow> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(head)) {
            Iterator<CsvRecord> records = csv.iterator();
            while (rows.size() < most && records.hasNext()) {
                CsvRecord record = records.next();
                FirstRow row = new FirstRow(
                        record.getStartingLineNumber(),
                        record.getFields().stream().map(Edges::oneSpaced).toList());
                if (row.filled() > 0) {
                    rows.add(row);
                }
            }
        } catch (CsvParseException e) {
            // The table will report the position when it gets there.
        } catch (IOException e) {
            throw new IllegalStateException("reading a string failed", e);
        }
        return rows;
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
