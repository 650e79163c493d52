package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.MetricLines;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Every import that is asked for is one line of the journal and one of metrics:")
class JournalIT {

    private static final String APP = "0oaJournal";
    private static int apps;

    EmbeddedOkta okta;
    S3Client s3;
    private final JournalLines journal = new JournalLines();
    private final MetricLines.Kept metrics = new MetricLines.Kept();
    private OktaSession session;
    private String app;

    @BeforeEach
    void session() {
        okta.reset();
        app = APP + apps++;
        session = okta.newSession(app);
        journal.taken();
        metrics.taken();
    }

    @AfterEach
    void close() {
        metrics.close();
        journal.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | malformed-payload",
                "nonsense | malformed-payload",
                "[] | malformed-payload",
                "{} | invalid-request",
                "{\"users\":[]} | invalid-request",
                "{\"importOperation\":\"Destroy\"} | invalid-request",
                "{\"idempotencyKey\":\"k\",\"users\":[]} | invalid-request",
                "{\"Records\":[{\"eventSource\":\"aws:dynamodb\"}]} | invalid-request",
                "{\"action\":\"check\"} | ",
                "{\"action\":\"nonsense\"} | ",
                "{\"Event\":\"s3:TestEvent\"} | "
            })
    @DisplayName("a direct one that can't be read, too; another operation is none")
    void direct(String event, String end) {
        Lambda.invoke(event);
        assertJournal(end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {} | false | /imports | invalid-request",
                "text/csv | {} | false | /imports | unsupported-media-type",
                "; | {} | false | /imports | unsupported-media-type",
                "application/json | '' | false | /imports | malformed-payload",
                "application/json | %%% | true | /imports | malformed-payload",
                "application/json | /w== | true | /imports | malformed-payload",
                "application/json | {} | false | /nothing | ",
                "application/json | {} | false | /applications | "
            })
    @DisplayName("one over HTTP whose body can't be read, too; a route that there isn't is none")
    void http(String type, String body, boolean base64, String path, String end) {
        ObjectNode event = Lambda.sample("http-api-v2")
                .put("rawPath", path)
                .put("body", body)
                .put("isBase64Encoded", base64);
        ((ObjectNode) event.get("headers")).put("content-type", type);
        Lambda.invoke(event.toString());
        assertJournal(end);
    }

    private void assertJournal(String end) {
        if (end == null) {
            assertNothing();
        } else {
            assertThat(journal.takenEnds()).containsExactly(end);
            assertMetrics(end);
        }
    }

    private void assertNothing() {
        assertThat(journal.taken()).isEmpty();
        assertThat(metrics.taken()).isEmpty();
    }

    /** A success is one that went as asked, and nothing else. */
    private JsonNode assertMetrics(String end) {
        boolean imported = end.equals("imported");
        List<JsonNode> lines = metrics.taken();
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.path("Imports").asInt()).isEqualTo(1);
            assertThat(line.path("FailedImports").asInt()).isEqualTo(imported ? 0 : 1);
            assertThat(line.path("problem").asText()).isEqualTo(imported ? "" : end);
        });
        return lines.get(0);
    }

    @Test
    @DisplayName("what is in of it, also when Okta breaks it off")
    void brokenOff() {
        okta.fault(Fault.status(400).after(2));
        Lambda.invoke(new Payload(app, session.id())
                .with("usersPerPage", 5)
                .users(0, 40)
                .toString());
        assertThat(journal.taken())
                .singleElement()
                .asString()
                .startsWith("okta-rejected applicationId=" + app + " sessionId=" + session.id())
                .contains("imported=" + session.users().size() + " ");
        assertMetrics("okta-rejected");
    }

    @ParameterizedTest
    @CsvSource({"false, imported, 2", "true, okta-rejected, 0"})
    @DisplayName("how many people a payload's mapping has deactivated, of which an alarm is made")
    void deactivatedByMapping(boolean refused, String end, int deactivated) {
        if (refused) {
            okta.fault(Fault.status(400).on("bulk-delete").times(9));
        }
        Lambda.invoke(new Payload(app, session.id())
                .with("mapping", Lambda.parse("""
                        {"externalId":"id","profile":{"userName":"login"},"deactivate":{"when":"status","is":["left"]}}"""))
                .user("{\"id\":\"E-1\",\"login\":\"a@example.com\",\"status\":\"here\"}")
                .user("{\"id\":\"E-2\",\"login\":\"b@example.com\",\"status\":\"left\"}")
                .user("{\"id\":\"E-3\",\"login\":\"c@example.com\",\"status\":\"left\"}")
                .toString());
        assertThat(assertMetrics(end).path("Deactivations").asInt()).isEqualTo(deactivated);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people.pdf | x | invalid-request",
                "people.csv | externalId,userName\\nE-1,\"open | malformed-payload",
                "people.csv | externalId,userName\\n | invalid-request",
                "people.csv | externalId,userName\\n,a\\n | invalid-users",
                "people.csv.gz | no gzip | malformed-payload",
                "people.csv | externalId,userName\\nE-1,a\\n | imported"
            })
    @DisplayName("a file's when its last attempt has ended, with whose file it was; its second delivery is none")
    void files(String name, String content, String end) {
        session.status("COMPLETED");
        PutFile file = Bucket.of(s3, "journal")
                .put("imports/" + app + "/create-and-update/" + name, content.replace("\\n", "\n"));
        file.deliver();
        file.deliver();
        String importId = file.report().path("importId").asText();
        assertThat(journal.taken())
                .singleElement()
                .asString()
                .startsWith(end + " applicationId=" + app + " ")
                .contains("operation=CREATE_AND_UPDATE")
                .endsWith(" importId=" + importId);
        assertThat(assertMetrics(end).path("importId").asText()).isEqualTo(importId);
    }

    @Test
    @DisplayName("an attempt that comes again has none yet")
    void comesAgain() {
        PutFile file = Bucket.of(s3, "journal")
                .put("imports/" + app + "/create-and-update/waits.csv", "externalId,userName\nE-1,a\n");
        assertThat(Lambda.invoke(file.event().toString()).isFunctionError()).isTrue();
        assertNothing();
        session.status("COMPLETED");
        file.deliver();
        assertJournal("imported");
    }

    @Test
    @DisplayName("what is no import has none")
    void noImport() {
        Lambda.invoke(S3Event.of("journal", "reports/x.json").toString());
        Lambda.invoke(S3Event.of("journal", "imports/mapping.json").toString());
        assertNothing();
    }
}
