package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Work;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A zip of some kilobytes is a workbook of a gigabyte: whatever is read of it must cost as much as it is long, and no memory. */
@DisplayName("A small workbook that is large inside is refused, or read, in no time: one with")
class HostileWorkbooksTest {

    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
    private static final String STYLES = "xl/styles.xml";

    /** Bytes allocated: far more than what is right needs, and far less than what was wrong did. */
    private static final long MOST = 400_000_000;

    /** Each row has a table of its 16,384 cells, which is collected with it. */
    private static final long MOST_OF_WIDE_ROWS = 3_000_000_000L;

    private static Workbook workbook() {
        return new Workbook().row("S", 1, "External ID", "User Name", "title").row("S", 2, "1", "ana", "x");
    }

    private static String times(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }

    static Object[] workbooks() {
        return new Object[] {
            Arguments.of(
                    "200,000 different XML names",
                    SHEET,
                    "<worksheet>" + times(200_000, "<a%s/>") + "</worksheet>",
                    "different XML names"),
            Arguments.of(
                    "20,000 attributes",
                    SHEET,
                    "<worksheet" + times(20_000, " a%s=\"\"") + "><sheetData/></worksheet>",
                    "different XML names"),
            Arguments.of(
                    "an attribute of 40 MB",
                    SHEET,
                    "<worksheet a=\"" + "a".repeat(40_000_000) + "\"/>",
                    "a tag or a text of more than"),
            Arguments.of(
                    "a name of 40 MB",
                    SHEET,
                    "<worksheet><" + "a".repeat(40_000_000) + "/></worksheet>",
                    "a tag or a text of more than"),
            Arguments.of(
                    "namespaces in each other",
                    SHEET,
                    "<worksheet>" + times(40_000, "<b xmlns:a%s=\"u\">") + times(4_000, "<a1:c/>"),
                    "nested too deep"),
            Arguments.of(
                    "a path that goes up and down 180,000 times",
                    RELATIONS,
                    "<Relationships><Relationship Id=\"rIdS1\" Type=\"x/worksheet\" Target=\"" + "a/../".repeat(180_000)
                            + "worksheets/sheet1.xml\"/></Relationships>",
                    ""),
            Arguments.of(
                    "a long format of 50,000 styles",
                    STYLES,
                    "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"" + "x".repeat(100_000)
                            + "\"/></numFmts><cellXfs>" + "<xf numFmtId=\"200\"/>".repeat(50_000)
                            + "</cellXfs></styleSheet>",
                    ""),
            Arguments.of(
                    "a cell at the far right of 150,000 rows",
                    SHEET,
                    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>External ID</v></c>"
                            + "<c t=\"str\"><v>User Name</v></c></row>"
                            + "<row><c r=\"XFD1\"><v>1</v></c></row>".repeat(150_000) + "</sheetData></worksheet>",
                    "has 16384 fields")
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workbooks")
    void costsLittle(String what, String part, String xml, String said) {
        byte[] file = workbook().with(part, xml).bytes();
        assertThat(file).hasSizeLessThan(1_000_000);
        Imported imported =
                Work.within(said.contains("16384") ? MOST_OF_WIDE_ROWS : MOST, () -> Imported.of("people.xlsx", file));
        assertThat(imported.told()).contains(said).doesNotContain("internal-error");
    }
}
