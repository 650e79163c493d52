package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The schema of reports, held against real ones. For whoever reads reports it is open, since members may be added; here it is closed, so
 * that each new member is described.
 */
public final class ReportSchema {

    private static final JsonSchema CLOSED =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(closed(read()));

    private ReportSchema() {}

    /** The report, which is one that the schema describes. */
    public static JsonNode checked(JsonNode report) {
        assertThat(CLOSED.validate(report)).as(report::toPrettyString).isEmpty();
        return report;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(Path.of("infra", "report.schema.json").toFile());
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
