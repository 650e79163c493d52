package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sheet's cells as a person sees them. */
class XlsxTest {

    private static final String[] HEADER = {"External ID", "User Name", "title"};

    private static Workbook sheet(String... cells) {
        return new Workbook().row("Sheet1", 1, HEADER).row("Sheet1", 2, cells);
    }

    private static Imported imported(Workbook workbook) {
        return Imported.of("people.xlsx", workbook.bytes());
    }

    private static String number(String value, int style) {
        return "<c s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    @Test
    void texts() {
        Imported imported = imported(sheet("E-1", " ana.berg@example.com\u00A0", "R&D <\"ü\" 漢字> _x000D_"));
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users())
                .containsExactly(
                        Map.of("externalId", "E-1", "userName", "ana.berg@example.com", "title", "R&D <\"ü\" 漢字>"));
        assertThat(imported.notes().trimmedCells()).isEqualTo(2);
        assertThat(imported.notes().columnsChecked()).contains(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12345                  | General       | 12345",
                "12345.0                | General       | 12345",
                "1.2345E+4              | General       | 12345",
                "123456789012           | General       | 123456789012",
                "1.23456789012E11       | 0             | 123456789012",
                "0.1                    | General       | 0.1",
                "1.1000000000000001     | General       | 1.1",
                "123                    | 00000         | 00123",
                "155                    | 0000          | 0155",
                "1234567                | 00000         | 1234567",
                "46024                  | yyyy-mm-dd    | 2026-01-02",
                "46024                  | dd/mm/yyyy    | 2026-01-02",
                "46024                  | 14!           | 2026-01-02",
                "46024                  | [$-407]d. mmmm yyyy;@ | 2026-01-02",
                "46024.5                | yyyy\\-mm\\-dd hh:mm | 2026-01-02T12:00:00",
                "46024.5                | 22!           | 2026-01-02T12:00:00",
                "46024.5                | dd.mm.yyyy    | 2026-01-02",
                "46387.99999996528      | yyyy-mm-dd    | 2026-12-31",
                "46387.99999            | m/d/yyyy      | 2026-12-31",
                "46387.9999999999999    | yyyy-mm-dd    | 2027-01-01",
                "46387.99999996528      | yyyy-mm-dd hh:mm:ss | 2027-01-01T00:00:00",
                "0.75                   | hh:mm         | 18:00:00",
                "1                      | yyyy-mm-dd    | 1900-01-01",
                "61                     | yyyy-mm-dd    | 1900-03-01",
                "-5                     | yyyy-mm-dd    | -5",
                "4200                   | 0 \"days\"    | 4200",
                "4200                   | \"about\" 0 \"days\" | 4200",
                "4200                   | General\" days\" | 4200",
                "4200                   | \"€ \"0       | 4200",
                "4200                   | \"US$\"0      | 4200",
                "4200                   | \"EUR \"0     | 4200",
                "4200                   | +0;-0         | 4200",
                "4200                   | \\(0\\)        | 4200",
                "4200                   | #             | 4200",
                "4200                   | ###\\-####    | 4200",
                "4200                   | \"E\"#,##0    | 4200",
                "1001                   | \"ID \"0      | ID 1001",
                "7                      | \"ID \"0      | ID 7",
                "1001                   | \"E\"0        | E1001",
                "1001                   | \"EMP-\"#     | EMP-1001",
                "0                      | \"EMP-\"#     | EMP-",
                "1001                   | \"E\"General  | E1001",
                "7                      | \"X\"0\"Y\"      | X7Y",
                "7                      | \"No. \"0\"/26\" | No. 7/26",
                "7                      | 0\"/26\"       | 7",
                "4200                   | \"€\"0\"M\"      | 4200",
                "48                     | \"MA\"* 0      | MA48",
                "4200                   | _-\"€\"* 0_-   | 4200",
                "4200                   | * 0           | 4200",
                "1001                   | E\\-##0       | E-1001",
                "1001                   | \"E\"\\-##0   | E-1001",
                "7                      | \"E-\"##0     | E-7",
                "7                      | \"E-\"#00     | E-07",
                "1234567                | \"T-\"###\\-#### | T-123-4567",
                "4567                   | \"T-\"###\\-#### | T--4567",
                "12.5                   | \"ID \"0      | 12.5",
                "46024                  | aaaa          | 2026-01-02",
                "46024                  | [$-411]aaa    | 2026-01-02",
                "46024                  | bbbb          | 2026-01-02",
                "46024                  | e             | 2026-01-02",
                "46024                  | ggge          | 2026-01-02",
                "46024                  | jjjj          | 46024",
                "46024                  | 0.00E+00      | 46024",
                "1250000                | 0.0,,         | 1250000",
                "1250000                | 0.0,,\"M\"     | 1250000",
                "1234567.891            | #,##0.00,     | 1234567.891",
                "1234567                | 0,.00         | 1234567",
                "1234.5                 | #,##0,        | 1234.5",
                "1234.5                 | #,##0.00      | 1234.50",
                "4200                   | [Red]0        | 4200",
                "12                     | \"E-\"0000     | E-0012",
                "12                     | \\E0000        | E0012",
                "12345678               | 000-00-0000   | 012-34-5678",
                "12345678901            | 000\\-00\\-0000 | 12345-67-8901",
                "12                     | [Red]0000_);(0000) | 0012",
                "12.5                   | \"E-\"0000     | 12.5",
                "-12                    | \"E-\"0000     | -12",
                "1200                   | [<=999]000;0000 | 1200",
                "0                      | General       | 0"
            })
    void numbers(String value, String format, String seen) {
        Imported imported = imported(sheet("E-1", "ana", number(value, 1)).formats(format));
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users().get(0)).containsEntry("title", seen);
    }

    @Test
    void aNumberAsAnId() {
        assertThat(imported(sheet(number("123", 1), "ana", "x").formats("000000"))
                        .users()
                        .get(0))
                .containsEntry("externalId", "000123");
        assertThat(imported(sheet(number("1.23456789012346E+17", 0), "ana", "x"))
                        .told())
                .startsWith("invalid-users ")
                .contains("externalId")
                .contains("rounded")
                .contains("line=2");
    }

    @Test
    void datesAsGroups() {
        Workbook workbook = new Workbook().formats("d-mmm").row("Sheet1", 1, "ID", "Mail", "Dept");
        for (int i = 2; i < 5; i++) {
            workbook.row("Sheet1", i, "E-" + i, "u" + i + "@example.com", "3-1" + i);
        }
        workbook.row("Sheet1", 5, "E-5", "u5@example.com", number("46095", 1));
        String profile = "{\"externalId\":\"ID\",\"profile\":{\"userName\":\"Mail\",\"hireDate\":\"Dept\"}";
        String group = ",\"groups\":{\"externalId\":{\"from\":\"Dept\"%s},\"displayName\":\"Dept\"}}";
        assertThat(Imported.mapped("people.xlsx", workbook.bytes(), profile + "}")
                        .told())
                .isEmpty();
        assertThat(Imported.mapped(
                                "people.xlsx", workbook.bytes(), profile + String.format(group, ",\"prefix\":\"d-\""))
                        .told())
                .contains("Dept that is in a cell formatted as a date");
        String ofDates = profile + String.format(group, ",\"date\":\"dd/MM/yyyy\"");
        assertThat(Imported.mapped("people.xlsx", workbook.bytes(), ofDates).told())
                .doesNotContain("formatted as a date");
    }

    @Test
    void aDeactivationNeedsOnlyTheIdAndTheSkipRules() {
        String error = "<c t=\"e\"><v>#N/A</v></c>";
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, "ID", "Login", "Title", "Type")
                .row("Sheet1", 2, "E-1", error, error, "Employee")
                .row("Sheet1", 3, "E-2", "bo", error, error)
                .row("Sheet1", 4, error, "cy", "x", "Employee")
                .bytes();
        Mapping mapping =
                Mapping.parse(("{\"externalId\":\"ID\",\"profile\":{\"userName\":\"Login\",\"title\":\"Title\"},"
                                + "\"skip\":{\"when\":\"Type\",\"is\":[\"Contractor\"]}}")
                        .getBytes(StandardCharsets.UTF_8));
        Imported imported = Imported.of(
                FileFormat.of("people.xlsx").orElseThrow(),
                workbook,
                SchemaKnowledge.NOT_ASKED,
                true,
                Optional.of(mapping),
                ImportOperation.DEACTIVATE_AND_DELETE);
        assertThat(imported.gone()).containsExactly("E-1");
        assertThat(imported.rejections().errors())
                .noneMatch(found -> found.message().contains("Title"))
                .extracting(RecordError::line)
                .containsOnly(3L, 4L);
    }

    @Test
    void datesOf1904() {
        assertThat(imported(sheet("E-1", "ana", number("44562", 1))
                                .formats("yyyy-mm-dd")
                                .from1904())
                        .users()
                        .get(0))
                .containsEntry("title", "2026-01-02");
    }

    @Test
    void otherCells() {
        assertThat(imported(sheet("E-1", "ana", "<c t=\"b\"><v>1</v></c>"))
                        .users()
                        .get(0))
                .containsEntry("title", "TRUE");
        assertThat(imported(sheet("E-1", "ana", "<c t=\"str\"><f>A1&amp;B1</f><v>Sales</v></c>"))
                        .users()
                        .get(0))
                .containsEntry("title", "Sales");
        assertThat(imported(sheet("E-1", "ana", "<c><f>40+2</f><v>42</v></c>"))
                        .users()
                        .get(0))
                .containsEntry("title", "42");
        assertThat(imported(sheet("E-1", "ana", "<c t=\"inlineStr\"><is><t>Sal</t><t>es</t></is></c>"))
                        .users()
                        .get(0))
                .containsEntry("title", "Sales");
        assertThat(imported(sheet("E-1", "ana", null)).users().get(0)).doesNotContainKey("title");
    }

    @ParameterizedTest
    @CsvSource({
        "E-1_x000d_, E-1",
        "E-1_x000D_, E-1",
        "E_x002D_1, E-1",
        "E_x005F_x002D_1, E_x002D_1",
        "E_x12, E_x12",
    })
    void escapesOfStoredTexts(String stored, String seen) {
        assertThat(imported(sheet("<c t=\"str\"><v>" + stored + "</v></c>", "ana", "x"))
                        .users()
                        .get(0))
                .containsEntry("externalId", seen);
    }

    @ParameterizedTest
    @CsvSource({"1, TRUE", "true, TRUE", "TRUE, TRUE", "' True ', TRUE", "0, FALSE", "false, FALSE", "False, FALSE"})
    void booleans(String stored, String seen) {
        assertThat(imported(sheet("E-1", "ana", "<c t=\"b\"><v>" + stored + "</v></c>"))
                        .users()
                        .get(0))
                .containsEntry("title", seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "yes", "-1"})
    void otherBooleansAreDamage(String stored) {
        assertThat(imported(sheet("E-1", "ana", "<c t=\"b\"><v>" + stored + "</v></c>"))
                        .told())
                .startsWith("malformed-payload ")
                .contains("cell C2");
    }

    @Test
    void errorsOfFormulas() {
        String error = "<c t=\"e\"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>";
        assertThat(imported(sheet("E-1", "ana", error)).told())
                .startsWith("invalid-users ")
                .contains("title")
                .contains("line=2")
                .contains("formula");
        assertThat(imported(sheet(error, "ana", "x")).told())
                .contains("externalId")
                .contains("formula");
    }

    @Test
    void zerosOfAnArrayFormulaThatNobodyComputed() {
        Workbook workbook = new Workbook()
                .row("S", 1, HEADER)
                .row("S", 2, "E-1", "ana", "<c><f t=\"array\" ref=\"C2:C4\">Z2:Z4</f><v>0</v></c>")
                .row("S", 3, "E-2", "bo", number("0", 0))
                .row("S", 4, "E-3", "cy", number("7", 0))
                .row("S", 5, "E-4", "di", number("0", 0));
        assertThat(rejectedLines(workbook)).isEmpty();
        assertThat(rejectedLines(workbook.computedOnLoad())).containsExactly(2, 3);
    }

    @Test
    void anArrayFormulaEndsWithItsArea() {
        assertThat(rejectedLines(new Workbook()
                        .computedOnLoad()
                        .row("S", 1, "External ID", "title", "User Name", "department")
                        .row("S", 2, "E-1", "<c><f t=\"array\" ref=\"B2:D2\">Z2:AB2</f><v>7</v></c>", "ana", "x")
                        .row("S", 3, "E-2", "x", "bo", number("0", 0))
                        .row("S", 4, "E-3", "x", "cy", "<c><f t=\"array\" ref=\"D4:D5\">Z2:Z3</f><v>7</v></c>")
                        .row("S", 5, "E-4", number("0", 0), "di", number("0", 0))
                        .row("S", 6, "E-5", number("0", 0), "ed", number("0", 0))))
                .containsExactly(5);
    }

    @ParameterizedTest
    @CsvSource({"Z2, true", "$Z2, true", "Other!Z2, true", "Z2+1, false", "'VLOOKUP(A2,Z:AA,2)', false"})
    void datesOfEmptyCellsThatShareAFormula(String formula, boolean reference) {
        Workbook workbook = new Workbook()
                .computedOnLoad()
                .formats("yyyy-mm-dd")
                .row("S", 1, HEADER)
                .row("S", 2, "E-1", "ana", shared(" ref=\"C2:C3\"", formula))
                .row("S", 3, "E-2", "bo", shared("", ""));
        assertThat(rejectedLines(workbook)).isEqualTo(reference ? List.of() : List.of(2, 3));
    }

    @ParameterizedTest
    @CsvSource({"Z2:Z4, true", "Data!$C$2:$C$4, true", "'IF(Z2:Z4>0,Z2:Z4)', false"})
    void datesOfEmptyCellsInAnArrayFormula(String formula, boolean reference) {
        Workbook workbook = new Workbook()
                .computedOnLoad()
                .formats("yyyy-mm-dd")
                .row("S", 1, HEADER)
                .row(
                        "S",
                        2,
                        "E-1",
                        "ana",
                        "<c s=\"1\"><f t=\"array\" ref=\"C2:C4\">" + formula.replace(">", "&gt;")
                                + "</f><v>45000</v></c>")
                .row("S", 3, "E-2", "bo", number("0", 1))
                .row("S", 4, "E-3", "cy", number("0", 0));
        assertThat(rejectedLines(workbook)).isEqualTo(reference ? List.of(4) : List.of(3, 4));
    }

    private static String shared(String area, String formula) {
        return "<c s=\"1\"><f t=\"shared\" si=\"0\"" + area + ">" + formula + "</f><v>0</v></c>";
    }

    /** The lines of the records that are refused because of a formula. */
    private static List<Integer> rejectedLines(Workbook workbook) {
        String told = imported(workbook).told();
        return Pattern.compile("line=(\\d+)")
                .matcher(told)
                .results()
                .map(line -> Integer.valueOf(line.group(1)))
                .distinct()
                .toList();
    }

    @Test
    void rowsAreTheirNumbers() {
        Imported imported = imported(new Workbook()
                .row("Sheet1", 3, HEADER)
                .row("Sheet1", 4, "E-1", "ana", "x")
                .row("Sheet1", 6, " ", null, "\u00A0")
                .row("Sheet1", 9, "E-1", "bo", "x"));
        assertThat(imported.told())
                .startsWith("invalid-users ")
                .contains("line=9")
                .contains("line 4");
    }

    @Test
    void sheets() {
        Workbook workbook = new Workbook()
                .row("hidden", 1, "nobody")
                .row("First", 1, HEADER)
                .row("First", 2, "E-1", "ana", "x")
                .row("Export", 1, "Report")
                .row("Export", 3, "Employee", "Login")
                .row("Export", 4, "E-7", "bo");
        assertThat(imported(workbook).users()).hasSize(1);
        String mapping =
                "{\"externalId\":\"Employee\",\"profile\":{\"userName\":\"Login\"},\"file\":{\"sheet\":\"Export\",\"skipLines\":1}}";
        assertThat(Imported.mapped("people.xlsx", workbook.bytes(), mapping).users())
                .containsExactly(Map.of("externalId", "E-7", "userName", "bo"));
        assertThat(Imported.mapped("people.xlsx", workbook.bytes(), mapping.replace("Export", "Other"))
                        .told())
                .startsWith("invalid-request ")
                .contains("file.sheet");
    }

    @Test
    void rejectedRowsAreACsv() {
        Imported imported = Imported.of(
                FileFormat.of("people.xlsx").orElseThrow(),
                sheet("E-1", "ana", "<c t=\"str\"><f>\"=1+1\"</f><v>=1+1</v></c>")
                        .row("Sheet1", 3, "NULL", "bo", "=1+1")
                        .bytes(),
                new SchemaKnowledge.Known(Imported.SCHEMA),
                true);
        assertThat(imported.users()).hasSize(1);
        assertThat(imported.rejectedRows())
                .startsWith("\uFEFFExternal ID,User Name,title,rejectedBecause\r\nNULL,bo,'=1+1,")
                .doesNotContain("ana");
    }

    @Test
    void columnsAreHeldAgainstTheSchema() {
        assertThat(imported(new Workbook()
                                .row("S", 1, "External ID", "User Name", "Surname")
                                .row("S", 2, "E-1", "a", "b"))
                        .told())
                .startsWith("invalid-request ")
                .contains("did you mean lastName");
        assertThat(imported(new Workbook().row("S", 1, HEADER)).told()).startsWith("invalid-request ");
        assertThat(imported(new Workbook().row("S", 1, "Report of May")).told()).startsWith("malformed-payload ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99999</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1e999999999</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>",
                "<worksheet><sheetData><row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>",
                "<worksheet><sheetData><row",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>",
            })
    void hostileSheets(String xml) {
        assertThat(imported(sheet("E-1", "ana", "x").with("xl/worksheets/sheet1.xml", xml))
                        .told())
                .startsWith("malformed-payload ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./worksheets/s.xml", "worksheets/./s.xml", "/xl/./worksheets/s.xml", "../xl/worksheets/s.xml"})
    void namesOfParts(String target) {
        assertThat(WorkbookParts.absolute("xl/", target)).isEqualTo("xl/worksheets/s.xml");
    }

    @Test
    void aCompressedWorkbookIsNamed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(sheet("E-1", "ana", "x").bytes());
        }
        assertThat(Imported.of("people.xlsx", packed.toByteArray()).told())
                .startsWith("malformed-payload ")
                .contains("gzip");
    }

    @Test
    void damagedWorkbooks() {
        byte[] whole = sheet("E-1", "ana", "x").bytes();
        for (int length = 0; length < whole.length; length += 37) {
            assertThat(Imported.of("people.xlsx", Arrays.copyOf(whole, length)).told())
                    .as("cut at " + length)
                    .matches("(?s)(malformed-payload|invalid-request) .*");
        }
        assertThat(imported(sheet("E-1", "ana", "x").with("xl/workbook.xml", null))
                        .told())
                .contains("not an Excel workbook");
        assertThat(Imported.of("people.xlsx", "External ID;x\r\n".getBytes()).told())
                .contains(".csv");
        assertThat(Optional.of(imported(sheet("E-1", "ana", "x").with("xl/styles.xml", null))
                        .told()))
                .contains("");
    }
}
