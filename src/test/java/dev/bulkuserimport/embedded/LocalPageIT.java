package dev.bulkuserimport.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.source.Workbook;
import dev.bulkuserimport.support.NodePackages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page of the built function in a real browser, from the choice of a file to the report of its import. The pictures are in
 * {@code target/pages}; the documentation has a copy of {@code your-file.png}.
 */
@DisplayName("The page for a file of one's own")
class LocalPageIT {

    private static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));
    private static final Path CASES = Path.of("src/test/resources/cases");
    private static final String SECRET = "a webhook's secret, $ and %";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String HOSTILE_NAME = "'\"><script>alert(1)<!--.csv";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode seen;
    private static String local;

    /** What a local run says of files that are imported without the page. */
    private static final Map<String, String> told = new HashMap<>();

    @BeforeAll
    static void use() throws IOException {
        Path files = Files.createDirectories(BUILD.resolve("pages/files"));
        write(files);
        Path folder = Files.createDirectories(BUILD.resolve("pages/local"));
        try (EmbeddedOkta okta = EmbeddedOkta.start();
                S3MockProcess s3 = S3MockProcess.shared(BUILD);
                FunctionProcess open = function(okta, Map.of("AWS_ENDPOINT_URL_S3", s3.url()));
                FunctionProcess guarded = function(okta, Map.of("IMPORT_WEBHOOK_SECRET", SECRET));
                LocalGateway here = new LocalGateway(0, open.api(), folder);
                LocalGateway hosted = new LocalGateway(0, guarded.api(), folder)) {
            LocalFile imports = new LocalFile(okta, s3.client(), open, folder);
            here.imports(new LocalImports(imports, folder));
            for (String name : List.of("unknown.csv", "unnamed.csv", "people.csv.tmp", "people.txt", "empty.csv")) {
                StringBuilder lines = new StringBuilder();
                LocalFile.Imported end = imports.run(
                        files.resolve(name), "create-and-update", Optional.empty(), line -> lines.append(line + "\n"));
                told.put(name, lines + (end.completed() ? "completed" : "not completed"));
            }
            ObjectNode order = JSON.createObjectNode()
                    .put("local", here.url() + "/")
                    .put("hosted", hosted.url() + "/")
                    .put("secret", SECRET)
                    .put("app", LocalFile.APP)
                    .put("files", files.toAbsolutePath().toString())
                    .put("screenshots", BUILD.resolve("pages").toAbsolutePath().toString());
            List.of(
                            "large.csv",
                            "sheets.xlsx",
                            "hostile.csv",
                            HOSTILE_NAME,
                            "huge.xlsx",
                            "page.csv",
                            "lacking.csv",
                            "right.csv")
                    .forEach(order.putArray("chosen")::add);
            local = here.url();
            String found = NodePackages.node(order, "inspect.mjs", System.getProperty("browser", ""));
            Files.writeString(BUILD.resolve("pages/your-file.json"), found);
            seen = JSON.readTree(found);
        }
    }

    private static FunctionProcess function(EmbeddedOkta okta, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.put("IMPORT_PAGE", "true");
        return ClassArchive.start(BUILD, environment);
    }

    private static void write(Path files) throws IOException {
        StringBuilder personal =
                new StringBuilder("Mitarbeiterliste;;;;;;\nPersonalnummer;Vorname;Nachname;E-Mail dienstlich;Abteilung;"
                        + "Eintrittsdatum;Status;Schuhgröße\n");
        for (int i = 1; i <= 14; i++) {
            personal.append(String.format(
                    "%05d;Jörg;Müller%d;Joerg.Mueller%d@example.com;Einkauf;%02d.03.2021;%s;%d%n",
                    i, i, i, i + 10, i == 9 ? "Ausgeschieden" : "Aktiv", 35 + i % 10));
        }
        personal.append("00015;Änne;Okafor;anne okafor@example.com;Vertrieb;01.02.2022;Aktiv;41\n");
        personal.append("00016;Bo;Dahl;Joerg.Mueller1@example.com;Vertrieb;01.02.2022;Aktiv;42\n");
        Files.write(files.resolve("personal.csv"), personal.toString().getBytes(Charset.forName("windows-1252")));
        Files.writeString(files.resolve("right.csv"), "External ID,User Name,First Name\n7,ana@example.com,Ana\n");
        Files.writeString(
                files.resolve("unknown.csv"), "External ID,User Name,Surname,Shoe Size\n8,bo@example.com,Dahl,42\n");
        Files.writeString(files.resolve("lacking.csv"), "Employee Number,First Name\n7,Ana\n8,Bo\n");
        Files.writeString(
                files.resolve("keys.csv"),
                "Employee ID,Work Email,email,from,Date\n1,a@example.com,b@example.com,x,y\n");
        Files.write(files.resolve("two.xlsx"), Workbook.oneAndTwo().bytes());
        Files.writeString(files.resolve("meaningless.csv"), "Colour,Shape\nred,round\n");
        Files.writeString(files.resolve("unnamed.csv"), "Employee ID,Work Email\n8,bo@example.com\n");
        Files.writeString(files.resolve("people.csv.tmp"), "External ID,User Name\n");
        Files.writeString(files.resolve("people.txt"), "External ID,User Name\n");
        Files.writeString(files.resolve("empty.csv"), "");
        Files.writeString(files.resolve("page.csv"), "<!DOCTYPE html><html><body>Sign in</body></html>");
        String hostile = "Employee ID,Work Email," + HOSTILE + ",\"\"\"><b id=owned>\",First Name\n"
                + "1,ana@example.com,<script>alert(2)</script>,x,<b id=owned>Ana</b>\n"
                + "2,bo@example.com,\"<svg onload=alert(3)>\",javascript:alert(4),Bo\n"
                + "3,cy@example.com,{{7*7}},z,\u202EyC\n";
        Files.writeString(files.resolve("hostile.csv"), hostile);
        Files.writeString(files.resolve(HOSTILE_NAME), hostile);
        Files.copy(
                CASES.resolve("3/x07-openpyxl-instructions-first.xlsx"),
                files.resolve("sheets.xlsx"),
                StandardCopyOption.REPLACE_EXISTING);
        try (OutputStream large = Files.newOutputStream(files.resolve("large.csv"));
                OutputStream huge = Files.newOutputStream(files.resolve("huge.xlsx"))) {
            large.write("Employee ID,Work Email,Last Name,Notes\n".getBytes(StandardCharsets.UTF_8));
            String notes = "n".repeat(900);
            for (int i = 0; i < 9_000; i++) {
                large.write((i + ",p" + i + "@example.com,Berg," + notes + "\n").getBytes(StandardCharsets.UTF_8));
            }
            huge.write(new byte[4_000_001]);
        }
    }

    private static JsonNode file(String name) {
        return seen.path("files").path(name);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    @DisplayName(
            "shows what was read, what is wrong by kind and where, and a mapping with the required properties first")
    void proposal() {
        JsonNode proposed = seen.path("proposed");
        assertThat(proposed.path("status").asText()).isEqualTo("Read 16 records.");
        assertThat(proposed.path("read").asText()).contains("csv", "semicolon", "windows-1252", "16");
        assertThat(proposed.path("wrong").asText())
                .contains("Without a mapping: ", "2 records of 16 are invalid with the mapping below", "email", "17")
                .doesNotContain("anne okafor");
        assertThat(proposed.path("columns").path("externalId").asText()).isEqualTo("Personalnummer");
        assertThat(proposed.path("columns").path("userName").asText()).isEqualTo("E-Mail dienstlich");
        assertThat(proposed.path("columns").path("hireDate").asText()).isEqualTo("Eintrittsdatum");
        assertThat(texts(proposed.path("order")).subList(0, 2))
                .containsExactly("External ID (required)", "User Name (required)");
        assertThat(texts(proposed.path("unmapped"))).containsExactly("Schuhgröße");
        assertThat(proposed.path("people")).hasSize(10);
        assertThat(texts(proposed.path("people").path(0)))
                .contains("00002", "joerg.mueller2@example.com", "2021-03-12");
        assertThat(proposed.path("peopleText").asText()).contains("Deactivated: 00009");
        assertThat(proposed.path("json").asText()).contains("\"skipLines\": 1", "\"encoding\": \"windows-1252\"");
    }

    @Test
    @DisplayName("takes a change by mouse or keyboard at once, and the focus stays")
    void change() throws IOException {
        assertThat(texts(seen.at("/byMouse/people/0"))).contains("Müller2");
        assertThat(seen.at("/byMouse/map").toString()).contains("your choice");
        assertThat(seen.at("/byKeyboard/columns/displayName").asText()).isEqualTo("Vorname");
        assertThat(seen.path("focus").asText()).isEqualTo("c-displayName");
        assertThat(seen.path("nextFocus").asText()).isEqualTo("l-displayName");
        assertThat(seen.path("stillFocus").asText()).isEqualTo("l-displayName");
        assertThat(texts(seen.at("/lower/people/0"))).contains("jörg");
        assertThat(JSON.readTree(seen.at("/grouped/json").asText())
                        .path("groups")
                        .toString())
                .isEqualTo(
                        "[{\"externalId\":{\"from\":\"Abteilung\",\"prefix\":\"abteilung-\"},\"displayName\":\"Abteilung\"}]");
        assertThat(seen.at("/grouped/status").asText()).isEqualTo("Read 16 records.");
        assertThat(seen.at("/withoutId/status").asText()).contains("Choose the column of the external ID");
        assertThat(seen.at("/withoutId/peopleText").asText()).contains("No one would be sent");
    }

    @Test
    @DisplayName("saves and copies the mapping as it is, and says what is wrong with one that was edited")
    void mapping() throws IOException {
        assertThat(seen.at("/saved/name").asText()).isEqualTo("mapping.json");
        JsonNode saved = JSON.readTree(seen.at("/saved/json").asText());
        assertThat(saved.at("/profile/displayName").toString()).isEqualTo("{\"from\":\"Vorname\",\"lower\":true}");
        assertThat(seen.path("copied").asText())
                .isEqualTo(seen.at("/saved/json").asText());
        assertThat(seen.at("/wrongColumn/wrong").asText()).contains("Nirgends");
        assertThat(seen.at("/wrongMapping/trouble").asText()).contains("mapping.profil");
        assertThat(seen.at("/wrongMapping/wrong").asText())
                .isEqualTo("The file was not looked at with this mapping: see above.");
        assertThat(seen.at("/wrongMapping/people")).isEmpty();
        assertThat(seen.path("noJson").asText()).startsWith("The mapping isn’t JSON");
        assertThat(seen.path("noObject").asText()).startsWith("The mapping must be a JSON object");
    }

    @Test
    @DisplayName("never has an empty profile in a mapping, which an import would refuse")
    void profiles() throws IOException {
        List<String> profiles = new ArrayList<>();
        for (String json : texts(seen.path("profiles"))) {
            profiles.add(JSON.readTree(json).path("profile").toString());
        }
        assertThat(profiles).containsExactly("", "", "{\"displayName\":\"Shape\"}", "");
    }

    @Test
    @DisplayName("notices that a file was changed since it was chosen, and reads the same one when it is chosen again")
    void changed() {
        assertThat(seen.at("/changed/log").asText()).contains("choose it again");
        assertThat(seen.at("/changed/trouble").asText()).contains("choose it again");
        assertThat(seen.at("/changed/chosen").asText("-")).isEmpty();
        assertThat(texts(seen.at("/changed/again/people/0"))).contains("bo@example.com");
    }

    @Test
    @DisplayName("says what is wrong with the proposed mapping, and which columns it doesn't take")
    void proposedMapping() {
        assertThat(file("lacking.csv").path("wrong").asText())
                .contains("Without a mapping: ", "With the mapping below: ", "mapping.profile.userName")
                .doesNotContain("No record is invalid");
        assertThat(texts(seen.at("/keys/unmapped"))).containsExactly("email", "from", "Date");
    }

    @Test
    @DisplayName("is accessible and no wider than the screen, wide and light, and on a phone and dark")
    void accessible() {
        assertThat(texts(seen.path("emptyViolations"))).isEmpty();
        assertThat(texts(seen.path("violations"))).isEmpty();
        assertThat(texts(seen.path("phoneViolations"))).isEmpty();
        assertThat(texts(seen.path("importViolations"))).isEmpty();
        assertThat(seen.at("/proposed/tooWide").asInt()).isLessThanOrEqualTo(0);
        assertThat(seen.at("/phone/tooWide").asInt()).isLessThanOrEqualTo(0);
        assertThat(seen.at("/phone/json")).isEqualTo(seen.at("/proposed/json"));
    }

    @Test
    @DisplayName("reads the start of a large file, says so, and shows how far it is")
    void large() {
        JsonNode large = file("large.csv");
        assertThat(large.path("status").asText())
                .matches("Read 4,\\d\\d\\d records of the start of the file. The rest of it wasn’t looked at.");
        assertThat(large.at("/columns/externalId").asText()).isEqualTo("Employee ID");
        assertThat(large.path("people")).hasSize(10);
        assertThat(seen.path("progress"))
                .anySatisfy(value -> assertThat(value.asDouble()).isBetween(0.1, 0.9));
        assertThat(file("huge.xlsx").path("trouble").asText()).contains("can only be read whole", "CSV UTF-8");
        assertThat(file("huge.xlsx").path("result").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("proposes the sheet that has the people, and lets another be chosen")
    void sheets() {
        JsonNode sheets = file("sheets.xlsx");
        assertThat(sheets.at("/columns/externalId").asText()).isNotEmpty();
        assertThat(sheets.path("json").asText())
                .contains("\"sheet\": \"" + sheets.path("sheet").asText() + "\"");
        assertThat(seen.at("/otherSheet/sheet").asText())
                .isNotEqualTo(sheets.path("sheet").asText());
        assertThat(seen.at("/otherSheet/columns/externalId").asText()).isEmpty();
        assertThat(seen.at("/firstSheet/needed").asText()).contains("as it is");
        for (String look : List.of("secondSheet", "stillSecondSheet")) {
            JsonNode second = seen.path(look);
            assertThat(second.path("sheet").asText()).as(look).isEqualTo("Two");
            assertThat(second.path("status").asText()).as(look).isEqualTo("Read 3 records.");
            assertThat(second.path("wrong").asText())
                    .as(look)
                    .contains("1 record of 3 is invalid.", "email")
                    .doesNotContain("Without a mapping");
            assertThat(second.path("json").asText()).as(look).contains("\"sheet\": \"Two\"");
            assertThat(second.path("needed").asText()).as(look).doesNotContain("as it is");
            assertThat(texts(second.path("people").path(0))).as(look).contains("E-7");
        }
    }

    @Test
    @DisplayName("shows what is in a hostile file as text, and says what a file is that is none")
    void hostile() {
        for (String name : List.of("hostile.csv", HOSTILE_NAME)) {
            JsonNode hostile = file(name);
            assertThat(hostile.path("status").asText()).as(name).startsWith("Read 3 records");
            assertThat(hostile.path("unmapped").toString()).contains(HOSTILE);
            assertThat(texts(hostile.path("people").path(0))).contains("<b id=owned>Ana</b>");
        }
        assertThat(file("page.csv").path("trouble").asText()).contains("web page");
        assertThat(file("right.csv").path("needed").asText()).contains("as it is");
    }

    @Test
    @DisplayName("imports the file into the embedded Okta, and leads to its report")
    void imported() {
        assertThat(seen.path("log").asText())
                .contains("right.csv: 1 record read.", "Sent: 1 user in 1 session", "The embedded Okta has 2 users");
        assertThat(seen.at("/report/url").asText()).isEqualTo(local + "/local/right.csv.html");
        assertThat(seen.at("/report/verdict").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown.csv|2 columns, so each is now a custom property of it: Shoe Size, Surname (or is it lastName?).",
                "unknown.csv|Okta shows 1 user of them",
                "unnamed.csv|candidates: Employee ID.",
                "people.csv.tmp|It was ignored: by its name",
                "people.txt|must end in .csv",
                "empty.csv|The file is empty"
            })
    @DisplayName("isn't needed to learn what is wrong with a file")
    void withoutThePage(String name, String line) {
        assertThat(told.get(name))
                .containsIgnoringCase(line)
                .doesNotContain("property of it: users")
                .endsWith(name.equals("unknown.csv") ? "\ncompleted" : "\nnot completed");
    }

    @Test
    @DisplayName("keeps the secret in memory only, and asks for none here")
    void secret() {
        assertThat(seen.path("secretAsked").asBoolean()).isFalse();
        JsonNode hosted = seen.path("hosted");
        assertThat(hosted.path("app").asText()).isEmpty();
        assertThat(hosted.at("/without/trouble").asText()).isNotEmpty();
        assertThat(hosted.path("focus").asText()).isEqualTo("secret");
        assertThat(hosted.at("/with/people")).hasSize(1);
        assertThat(hosted.path("importOffered").asBoolean()).isFalse();
        assertThat(hosted.at("/stores/local").asInt()).isZero();
        assertThat(hosted.at("/stores/session").asInt()).isZero();
        assertThat(hosted.at("/stores/databases").asInt()).isZero();
        assertThat(hosted.at("/stores/caches").asInt()).isZero();
        assertThat(hosted.at("/stores/cookies").asText()).isEmpty();
        assertThat(hosted.at("/stores/url").asText()).endsWith("/");
        assertThat(hosted.at("/stores/html").asText()).doesNotContain(SECRET);
        assertThat(hosted.path("afterReload").asText()).isEmpty();
    }

    @Test
    @DisplayName("runs nothing but its own script, and calls nothing but the function")
    void policy() {
        assertThat(seen.path("policy").asText()).contains("default-src 'none'", "connect-src 'self'");
        assertThat(seen.path("foreignScriptRan").asBoolean()).isFalse();
        assertThat(seen.path("policyReported").asText()).contains("Content Security Policy");
        assertThat(texts(seen.path("requests")))
                .allMatch(request -> request.matches("(GET|POST) (blob:)?http://localhost:\\d+/.*"))
                .noneMatch(request -> request.contains("secret"));
        // A refusal of the function's is a line in the browser's console too.
        assertThat(texts(seen.path("complaints")))
                .allMatch(line ->
                        line.matches("Failed to load resource: the server responded with a status of 4\\d\\d .*"));
    }
}
