package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejected records come back as a file that a person mends and drops in again, any number of times. */
class RejectedRowsTest {

    private static final SchemaKnowledge KNOWN = new SchemaKnowledge.Known(Imported.SCHEMA);

    private static Imported skipping(String name, String text) {
        return Imported.of(name, text.getBytes(StandardCharsets.UTF_8), KNOWN, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void anyNumberOfRounds(String separator) {
        String text = ("External ID,User Name,email,firstName\r\n"
                        + "E-1,ana,ana@example.com,Ana\r\n"
                        + "E-2,bo,nope,Jürgen\r\n"
                        + "E-3,cy,nope,=1+1\r\n"
                        + "E-4,di,nope,'quoted\r\n"
                        + "E-5,ed,nope,-5,\r\n"
                        + "E-6,fi,nope,@SUM(1)\r\n"
                        + "E-7,gi,nope,\"two\r\nlines\"\r\n"
                        + "E-8,hi,ok@example.com,Hi,much,more\r\n"
                        + "E-9,ik\r\n")
                .replace(",", separator);
        Imported first = skipping("people.csv", text);
        assertThat(first.users()).hasSize(1);
        assertThat(first.rejections().records()).isEqualTo(8);
        String header = "External ID,User Name,email,firstName,rejectedBecause\r\n".replace(",", separator);
        assertThat(first.rejectedRows()).startsWith("\uFEFF" + header).contains("Jürgen");

        Imported second = skipping("people.csv", first.rejectedRows());
        assertThat(second.users()).isEmpty();
        assertThat(second.told()).startsWith("invalid-users ");
        // The reasons name lines, so only what doesn't may be compared to the last byte.
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());

        Imported mended = skipping("people.csv", first.rejectedRows().replace("nope", "right@example.com"));
        assertThat(mended.users())
                .extracting(user -> user.get("firstName"))
                .containsExactly("Jürgen", "=1+1", "'quoted", "-5", "@SUM(1)", "two\r\nlines");
    }

    @Test
    void aSeparatorThatNobodyGuessesIsSaidAgain() {
        Imported first = skipping("people.csv", "sep=^\nExternal ID^User Name\nE-1^ana\nNULL^bo\n");
        assertThat(first.rejectedRows()).startsWith("\uFEFFsep=^\r\nExternal ID^User Name^rejectedBecause\r\nNULL^bo^");
        Imported second = skipping("people.csv", first.rejectedRows());
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
        assertThat(skipping("people.csv", first.rejectedRows().replace("NULL", "E-2"))
                        .users())
                .hasSize(1);
    }

    @Test
    void twoUsersOnALineKeepTheirOwnReasons() {
        String user = "{\"externalId\":\"%s\",\"profile\":{\"userName\":\"%s\"}}";
        Imported imported =
                skipping("people.ndjson", user.formatted("E-1", "ana") + user.formatted("NULL", "bo") + "\n");
        assertThat(imported.users()).hasSize(1);
        assertThat(imported.rejectedRows()).contains("\"userName\":\"bo\"").doesNotContain("ana");
    }

    @Test
    void noCellRunsInASpreadsheet() {
        Imported imported = skipping(
                "people.csv",
                "External ID,User Name,firstName,=HYPERLINK(1)\r\n\"=cmd|' /C calc'!A0\",a,\"=1+1\",x\r\n"
                        .replace(",=HYPERLINK(1)", ",title"));
        for (String line : imported.rejectedRows().substring(1).split("\r\n")) {
            for (String cell : line.split(",")) {
                assertThat(cell.replaceFirst("^\"", ""))
                        .doesNotStartWith("=")
                        .doesNotStartWith("+")
                        .doesNotStartWith("@");
            }
        }
    }

    /** What a computer with another list separator makes of a line. Quotes count only where a cell begins with one. */
    private static List<String> cut(String line, char separator) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"' && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    @Test
    void noCellRunsWhereListsHaveAnotherSeparator() {
        String rows =
                "External ID,User Name,title\r\nNULL,a,Boss;=cmd|' /C calc'!A0;x\r\nNULL,b,\"Boss\n=1\t+1|@2\"\r\n";
        Imported first = skipping("people.csv", rows);
        for (String line : first.rejectedRows().split("\r?\n")) {
            for (char separator : ",;\t|".toCharArray()) {
                for (String cell : cut(line, separator)) {
                    assertThat(cell).doesNotContainPattern("^[=+@-]");
                }
            }
        }
        assertThat(first.rejectedRows()).contains("\"'Boss;'=cmd|");
        Imported second = skipping("people.csv", first.rejectedRows());
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
        Imported fixed = skipping("people.csv", first.rejectedRows().replaceFirst("NULL", "E-1"));
        assertThat(fixed.users().get(0)).containsEntry("title", "Boss;=cmd|' /C calc'!A0;x");
    }

    @Test
    void aSwallowedRowStaysRejected() {
        Imported first = skipping(
                "people.csv", "External ID,User Name,title\r\nE-1,ana,\"Sales\r\nE-2,bo,IT\"\r\nE-3,cy,HR\r\n");
        assertThat(first.users()).hasSize(1);
        Imported second = skipping("people.csv", first.rejectedRows());
        assertThat(second.told()).startsWith("invalid-users ");
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BY_NUMBER})
    void aCellOfAWorkbookWithLineBreaksAndCommasHasSwallowedNothing(String mapping) throws IOException {
        String address = "1 Main Street\n2nd floor, left\nSpringfield, IL, 62701";
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, mapping.isEmpty() ? NAMES : COLUMNS)
                .row("Sheet1", 2, "E-1", "ana", "boss")
                .row("Sheet1", 3, "NULL", "bo", address)
                .bytes();
        Imported first = skipping("people.xlsx", workbook, mapping);
        twiceThenMended("people.csv", first, mapping, "NULL", "2");
        String rows = first.rejectedRows();
        // Someone has added a row, which has never been accepted.
        String more = rows.replace("NULL", "2") + "3,cy,\"x\n4,di,y\n5,ed,z\",\r\n";
        Imported added = skipping("people.csv", more.getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(added.users()).singleElement().satisfies(user -> assertThat(user)
                .containsEntry("title", address));
        assertThat(added.rejectedRows()).contains(SwallowedRows.EXPLANATION);
    }

