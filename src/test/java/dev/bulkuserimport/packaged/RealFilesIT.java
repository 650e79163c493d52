package dev.bulkuserimport.packaged;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.ExpectedCase;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.PutFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The inputs of {@code src/test/resources/cases} and what their tables say is right, through the function as it was built: charsets, XML,
 * hashes, templates and resources are what a native binary loses first.
 */
@DisplayName("function.zip, with a file as HR exports it,")
class RealFilesIT {

    /** Not the one that others share: this class runs beside them. */
    private static TestStand stand;

    private static Bucket bucket;
    private static FunctionProcess skipping;
    private static int applications;

    private String app;

    @BeforeAll
    static void start() throws IOException {
        stand = new TestStand();
        bucket = stand.bucket("real-files");
        Map<String, String> settings = new HashMap<>(stand.withStorage());
        settings.put("IMPORT_INVALID_USERS", "skip");
        skipping = stand.start(settings);
    }

    @AfterAll
    static void stop() {
        skipping.close();
        stand.close();
    }

    @BeforeEach
    void application() {
        stand.okta.reset();
        app = "0oaCase" + ++applications;
        stand.okta.application(app);
        stand.okta.schema(
                app,
                OktaSchema.standard()
                        .custom("department", "costCenter", "employeeNumber", "title", "hireDate")
                        .custom("isManager", "active", "remote", "salaryGrade"));
    }

