package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Siblings of the inputs of {@link CasesTest}: other programs' exports, other damages, other mistakes. Each is in, or is refused by words that help. */
@DisplayName("A file of a kind that is known")
class SiblingsTest {

    private static final String HEADER = "External ID,User Name,First Name\n";
    private static final String ANA = "E-1,ana@x.example,Ana\n";
    private static final String FILE = HEADER + ANA;
    private static final Map<String, String> USER =
            Map.of("externalId", "E-1", "userName", "ana@x.example", "firstName", "Ana");

    /**
     * An input.
     *
     * @param what what it is
     * @param file the file's name
     * @param said what a refusal must say, its type first; empty where the one user must be in
     */
    record Sibling(String what, String file, byte[] bytes, List<String> said) {

        @Override
        public String toString() {
            return what;
        }
    }

    /** Collects siblings. */
    private static final class Siblings {
        private final List<Sibling> all = new ArrayList<>();

        Siblings in(String what, String file, byte[] bytes) {
            all.add(new Sibling(what, file, bytes, List.of()));
            return this;
        }

        Siblings in(String what, String csv) {
            return in(what, "people.csv", utf8(csv));
        }

        Siblings no(String what, String file, byte[] bytes, String... said) {
            all.add(new Sibling(what, file, bytes, List.of(said)));
            return this;
        }

