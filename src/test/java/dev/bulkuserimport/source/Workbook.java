package dev.bulkuserimport.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An xlsx workbook as spreadsheet programs write it, of which each part can be spoilt. */
public final class Workbook {

    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, StringBuilder> sheets = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private String styles = "";
    private boolean from1904;
    private boolean computedOnLoad;

    /** Cells of a row: a text is shared, anything that begins with {@code <c} is the cell's XML, null is no cell at all. */
    public Workbook row(String sheet, int number, String... cells) {
        StringBuilder xml = sheets.computeIfAbsent(sheet, name -> new StringBuilder());
        xml.append("<row r=\"").append(number).append("\">");
        for (int i = 0; i < cells.length; i++) {
            String reference = (char) ('A' + i) + String.valueOf(number);
            if (cells[i] == null) {
                continue;
            }
            if (cells[i].startsWith("<c")) {
                xml.append(cells[i].replaceFirst("<c", "<c r=\"" + reference + "\""));
            } else {
                texts.add(cells[i]);
                xml.append("<c r=\"")
                        .append(reference)
                        .append("\" t=\"s\"><v>")
                        .append(texts.size() - 1)
                        .append("</v></c>");
            }
        }
        xml.append("</row>");
        return this;
    }

    /** Formats of numbers; the cells' styles 1, 2, … have them. */
    Workbook formats(String... codes) {
        StringBuilder xml = new StringBuilder("<numFmts>");
        StringBuilder xfs = new StringBuilder("<cellXfs><xf numFmtId=\"0\"/>");
        for (int i = 0; i < codes.length; i++) {
            if (codes[i].matches("\\d+!")) {
                xfs.append("<xf numFmtId=\"").append(codes[i].replace("!", "")).append("\"/>");
            } else {
                xml.append("<numFmt numFmtId=\"")
                        .append(200 + i)
                        .append("\" formatCode=\"")
                        .append(escaped(codes[i]))
                        .append("\"/>");
                xfs.append("<xf numFmtId=\"").append(200 + i).append("\"/>");
            }
        }
        styles = xml + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>" + xfs + "</cellXfs>";
        return this;
    }

    /** With a sheet One of one person, and a sheet Two of three, of whom one has no valid email address. */
    public static Workbook oneAndTwo() {
        return new Workbook()
                .row("One", 1, "External ID", "User Name")
                .row("One", 2, "E-1", "ana@example.com")
                .row("Two", 1, "External ID", "User Name", "Email")
                .row("Two", 2, "E-7", "bo@example.com", "bo@example.com")
                .row("Two", 3, "E-8", "cy@example.com", "cy example.com")
                .row("Two", 4, "E-9", "di@example.com", "di@example.com");
    }

    Workbook from1904() {
        from1904 = true;
        return this;
    }

    /** As programs write it that don't compute formulas. */
    Workbook computedOnLoad() {
        computedOnLoad = true;
        return this;
    }

    /** One part with other content; null leaves it out. */
    Workbook with(String part, String content) {
        replaced.put(part, content);
        return this;
    }

    /** How many characters the parts of the workbook have before they are packed. */
    long written() {
        return parts().values().stream()
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> part : parts().entrySet()) {
                if (part.getValue() != null) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n" + part.getValue())
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        parts.put(
                "_rels/.rels",
                relations("<Relationship Id=\"rId1\" Type=\"" + RELATIONS
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        StringBuilder book = new StringBuilder("<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + RELATIONS
                + "\"><workbookPr" + (from1904 ? " date1904=\"1\"" : "") + "/><sheets>");
        StringBuilder targets = new StringBuilder();
        int number = 1;
        for (Map.Entry<String, StringBuilder> sheet : sheets.entrySet()) {
            boolean hidden = sheet.getKey().startsWith("hidden");
            book.append("<sheet name=\"" + escaped(sheet.getKey()) + "\" sheetId=\"" + number + "\" r:id=\"rIdS"
                    + number + "\"" + (hidden ? " state=\"hidden\"" : "") + "/>");
            targets.append("<Relationship Id=\"rIdS" + number + "\" Type=\"" + RELATIONS
                    + "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>");
            parts.put(
                    "xl/worksheets/sheet" + number + ".xml",
                    "<worksheet xmlns=\"" + MAIN + "\"><dimension ref=\"A1\"/><sheetData>" + sheet.getValue()
                            + "</sheetData></worksheet>");
            number++;
        }
        parts.put(
                "xl/workbook.xml",
                book + "</sheets>" + (computedOnLoad ? "<calcPr fullCalcOnLoad=\"1\"/>" : "") + "</workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                relations(targets + "<Relationship Id=\"rIdT\" Type=\"" + RELATIONS
                        + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>" + "<Relationship Id=\"rIdY\" Type=\""
                        + RELATIONS + "/styles\" Target=\"styles.xml\"/>"));
        parts.put("xl/styles.xml", "<styleSheet xmlns=\"" + MAIN + "\">" + styles + "</styleSheet>");
        StringBuilder shared = new StringBuilder("<sst xmlns=\"" + MAIN + "\">");
        for (String text : texts) {
            shared.append("<si><r><t xml:space=\"preserve\">")
                    .append(escaped(text))
                    .append("</t></r><rPh><t>reading</t></rPh></si>");
        }
        parts.put("xl/sharedStrings.xml", shared + "</sst>");
        parts.putAll(replaced);
        return parts;
    }

    private static String relations(String content) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + content
                + "</Relationships>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
