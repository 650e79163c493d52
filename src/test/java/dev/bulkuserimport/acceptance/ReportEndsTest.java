package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** For each kind of end: what the report says, by its schema, and what a person reads on the page beside it. */
@QuarkusTest
@TestProfile(ReportEndsTest.Skipping.class)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("An import's end")
class ReportEndsTest {

    private static final Pattern VERDICT = Pattern.compile("<p class=\"verdict\">.*</span> (.*)</p>");
    private static int apps;

    /** Invalid users are skipped, and more than ten deactivations refused. */
    public static final class Skipping implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("import.invalid-users", "skip", "import.max-deactivations", "10");
        }
    }

    EmbeddedOkta okta;
    S3Client s3;
    private Bucket bucket;
    private String app;

    private record End(JsonNode report, String page, String answer) {

        String verdict() {
            Matcher verdict = VERDICT.matcher(page);
            assertThat(verdict.find()).isTrue();
            return verdict.group(1);
        }

        End holdsNoValues() {
            for (String value : new String[] {"isaac", "Brock", "Research"}) {
                assertThat(report.toString()).doesNotContain(value);
                assertThat(page).doesNotContain(value);
                assertThat(answer).doesNotContain(value);
            }
            return this;
        }
    }

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.of(s3, "report-ends");
        app = "0oaEnds" + apps++;
        okta.application(app);
    }

    private String key(String operation, String file) {
        return "imports/" + app + "/" + operation + "/" + file;
    }

    private End end(PutFile file) {
        Lambda.Result result = Lambda.invoke(file.event().toString());
        JsonNode report = file.report();
        return new End(
                report, bucket.text(report.path("page").asText()), result.json().toString());
    }

    private End end(String operation, String body, Map<String, String> metadata) {
        return end(bucket.put(key(operation, "people.csv"), body, metadata));
    }

    private static String csv(int users) {
        StringBuilder csv = new StringBuilder("External ID,User Name,Last Name,department\r\n");
        for (int i = 0; i < users; i++) {
            csv.append("E-" + i + ",isaac" + i + "@example.com,Brock,Research\r\n");
        }
        return csv.toString();
    }

    @Test
    @DisplayName("with everybody in says so")
    void allIn() {
        End end = end("create-and-update", csv(5), Map.of()).holdsNoValues();
        assertThat(end.report.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(end.verdict()).isEqualTo("All in");
        assertThat(end.page).contains("all 5 users").contains("COMPLETED (Okta is done)");
    }

    @Test
    @DisplayName("with some rejected names each by its line, and links the rows to mend")
    void partlyRejected() {
        End end = end(
                        "create-and-update",
                        csv(3) + "E-9,isaac@@example.com,\"Brock\",\r\nE-0,isaac9@example.com,,\r\n",
                        Map.of())
                .holdsNoValues();
        assertThat(end.verdict()).isEqualTo("In, but not everybody");
        assertThat(end.page).contains(">line 6<").contains(".rejected.csv\"");
        assertThat(end.report.path("rejectedCount").asInt()).isPositive();
    }

    @Test
    @DisplayName("before anything was sent says why")
    void refused() {
        End end = end("create-and-update", csv(2).replace("department", "Departement"), Map.of())
                .holdsNoValues();
        assertThat(end.verdict()).isEqualTo("Nothing was sent");
        assertThat(end.page).contains("invalid-request").contains("Departement");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("by a guard says how to let the file through")
    void guard() {
        StringBuilder leavers = new StringBuilder("externalId\n");
        for (int i = 0; i < 11; i++) {
            leavers.append("L-").append(i).append('\n');
        }
        End end = end("deactivate-and-delete", leavers.toString(), Map.of());
        assertThat(end.verdict()).isEqualTo("Stopped by a guard");
        assertThat(end.page).contains("max-deactivations");
    }

    @Test
    @DisplayName("by Okta's refusal repeats none of the values that Okta quotes")
    void quoting() {
        okta.fault(Fault.upload(Fault.Kind.QUOTING).times(9));
        End end = end("create-and-update", csv(4), Map.of()).holdsNoValues();
        assertReported(end.report).is("okta-rejected");
        assertThat(end.page).contains("okta-rejected");
    }

    @Test
    @DisplayName("by Okta's ending the session does not say more than Okta did")
    void endedByOkta() {
        okta.processing(app, Processing.error());
        End end = end("create-and-update", csv(4), Map.of()).holdsNoValues();
        assertThat(end.report.path("state").asText()).isEqualTo("FAILED");
        assertThat(end.verdict()).isEqualTo("Okta ended a session without completing it");
    }

    @Test
    @DisplayName("is put off while Okta doesn't answer, and after that it tells of both attempts")
    void takenOver() {
        PutFile file = bucket.put(key("create-and-update", "people.csv"), csv(5));
        okta.fault(Fault.status(503).on("POST").times(1_000));
        assertProblem(Lambda.invoke(file.event().toString())).is("okta-unavailable");
        assertThat(file.report().path("state").asText()).isEqualTo("RETRY");
        okta.heal();
        End end = end(file).holdsNoValues();
        assertThat(end.verdict()).isEqualTo("All in");
        assertThat(end.page).contains("an earlier one did not get through");
    }

    @Test
    @DisplayName("by a newer version says that nothing is to be done")
    void superseded() {
        String key = key("create-and-update", "people.csv");
        PutFile first = bucket.put(key, csv(5));
        bucket.put(key, csv(6));
        End end = end(first);
        assertThat(end.report.path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(end.verdict()).isEqualTo("Superseded by a newer version");
    }

    @Test
    @DisplayName("of a preview says how to do it in earnest")
    void preview() {
        End end = end("create-and-update", csv(5), Map.of("dry-run", "true")).holdsNoValues();
        assertThat(end.verdict()).isEqualTo("Preview: nothing was sent");
        assertThat(end.page).contains("dry-run");
        assertThat(okta.sessionsOf(app)).isEmpty();
    }
}