        Siblings no(String what, String csv, String... said) {
            return no(what, "people.csv", utf8(csv), said);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] in(String charset, String text) {
        return text.getBytes(Charset.forName(charset));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String parted(char separator) {
        return FILE.replace(',', separator);
    }

    static Stream<Sibling> texts() {
        return new Siblings()
                        .in("UTF-16BE", "people.tsv", joined(bytes(0xFE, 0xFF), in("UTF-16BE", parted('\t'))))
                        .in("sep= and a tab", "sep=\t\n" + parted('\t'))
                        .in("sep= and a written tab", "sep=\\t\n" + parted('\t'))
                        .in("sep= in quotes and capitals", "\"SEP=;\"\r\n" + parted(';'))
                        .in("sep= and a caret", "sep=^\n" + parted('^'))
                        .in("a line break in the header row", FILE.replace("External ID", "\"External\nID\""))
                        .in(
                                "spaces before quotes",
                                "\"External ID\", \"User Name\", \"First Name\"\n\"E-1\", \"ana@x.example\", \"Ana\"\n")
                        .in("separators behind every row", FILE.replace("\n", ",,,\n"))
                        .in("separators behind the rows alone", HEADER + ANA.replace("\n", ",\n"))
                        .in(
                                "NBSP within the headers",
                                FILE.replace("l ID", "l\u00A0ID").replace("r N", "r\u00A0N"))
                        .in("zero width around a header", FILE.replace("External ID", "\u200BExternal ID\u200B"))
                        .in("two byte order marks", "\uFEFF\uFEFF" + FILE)
                        .in("old Mac's line ends", FILE.replace('\n', '\r'))
                        .in("a tail of NUL", "people.csv", joined(utf8(FILE), new byte[1_000]))
                        .in("a tail of Control-Z", "people.csv", joined(utf8(FILE), bytes(0x1A)))
                        .in("bidi marks around the ID", FILE.replace("E-1", "\u200EE-1\u200F"))
                        .in("zeros behind the gzip", "people.csv.gz", joined(gzip(utf8(FILE)), new byte[512]))
                        .no(
                                "UTF-16 without a mark",
                                "people.csv",
                                in("UTF-16LE", FILE),
                                "malformed-payload",
                                "UTF-16LE")
                        .no(
                                "JSON of nothing but white space",
                                "people.json",
                                utf8(" \r\n"),
                                "malformed-payload",
                                "empty (line 1, column 1)")
                        .no(
                                "the card's label of the external ID in a profile",
                                "people.json",
                                utf8(
                                        "[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\",\"External ID\":\"E-1\"}}]"),
                                "invalid-users",
                                "External ID",
                                "the property's name is externalId, which belongs next to the profile")
                        .in(
                                "reasons within a profile",
                                "people.json",
                                utf8(
                                        "[{\"externalId\":\"E-1\",\"profile\":{\"rejectedBecause\":[\"x\"],\"userName\":\"ana@x.example\",\"firstName\":\"Ana\"}}]"))
                        .no(
                                "an email with a character of Unicode's tags, which nobody sees",
                                "people.json",
                                utf8(
                                        "[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\",\"email\":\"an\uDB40\uDC41a@x.example\"}}]"),
                                "invalid-users",
                                "invisible")
                        .no(
                                "a name of nothing but such characters",
                                "people.json",
                                utf8(
                                        "[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\",\"firstName\":\"\uDB40\uDC41\"}}]"),
                                "invalid-users",
                                "0 characters")
                        .no(
                                "UTF-32",
                                "people.csv",
                                joined(bytes(0xFF, 0xFE, 0, 0), in("UTF-32LE", FILE)),
                                "malformed-payload",
                                "UTF-32")
                        .no(
                                "MacRoman",
                                "people.csv",
                                in("x-MacRoman", FILE.replace("Ana", "Jürgen")),
                                "malformed-payload",
                                "line=2",
                                "file.encoding")
                        .no(
                                "Shift JIS",
                                "people.csv",
                                in("Shift_JIS", FILE.replace("Ana", "太郎")),
                                "malformed-payload",
                                "line=2",
                                "file.encoding")
                        .no(
                                "another sep= than the file's",
                                "sep=;\n" + FILE,
                                "malformed-payload",
                                "line 2",
                                "comma",
                                "semicolon")
                        .no("a caret", parted('^'), "malformed-payload", "parted by ^", "sep=", "file.separator")
                        .no("a colon", parted(':'), "malformed-payload", "parted by :", "file.separator")
                        .no(
                                "whole lines in quotes",
                                "\"" + HEADER.strip() + "\"\n\"" + ANA.strip() + "\"\n",
                                "malformed-payload",
                                "is quoted as a whole")
                        .no(
                                "quotes escaped by backslashes",
                                HEADER + "E-1,a,\"An \\\"a\\\" x\"\n",
                                "malformed-payload",
                                "RFC 4180")
                        .no(
                                "an asterisk at what is required",
                                FILE.replace(" ID", " ID*"),
                                "invalid-request",
                                "External ID*")
                        .no(
                                "what is required in words",
                                FILE.replace(" ID", " ID (required)"),
                                "invalid-request",
                                "Likely candidates: External ID (required)")
                        .no(
                                "a column twice, in another case",
                                "External ID,userName,USERNAME\n1,a,b\n",
                                "malformed-payload",
                                "twice")
                        .no(
                                "a property in another case",
                                "External ID,User Name,Department\n1,a,b\n",
                                "invalid-request",
                                "mean department")
                        .no(
                                "a property's label",
                                "External ID,User Name,Cost Center\n1,a,b\n",
                                "invalid-request",
                                "mean costCenter")
                        .no("a password", FILE.replace("First Name", "Password"), "invalid-request", "Password")
                        .no(
                                "a value beside the columns",
                                FILE.replace("Ana", "Ana,oops"),
                                "invalid-users",
                                "has 4 fields")
                        .no("a totals row", FILE + "Total,1,\n", "invalid-users", "line=3", "totals row")
                        .no("a grand total", FILE + "Grand Total: 1,x,\n", "invalid-users", "line=3", "totals row")
                        .no("a sum in German", FILE + "Summe,1,\n", "invalid-users", "line=3", "totals row")
                        .no(
                                "a rule below the header row",
                                HEADER + "-----,-----,-----\n" + ANA,
                                "invalid-users",
                                "line=2",
                                "separator line")
                        .no(
                                "two files in one",
                                FILE + FILE.replace("1", "2"),
                                "invalid-users",
                                "line=3",
                                "repeated header row")
                        .no("a footer", FILE + "\n(1 row affected)\n", "invalid-users", "line=4")
                        .no(
                                "a database's NULL",
                                FILE.replace("E-1", "\\N"),
                                "invalid-users",
                                "line=2",
                                "placeholder for a missing value")
                        .no(
                                "a shortened number in German",
                                "External ID;User Name\n1,23457E+11;a\n",
                                "invalid-users",
                                "shortened")
                        .no("an ID as a formula", FILE.replace("E-1", "=\"00123\""), "invalid-users", "formula")
                        .no(
                                "a login that is an error",
                                FILE.replace("ana@x.example", "#VALUE!"),
                                "invalid-users",
                                "userName",
                                "formula")
                        .no(
                                "a comment above",
                                "# exported today\n" + FILE,
                                "malformed-payload",
                                "line 2 looks like one")
                        .no(
                                "a title in cells",
                                "Report,Workers,2026-11-25\n" + FILE,
                                "malformed-payload",
                                "line 2 looks like one")
                        .no("German headers", "Personalnummer;Benutzername\n1;a\n", "invalid-request", "Personalnummer")
                        .no(
                                "an Active Directory export",
                                "sAMAccountName,employeeID\na,1\n",
                                "invalid-request",
                                "employeeID")
                        .no("nothing but a mark", "\uFEFF", "invalid-request", "empty")
                        .all
                        .stream();
    }

    static Stream<Sibling> otherThings() {
        String user = "{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"ana@x.example\",\"firstName\":\"Ana\"}}";
        String pretty = "{\n  \"users\": [\n    " + user + "\n  ]\n}";
        return new Siblings()
                        .in(
                                "NDJSON with a mark and blank lines",
                                "p.ndjson",
                                joined(bytes(0xEF, 0xBB, 0xBF), utf8(user + "\r\n\r\n")))
                        .no("JSON named CSV", pretty, "malformed-payload", "JSON", ".json")
                        .no("an array of JSON named CSV", "[\n  " + user + "]", "malformed-payload", "JSON", ".json")
                        .no("CSV named JSON", "p.json", utf8(FILE), "malformed-payload", "extension .csv")
                        .no(
                                "NDJSON named JSON",
                                "p.json",
                                utf8(user + "\n" + user + "\n"),
                                "malformed-payload",
                                ".ndjson")
                        .no(
                                "SCIM's list",
                                "p.json",
                                utf8("{\"schemas\":[],\"Resources\":[" + user + "]}"),
                                "invalid-request",
                                "Resources")
                        .no(
                                "people by their addresses",
                                "p.json",
                                utf8("{\"ana@x.example\":" + user + ",\"4711\":" + user + ",\"Staff\":{}}"),
                                "invalid-request",
                                "a name like an address or a number (an object)",
                                "Staff (an object)")
                        .no(
                                "JSON in Latin-1",
                                "p.json",
                                in("ISO-8859-1", "[" + user.replace("Ana", "Zoë") + "]"),
                                "malformed-payload",
                                "UTF-8")
                        .no(
                                "JSON with a comma too many",
                                "p.json",
                                utf8("[" + user + ",]"),
                                "malformed-payload",
                                "line 1, column")
                        .no(
                                "an array for an ID",
                                "p.json",
                                utf8("[" + user.replace("\"E-1\"", "[\"E-1\"]") + "]"),
                                "invalid-users",
                                "externalId",
                                "is an array; Okta accepts only text")
                        .no(
                                "an object for an ID",
                                "p.json",
                                utf8("[" + user.replace("\"E-1\"", "{\"id\":\"E-1\"}") + "]"),
                                "invalid-users",
                                "externalId",
                                "is an object; Okta accepts only text")
                        .no(
                                "JSON in single quotes",
                                "p.json",
                                utf8("[{'externalId':'E-1'}]"),
                                "malformed-payload",
                                "not JSON")
                        .no(
                                "Excel's HTML",
                                "p.xls.csv",
                                utf8("<html xmlns:o=\"urn:x\"><table>"),
                                "malformed-payload",
                                "web page")
                        .no(
                                "Excel's XML",
                                "p.csv",
                                utf8("<?xml version=\"1.0\"?><Workbook>"),
                                "malformed-payload",
                                "XML")
                        .no("gzip named CSV", "p.csv", gzip(utf8(FILE)), "malformed-payload", "extension .gz")
                        .no("CSV named gzip", "p.csv.gz", utf8(FILE), "malformed-payload", "remove .gz")
                        .no("gzip in gzip", "p.csv.gz", gzip(gzip(utf8(FILE))), "malformed-payload", "compressed twice")
                        .no("nothing named gzip", "p.csv.gz", new byte[0], "invalid-request", "empty")
                        .no("nothing of JSON named gzip", "p.json.gz", new byte[0], "invalid-request", "empty")
                        .no(
                                "an array of JSON named NDJSON",
                                "p.ndjson",
                                utf8("\n[\n" + user + "\n]\n"),
                                "malformed-payload",
                                "JSON array",
                                ".json",
                                "line=2")
                        .no("gzip of nothing", "p.csv.gz", gzip(new byte[0]), "invalid-request", "empty")
                        .no(
                                "rubbish behind the gzip",
                                "p.csv.gz",
                                joined(gzip(utf8(FILE)), utf8("rubbish")),
                                "malformed-payload",
                                "damaged")
                        .no("bzip2", "p.csv", utf8("BZh91AY&SY"), "malformed-payload", "bzip2")
                        .no("zstd", "p.csv", bytes(0x28, 0xB5, 0x2F, 0xFD, 4), "malformed-payload", "zstd")
                        .no("PGP", "p.csv", utf8("-----BEGIN PGP MESSAGE-----\n"), "malformed-payload", "decrypt")
                        .no(
                                "LDIF behind what ldapsearch says",
                                "p.csv",
                                utf8("SASL/GSSAPI authentication started\nSASL username: ana@x.example\nSASL SSF: 256\n"
                                        + "# extended LDIF\n#\n# LDAPv3\n\ndn: uid=ana,dc=x\nuid: ana\nmail: a,b\n"),
                                "malformed-payload",
                                "LDIF")
                        .no(
                                "LDIF behind the number of a search",
                                "p.csv",
                                utf8("search: 2\n\ndn:: dWlkPWFuYSxkYz14\nuid: ana\nmail: a,b\n"),
                                "malformed-payload",
                                "LDIF")
                        .no("LDIF", "p.csv", utf8("version: 1\ndn: uid=ana\n"), "malformed-payload", "LDIF")
                        .no(
                                "PowerShell's type",
                                "p.csv",
                                utf8("#TYPE System.Object\n" + FILE),
                                "malformed-payload",
                                "-NoTypeInformation")
                        .no("CSV named xlsx", "p.xlsx", utf8(FILE), "malformed-payload", ".csv")
                        .no("xls named xlsx", "p.xlsx", bytes(0xD0, 0xCF, 0x11, 0xE0), "malformed-payload", ".xls")
                        .all
                        .stream();
    }

    static Stream<Sibling> workbooks() {
        String[] header = {"External ID", "User Name", "firstName"};
        String[] ana = {"E-1", "ana@x.example", "Ana"};
        Workbook cover = new Workbook().row("Cover", 1, "Hello").row("S", 1, header);
        byte[] whole = new Workbook().row("S", 1, header).row("S", 2, ana).bytes();
        return new Siblings()
                        .in(
                                "a workbook that begins in row 3",
                                "p.xlsx",
                                new Workbook()
                                        .row("S", 3, header)
                                        .row("S", 4, ana)
                                        .bytes())
                        .in(
                                "a workbook with an empty column",
                                "p.xlsx",
                                new Workbook()
                                        .row("S", 1, "External ID", "User Name", null, "First Name")
                                        .row("S", 2, "E-1", "ana@x.example", null, "Ana")
                                        .bytes())
                        .no(
                                "a workbook with a title",
                                "p.xlsx",
                                new Workbook()
                                        .row("S", 1, "Workers")
                                        .row("S", 3, header)
                                        .row("S", 4, ana)
                                        .bytes(),
                                "malformed-payload",
                                "line 3 looks like one")
                        .no(
                                "a workbook with a cover",
                                "p.xlsx",
                                cover.bytes(),
                                "malformed-payload",
                                "in the sheet S",
                                "file.sheet")
                        .no(
                                "a workbook with totals",
                                "p.xlsx",
                                new Workbook()
                                        .row("S", 1, header)
                                        .row("S", 2, ana)
                                        .row("S", 4, "Grand Total", "<c><v>1</v></c>")
                                        .bytes(),
                                "invalid-users",
                                "line=4",
                                "totals row")
                        .no(
                                "a workbook cut off",
                                "p.xlsx",
                                java.util.Arrays.copyOf(whole, 900),
                                "malformed-payload",
                                "cut off")
                        .no(
                                "a workbook without people",
                                "p.xlsx",
                                new Workbook().row("S", 1, header).bytes(),
                                "invalid-request",
                                "nothing below it")
                        .all
                        .stream();
    }

    @ParameterizedTest
    @MethodSource({"texts", "otherThings", "workbooks"})
    @DisplayName("is in, or is refused by words that help")
    void sibling(Sibling sibling) {
        Imported imported = Imported.of(sibling.file, sibling.bytes);
        if (sibling.said.isEmpty()) {
            assertThat(imported.told()).isEmpty();
            assertThat(imported.users()).containsExactly(USER);
        } else {
            assertThat(imported.users()).isEmpty();
            assertThat(imported.told()).startsWith(sibling.said.get(0) + " ").contains(sibling.said);
            assertThat(imported.told()).doesNotContain("ana@x.example", "Ana");
        }
    }

    static Stream<Sibling> mappings() {
        String start = "{'externalId':'Nr','profile':{'userName':{'from':'Mail','lower':true}";
        return new Siblings()
                        .no(
                                "a day that isn't",
                                start + ",'title':{'from':'Seit','date':'dd.MM.yyyy'}}}",
                                "invalid-users",
                                "line=3",
                                "Seit")
                        .no(
                                "a pattern of years of weeks",
                                start + ",'title':{'from':'Seit','date':'DD.MM.YYYY'}}}",
                                "mapping.profile.title.date")
                        .no(
                                "a pattern in German",
                                start + ",'title':{'from':'Seit','date':'tt.mm.jjjj'}}}",
                                "mapping.profile.title.date",
                                "java.time")
                        .no(
                                "a value that isn't listed",
                                start + ",'title':{'from':'Art','values':{'x':'y'},'otherwise':'reject'}}}",
                                "invalid-users",
                                "Art")
                        .no(
                                "an otherwise that isn't",
                                start + ",'title':{'from':'Art','values':{'x':'y'},'otherwise':'drop'}}}",
                                "mapping.profile.title.otherwise")
                        .no(
                                "an otherwise alone",
                                start + ",'title':{'from':'Art','otherwise':'keep'}}}",
                                "mapping.profile.title.otherwise")
                        .no("a pad in words", start + ",'title':{'from':'Nr','pad':'6'}}}", "mapping.profile.title.pad")
                        .no("a join of one", start + ",'title':{'join':'Nr'}}}", "mapping.profile.title.join")
                        .no(
                                "two origins",
                                start + ",'title':{'from':'Nr','value':'x'}}}",
                                "mapping.profile.title",
                                "only one of them")
                        .no(
                                "lower and upper",
                                start + ",'title':{'from':'Nr','lower':true,'upper':true}}}",
                                "conflicts")
                        .no("a typo", start + ",'title':{'from':'Nr','uper':true}}}", "mapping.profile.title.uper")
                        .no("a member too many", start + "},'skp':{}}", "mapping.skp")
                        .no("no ID", "{'profile':{'userName':'Mail'}}", "mapping.externalId", "is missing")
                        .no("no login", "{'externalId':'Nr'}", "mapping.profile.userName")
                        .no("a list of properties", "{'externalId':'Nr','profile':['Mail']}", "mapping.profile")
                        .no("no JSON", "externalId: Nr", "mapping is not JSON")
                        .no(
                                "columns in another case",
                                "{'externalId':'nr','profile':{'userName':'mail'}}",
                                "did you mean Nr?",
                                "did you mean Mail?")
                        .no("a condition without values", start + "},'skip':{'when':'Art'}}", "mapping.skip.is")
                        .no("a condition on nothing", start + "},'skip':{'when':'Typ','is':['x']}}", "Typ")
                        .no("a separator of two", start + "},'file':{'separator':'ab'}}", "mapping.file.separator")
                        .no(
                                "a separator that isn't the file's",
                                start + "},'file':{'separator':','}}",
                                "malformed-payload",
                                "semicolon",
                                "comma")
                        .no(
                                "an encoding that isn't",
                                start + "},'file':{'encoding':'klingon'}}",
                                "mapping.file.encoding")
                        .no(
                                "more lines left out than there are",
                                start + "},'file':{'skipLines':9}}",
                                "malformed-payload",
                                "no header row")
                        .no(
                                "an ID for everybody",
                                "{'externalId':{'value':'X'},'profile':{'userName':'Mail'}}",
                                "mapping.externalId",
                                "constant")
                        .no(
                                "a label",
                                "{'externalId':'Nr','profile':{'User Name':'Mail'}}",
                                "mapping.profile.User Name",
                                "userName")
                        .no(
                                "a name twice",
                                "{'externalId':'Nr','externalId':'Art','profile':{'userName':'Mail'}}",
                                "mapping.externalId",
                                "twice")
                        .all
                        .stream();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    @DisplayName("with a mapping that is wrong is refused by the path in it")
    void mapping(Sibling sibling) {
        byte[] file = utf8("Nr;Mail;Seit;Art\n1;ANA@X.example;01.02.2026;intern\n2;BO@X.example;31.02.2026;extern\n");
        String mapping = new String(sibling.bytes, StandardCharsets.UTF_8).replace('\'', '"');
        String told;
        try {
            told = Imported.mapped("people.csv", file, mapping).told();
        } catch (ProblemException e) {
            told = e.problem().type().slug() + " " + e.problem().document();
        }
        assertThat(told).contains(sibling.said).doesNotContain("X.example");
    }
}
