package dev.bulkuserimport.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.request.ImportOperation;
import dev.bulkuserimport.request.ImportOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An import's metrics")
class MetricLineTest {

    private static ImportRecord record(ImportOperation operation) {
        return new ImportRecord(new ImportOptions("0oa1", operation, "aps1", 200, false, false), 12);
    }

    private static JsonNode line(ImportRecord record) throws Exception {
        String line = MetricLine.of(record, true);
        assertThat(line).doesNotContain("\n");
        return new ObjectMapper().readTree(line);
    }

    @Test
    @DisplayName("are valid Embedded Metric Format: every metric has its number, every dimension its value")
    void valid() throws Exception {
        ImportRecord record = record(ImportOperation.CREATE_AND_UPDATE);
        record.succeeded(11, 1, "aps1");
        JsonNode line = line(record);
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
    @DisplayName("count failures and deactivations")
    void failures() throws Exception {
        ImportRecord failed = record(ImportOperation.DEACTIVATE_AND_DELETE);
        failed.failed(Problem.of(ProblemType.OKTA_REJECTED, "x").withRecordsImported(7), "aps1");
        JsonNode line = line(failed);
        assertThat(line.path("FailedImports").asInt()).isEqualTo(1);
        assertThat(line.path("Deactivations").asInt()).isEqualTo(7);
        assertThat(line.path("problem").asText()).isEqualTo("okta-rejected");
    }
}
