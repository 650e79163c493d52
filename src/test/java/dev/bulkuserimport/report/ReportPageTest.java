package dev.bulkuserimport.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each kind of end as a page, in a real browser: the pictures stand in {@code target/pages}. */
@DisplayName("A report's page")
class ReportPageTest {

    private static final Path PAGES = Path.of(System.getProperty("build.directory", "target"), "pages");
    private static JsonNode seen;

    @BeforeAll
    static void look() throws IOException, InterruptedException {
        Files.createDirectories(PAGES);
        for (Map.Entry<String, ReportView> sample : ReportSamples.all().entrySet()) {
            Files.write(PAGES.resolve(sample.getKey() + ".html"), ReportPage.of(sample.getValue()));
        }
        seen = Browser.look(PAGES);
    }

    private static JsonNode page(String name) {
        for (JsonNode page : seen) {
            if (page.path("file").asText().equals(name + ".html")
                    && page.path("look").asText().equals("wide")) {
                return page;
            }
        }
        throw new AssertionError("no page " + name);
    }

    @Test
    @DisplayName("has no accessibility violations, and can be read in light and in dark")
    void accessible() {
        assertThat(seen).hasSize(2 * ReportSamples.all().size());
        Map<String, String> violations = new LinkedHashMap<>();
        seen.forEach(page -> page.path("violations")
                .forEach(violation -> violations.put(
                        page.path("file").asText() + " " + page.path("look").asText(), violation.asText())));
        assertThat(violations).isEmpty();
    }

    @Test
    @DisplayName("loads nothing, runs nothing but its own script, and is never wider than the screen")
    void selfContained() {
        for (JsonNode page : seen) {
            String name = page.path("file").asText() + " " + page.path("look").asText();
            assertThat(page.path("requests")).as(name).isEmpty();
            assertThat(page.path("complaints")).as(name).isEmpty();
            assertThat(page.path("scripts").asInt()).as(name).isEqualTo(1);
            assertThat(page.path("tooWide").asInt()).as(name).isLessThanOrEqualTo(0);
            assertThat(page.path("title").asText()).as(name).isNotEqualTo("owned");
        }
    }

    @Test
    @DisplayName("says on top what kind of end it was, and below it what to do")
    void verdicts() {
        Map<String, String> verdicts = new HashMap<>();
        ReportSamples.all().forEach((name, view) -> {
            verdicts.put(name, Verdict.of(view).name());
            assertThat(page(name).path("heading").asText())
                    .endsWith(Verdict.of(view).label());
            assertThat(page(name).path("steps")).as(name).isNotEmpty();
        });
        assertThat(verdicts)
                .containsEntry("all-in", "ALL_IN")
                .containsEntry("partly-rejected", "PARTLY_IN")
                .containsEntry("refused", "REFUSED")
                .containsEntry("malformed", "REFUSED")
                .containsEntry("guard", "GUARDED")
                .containsEntry("to-decide", "TO_DECIDE")
                .containsEntry("unavailable", "COMES_AGAIN")
                .containsEntry("broken-off", "BROKEN_OFF")
                .containsEntry("taken-over", "ALL_IN")
                .containsEntry("superseded", "SUPERSEDED")
                .containsEntry("overtaken", "OVERTAKEN")
                .containsEntry("waiting", "WAITING")
                .containsEntry("waiting-all", "WAITING")
                .containsEntry("turn", "COMES_AGAIN")
                .containsEntry("interrupted", "COMES_AGAIN")
                .containsEntry("at-work", "AT_WORK")
                .containsEntry("crashed", "REFUSED")
                .containsEntry("leaver-still-there", "LOOK_CLOSER")
                .containsEntry("preview", "PREVIEW")
                .containsEntry("snapshot", "ALL_IN")
                .containsEntry("leavers", "LOOK_CLOSER")
                .containsEntry("ended-by-okta", "ENDED_BY_OKTA");
    }

    @Test
    @DisplayName("of a stopped file says what would happen and to whom, and how to decide, both ways")
    void decision() {
        JsonNode page = page("to-decide");
        assertThat(page.path("lead").asText())
                .isEqualTo(
                        "A guard has stopped this file, and nothing was sent. If you approve it, 1,204 people will be deactivated,"
                                + " 12 will be created, 40 will be changed, 3 will be active again and 7 memberships will be removed from"
                                + " groups.");
        String plan = "0123456789abcdef".repeat(4);
        String importId = "0123456789abcdef0123456789abcdef.hr-imports-123456789012";
        for (String choice : new String[] {"approve", "reject"}) {
            assertThat(page.path("text").asText())
                    .contains(
                            "aws lambda invoke --function-name 'hr-decide:live' --cli-binary-format raw-in-base64-out --payload"
                                    + " '{\"action\":\"decide\",\"importId\":\"" + importId + "\",\"decision\":\""
                                    + choice
                                    + "\",\"plan\":\"" + plan + "\",\"by\":\"YOUR NAME\"}' /dev/stdout",
                            "POST https://a1b2.execute-api.eu-central-1.amazonaws.com/imports/" + importId
                                    + "/decision {\"decision\":\"" + choice + "\",\"plan\":\"" + plan + "\"}");
        }
        assertThat(page.path("text").asText())
                .contains("The first 100 whom the guard counts", "<img src=x onerror=alert(1)>")
                .doesNotContain("aws s3 cp");
        assertThat(page.path("links")).extracting(JsonNode::asText).contains("people.csv.v1.changes.csv");
    }

    @Test
    @DisplayName("finds a rejected record among the first thousand")
    void search() {
        JsonNode found = page("refused").path("found");
        assertThat(found.path("before").asInt()).isEqualTo(1_000);
        assertThat(found.path("after").asInt()).isEqualTo(1);
        assertThat(found.path("status").asText()).endsWith("of 1000 shown");
    }

    @Test
    @DisplayName("links the report, the rejected rows and the source beside it")
    void links() {
        assertThat(page("partly-rejected").path("links"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "people.csv.v1.rejected.csv",
                        "../../imports/0oa1/create-and-update/people.csv",
                        "people.csv.v1.json");
    }

    @Test
    @DisplayName("tells its counts in words to who can't see the bar")
    void barsInWords() {
        assertThat(page("broken-off").path("bars").path(0).asText())
                .isEqualTo(
                        "The file's users: 6,400 accepted by Okta, 200 unknown: no answer arrived, 200 refused by Okta, 3,200 valid, not sent");
    }
}
