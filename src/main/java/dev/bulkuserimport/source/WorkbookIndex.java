package dev.bulkuserimport.source;

import dev.bulkuserimport.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A workbook's structure: its sheets, and how its cells are to be read.
 *
 * @param sheets its worksheets in their displayed order, without charts and dialogs
 * @param from1904 whether its dates are counted from 1904
 * @param computedOnLoad whether its formulas must be computed on opening, so that stored results may be meaningless
 * @param texts the name of the part with its shared strings
 * @param styles the name of the part with its styles
 */
record WorkbookIndex(
        List<Sheet> sheets, boolean from1904, boolean computedOnLoad, Optional<String> texts, Optional<String> styles) {

    private static final int MOST_SHEETS = 10_000;

    /**
     * A worksheet.
     *
     * @param part the name of its part in the workbook
     * @param visible whether it is visible
     */
    record Sheet(String name, String part, boolean visible) {}

    private record Relation(String type, String target) {
        boolean is(String kind) {
            return type.endsWith("/" + kind);
        }
    }

    /** @throws dev.bulkuserimport.problem.ProblemException when the file isn't a readable workbook */
    static WorkbookIndex read(WorkbookParts parts) throws IOException {
        String name = relations(parts, "_rels/.rels", "").values().stream()
                .filter(relation -> relation.is("officeDocument"))
                .map(Relation::target)
                .findFirst()
                .orElse("xl/workbook.xml");
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".bin") || parts.has("xl/workbook.bin")) {
            throw Malformed.whole("The file is a binary workbook (.xlsb): save it as .xlsx");
        }
        if (parts.has("content.xml")) {
            throw Malformed.whole("The file is an OpenDocument file (.ods): save it as .xlsx");
        }
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        Map<String, Relation> relations =
                relations(parts, folder + "_rels/" + name.substring(folder.length()) + ".rels", folder);
        try (SheetXml xml = parts.xml(name)
                .orElseThrow(() -> Malformed.whole("The file is a zip archive, not an Excel workbook (.xlsx)"))) {
            return read(xml, relations, isWrittenByPoi(parts));
        }
    }

    /** When streaming, Apache POI writes 0 as the result of each formula without marking the workbook to be computed. */
    private static boolean isWrittenByPoi(WorkbookParts parts) throws IOException {
        Optional<SheetXml> part = parts.xml("docProps/app.xml");
        if (part.isEmpty()) {
            return false;
        }
        try (SheetXml xml = part.get()) {
            return xml.nextStart("Application") && xml.text().startsWith("Apache POI");
        } catch (ProblemException e) {
            // Nothing in this part is needed.
            return false;
        }
    }

    private static WorkbookIndex read(SheetXml xml, Map<String, Relation> relations, boolean uncomputed)
            throws IOException {
        List<Sheet> sheets = new ArrayList<>();
        boolean from1904 = false;
        boolean computedOnLoad = uncomputed;
        while (xml.next()) {
            if (xml.starts("workbookPr")) {
                from1904 = xml.flag("date1904");
            } else if (xml.starts("calcPr")) {
                computedOnLoad |= xml.flag("fullCalcOnLoad");
            } else if (xml.starts("sheet") && sheets.size() < MOST_SHEETS) {
                boolean visible = xml.attribute("state")
                        .filter(state -> !state.equals("visible"))
                        .isEmpty();
                Relation relation = relations.getOrDefault(xml.attribute("id").orElse(""), new Relation("", ""));
                if (!relation.is("chartsheet") && !relation.is("dialogsheet")) {
                    sheets.add(new Sheet(xml.attribute("name").orElse(""), relation.target(), visible));
                }
            }
        }
        return new WorkbookIndex(
                List.copyOf(sheets),
                from1904,
                computedOnLoad,
                target(relations, "sharedStrings"),
                target(relations, "styles"));
    }

    private static Optional<String> target(Map<String, Relation> relations, String kind) {
        return relations.values().stream()
                .filter(relation -> relation.is(kind))
                .map(Relation::target)
                .findFirst();
    }

    /** The parts that a part refers to, by its IDs for them. */
    private static Map<String, Relation> relations(WorkbookParts parts, String name, String folder) throws IOException {
        Map<String, Relation> relations = new HashMap<>();
        Optional<SheetXml> part = parts.xml(name);
        if (part.isEmpty()) {
            return relations;
        }
        try (SheetXml xml = part.get()) {
            while (xml.nextStart("Relationship") && relations.size() < MOST_SHEETS) {
                relations.put(
                        xml.attribute("Id").orElse(""),
                        new Relation(
                                xml.attribute("Type").orElse(""),
                                WorkbookParts.absolute(
                                        folder, xml.attribute("Target").orElse(""))));
            }
        }
        return relations;
    }
}