    @Test
    void aRowSwallowedUnderAMappingStaysRejectedWithoutIt() {
        byte[] csv = "externalId,userName,title\r\n1,a,\"x\r\n2,b,y\"\r\n3,c,z\r\n".getBytes(StandardCharsets.UTF_8);
        String mapping = "{\"externalId\":\"externalId\",\"profile\":{\"userName\":\"userName\",\"title\":\"title\"}}";
        Imported first = skipping("people.csv", csv, mapping);
        assertThat(first.users()).hasSize(1);
        byte[] rows = first.rejectedRows().getBytes(StandardCharsets.UTF_8);
        assertThat(skipping("people.csv", rows, mapping).users()).isEmpty();
        assertThat(skipping("people.csv", rows, "").users()).isEmpty();
    }

    private static final String[] NAMES = {"External ID", "User Name", "title"};

    private static final String[] COLUMNS = {"Nr", "Login", "Title"};

    private static final String BY_NUMBER =
            "{\"externalId\":{\"from\":\"Nr\",\"prefix\":\"hr-\"},\"profile\":{\"userName\":\"Login\",\"title\":\"Title\"}}";

    private static Imported skipping(String name, byte[] bytes, String mapping) {
        Optional<Mapping> beside = Optional.of(mapping)
                .filter(json -> !json.isEmpty())
                .map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8)));
        return Imported.of(FileFormat.of(name).orElseThrow(), bytes, KNOWN, true, beside);
    }

    /** Drops the rejected rows in again: as they are, twice, then with a right cell in place of the wrong one. */
    private static void twiceThenMended(String name, Imported first, String mapping, String wrong, String right) {
        assertThat(first.rejections().records()).isEqualTo(1);
        String rows = first.rejectedRows();
        for (int round = 0; round < 2; round++) {
            Imported again = skipping(name, rows.getBytes(StandardCharsets.UTF_8), mapping);
            assertThat(again.users()).isEmpty();
            assertThat(again.told()).startsWith("invalid-users ");
            assertThat(again.rejectedRows()).isEqualTo(rows);
        }
        assertThat(rows).contains(wrong);
        Imported mended = skipping(name, rows.replace(wrong, right).getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(mended.told()).isEmpty();
        assertThat(mended.users()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mapped"})
    void anIdThatBecameADateStaysRejectedWithoutTheOthersThatShowIt(String mapped) {
        String rows = "Nr,Login,Title\n10,a,x\n11,b,x\n12,c,x\n14-Mar,d,x\n13,e,x\n";
        String mapping = mapped.isEmpty() ? "" : BY_NUMBER;
        String text = mapped.isEmpty() ? rows.replace("Nr,Login,Title", "externalId,userName,title") : rows;
        Imported first = skipping("people.csv", text.getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(first.users()).hasSize(4);
        twiceThenMended("people.csv", first, mapping, "14-Mar,d", "3-14,d");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIdOfAnObjectThatBecameADateStaysRejected(boolean reasonLast) {
        StringBuilder users = new StringBuilder();
        for (String id : List.of("10", "11", "12", "14-Mar", "13")) {
            users.append("{\"externalId\":\"%s\",\"profile\":{\"userName\":\"u%s\"}}%n".formatted(id, id));
        }
        Imported first = skipping("people.ndjson", users.toString());
        assertThat(first.users()).hasSize(4);
        twiceThenMended("people.ndjson", first, "", "\"14-Mar\"", "\"3-14\"");
        if (reasonLast) {
            String moved = first.rejectedRows().replaceFirst("\\{(\"rejectedBecause\":\"[^\"]*\"),(.*)\\}", "{$2,$1}");
            assertThat(moved).startsWith("{\"externalId\"");
            assertThat(skipping("people.ndjson", moved).rejectedRows()).isEqualTo(first.rejectedRows());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a date in the ID | <c s=\"1\"><v>46095</v></c> | boss | 2026-03-14 | 3-14",
                "a time in the ID | <c s=\"2\"><v>0.5</v></c> | boss | 12:00:00 | 12",
                "a rounded ID | <c><v>1.2345678901234567E+19</v></c> | boss | 12345678901234567000 | 12345678901234567890",
                "a rounded title | E-2 | <c><v>1234567890123450</v></c> | 1234567890123450 | 1234567890123456",
                "no result | E-2 | <c><f>A1</f></c> | E-2,b,, | 'E-2,b,boss,'",
                "an error | E-2 | <c t=\"e\"><v>#N/A</v></c> | #N/A | boss"
            })
    void whatAWorkbookDamagedStaysRejected(String what, String id, String title, String wrong, String right)
            throws IOException {
        byte[] workbook = damaged(id, title, "Nr", "Login", "Title");
        twiceThenMended("people.csv", skipping("people.xlsx", workbook, BY_NUMBER), BY_NUMBER, wrong, right);
        byte[] named = damaged(id, title, "External ID", "User Name", "title");
        twiceThenMended("people.csv", skipping("people.xlsx", named, ""), "", wrong, right);
    }

    private static byte[] damaged(String id, String title, String... header) {
        return new Workbook()
                .formats("14!", "21!")
                .row("Sheet1", 1, header)
                .row("Sheet1", 2, "E-1", "a", "boss")
                .row("Sheet1", 3, id, "b", title)
                .bytes();
    }

    @Test
    void aDateCellIsADateAgainWhateverTheMappingsPattern() throws IOException {
        String mapping = "{\"externalId\":\"Nr\",\"profile\":{\"userName\":\"Login\",\"email\":\"Mail\","
                + "\"hireDate\":{\"from\":\"Hired\",\"date\":\"dd/MM/yyyy\"}}}";
        byte[] workbook = new Workbook()
                .formats("14!")
                .row("Sheet1", 1, "Nr", "Login", "Mail", "Hired")
                .row("Sheet1", 2, "E-1", "a", "a@example.com", "<c s=\"1\"><v>46095</v></c>")
                .row("Sheet1", 3, "E-2", "b", "nope", "<c s=\"1\"><v>46095</v></c>")
                .bytes();
        twiceThenMended("people.csv", skipping("people.xlsx", workbook, mapping), mapping, "nope", "b@example.com");
    }

    @Test
    void theGuardIsTakenOffOnlyWhereItWasPut() {
        assertThat(skipping("people.csv", "External ID,User Name,title\r\nE-1,a,'x\r\n")
                        .users()
                        .get(0))
                .containsEntry("title", "'x");
        assertThat(skipping("people.csv", "External ID,User Name,title,rejectedBecause\r\nE-1,a,'x,why\r\n")
                        .users()
                        .get(0))
                .containsEntry("title", "x")
                .doesNotContainKey("rejectedBecause");
    }

    @Test
    void linesThatAMappingSkipsAreSkippedAgain() {
        String mapping = "{\"externalId\":\"Nr\",\"profile\":{\"userName\":\"Login\",\"email\":\"Mail\"},"
                + "\"file\":{\"skipLines\":2,\"encoding\":\"windows-1252\",\"separator\":\";\"}}";
        byte[] file = "Bericht\r\nvom 1. Mai\r\nNr;Login;Mail;Notiz\r\n1;a;nope;Jürgen\r\n"
                .getBytes(Charset.forName("windows-1252"));
        Imported first = Imported.mapped("people.csv", file, mapping);
        assertThat(first.rejectedRows()).contains("Nr;Login;Mail;Notiz;rejectedBecause\r\n1;a;nope;Jürgen;");
        Imported second = Imported.mapped("people.csv", first.rejectedRows().getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(second.told()).startsWith("invalid-users ");
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows().replace("line 4", "line 4"));
        Imported mended = Imported.mapped(
                "people.csv",
                first.rejectedRows().replace("nope", "a@example.com").getBytes(StandardCharsets.UTF_8),
                mapping);
        assertThat(mended.users()).hasSize(1);
        assertThat(mended.notes().ignoredColumns()).isEqualTo(List.of("Notiz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"people.json | {\"users\":[GOOD,BAD,5]}", "people.ndjson | `GOOD\nBAD\n5\n`"})
    void objectsComeBackAsLines(String name, String text) {
        String bad =
                "{\"externalId\":\"E-2\",\"profile\":{\"userName\":\"b\",\"email\":\"nope\",\"salaryGrade\":1.10},\"more\":[1,{\"a\":null}]}";
        String good = "{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\"}}";
        Imported first = skipping(name, text.replace("GOOD", good).replace("BAD", bad));
        assertThat(first.users()).hasSize(1);
        assertThat(first.rejectedRows())
                .contains("\"rejectedBecause\":\"email ")
                .contains(bad.substring(1, bad.length() - 1))
                .contains("\"record\":5");
        Imported mended = skipping(
                "people.ndjson",
                first.rejectedRows()
                        .replace("nope", "b@example.com")
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertThat(mended.told()).isEmpty();
        assertThat(mended.users().get(0)).containsEntry("salaryGrade", "1.10");
        Imported unmended = skipping("people.ndjson", first.rejectedRows());
        assertThat(unmended.told()).startsWith("invalid-users ");
        assertThat(unmended.rejectedRows()).isEqualTo(first.rejectedRows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "Shift_JIS", "GB18030", "windows-1252", "UTF-8"})
    void objectsInTheEncodingThatAMappingNamesComeBackAsUtf8(String encoding) {
        String mapping = "{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\",\"title\":\"job\"},"
                + "\"file\":{\"encoding\":\"" + encoding + "\"}}";
        String job = encoding.equals("Shift_JIS") ? "部長" : "Käufer";
        String lines = "{\"nr\":\"1\",\"mail\":\"a\",\"job\":\"x\"}\n{\"nr\":\"NULL\",\"mail\":\"b\",\"job\":\"" + job
                + "\"}\n";
        Imported first = skipping("people.ndjson", lines.getBytes(Charset.forName(encoding)), mapping);
        assertThat(first.users()).hasSize(1);
        assertThat(first.rejectedRows())
                .startsWith("\uFEFF{\"rejectedBecause\"")
                .contains(job);
        twiceThenMended("people.ndjson", first, mapping, "NULL", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[5]", "\"x\"", "null"})
    void whatWasNoObjectStaysRejectedForThat(String value) {
        String mapping = "{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\"}}";
        String user = "{\"nr\":\"1\",\"mail\":\"a\"}";
        for (String given : List.of("", mapping)) {
            String text = given.isEmpty() ? "{\"externalId\":\"1\",\"profile\":{\"userName\":\"a\"}}" : user;
            Imported first =
                    skipping("people.ndjson", (text + "\n" + value + "\n").getBytes(StandardCharsets.UTF_8), given);
            assertThat(first.users()).hasSize(1);
            assertThat(first.rejectedRows()).contains("\"rejectedBecause\":\"is not an object; ");

            byte[] rows = first.rejectedRows().getBytes(StandardCharsets.UTF_8);
            Imported second = skipping("people.ndjson", rows, given);
            assertThat(second.told()).startsWith("invalid-users ");
            assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
            assertThat(second.notes().ignoredColumns()).isEmpty();

            String mended = first.rejectedRows().replace("\"record\":" + value, text.substring(1, text.length() - 1));
            assertThat(skipping("people.ndjson", mended.getBytes(StandardCharsets.UTF_8), given)
                            .users())
                    .hasSize(1);
        }
    }

    private static final String NO_AND_LOGIN = "{\"externalId\":\"No\",\"profile\":{\"userName\":\"Login\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No,Login,/1,a,/2,NULL,check       | NULL,check | b,check",
                "No,Login,,/1,a,,/2,NULL,,check    | NULL,,check | b,,check",
                "No,Login,/1,a,/2                  | 2,,, | 2,b,,",
            })
    void aValueBesideTheColumnsOfAMappedTableKeepsNobodyOut(String text, String wrong, String right) {
        byte[] csv = text.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
        Imported first = skipping("people.csv", csv, NO_AND_LOGIN);
        assertThat(first.users()).hasSize(1);
        twiceThenMended("people.csv", first, NO_AND_LOGIN, wrong, right);
    }

    @Test
    void aRowOfAMappedTableThatIsTooLongStaysRejectedForThat() {
        byte[] csv = "No,Login,\n1,a,\n2,b,check,more\n".getBytes(StandardCharsets.UTF_8);
        Imported first = skipping("people.csv", csv, NO_AND_LOGIN);
        assertThat(first.rejectedRows()).contains("has 4 fields; the header row has 2");
        twiceThenMended("people.csv", first, NO_AND_LOGIN, ",more", "");
    }

    @Test
    void aNoteBesideASheetsTableKeepsNobodyOut() throws IOException {
        byte[] workbook = new Workbook()
                .row("Sheet1", 1, "No", "Login")
                .row("Sheet1", 2, "1", "a")
                .row("Sheet1", 3, "2", "NULL", null, "check")
                .bytes();
        twiceThenMended("people.csv", skipping("people.xlsx", workbook, NO_AND_LOGIN), NO_AND_LOGIN, "NULL", "b");
    }

    @Test
    void aValueBelowNoNameStaysRejectedForThat() {
        Imported first = skipping("people.csv", "External ID,User Name,,\nE-1,a,,\nE-2,b,check,\n");
        assertThat(first.rejectedRows())
                .startsWith("\uFEFFExternal ID,User Name,,,rejectedBecause\r\nE-2,b,check,,")
                .contains("has a value in column 3, which has no name");
        Imported second = skipping("people.csv", first.rejectedRows());
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
        assertThat(skipping("people.csv", first.rejectedRows().replace("check", ""))
                        .users())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Mar-26", "NULL"})
    void aLeaverWhoseIdIsDamagedKeepsTheLoginFromOthers(String id) {
        String mapping = "{\"externalId\":\"Nr\",\"profile\":{\"userName\":\"Login\"},"
                + "\"deactivate\":{\"when\":\"Title\",\"is\":[\"left\"]}}";
        String rows = "Nr,Login,Title\n" + id + ",u4,left\nE-2,u4,x\nE-3,a,x\nE-4,b,x\nE-5,c,x\n";
        Imported first = skipping("people.csv", rows.getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(first.users()).extracting(user -> user.get("externalId")).containsExactly("E-3", "E-4", "E-5");
        assertThat(first.rejectedRows())
                .contains("\r\nE-2,u4,x,\"userName is also the userName of another record (line 2)");

        byte[] rejected = first.rejectedRows().getBytes(StandardCharsets.UTF_8);
        Imported second = skipping("people.csv", rejected, mapping);
        assertThat(second.users()).isEmpty();
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
    }

    @Test
    void mappedObjectsWhoseIdsBecameDatesStayRejected() {
        String mapping = "{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\"}}";
        StringBuilder lines = new StringBuilder();
        for (String id : List.of("A-1", "A-2", "A-3", "A-4", "14-Mar")) {
            lines.append("{\"nr\":\"" + id + "\",\"mail\":\"" + id + "@example.com\"}\n");
        }
        Imported first = skipping("people.ndjson", lines.toString().getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(first.users()).hasSize(4);
        assertThat(first.rejectedRows()).contains("14-Mar", "rejectedBecause");

        Imported again = skipping("people.ndjson", first.rejectedRows().getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(again.users()).isEmpty();
        assertThat(again.told()).startsWith("invalid-users ");
        assertThat(again.notes().ignoredColumns()).isEmpty();
        Imported mended = skipping(
                "people.ndjson",
                first.rejectedRows()
                        .replace("\"nr\":\"14-Mar\"", "\"nr\":\"A-5\"")
                        .getBytes(StandardCharsets.UTF_8),
                mapping);
        assertThat(mended.users()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"people.json | {\"d\":{\"list\":[GOOD,BAD]}}", "people.ndjson | `GOOD\nBAD\n`"})
    void mappedObjectsThatLackAMemberComeBackWithoutIt(String name, String text) {
        String mapping = "{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\",\"title\":\"job.title\"},"
                + "\"file\":{\"list\":\"d.list\"}}";
        String people = text.replace("GOOD", "{\"nr\":\"1\",\"mail\":\"a\",\"job\":{\"title\":\"x\"}}")
                .replace("BAD", "{\"nr\":\"NULL\",\"mail\":\"b\"}");
        Imported first = skipping(name, people.getBytes(StandardCharsets.UTF_8), mapping);
        assertThat(first.users()).hasSize(1);
        twiceThenMended("people.ndjson", first, mapping, "NULL", "2");

        byte[] misspelled = "{\"nr\":\"1\",\"mail\":\"a\"}\n{\"rejectedBecause\":\"x\",\"nr\":\"2\",\"mail\":\"b\"}\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(skipping("people.ndjson", misspelled, mapping).told()).contains("job.title", "no user has it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"rejectedBecause\":\"\"", "\"rejectedBecause\":\"x\",\"rejectedBecause\":\"y\""})
    void aMisspelledMemberIsNoticedBesideRejectedObjects(String reason) {
        String mapping = "{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\",\"title\":\"job.title\"}}";
        String people = "{\"nr\":\"1\",\"mail\":\"a\"}\n{" + reason + ",\"nr\":\"2\",\"mail\":\"b\"}\n";
        String only = "{" + reason + ",\"nr\":\"2\",\"mail\":\"b\"}\n";
        String text = reason.contains("x") ? people : only;
        assertThat(skipping("people.ndjson", text.getBytes(StandardCharsets.UTF_8), mapping)
                        .told())
                .contains("job.title", "no user has it");
    }

    @Test
    void usersThatThePayloadsOwnMappingFindsComeBack() {
        Imported first = skipping(
                "people.json",
                "{\"mapping\":{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\"},\"file\":{\"list\":\"d.people\"}},"
                        + "\"d\":{\"people\":[{\"nr\":\"1\",\"mail\":\"a\"},{\"nr\":\"NULL\",\"mail\":\"b\"}]}}");
        assertThat(first.users()).hasSize(1);
        assertThat(first.rejectedRows())
                .contains("\"nr\":\"NULL\",\"mail\":\"b\"")
                .doesNotContain("\"mail\":\"a\"");
    }

    @Test
    void usersAreFoundByAMappingBehindOtherUsers() throws IOException {
        ImportDefaults known = new ImportDefaults(
                Optional.of("0oaApplication"),
                Optional.of(ImportOperation.CREATE_AND_UPDATE),
                Optional.empty(),
                true,
                true);
        String json = "{\"users\":[],\"mapping\":{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\"},"
                + "\"file\":{\"list\":\"d.people\"}},\"d\":{\"people\":[{\"nr\":\"1\",\"mail\":\"a\"}]}}";
        assertThat(PayloadReader.usersField(factory -> factory.createParser(json), known))
                .isEqualTo("d.people");
    }

    @Test
    void whatIsNoRecordIsRejectedByItsPlace() {
        Imported imported = Imported.of(
                FileFormat.of("people.json", Optional.empty()).orElseThrow(),
                "[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\"}},\"x\",null,[1]]"
                        .getBytes(StandardCharsets.UTF_8),
                KNOWN,
                false);
        assertThat(imported.told()).startsWith("invalid-users ");
        assertThat(imported.rejections().errors())
                .extracting(error -> error.index())
                .containsExactly(1, 2, 3);
    }
}
