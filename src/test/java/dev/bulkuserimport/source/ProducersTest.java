package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks by the programs that write most of them: Apache POI and fastexcel here, exceljs ({@code ej}) and SheetJS ({@code sj}) as files. */
@DisplayName("A workbook")
class ProducersTest {

    private static final String[] HEADER = {"External ID", "User Name", "title", "department"};

    private static Imported poi(boolean streamed, Consumer<Sheet> content) {
        try (org.apache.poi.ss.usermodel.Workbook workbook = streamed ? new SXSSFWorkbook() : new XSSFWorkbook()) {
            Sheet sheet = workbook.createSheet("People");
            row(sheet, 0, (Object[]) HEADER);
            content.accept(sheet);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return Imported.of("people.xlsx", out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(Sheet sheet, int number, Object... values) {
        org.apache.poi.ss.usermodel.Row row = sheet.createRow(number);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number value) {
                row.createCell(i).setCellValue(value.doubleValue());
            } else if (values[i] instanceof String text && text.startsWith("=")) {
                row.createCell(i).setCellFormula(text.substring(1));
            } else if (values[i] instanceof String text) {
                row.createCell(i).setCellValue(text);
            }
        }
    }

    private static void format(Sheet sheet, int column, String code) {
        CellStyle style = sheet.getWorkbook().createCellStyle();
        style.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat(code));
        sheet.getRow(1).getCell(column).setCellStyle(style);
    }

    private static Imported file(String name) {
        try (InputStream in = ProducersTest.class.getResourceAsStream("/producers/" + name)) {
            return Imported.of(name, Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("by POI, streamed or not, has no result of a formula that nobody computed")
    void formulasOfPoi(boolean streamed) {
        assertThat(poi(streamed, sheet -> row(sheet, 1, "E-1", "ana", "=A2&\"x\"", "Sales"))
                        .told())
                .startsWith("invalid-users ")
                .contains("title")
                .contains("formula");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.1    | 0.00         | 10.10",
                "0.5     | 0%           | 50%",
                "-5.5    | 0.00;(0.00)  | -5.50",
                "46024   | m/d/yy       | 2026-01-02",
                "46024.5 | m/d/yy h:mm  | 2026-01-02T12:00:00",
                "1.5     | [h]:mm       | 36:00:00",
                "4711    | 00000000     | 00004711",
                "1234.5  | #,##0.00     | 1234.50",
                "1234.5  | 0.00E+00     | 1234.5",
                "0.25    | # ?/?        | 0.25",
                "7       | 000.0        | 007.0",
                "0       | #.00         | 0.00",
                "0.5     | #.00         | 0.50",
                "-0.5    | .00          | -0.50",
                "1200    | #,###        | 1200",
                "0.05    | #.0%         | 5.0%",
                "10.5    | #.00         | 10.50",
                "0       | #,##0        | 0",
                "0       | _-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_- | 0",
                "0       | _(\"$\"* #,##0.00_);_(\"$\"* (#,##0.00);_(\"$\"* \"-\"??_) | 0",
                "3       | \"n/a\"      | n/a"
            })
    @DisplayName("by POI shows a number by its format")
    void numbersOfPoi(double number, String code, String seen) {
        Imported imported = poi(true, sheet -> {
            row(sheet, 1, "E-1", "ana", number);
            format(sheet, 2, code);
        });
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users().get(0)).containsEntry("title", seen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | dd.mm.yyyy",
                "0 | 0;-0;;@",
                "-3 | 0;;",
                "5 | ;;",
                "0 | #",
                "0 | #,###",
                "0.2 | #",
                "-0.2 | #",
                "0 | #.##",
                "0 | #%",
                "0 | # \"days\"",
                "0 | 0;-0;#"
            })
    @DisplayName("by POI shows nothing where the format does")
    void nothingOfPoi(double number, String code) {
        Imported imported = poi(false, sheet -> {
            row(sheet, 1, "E-1", "ana", number, "Sales");
            format(sheet, 2, code);
        });
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users().get(0)).doesNotContainKey("title");
    }

    @ParameterizedTest
    @CsvSource({"0, externalId", "1, userName"})
    @DisplayName("by POI has no external ID and no login in a cell formatted as a date")
    void identitiesOfPoi(int column, String field) {
        Imported imported = poi(false, sheet -> {
            row(sheet, 1, column == 0 ? 46095 : "E-1", column == 1 ? 46095 : "ana");
            format(sheet, column, "d-mmm");
        });
        assertThat(imported.told())
                .startsWith("invalid-users ")
                .contains("field=" + field)
                .contains("date");
    }

    @Test
    @DisplayName("by POI has a merged value in each row, and a merged ID twice")
    void mergedByPoi() {
        Imported departments = poi(false, sheet -> {
            row(sheet, 1, "E-1", "ana", "x", "Sales");
            row(sheet, 2, "E-2", "bo", "x");
            row(sheet, 3, "E-3", "cy", "x", "hidden below");
            sheet.addMergedRegion(CellRangeAddress.valueOf("D2:D9"));
            row(sheet, 9, "E-4", "di", "x");
        });
        assertThat(departments.users())
                .extracting(user -> user.getOrDefault("department", ""))
                .containsExactly("Sales", "Sales", "Sales", "");
        assertThat(poi(false, sheet -> {
                            row(sheet, 1, "E-1", "ana");
                            row(sheet, 2, null, "bo");
                            sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
                        })
                        .told())
                .startsWith("invalid-users ")
                .contains("line=3");
    }

