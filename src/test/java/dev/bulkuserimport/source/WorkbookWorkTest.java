package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the cells of a workbook make counts, and not how small the workbook is. */
@DisplayName("The work that a workbook makes")
class WorkbookWorkTest {

    private static final int MOST = 2_000_000;

    private static Workbook people() {
        return new Workbook().row("S", 1, "External ID", "User Name", "title");
    }

    /** Reads a workbook to its end and counts the characters of its cells. */
    private static long characters(Workbook workbook) throws IOException {
        long characters = 0;
        try (XlsxTable table =
                XlsxTable.open(new ByteArrayInputStream(workbook.bytes()), Optional.empty(), 0, true, MOST)) {
            for (Optional<Row> row = table.next(); row.isPresent(); row = table.next()) {
                for (int i = 0; i < row.get().cells(); i++) {
                    characters += row.get().length(i);
                }
            }
        }
        return characters;
    }

    private static String sharing(int rows, String cell) {
        StringBuilder xml = new StringBuilder("<worksheet><sheetData>");
        for (int i = 1; i <= rows; i++) {
            xml.append("<row r=\"" + i + "\"><c r=\"A" + i + "\"" + cell + "</row>");
        }
        return xml + "</sheetData></worksheet>";
    }

    @Test
    @DisplayName("ends at the bound where all cells name one long text")
    void sharedText() throws IOException {
        String sheet = "xl/worksheets/sheet1.xml";
        Workbook workbook = people().row("S", 2, "x".repeat(30_000));
        String cell = " t=\"s\"><v>3</v></c>";
        assertThat(characters(workbook.with(sheet, sharing(60, cell)))).isEqualTo(60 * 30_000);
        byte[] large = workbook.with(sheet, sharing(10_000, cell)).bytes();
        assertThat(large).hasSizeLessThan(100_000);
        assertThatThrownBy(() -> characters(workbook))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 2 MB");
    }

    @Test
    @DisplayName("ends at the bound where a long text is merged downwards")
    void mergedText() {
        Workbook workbook = people();
        StringBuilder rows = new StringBuilder();
        for (int i = 3; i < 3_000; i++) {
            rows.append("<row r=\"" + i + "\"><c r=\"B" + i + "\"><v>1</v></c></row>");
        }
        workbook.with(
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"str\"><v>" + "x".repeat(30_000) + "</v></c></row>"
                        + rows + "</sheetData><mergeCells><mergeCell ref=\"A2:A3000\"/></mergeCells></worksheet>");
        assertThatThrownBy(() -> characters(workbook))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 2 MB");
    }

    @Test
    @DisplayName("ends at the bound where areas without text are merged over all rows")
    void mergedNothing() {
        StringBuilder first = new StringBuilder();
        StringBuilder areas = new StringBuilder();
        for (char column = 'A'; column <= 'Z'; column++) {
            for (char second = 'A'; second <= 'Z'; second++) {
                first.append("<c r=\"" + column + second + "1\"><f>1</f></c>");
                areas.append("<mergeCell ref=\"" + column + second + "1:" + column + second + "9000\"/>");
            }
        }
        StringBuilder rows = new StringBuilder();
        for (int i = 2; i < 9_000; i++) {
            rows.append("<row r=\"" + i + "\"/>");
        }
        Workbook workbook = people().with(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet><sheetData><row r=\"1\">" + first + "</row>" + rows + "</sheetData><mergeCells>"
                                + areas + "</mergeCells></worksheet>");
        assertThatThrownBy(() -> characters(workbook))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 2 MB");
    }

    @Test
    @DisplayName("is not made for a cell that is longer than a spreadsheet allows")
    void longCell() {
        assertThat(Imported.of(
                                "people.xlsx",
                                people().row("S", 2, "1", "ana", "x".repeat(32_768))
                                        .bytes())
                        .told())
                .startsWith("malformed-payload ")
                .contains("C2")
                .contains("32767")
                .contains("line=2");
    }

    @Test
    @DisplayName("is not made of a format with a million decimals or a long text")
    void formats() {
        String number = "<c s=\"1\"><v>1</v></c>";
        for (String code :
                new String[] {"0." + "0".repeat(1_000_000), "\"" + "x".repeat(1_000_000) + "\"", "0".repeat(100_000)}) {
            assertThat(Imported.of(
                                    "people.xlsx",
                                    people().row("S", 2, "1", "ana", number)
                                            .formats(code)
                                            .bytes())
                            .users()
                            .get(0))
                    .containsEntry("title", "1");
        }
    }

    @Test
    @DisplayName("is done once for a text that many cells share")
    void sharedOnce() throws IOException {
        Workbook workbook = people().row("S", 2, "1", "ana", "x");
        try (WorkbookParts parts = WorkbookParts.open(new ByteArrayInputStream(workbook.bytes()), MOST);
                SheetXml xml = parts.xml("xl/sharedStrings.xml").orElseThrow()) {
            SharedTexts texts = SharedTexts.read(xml);
            assertThat(texts.get("2").orElseThrow()).isSameAs(texts.get("2").orElseThrow());
        }
    }
}
