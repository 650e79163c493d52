package dev.bulkuserimport.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A sheet of an Excel workbook (ECMA-376), its cells as a person sees them. The file lies on the disk while it is read, because a zip's list
 * of contents is at its end; of its contents only the table of texts is held.
 */
final class XlsxTable implements Table {

    /** Bytes of the file as it is; Lambda's disk has 512 MB. */
    private static final long MOST_PACKED = 200_000_000;

    /** Bytes of one of its parts, unpacked. */
    private static final long MOST_UNPACKED = 1_000_000_000;

    private static final int MOST_SHEETS = 10_000;
    private static final int LAST_ROW = 1_048_576;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.]{1,40}(?:[eE][+-]?\\d{1,3})?");

    private final ZipFile zip;
    private final Row row;
    private final Optional<Row> found;
    private final SharedTexts texts;
    private final NumberFormats formats;
    private final SheetXml sheet;
    private final int skipRows;
    private char[] characters = new char[256];
    private int number;

    private record Sheet(String name, String relation, boolean visible) {}

    /**
     * @param file the workbook
     * @param wanted the sheet's name; the first that can be seen without one
     * @param skipRows rows that are left out
     * @param trims whether cells lose what can't be seen at their edges
     */
    static XlsxTable open(InputStream file, Optional<String> wanted, int skipRows, boolean trims) throws IOException {
        ZipFile zip = stored(file);
        try {
            return new XlsxTable(zip, wanted, skipRows, trims);
        } catch (IOException | RuntimeException e) {
            zip.close();
            if (e instanceof ZipException) {
                throw damaged();
            }
            throw e;
        }
    }

    private XlsxTable(ZipFile zip, Optional<String> wanted, int skipRows, boolean trims) throws IOException {
        this.zip = zip;
        this.skipRows = skipRows;
        this.row = new Row(trims);
        this.found = Optional.of(row);
        String workbook = target("_rels/.rels", "", "/officeDocument").orElse("xl/workbook.xml");
        String folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        String relations = folder + "_rels/" + workbook.substring(folder.length()) + ".rels";
        List<Sheet> sheets = new ArrayList<>();
        boolean from1904 = readWorkbook(workbook, sheets);
        Map<String, String> targets = targets(relations, folder);
        Optional<String> texts = target(relations, folder, "/sharedStrings");
        Optional<String> styles = target(relations, folder, "/styles");
        try (Part part = new Part(texts)) {
            this.texts = part.xml.isPresent() ? SharedTexts.read(part.xml.get()) : SharedTexts.none();
        }
        try (Part part = new Part(styles)) {
            this.formats =
                    part.xml.isPresent() ? NumberFormats.read(part.xml.get(), from1904) : NumberFormats.none(from1904);
        }
        Sheet chosen = chosen(sheets, wanted);
        this.sheet =
                new SheetXml(part(targets.getOrDefault(chosen.relation(), "")).orElseThrow(XlsxTable::damaged));
    }

    /** Puts the file where a zip's contents can be found. It is gone once it is closed. */
    private static ZipFile stored(InputStream file) throws IOException {
        Path path = Files.createTempFile("import", ".xlsx");
        try {
            try (InputStream in = file;
                    OutputStream out = Files.newOutputStream(path)) {
                BoundedStream.ofFile(in, MOST_PACKED).transferTo(out);
            }
            return new ZipFile(path.toFile(), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            if (e instanceof ZipException) {
                throw damaged();
            }
            throw e;
        }
    }

    @Override
    public Optional<Row> next() throws IOException {
        try {
            while (nextRow()) {
                if (row.isTooLarge()) {
                    throw Malformed.at(
                            "Row " + number + " has more than " + Row.MOST_CELLS + " cells or " + Row.MOST_CHARS
                                    + " characters",
                            number,
                            1);
                }
                if (number > skipRows && !row.isEmpty()) {
                    return found;
                }
            }
        } catch (ZipException e) {
            throw damaged();
        }
        return Optional.empty();
    }

    @Override
    public Optional<Character> separator() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        sheet.close();
        zip.close();
    }

    private boolean nextRow() throws IOException {
        while (sheet.next()) {
            if (sheet.ends("sheetData")) {
                return false;
            }
            if (sheet.starts("row")) {
                int told = sheet.number("r").orElse(number + 1);
                if (told <= number || told > LAST_ROW) {
                    throw damaged();
                }
                number = told;
                row.begin(number);
                while (sheet.next() && !sheet.ends("row")) {
                    if (sheet.starts("c")) {
                        cell();
                    }
                }
                return true;
            }
        }
        return false;
    }

    private void cell() throws IOException {
        int column = sheet.attribute("r").map(XlsxTable::column).orElse(row.cells());
        if (column < row.cells() || column >= Row.MOST_CELLS) {
            throw damaged();
        }
        row.fillTo(column);
        String type = sheet.attribute("t").orElse("n");
        int style = sheet.number("s").orElse(0);
        String value = "";
        while (sheet.next() && !sheet.ends("c")) {
            if (sheet.starts("v")) {
                value = sheet.text();
            } else if (sheet.starts("is")) {
                value = sheet.richText("is");
            } else if (sheet.starts("f")) {
                sheet.text();
            }
        }
        add(type, style, value);
    }

    private void add(String type, int style, String value) {
        switch (type) {
            case "s" -> add(value.isEmpty() ? "" : texts.get(value.strip()));
            case "b" -> add(value.isEmpty() ? "" : value.strip().equals("1") ? "TRUE" : "FALSE");
            case "e" -> {
                add(value);
                row.lastIs(Row.Damage.FORMULA);
            }
            case "n" -> number(value.strip(), style);
            // A formula's text, an inline string, or a date in ISO already.
            default -> add(value);
        }
    }

    private void number(String value, int style) {
        if (value.isEmpty()) {
            add("");
            return;
        }
        // As long as a double needs at most; an exponent of more digits would be a number of a gigabyte.
        if (!NUMBER.matcher(value).matches()) {
            throw damaged();
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw damaged();
        }
        add(formats.text(number, style));
        if (NumberFormats.isRounded(number)) {
            row.lastIs(Row.Damage.ROUNDED);
        }
    }

    private void add(String text) {
        if (text.length() > characters.length) {
            characters = new char[2 * text.length()];
        }
        text.getChars(0, text.length(), characters, 0);
        row.add(characters, 0, text.length());
        row.lastMayHaveBreaks();
    }

    /** The column of a cell's reference, from 0: {@code C7} is 2. */
    private static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && i < 4; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = 26 * column + c - 'A' + 1;
        }
        return column - 1;
    }

    private boolean readWorkbook(String name, List<Sheet> sheets) throws IOException {
        boolean from1904 = false;
        try (Part part = new Part(Optional.of(name))) {
            SheetXml xml = part.xml.orElseThrow(() -> zip.getEntry("xl/workbook.bin") != null
                    ? Malformed.whole("The file is a binary workbook (.xlsb): save it as .xlsx")
                    : Malformed.whole("The file is a zip archive, but no Excel workbook (.xlsx)"));
            while (xml.next()) {
                if (xml.starts("workbookPr")) {
                    from1904 = xml.attribute("date1904")
                            .filter(value -> value.equals("1") || value.equals("true"))
                            .isPresent();
                } else if (xml.starts("sheet") && sheets.size() < MOST_SHEETS) {
                    boolean visible = xml.attribute("state")
                            .filter(state -> !state.equals("visible"))
                            .isEmpty();
                    sheets.add(new Sheet(
                            xml.attribute("name").orElse(""),
                            xml.attribute("id").orElse(""),
                            visible));
                }
            }
        }
        return from1904;
    }

    private static Sheet chosen(List<Sheet> sheets, Optional<String> wanted) {
        if (wanted.isPresent()) {
            return sheets.stream()
                    .filter(sheet -> sheet.name().equals(wanted.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            MissingSheet.of(sheets.stream().map(Sheet::name).toList()));
        }
        return sheets.stream()
                .filter(Sheet::visible)
                .findFirst()
                .or(() -> sheets.stream().findFirst())
                .orElseThrow(XlsxTable::damaged);
    }

    /** The parts that a part refers to, by the names that it has for them. */
    private Map<String, String> targets(String relations, String folder) throws IOException {
        Map<String, String> targets = new HashMap<>();
        try (Part part = new Part(Optional.of(relations))) {
            while (part.xml.isPresent() && part.xml.get().nextStart("Relationship") && targets.size() < MOST_SHEETS) {
                SheetXml xml = part.xml.get();
                targets.put(
                        xml.attribute("Id").orElse(""),
                        absolute(folder, xml.attribute("Target").orElse("")));
            }
        }
        return targets;
    }

    private Optional<String> target(String relations, String folder, String type) throws IOException {
        try (Part part = new Part(Optional.of(relations))) {
            while (part.xml.isPresent() && part.xml.get().nextStart("Relationship")) {
                SheetXml xml = part.xml.get();
                if (xml.attribute("Type").filter(told -> told.endsWith(type)).isPresent()) {
                    return xml.attribute("Target").map(target -> absolute(folder, target));
                }
            }
        }
        return Optional.empty();
    }

    private static String absolute(String folder, String target) {
        if (target.startsWith("/")) {
            return target.substring(1);
        }
        Deque<String> path = new ArrayDeque<>();
        for (String name : (folder + target).split("/", -1)) {
            if (name.equals("..") && !path.isEmpty()) {
                path.removeLast();
            } else {
                path.addLast(name);
            }
        }
        return String.join("/", path);
    }

    private Optional<InputStream> part(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null
                ? Optional.empty()
                : Optional.of(BoundedStream.ofFile(zip.getInputStream(entry), MOST_UNPACKED));
    }

    private static RuntimeException damaged() {
        return Malformed.whole("The workbook (.xlsx) is damaged or was cut off: save it again");
    }

    /** A part of the workbook while it is read; there may be none of that name. */
    private final class Part implements AutoCloseable {
        private final Optional<SheetXml> xml;

        Part(Optional<String> name) throws IOException {
            Optional<InputStream> in = name.isPresent() ? part(name.get()) : Optional.empty();
            xml = in.isPresent() ? Optional.of(new SheetXml(in.get())) : Optional.empty();
        }

        @Override
        public void close() throws IOException {
            if (xml.isPresent()) {
                xml.get().close();
            }
        }
    }
}