    private static byte[] input(String name) throws IOException {
        try (InputStream in = RealFilesIT.class.getResourceAsStream("/cases/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private PutFile put(String name, byte[] content) {
        return bucket.put("imports/" + app + "/create-and-update/" + name, content);
    }

    private static JsonNode report(FunctionProcess through, PutFile file) {
        Lambda.Result result = TestStand.invoke(through, file.event());
        assertThat(result.isFunctionError()).as(result.json()::toString).isFalse();
        return file.report();
    }

    private JsonNode report(String name) throws IOException {
        return report(stand.function(), put(name, input(name)));
    }

    /** With a mapping, written with apostrophes, in the file's folder. */
    private JsonNode mapped(String name, String mapping) throws IOException {
        put("mapping.json", mapping.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return report(name);
    }

    /** What Okta holds of the application: profiles by external ID, of the only session that there was. */
    private Map<String, JsonNode> held() {
        List<OktaSession> sessions = stand.okta.sessionsOf(app);
        assertThat(sessions).hasSize(1);
        assertThat(sessions.get(0).repeated()).isEmpty();
        return new TreeMap<>(sessions.get(0).users());
    }

    private static void isIn(JsonNode report, int users) {
        assertThat(report.path("state").asText()).as(report.toPrettyString()).isEqualTo("COMPLETED");
        assertThat(report.at("/answer/recordsImported").asInt())
                .as(report.toPrettyString())
                .isEqualTo(users);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases-in.txt", delimiter = '|')
    @DisplayName("imports what a person sees in it")
    void in(String file, int users) throws IOException {
        isIn(report(file), users);
        assertThat(held()).hasSize(users);
        assertThat(held().get("E-1").path("userName").asText()).isEqualTo("ana.berg@example.com");
        assertThat(held().get("E-1").path("firstName").asText()).isEqualTo("Ana");
    }

    @ParameterizedTest
    @CsvSource({
        "07a-header-trailing-space-custom.csv, 1, department=Sales costCenter=4200",
        "07b-header-nbsp.csv, 1, firstName=Ana",
        "13a-leading-zero-kept.csv, 2, ''",
        "18a-email-trailing-space.csv, 1, email=ana.berg@example.com",
        "18c-name-spaces.csv, 1, firstName=Ana lastName=Berg department=Sales",
        "19b-email-zwsp.csv, 1, email=ana.berg@example.com",
        "21a-apostrophe-email.csv, 1, email=pat.o'neill@example.com lastName=O'Neill",
        "24-booleans-dates.csv, 2, isManager=TRUE active=Yes remote=1 hireDate=01/02/2026 salaryGrade=1.10",
        "32-blank-cells.csv, 2, lastName=Berg",
        "66a-powershell-utf16.json, 1, firstName=Jürgen"
    })
    @DisplayName("keeps each value as it is, edges apart")
    void values(String file, int users, String properties) throws IOException {
        isIn(report(file), users);
        JsonNode first = held().values().iterator().next();
        for (String property : properties.split(" ")) {
            if (!property.isEmpty()) {
                String[] pair = property.split("=");
                assertThat(first.path(pair[0]).asText()).isEqualTo(pair[1]);
            }
        }
    }

    /** On the JVM a sample: it reads them as the unit tests do, which read them all. */
    static Stream<ExpectedCase> expected() {
        List<ExpectedCase> all = ExpectedCase.all().toList();
        int step = FunctionProcess.isNative(TestStand.BUILD) ? 1 : 5;
        return IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expected")
    @DisplayName("ends as expected.json says")
    void right(ExpectedCase file) {
        String folder = "imports/" + app + "/" + file.operation() + "/";
        file.mapping().ifPresent(json -> bucket.put(folder + "mapping.json", json.getBytes(StandardCharsets.UTF_8)));
        JsonNode report = report(stand.function(), bucket.put(folder + file.name(), file.bytes()));
        Map<String, Map<String, String>> users = new HashMap<>();
        for (OktaSession session : stand.okta.sessionsOf(app)) {
            session.users().forEach((id, profile) -> {
                Map<String, String> properties = new HashMap<>();
                profile.properties()
                        .forEach(property -> properties.put(
                                property.getKey(), property.getValue().asText()));
                users.put(id, properties);
            });
        }
        List<String> notes = new ArrayList<>();
        report.path("notes").forEach(note -> notes.add(note.asText()));
        file.verify(new ExpectedCase.Outcome(
                users,
                Set.of(),
                Optional.of(report.at("/problem/type").asText())
                        .filter(type -> !type.isEmpty())
                        .map(type -> type.substring(type.lastIndexOf(':') + 1)),
                report.toString(),
                notes,
                List.of()));
    }

    @Test
    @DisplayName("takes gzip by its content encoding")
    void contentEncoding() throws IOException {
        PutFile file = bucket.put(
                "imports/" + app + "/create-and-update/people.csv",
                RequestBody.fromBytes(input("39k-content-encoding-gzip.csv")),
                object -> object.contentEncoding("gzip"));
        isIn(report(stand.function(), file), 1);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases-refused.txt", delimiter = '|')
    @DisplayName("refuses what is wrong, says where and what, and sends nothing")
    void refused(String file, String problem, String said) throws IOException {
        JsonNode report = report(file);
        assertThat(report.path("state").asText()).as(report.toPrettyString()).isEqualTo("FAILED");
        assertThat(report.at("/problem/type").asText()).isEqualTo("urn:bulk-user-import:problem:" + problem);
        for (String part : said.split(" ; ")) {
            assertThat(report.path("problem").toString())
                    .contains(part.strip().replaceFirst("^line=(\\d*)$", "\"line\":$1"));
        }
        assertThat(report.toString()).doesNotContain("ana.berg", "bo.dahl", "Berg", "****");
        assertThat(stand.okta.sessionsOf(app)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "05a-windows1252.csv | 2 | firstName=Jürgen | {'externalId':'External ID','profile':{'userName':'User Name','firstName':'First Name'},'file':{'encoding':'windows-1252'}}",
                "11a-title-lines.csv | 2 | firstName=Ana | {'externalId':'External ID','profile':{'userName':'User Name','firstName':'First Name'},'file':{'skipLines':3}}",
                "61-workday-raas.json | 2 | lastName=Berg | {'externalId':'Employee_ID','profile':{'userName':'Email','lastName':'Last_Name'},'file':{'list':'Report_Entry'}}",
                "V1a-okta-people-template.csv | 1 | userName=ana.berg@example.com | {'externalId':'employeeNumber','profile':{'userName':'login'}}",
                "V4a-google-workspace.csv | 1 | userName=ana.berg@example.com | {'externalId':'Employee ID','profile':{'userName':'Email Address [Required]'}}",
                "V7a-adp.csv | 1 | hireDate=2026-01-02 | {'externalId':'Associate ID','profile':{'userName':{'from':'Work Contact: Work Email','lower':true},'hireDate':{'from':'Hire Date','date':'MM/dd/yyyy'}}}",
                "V9a-jumpcloud.csv | 1 | title=Engineer | {'externalId':'employeeIdentifier','profile':{'userName':'email','title':'jobTitle'}}",
                "V10-onelogin.csv | 1 | userName=ana.berg@example.com | {'externalId':'external_id','profile':{'userName':'username'}}"
            })
    @DisplayName("imports a vendor's export with its mapping, and no column that nobody named")
    void withMapping(String file, int users, String property, String mapping) throws IOException {
        isIn(mapped(file, mapping), users);
        String[] pair = property.split("=");
        assertThat(held().values().iterator().next().path(pair[0]).asText()).isEqualTo(pair[1]);
        assertThat(held().toString()).doesNotContain("****");
    }

    @Test
    @DisplayName("refuses by line what a mapping makes the same person twice")
    void twiceMapped() throws IOException {
        JsonNode problem = mapped(
                        "V3a-workday-raas.csv",
                        "{'externalId':'Employee_ID','profile':{'userName':'Email_-_Primary_Work'}}")
                .path("problem");
        assertThat(problem.path("type").asText()).endsWith(":invalid-users");
        assertThat(problem.toString()).contains("\"line\":3", "line 2");
    }

    @Test
    @DisplayName("refuses users under another name over HTTP too")
    void http() throws IOException {
        Lambda.Result result =
                TestStand.invoke(stand.function(), new String(input("57f-users-capital.json"), StandardCharsets.UTF_8));
        assertAnswered(result.json()).is("invalid-request").has("status", 400).says("Users (an array)");
    }

    @ParameterizedTest
    @CsvSource({"44a-one-bad-row.csv, COMPLETED", "44d-bad-row-with-umlaut.csv, FAILED"})
    @DisplayName("gives the rejected rows back as they were, any number of times, and takes them in once mended")
    void rounds(String name, String state) throws IOException {
        String rows = rejectedRows(name, state);
        for (int round = 0; round < 2; round++) {
            PutFile again = put("round-" + round + ".csv", rows.getBytes(StandardCharsets.UTF_8));
            assertThat(report(skipping, again).path("state").asText()).isEqualTo("FAILED");
            assertThat(again.rejectedRows()).isEqualTo(rows);
        }
        String mended = rows.replace("nope", "bo.dahl@example.com");
        isIn(report(skipping, put("mended.csv", mended.getBytes(StandardCharsets.UTF_8))), 1);
    }

    @Test
    @DisplayName(
            "gives a rejected row that a spreadsheet would run back in a form that it doesn't, and takes it in again")
    void formula() throws IOException {
        // Both rows have the same ID, so neither is valid.
        String rows = rejectedRows("14-formula.csv", "FAILED");
        String fixed = rows.replaceFirst("E-1", "E-2");
        isIn(report(skipping, put("fixed.csv", fixed.getBytes(StandardCharsets.UTF_8))), 2);
        assertThat(held().get("E-2").path("firstName").asText()).startsWith("=HYPERLINK");
    }

    private String rejectedRows(String name, String state) throws IOException {
        PutFile file = put(name, input(name));
        assertThat(report(skipping, file).path("state").asText()).isEqualTo(state);
        String rows = file.rejectedRows();
        assertThat(rows).startsWith("\uFEFF").contains("rejectedBecause").doesNotContainPattern("(?m)(^|,)\"?[=+@-]");
        return rows;
    }
}
