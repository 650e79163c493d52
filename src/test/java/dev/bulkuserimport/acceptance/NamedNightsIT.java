package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.source.Workbook;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Several files of one application that once came out wrong, each under its name. Those with {@code IMPORT_INVALID_USERS=skip} have the same
 * names in {@code NightSiblingsTest}.
 */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Of an application's nights")
class NamedNightsIT {

    private static final AtomicInteger APPS = new AtomicInteger();
    private static final String HEADER = "Employee ID,Work Email,Dept,Status\n";
    private static final String MAPPING =
            "{\"externalId\":\"Employee ID\",\"profile\":{\"userName\":{\"from\":\"Work Email\",\"lower\":true},"
                    + "\"email\":{\"from\":\"Work Email\",\"lower\":true},\"department\":\"Dept\"},"
                    + "\"deactivate\":{\"when\":\"Status\",\"is\":[\"Terminated\"]},"
                    + "\"skip\":{\"when\":\"Status\",\"is\":[\"Onboarding\"]}}";

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;
    private int files;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "named-nights");
        app = "0oaNamedNights" + APPS.incrementAndGet();
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("department", "title"));
    }

    private void mapping(String json) {
        bucket.put("imports/" + app + "/mapping.json", json);
    }

    private JsonNode put(String folder, String name, byte[] content, Map<String, String> metadata) {
        return bucket.put("imports/" + app + "/" + folder + "/" + files++ + "/" + name, content, metadata)
                .imported();
    }

    private JsonNode snapshot(String rows) {
        return put("snapshot", "people.csv", utf8(HEADER + rows), Map.of());
    }

    private JsonNode unmapped(String csv, Map<String, String> metadata) {
        return put("snapshot", "people.csv", utf8(csv), metadata);
    }

    private JsonNode update(String rows) {
        return put("create-and-update", "people.csv", utf8(HEADER + rows), Map.of());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String row(String id, int login, String status) {
        return id + ",u" + login + "@example.com,Sales," + status + "\n";
    }

    private static String person(int number) {
        return row(id(number), number, "Active");
    }

    private static String id(int number) {
        return "%05d".formatted(number);
    }

    private static String rows(int from, int to, IntFunction<String> row) {
        return IntStream.rangeClosed(from, to).mapToObj(row).collect(Collectors.joining());
    }

    private static String people(int from, int to) {
        return rows(from, to, NamedNightsIT::person);
    }

    private Set<String> inOkta() {
        return okta.directoryOf(app).present().keySet();
    }

    private Map<String, JsonNode> profiles() {
        return okta.directoryOf(app).present();
    }

    private static void isIn(JsonNode report, String... counts) {
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("COMPLETED");
        for (String count : counts) {
            String[] parts = count.split("=");
            assertThat(report.path(parts[0]).asText()).as(report.toString()).isEqualTo(parts[1]);
        }
    }

    private void isRefused(JsonNode report, String problem, String... says) {
        assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("FAILED");
        assertReported(report).is(problem);
        for (String part : says) {
            assertThat(report.toString()).contains(part);
        }
    }

    @Test
    @DisplayName("slipped: a column of IDs that is shifted by a row is refused")
    void slipped() {
        mapping(MAPPING);
        isIn(snapshot(people(1, 20)), "new=20");
        Map<String, JsonNode> before = Map.copyOf(profiles());
        isRefused(snapshot(rows(1, 20, i -> row(id(i % 20 + 1), i, "Active"))), "invalid-users", "swap their logins");
        assertThat(profiles()).isEqualTo(before);
    }

    @ParameterizedTest(name = "snapshot: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "converted, and converted, Create & Update: a leaver's login for a new number is refused until the old one is inactive")
    void converted(boolean snapshot) {
        mapping(MAPPING);
        isIn(snapshot(people(1, 12)), "new=12");
        String both = row(id(10), 10, "Terminated") + row("00099", 10, "Active");
        String rest = people(1, 9) + people(11, 12);
        JsonNode refused = snapshot ? snapshot(rest + both) : update(both);
        isRefused(refused, "invalid-users", "\"line\":" + (snapshot ? 14 : 3), "line " + (snapshot ? 13 : 2));
        assertThat(inOkta()).contains(id(10)).doesNotContain("00099");

        isIn(snapshot(rest + row(id(10), 10, "Terminated")), "deactivated=1");
        isIn(snapshot ? snapshot(rest + both) : update(both));
        assertThat(inOkta()).contains("00099").doesNotContain(id(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "translated", "lost rule"})
    @DisplayName("status blank: sixty who would come back, and a rule that matches none, refuse the file")
    void statusBlank(String how) {
        mapping(MAPPING);
        String sixty = rows(1, 60, i -> row(id(i), i, "Terminated")) + people(61, 200);
        isIn(snapshot(sixty), "new=140");
        if (how.equals("lost rule")) {
            mapping(MAPPING.replaceAll("\"deactivate\":\\{[^}]*},", ""));
        }
        String now = how.equals("empty") ? "" : how.equals("translated") ? "Ausgeschieden" : "Terminated";
        isRefused(snapshot(sixty.replace("Terminated", now)), "invalid-request", "rules: changed");
        JsonNode waived = put(
                "snapshot", "people.csv", utf8(HEADER + sixty.replace("Terminated", now)), Map.of("rules", "changed"));
        isRefused(waived, "deactivation-limit-exceeded", "60");
        assertThat(inOkta()).hasSize(140);
    }

    @Test
    @DisplayName("status blank: three who come back are in, and counted")
    void threeReturn() {
        mapping(MAPPING);
        isIn(snapshot(rows(1, 3, i -> row(id(i), i, "Terminated")) + people(4, 20)), "new=17");
        isIn(snapshot(people(1, 20)), "returned=3", "new=0");
        assertThat(inOkta()).hasSize(20);
    }

    @Test
    @DisplayName("skip word: a word that left out more than five rows and leaves out none now refuses the file")
    void skipWord() {
        mapping(MAPPING);
        isIn(snapshot(people(1, 20) + rows(21, 30, i -> row(id(i), i, "Onboarding"))), "new=20");
        isRefused(
                snapshot(people(1, 20) + rows(21, 30, i -> row(id(i), i, "Pre-hire"))),
                "invalid-request",
                "mapping.skip",
                "rules: changed");
        assertThat(inOkta()).hasSize(20);
    }

    private static byte[] sheets(int first, int last, String second, int secondFirst, int secondLast) {
        Workbook book = new Workbook();
        String[] header = {"Employee ID", "Work Email", "Dept", "Status"};
        book.row("Norway", 1, header);
        for (int i = first; i <= last; i++) {
            book.row("Norway", i - first + 2, id(i), "u" + i + "@example.com", "Sales", "Active");
        }
        if (secondFirst <= secondLast) {
            book.row(second, 1, header);
            for (int i = secondFirst; i <= secondLast; i++) {
                book.row(second, i - secondFirst + 2, id(i), "u" + i + "@example.com", "Sales", "Active");
            }
        }
        return book.bytes();
    }

    @Test
    @DisplayName("second sheet: people who have moved to another sheet refuse the file")
    void secondSheet() {
        mapping(MAPPING);
        isIn(put("snapshot", "p.xlsx", sheets(1, 100, "", 1, 0), Map.of()), "new=100");
        isRefused(put("snapshot", "p.xlsx", sheets(1, 96, "Sweden", 97, 100), Map.of()), "invalid-request", "Sweden");
        assertThat(inOkta()).hasSize(100);
    }

    @Test
    @DisplayName("first page: a list that says there is more refuses the file")
    void firstPage() {
        isIn(put("snapshot", "p.json", json(104, ""), Map.of()), "new=104");
        isRefused(put("snapshot", "p.json", json(100, "\"hasMore\":true,"), Map.of()), "invalid-request", "hasMore");
        assertThat(inOkta()).hasSize(104);
    }

    private static byte[] json(int people, String more) {
        return utf8("{" + more + "\"users\":["
                + rows(
                        1,
                        people,
                        i -> (i > 1 ? "," : "") + "{\"externalId\":\"" + id(i) + "\",\"profile\":{\"userName\":\"u" + i
                                + "@example.com\",\"title\":null}}")
                + "]}");
    }

    @Test
    @DisplayName("another company: a file with none of the people is refused, and in where that is intended")
    void anotherCompany() {
        mapping(MAPPING);
        isIn(snapshot(people(1, 3)), "new=3");
        isRefused(snapshot(people(101, 103)), "invalid-request", "people: changed");
        assertThat(inOkta()).containsExactlyInAnyOrder(id(1), id(2), id(3));
        isIn(put("snapshot", "p.csv", utf8(HEADER + people(101, 103)), Map.of("people", "changed")), "gone=3", "new=3");
    }

    @Test
    @DisplayName("column gone: it is named, and in where that is intended, without anyone who changed")
    void columnGone() {
        String all = "External ID,User Name,department\n" + rows(1, 20, i -> id(i) + ",u" + i + ",Sales\n");
        String without = "External ID,User Name\n" + rows(1, 20, i -> id(i) + ",u" + i + "\n");
        isIn(unmapped(all, Map.of()), "new=20");
        isRefused(unmapped(without, Map.of()), "invalid-request", "department", "columns: changed");
        isIn(unmapped(without, Map.of("columns", "changed")), "changed=0", "unchanged=20");
        isIn(unmapped(without + "\n", Map.of()), "changed=0", "unchanged=20");
        isIn(unmapped(all.replace("u7,Sales", "u7,Board"), Map.of()), "changed=1", "unchanged=19");
        assertThat(profiles().get(id(7)).path("department").asText()).isEqualTo("Board");
    }

    @Test
    @DisplayName("formula status: a formula whose result isn't stored is invalid, and names its column")
    void formulaStatus() {
        mapping(MAPPING);
        isIn(snapshot(people(1, 3)), "new=3");
        byte[] book = new Workbook()
                .row("S", 1, "Employee ID", "Work Email", "Dept", "Status")
                .row("S", 2, id(1), "u1@example.com", "Sales", "Active")
                .row("S", 3, id(2), "u2@example.com", "Sales", "Active")
                .row("S", 4, id(3), "u3@example.com", "Sales", "<c><f>IF(E4&lt;TODAY(),\"Terminated\",\"\")</f></c>")
                .bytes();
        isRefused(put("snapshot", "p.xlsx", book, Map.of()), "invalid-users", "Status", "\"line\":4", "formula");
        assertThat(inOkta()).hasSize(3);
    }

    @Test
    @DisplayName("moved, JSON: the places are indexes, in the file's order")
    void movedJson() {
        isIn(put("snapshot", "p.json", json(5, ""), Map.of()), "new=5");
        String moved = new String(json(5, ""), StandardCharsets.UTF_8)
                .replace(id(2), "N-2")
                .replace(id(4), "N-4");
        JsonNode refused = put("snapshot", "p.json", utf8(moved), Map.of());
        isRefused(refused, "invalid-users");
        assertThat(refused.at("/problem/errors"))
                .extracting(error -> error.path("index").asInt())
                .containsExactly(1, 3);
        assertThat(refused.at("/problem/errors").toString()).doesNotContain("line");
    }

    @Test
    @DisplayName("held: the same people in another order, under another name, in another format, are the same people")
    void held() {
        mapping(MAPPING);
        isIn(snapshot(people(1, 20)), "new=20");
        String reordered = "Status;Dept;Work Email;Employee ID\r\n"
                + rows(1, 20, i -> "Active;Sales;U" + i + "@EXAMPLE.com;" + id(i) + "\r\n");
        isIn(put("snapshot", "export 2026-11-30.csv", utf8(reordered), Map.of()), "unchanged=20");
        isIn(put("snapshot", "p.xlsx", sheets(1, 20, "", 1, 0), Map.of()), "unchanged=20");
        String rest = people(2, 20);
        isRefused(snapshot(rest + "00001,u1@exa"), "invalid-users", "\"line\":21");
        for (String empty : new String[] {"", "\n\n", "\uFEFF", HEADER, HEADER + ",,,\n"}) {
            isRefused(put("snapshot", "p.csv", utf8(empty), Map.of()), "invalid-request");
        }
        isIn(snapshot(people(1, 20) + "\n"), "unchanged=20");
        assertThat(inOkta()).hasSize(20);
    }

    @Test
    @DisplayName("held: null, missing and empty are the same in JSON")
    void nothing() {
        isIn(put("snapshot", "p.json", json(5, ""), Map.of()), "new=5");
        String json = new String(json(5, ""), StandardCharsets.UTF_8);
        isIn(put("snapshot", "p.json", utf8(json + "\n"), Map.of()), "unchanged=5");
        isIn(
                put(
                        "snapshot",
                        "p.ndjson",
                        utf8(rows(
                                1,
                                5,
                                i -> "{\"externalId\":\"" + id(i) + "\",\"profile\":{\"userName\":\"u" + i
                                        + "@example.com\",\"title\":null}}\n")),
                        Map.of()),
                "unchanged=5");
    }

    @Test
    @DisplayName("held: an older file that comes later is superseded")
    void older() {
        mapping(MAPPING);
        var old = bucket.put("imports/" + app + "/snapshot/old.csv", utf8(HEADER + people(1, 10)));
        isIn(snapshot(people(1, 20)), "new=20");
        assertThat(old.imported().path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(inOkta()).hasSize(20);
    }
}
