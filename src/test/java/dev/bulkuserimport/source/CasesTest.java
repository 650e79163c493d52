package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.support.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small inputs of {@code src/test/resources/cases}, each a kind that failed once, or must go on working. */
class CasesTest {

    private static final SchemaKnowledge KNOWN = new SchemaKnowledge.Known(Imported.SCHEMA);

    private static byte[] bytes(String file) {
        try (InputStream in = CasesTest.class.getResourceAsStream("/cases/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Imported imported(String file) {
        return Imported.of(file, bytes(file));
    }

    private static Map<String, String> ana(String... more) {
        Map<String, String> ana = new java.util.LinkedHashMap<>();
        ana.put("externalId", "E-1");
        ana.put("userName", "ana.berg@example.com");
        ana.put("email", "ana.berg@example.com");
        for (int i = 0; i < more.length; i += 2) {
            ana.put(more[i], more[i + 1]);
        }
        return ana;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases-in.txt", delimiter = '|')
    void peopleAreIn(String file, int count) {
        Imported imported = imported(file);
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users()).hasSize(count);
        assertThat(imported.users().get(0)).containsAllEntriesOf(ana("firstName", "Ana", "lastName", "Berg"));
    }

    @Test
    void asAPersonSeesThem() {
        assertThat(imported("07a-header-trailing-space-custom.csv").users())
                .containsExactly(ana("department", "Sales", "costCenter", "4200"));
        assertThat(imported("07b-header-nbsp.csv").users()).containsExactly(ana("firstName", "Ana"));
        assertThat(imported("13a-leading-zero-kept.csv").users())
                .extracting(user -> user.get("externalId"))
                .containsExactly("00123", "123");
        assertThat(imported("21a-apostrophe-email.csv").users().get(0))
                .containsEntry("email", "pat.o'neill@example.com")
                .containsEntry("lastName", "O'Neill");
        assertThat(imported("24-booleans-dates.csv").users())
                .extracting(user -> List.copyOf(user.values()))
                .containsExactly(
                        List.of("E-1", "ana.berg@example.com", "TRUE", "Yes", "1", "01/02/2026", "1.10"),
                        List.of(
                                "E-2",
                                "ana.berg@example.com".replace("ana.berg", "bo.dahl"),
                                "False",
                                "n",
                                "0",
                                "2026-02-01T00:00:00Z",
                                "1,10"));
        assertThat(imported("32-blank-cells.csv").users())
                .extracting(Map::keySet)
                .containsExactly(
                        java.util.Set.of("externalId", "userName", "email", "lastName"),
                        java.util.Set.of("externalId", "userName", "email", "firstName"));
        assertThat(imported("66a-powershell-utf16.json").users().get(0)).containsEntry("firstName", "Jürgen");
        FileFormat zipped = FileFormat.of("39k-content-encoding-gzip.csv", Optional.of("gzip"))
                .orElseThrow();
        assertThat(Imported.of(zipped, bytes("39k-content-encoding-gzip.csv"), KNOWN, false)
                        .users())
                .containsExactly(ana("firstName", "Ana", "lastName", "Berg", "department", "Sales"));
    }

    @ParameterizedTest
    @CsvSource({
        "18a-email-trailing-space.csv,1",
        "18c-name-spaces.csv,3",
        "19b-email-zwsp.csv,1",
        "01-semicolon-excel-de.csv,0"
    })
    void trimmedCellsAreCounted(String file, long cells) {
        Imported imported = imported(file);
        assertThat(imported.users().get(0)).containsAllEntriesOf(ana("firstName", "Ana", "department", "Sales"));
        assertThat(imported.notes().trimmedCells()).isEqualTo(cells);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases-refused.txt", delimiter = '|')
    void refused(String file, String type, String said) {
        Imported imported = imported(file);
        assertThat(imported.users()).isEmpty();
        assertThat(imported.told()).startsWith(type + " ");
        for (String part : said.split(" ; ")) {
            assertThat(imported.told()).contains(part.strip());
        }
    }

    @Test
    void aHeaderRowOfSpacesThatAreSeparatorsCostsLittle() {
        String mapping = json("{'externalId':'ID','profile':{'userName':'Login'},'file':{'separator':' '}}");
        byte[] csv = ("ID" + " ".repeat(500_000) + "Login\n1 ana\n").getBytes(StandardCharsets.UTF_8);
        Imported imported = Work.within(400_000_000, () -> Imported.mapped("people.csv", csv, mapping));
        assertThat(imported.told()).startsWith("malformed-payload ");
    }

    @Test
    void utf16WithoutAMarkIsReadWhereAMappingNamesIt() {
        String mapping = json("{'externalId':'ID','profile':{'userName':'Login'},'file':{'encoding':'UTF-16LE'}}");
        byte[] csv = "ID,Login\r\n1,ana\r\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Imported.mapped("people.csv", csv, mapping).users())
                .containsExactly(Map.of("externalId", "1", "userName", "ana"));
        byte[] list = "[{\"ID\":\"1\",\"Login\":\"ana\"}]".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Imported.mapped("people.json", list, mapping).users()).hasSize(1);
        assertThat(Imported.mapped("people.csv", csv, mapping.replace("UTF-16LE", "windows-1252"))
                        .told())
                .contains("UTF-16LE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "latin1", "windows-1252"})
    void isoLatin1IsReadAsWindowsReadsIt(String encoding) {
        String mapping = json("{'externalId':'ID','profile':{'userName':'Login','lastName':'Name'},'file':{'encoding':'"
                + encoding + "'}}");
        String text = "ID,Login,Name\n1,ana,O\u2019Neill\n2,bo,J\u00FCrg \u2013 \u0160\n";
        byte[] csv = text.getBytes(Charset.forName("windows-1252"));
        assertThat(Imported.mapped("people.csv", csv, mapping).users())
                .extracting(user -> user.get("lastName"))
                .containsExactly("O\u2019Neill", "J\u00FCrg \u2013 \u0160");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Imported.mapped("people.csv", utf8, mapping).notes().remarks())
                .singleElement()
                .asString()
                .contains("the encoding " + Charset.forName(encoding).name() + " ");
        csv[csv.length - 2] = (byte) 0x81;
        assertThat(Imported.mapped("people.csv", csv, mapping).told())
                .startsWith("malformed-payload ")
                .contains("line=3");
    }

    private static Imported mapped(String file, String mapping) {
        return Imported.mapped(file, bytes(file), mapping);
    }

    @Test
    void withAMapping() {
        String labels = "'externalId':'External ID','profile':{'userName':'User Name','firstName':'First Name'}";
        assertThat(mapped("05a-windows1252.csv", json("{" + labels + ",'file':{'encoding':'windows-1252'}}"))
                        .users())
                .extracting(user -> user.get("firstName"))
                .containsExactly("Jürgen", "François");
        assertThat(mapped("11a-title-lines.csv", json("{" + labels + ",'file':{'skipLines':3}}"))
                        .users())
                .hasSize(2);
        Imported workday = mapped(
                "61-workday-raas.json",
                json("{'externalId':'Employee_ID','profile':{'userName':'Email','lastName':'Last_Name'},"
                        + "'file':{'list':'Report_Entry'}}"));
        assertThat(workday.users()).hasSize(2);
        assertThat(workday.users().get(1)).containsEntry("externalId", "1002").containsEntry("lastName", "Dahl");
        assertThat(workday.notes().ignoredColumns()).containsExactly("First_Name", "Hire_Date", "Manager");
        assertThat(mapped(
                                "V1a-okta-people-template.csv",
                                json("{'externalId':'employeeNumber','profile':{'userName':'login'}}"))
                        .users())
                .hasSize(1);
        assertThat(mapped(
                                "V3a-workday-raas.csv",
                                json("{'externalId':'Employee_ID','profile':{'userName':'Email_-_Primary_Work'}}"))
                        .told())
                .startsWith("invalid-users ")
                .contains("line=3")
                .contains("line 2");
        Imported google = mapped(
                "V4a-google-workspace.csv",
                json("{'externalId':'Employee ID','profile':{'userName':'Email Address [Required]'}}"));
        assertThat(google.users().get(0)).doesNotContainValue("****");
        assertThat(google.notes().ignoredColumns()).contains("Password [Required]");
        assertThat(mapped(
                                "V7a-adp.csv",
                                json(
                                        "{'externalId':'Associate ID','profile':{'userName':{'from':'Work Contact: Work Email','lower':true},"
                                                + "'hireDate':{'from':'Hire Date','date':'MM/dd/yyyy'}}}"))
                        .users()
                        .get(0))
                .containsEntry("userName", "ana.berg@example.com")
                .containsEntry("hireDate", "2026-01-02");
        assertThat(mapped("V10-onelogin.csv", json("{'externalId':'external_id','profile':{'userName':'username'}}"))
                        .users())
                .hasSize(1);
    }

    @Test
    void aMappingIsHeldAgainstTheSchemaAndTheFile() {
        assertThat(mapped(
                                "01-semicolon-excel-de.csv",
                                json(
                                        "{'externalId':'External ID','profile':{'userName':'User Name','fristName':'Nobody'}}"))
                        .told())
                .startsWith("invalid-request ")
                .contains("mapping.profile.fristName")
                .contains("did you mean firstName");
        assertThat(mapped(
                                "01-semicolon-excel-de.csv",
                                json("{'externalId':'External ID','profile':{'userName':'Login'}}"))
                        .told())
                .startsWith("invalid-request ")
                .contains("Login");
        assertThat(mapped(
                                "01-semicolon-excel-de.csv",
                                json("{'externalId':'External ID','profile':{'firstName':'First Name'}}"))
                        .told())
                .startsWith("invalid-request ")
                .contains("mapping.profile.userName");
    }

    private static String json(String apostrophes) {
        return apostrophes.replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "33b-no-header.csv",
                "11a-title-lines.csv",
                "35-html-login-page.csv",
                "05a-windows1252.csv",
                "29f-stray-open-quote.csv",
                "15a-duplicate-login.csv",
                "61-workday-raas.json",
                "60g-single-user-object.json",
                "29e-stray-quote-swallows-rows.csv"
            })
    void refusalsQuoteNothing(String file) {
        assertThat(imported(file).told())
                .doesNotContain("example.com")
                .doesNotContain("Ana")
                .doesNotContain("Sales")
                .doesNotContain("Active Workers")
                .doesNotContain("expired");
    }
}
