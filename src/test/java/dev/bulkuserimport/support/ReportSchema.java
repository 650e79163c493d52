package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The schema of reports, held against real ones. For whoever reads reports it is open, since members may be added; here it is closed, so
 * that each new member is described.
 */
public final class ReportSchema {

    private static final JsonSchema CLOSED = schema("report.schema.json");
    private static final JsonSchema EVENT = schema("import-finished.schema.json");

    private static final JsonSchema DECISION = schema("decision-needed.schema.json");

    private ReportSchema() {}

    /** The report, which is one that the schema describes. */
    public static JsonNode checked(JsonNode report) {
        assertThat(CLOSED.validate(report)).as(report::toPrettyString).isEmpty();
        return report;
    }

    /** The detail of an event {@code Import Finished}, which is one that its schema describes. */
    public static JsonNode checkedEvent(JsonNode detail) {
        assertThat(EVENT.validate(detail)).as(detail::toPrettyString).isEmpty();
        return detail;
    }

    /** The detail of an event {@code Decision Needed}, which is one that its schema describes. */
    public static JsonNode checkedDecision(JsonNode detail) {
        assertThat(DECISION.validate(detail)).as(detail::toPrettyString).isEmpty();
        return detail;
    }

    private static JsonSchema schema(String file) {
        return JsonSchemas.of(closed(read(file)));
    }

    private static JsonNode read(String file) {
        try {
            return new ObjectMapper().readTree(Path.of("infra", file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same schema, in which an object has no members but those that are described; what openapi.yaml describes stays open. */
    private static JsonNode closed(JsonNode schema) {
        schema.forEach(ReportSchema::closed);
        boolean described = schema.has("properties") && !schema.has("additionalProperties");
        if (schema instanceof ObjectNode object
                && described
                && !schema.path("description").asText().contains("openapi.yaml")) {
            object.put("additionalProperties", false);
        }
        return schema;
    }
}
