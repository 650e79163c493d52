package dev.bulkuserimport.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An import's metrics")
class MetricLineTest {

    private static JournalEntry entry(ImportOperation operation) {
        return new JournalEntry()
                .application("0oa1")
                .session("aps1")
                .operation(operation)
                .records(12);
    }

    private static JsonNode line(JournalEntry entry) throws Exception {
        String line = MetricLine.of(entry, true, Optional.empty());
        assertThat(line).doesNotContain("\n");
        return new ObjectMapper().readTree(line);
    }

    @Test
    @DisplayName("are valid Embedded Metric Format: every metric has its number, every dimension its value")
    void valid() throws Exception {
        JournalEntry entry =
                entry(ImportOperation.CREATE_AND_UPDATE).imported(11).rejected(1);
        entry.succeeded();
        JsonNode line = line(entry);
        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(line.at("/_aws/Timestamp").isNumber()).isTrue();
        assertThat(directive.path("Namespace").asText()).isEqualTo("BulkUserImport");
        assertThat(directive.path("Metrics")).isNotEmpty().allSatisfy(metric -> {
            assertThat(line.path(metric.path("Name").asText()).isNumber()).isTrue();
            assertThat(metric.path("Unit").asText()).isIn("Count", "Milliseconds");
        });
        directive
                .path("Dimensions")
                .forEach(set -> set.forEach(
                        name -> assertThat(line.path(name.asText()).isTextual()).isTrue()));
        assertThat(line.path("RecordsImported").asInt()).isEqualTo(11);
        assertThat(line.path("RecordsRejected").asInt()).isEqualTo(1);
        assertThat(line.path("FailedImports").asInt()).isZero();
        assertThat(line.path("Deactivations").asInt()).isZero();
    }

    @Test
    @DisplayName("count groups and memberships, where an import holds them")
    void groups() throws Exception {
        JournalEntry entry = entry(ImportOperation.CREATE_AND_UPDATE).groups(3, 40);
        JsonNode line = new ObjectMapper().readTree(MetricLine.of(entry, false, Optional.empty()));
        assertThat(line.path("GroupsImported").asInt()).isEqualTo(3);
        assertThat(line.path("MembershipsImported").asInt()).isEqualTo(40);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics").findValuesAsText("Name"))
                .contains("GroupsImported", "MembershipsImported");
    }

    @Test
    @DisplayName("count failures and deactivations")
    void failures() throws Exception {
        JournalEntry failed = entry(ImportOperation.DEACTIVATE_AND_DELETE);
        failed.failed(Problem.of(ProblemType.OKTA_REJECTED, "x").after(7, List.of()));
        JsonNode line = line(failed);
        assertThat(line.path("FailedImports").asInt()).isEqualTo(1);
        assertThat(line.path("Deactivations").asInt()).isEqualTo(7);
        assertThat(line.path("problem").asText()).isEqualTo("okta-rejected");
    }

    @Test
    @DisplayName("of one that can't be read, or that a bug ended, are a failure too")
    void crashed() throws Exception {
        JournalEntry unread = new JournalEntry();
        assertThat(line(unread).path("FailedImports").asInt()).isEqualTo(1);
        JournalEntry crashed = entry(ImportOperation.CREATE_AND_UPDATE);
        crashed.succeeded();
        crashed.crashed();
        JsonNode line = line(crashed);
        assertThat(line.path("FailedImports").asInt()).isEqualTo(1);
        assertThat(line.path("problem").asText()).isEqualTo("internal-error");
    }

    @Test
    @DisplayName(
            "have the ID of a file's import as a property and no dimension, so that one recorded twice can be told from two")
    void importId() throws Exception {
        JournalEntry entry = entry(ImportOperation.CREATE_AND_UPDATE).importId("0123abcd.hr-files");
        JsonNode line = line(entry);
        assertThat(line.path("importId").asText()).isEqualTo("0123abcd.hr-files");
        assertThat(line.path("_aws").toString()).doesNotContain("importId");
        assertThat(line(entry(ImportOperation.CREATE_AND_UPDATE)).has("importId"))
                .isFalse();
    }

    @Test
    @DisplayName("have the stack as a dimension, where there is one, so that a test stack rings no alarm of another")
    void stack() throws Exception {
        JournalEntry entry = entry(ImportOperation.CREATE_AND_UPDATE);
        JsonNode line = new ObjectMapper().readTree(MetricLine.of(entry, false, Optional.of("test-import")));
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                .isEqualTo("[[\"Stack\"],[\"Stack\",\"Operation\"]]");
        assertThat(line.path("Stack").asText()).isEqualTo("test-import");
        assertThat(line(entry).at("/_aws/CloudWatchMetrics/0/Dimensions").toString())
                .isEqualTo("[[],[\"Operation\"]]");
        assertThat(line(entry).has("Stack")).isFalse();
    }

    @Test
    @DisplayName("of an import whose end could not be learned count as neither a success nor a failure")
    void unconfirmed() throws Exception {
        JournalEntry entry = entry(ImportOperation.CREATE_AND_UPDATE);
        entry.unconfirmed();
        JsonNode line = line(entry);
        assertThat(line.path("UnconfirmedImports").asInt()).isEqualTo(1);
        assertThat(line.path("FailedImports").asInt()).isZero();
        assertThat(line.path("problem").asText()).isEmpty();
        assertThat(entry.outcome()).isEqualTo("unconfirmed");
    }

    @Test
    @DisplayName("of a preview that a guard would stop are no failure; of another dry run's problem they are")
    void preview() throws Exception {
        JournalEntry preview = entry(ImportOperation.SNAPSHOT).dryRun(true);
        preview.failed(Problem.of(ProblemType.DEACTIVATION_LIMIT_EXCEEDED, "x"));
        JsonNode line = line(preview);
        assertThat(line.path("FailedImports").asInt()).isZero();
        assertThat(line.path("dryRun").asBoolean()).isTrue();
        assertThat(line.path("problem").asText()).isEqualTo("deactivation-limit-exceeded");
        preview.failed(Problem.of(ProblemType.INVALID_USERS, "x"));
        assertThat(line(preview).path("FailedImports").asInt()).isEqualTo(1);
    }
}