    @Test
    @DisplayName(
            "by fastexcel has its dates, merged and hidden cells; a formula that it wrote as broken XML is no fault of ours")
    void fastexcel() throws IOException {
        Imported imported = fastexcel(sheet -> {
            sheet.value(1, 2, LocalDate.of(2026, 1, 2));
            sheet.style(1, 2).format("yyyy-MM-dd").set();
            sheet.value(1, 3, true);
            sheet.value(2, 0, "E-2");
            sheet.value(2, 1, "bo");
            sheet.range(1, 3, 2, 3).merge();
            sheet.hideRow(2);
        });
        assertThat(imported.users()).hasSize(2);
        assertThat(imported.users().get(0)).containsEntry("title", "2026-01-02");
        assertThat(imported.users().get(1)).containsEntry("department", "TRUE");
        assertThat(imported.notes().remarks()).anyMatch(remark -> remark.startsWith("1 row of the sheet is hidden"));
        assertThat(fastexcel(sheet -> sheet.formula(1, 2, "SUM(1,2)")).told())
                .startsWith("invalid-users ")
                .contains("formula");
        assertThat(fastexcel(sheet -> sheet.formula(1, 2, "A2&\"x\"")).told())
                .startsWith("malformed-payload ")
                .contains("line=2");
    }

    private static Imported fastexcel(Consumer<Worksheet> content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (org.dhatim.fastexcel.Workbook workbook = new org.dhatim.fastexcel.Workbook(out, "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("People");
            for (int i = 0; i < HEADER.length; i++) {
                sheet.value(0, i, HEADER[i]);
            }
            sheet.value(1, 0, "E-1");
            sheet.value(1, 1, "ana");
            content.accept(sheet);
        }
        return Imported.of("people.xlsx", out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "ej-dates.xlsx, title, 2026-01-02",
        "ej-formula-empty.xlsx, department, Sales",
        "ej-hidden-sheet.xlsx, department, Sales",
        "sj-numbers.xlsx, title, 10.10",
        "sj-empty-first.xlsx, department, Sales"
    })
    @DisplayName("by exceljs or SheetJS goes in with what a person sees")
    void in(String name, String property, String value) {
        Imported imported = file(name);
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users().get(0)).containsEntry(property, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ej-merged.xlsx", "sj-merged.xlsx"})
    @DisplayName("by exceljs or SheetJS has a merged value in each row")
    void merged(String name) {
        assertThat(file(name).users()).hasSizeGreaterThan(1).allSatisfy(user -> assertThat(user)
                .containsEntry("department", "Sales"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ej-formula.xlsx", "sj-formula-novalue.xlsx"})
    @DisplayName("by exceljs or SheetJS has no result of a formula that nobody computed")
    void formulas(String name) {
        assertThat(file(name).told()).startsWith("invalid-users ").contains("formula");
    }

    @Test
    @DisplayName("that is SYLK is named")
    void sylk() {
        assertThat(file("sj-sylk.csv").told()).startsWith("malformed-payload ").contains("SYLK");
    }

    @Test
    @DisplayName("with hidden rows deactivates nobody")
    void hiddenLeavers() {
        Imported imported = Imported.of(
                FileFormat.of("people.xlsx").orElseThrow(),
                new Workbook()
                        .row("S", 1, "External ID")
                        .row("S", 2, "E-1")
                        .with(
                                "xl/worksheets/sheet1.xml",
                                "<worksheet><sheetData><row r=\"1\"><c t=\"str\"><v>External ID</v></c></row>"
                                        + "<row r=\"2\" hidden=\"1\"><c t=\"str\"><v>E-1</v></c></row></sheetData></worksheet>")
                        .bytes(),
                SchemaKnowledge.NOT_ASKED,
                false,
                Optional.empty(),
                ImportOperation.DEACTIVATE_AND_DELETE);
        assertThat(imported.users()).isEmpty();
        assertThat(imported.told()).startsWith("invalid-request ").contains("hidden");
    }

    @Test
    @DisplayName("whose first row is a title of several cells above the mapping's header row is refused with its row")
    void wideTitleOfTheMapping() {
        byte[] workbook = new Workbook()
                .row("Staff", 1, "Staff list", "November")
                .row("Staff", 3, "Nr", "Login")
                .row("Staff", 4, "1", "ana")
                .bytes();
        String mapping = "{\"externalId\":\"Nr\",\"profile\":{\"userName\":\"Login\"}}";
        assertThat(Imported.mapped("people.xlsx", workbook, mapping).told())
                .startsWith("invalid-request ")
                .contains("header row is not on line 1: line 3 names", "file.skipLines 2");
    }

    @Test
    @DisplayName("whose first sheet lacks the mapping's column is refused with the sheet that has it")
    void sheetOfTheMapping() {
        byte[] workbook = new Workbook()
                .row("Read me", 1, "Field", "Meaning")
                .row("Read me", 2, "Login", "the work email")
                .row("Staff", 1, "Nr", "Login")
                .row("Staff", 2, "1", "ana")
                .bytes();
        String mapping = "{\"externalId\":\"Nr\",\"profile\":{\"userName\":\"Login\"}}";
        assertThat(Imported.mapped("people.xlsx", workbook, mapping).told())
                .startsWith("invalid-request ")
                .contains("Staff");
    }
}
