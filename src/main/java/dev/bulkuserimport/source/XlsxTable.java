package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.Edges;
import dev.bulkuserimport.source.HeaderRow.FirstRow;
import dev.bulkuserimport.source.WorkbookIndex.Sheet;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/** A sheet of an Excel workbook (ECMA-376), with its cells as a person sees them. Only the workbook's shared strings are held in memory. */
final class XlsxTable implements Table {

    /** The most sheets whose first rows are examined. */
    private static final int MOST_LOOKS = 200;

    /** The most sheets that a message lists. */
    private static final int MOST_LISTED = 20;

    /** The most characters examined in sheets that aren't read. */
    private static final int MOST_LOOKED_AT = 20_000_000;

    /** The most bytes examined of such a sheet. */
    private static final int MOST_BYTES_OF_A_LOOK = 1_000_000;

    private final WorkbookParts parts;
    private final Row row;
    private final Optional<Row> found;
    private final SheetRows rows;
    private final SheetChoice choice;
    private final int skipRows;
    private long hidden;

    /**
     * @param file the workbook
     * @param wanted the sheet's name, ignoring case and white space at its edges, and taking a run of white space as one space; if empty, the first visible sheet with rows
     * @param skipRows the number of rows to skip
     * @param trims whether white space and invisible characters at the edges of cells are removed
     * @param most the most bytes that a part may unpack to, and the most characters of all cells
     */
    static XlsxTable open(InputStream file, Optional<String> wanted, int skipRows, boolean trims, long most)
            throws IOException {
        WorkbookParts parts = WorkbookParts.open(file, most);
        try {
            return new XlsxTable(parts, wanted, skipRows, trims, most);
        } catch (IOException | RuntimeException e) {
            parts.close();
            if (e instanceof ZipException) {
                throw WorkbookParts.damaged();
            }
            throw e;
        }
    }

    private XlsxTable(WorkbookParts parts, Optional<String> wanted, int skipRows, boolean trims, long most)
            throws IOException {
        this.parts = parts;
        this.skipRows = skipRows;
        this.row = new Row(trims);
        this.found = Optional.of(row);
        WorkbookIndex index = WorkbookIndex.read(parts);
        if (index.sheets().isEmpty()) {
            throw Malformed.whole("The file has no worksheet: it isn't an Excel workbook (.xlsx), or has only charts");
        }
        SharedTexts texts = texts(index.texts());
        NumberFormats formats = formats(index);
        SheetRows.Cells cells =
                new SheetRows.Cells(texts, formats, index.computedOnLoad(), new Allowance(MOST_LOOKED_AT));
        List<SheetLook> looks = new ArrayList<>();
        // If there is only one sheet, it is not previewed before it is read.
        int looked = index.sheets().size() == 1
                ? 0
                : Math.min(MOST_LOOKS, index.sheets().size());
        for (Sheet sheet : index.sheets().subList(0, looked)) {
            looks.add(new SheetLook(sheet.name(), sheet.visible(), firstRows(sheet, cells)));
        }
        int chosen = wanted.isPresent() ? named(index.sheets(), wanted.get()) : first(looks);
        List<SheetLook> others = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            if (i != chosen && looks.get(i).hasRows()) {
                others.add(looks.get(i));
            }
        }
        Sheet sheet = index.sheets().get(chosen);
        this.choice = new SheetChoice(Edges.trimmed(sheet.name()), wanted.isPresent(), List.copyOf(others));
        this.rows = new SheetRows(
                parts.xml(sheet.part()).orElseThrow(WorkbookParts::damaged),
                new SheetRows.Cells(texts, formats, index.computedOnLoad(), new Allowance(most)),
                MergedCells.of(parts, sheet.part()),
                row);
    }

    @Override
    public Optional<Row> next() throws IOException {
        try {
            while (rows.next()) {
                if (rows.number() > skipRows) {
                    hidden += rows.isHidden() ? 1 : 0;
                    return found;
                }
            }
        } catch (ZipException e) {
            throw WorkbookParts.damaged();
        }
        return Optional.empty();
    }

    @Override
    public Optional<Character> separator() {
        return Optional.empty();
    }

    @Override
    public Optional<SheetChoice> sheets() {
        return Optional.of(choice);
    }

    @Override
    public long hiddenRows() {
        return hidden;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        parts.close();
    }

    private SharedTexts texts(Optional<String> name) throws IOException {
        Optional<SheetXml> part = name.isPresent() ? parts.xml(name.get()) : Optional.empty();
        if (part.isEmpty()) {
            return SharedTexts.none();
        }
        try (SheetXml xml = part.get()) {
            return SharedTexts.read(xml);
        }
    }

    private NumberFormats formats(WorkbookIndex index) throws IOException {
        Optional<SheetXml> part =
                index.styles().isPresent() ? parts.xml(index.styles().get()) : Optional.empty();
        if (part.isEmpty()) {
            return NumberFormats.none(index.from1904());
        }
        try (SheetXml xml = part.get()) {
            return NumberFormats.read(xml, index.from1904());
        }
    }

    /** The first rows of a sheet; its errors matter only if it is the sheet that is read. */
    private List<FirstRow> firstRows(Sheet sheet, SheetRows.Cells cells) throws IOException {
        List<FirstRow> first = new ArrayList<>();
        Optional<InputStream> part = parts.stream(sheet.part());
        if (part.isEmpty()) {
            return first;
        }
        Row looked = new Row(true);
        try (InputStream in = BoundedStream.ofFile(part.get(), MOST_BYTES_OF_A_LOOK);
                SheetRows some = new SheetRows(new SheetXml(in), cells, MergedCells.NONE, looked)) {
            while (first.size() < SheetLook.MOST_ROWS && some.next()) {
                first.add(FirstRow.of(looked));
            }
        } catch (ProblemException | ZipException e) {
            return first;
        }
        return first;
    }

    private static int named(List<Sheet> sheets, String wanted) {
        int found = -1;
        for (int i = 0; i < sheets.size(); i++) {
            String name = sheets.get(i).name();
            if (name.equals(wanted)) {
                return i;
            }
            if (found < 0 && folded(name).equals(folded(wanted))) {
                found = i;
            }
        }
        if (found < 0) {
            String names = sheets.stream()
                    .limit(MOST_LISTED)
                    .map(sheet -> ColumnNames.shown(sheet.name()))
                    .collect(Collectors.joining(", "));
            throw Problem.invalidRequest(
                            "mapping.file.sheet",
                            "names a sheet that the workbook doesn't have; its sheets are " + names)
                    .exception();
        }
        return found;
    }

    private static String folded(String name) {
        return Edges.oneSpaced(name).toLowerCase(Locale.ROOT);
    }

    private static int first(List<SheetLook> looks) {
        int first = -1;
        for (int i = looks.size() - 1; i >= 0; i--) {
            SheetLook look = looks.get(i);
            if (look.visible()
                    && (look.hasRows() || first < 0 || !looks.get(first).hasRows())) {
                first = i;
            }
        }
        return Math.max(0, first);
    }
}
