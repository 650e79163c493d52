package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.rules.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A mapped row")
class MappedRowsTest {

    static Stream<Arguments> applied() {
        return Specification.of("applied.yaml");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("becomes a record")
    void applied(JsonNode one) throws IOException {
        RecordingSink sink = new RecordingSink(!one.path("operation").asText().equals("deactivations"));
        MappedRows rows =
                new MappedRows(mapping(one.path("mapping").asText()), Specification.texts(one.path("columns")), sink);
        long line = 2;
        for (JsonNode row : one.path("rows")) {
            rows.row(line++, Specification.texts(row), List.of(), false);
        }
        assertThat(sink.records()).isEqualTo(Specification.texts(one.path("records")));
        if (one.has("ignored")) {
            assertThat(rows.ignoredColumns()).isEqualTo(Specification.texts(one.path("ignored")));
        }
    }

    private static Mapping mapping(String json) {
        return Mapping.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("that is broken as a whole is neither skipped nor deactivated, and says why")
    void broken() throws IOException {
        RecordingSink sink = new RecordingSink(true);
        MappedRows rows = new MappedRows(
                mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":\"A\"},\"skip\":{\"when\":\"A\",\"is\":[\"x\"]},"
                        + "\"deactivate\":{\"when\":\"A\",\"is\":[\"y\"]}}"),
                List.of("ID", "A"),
                sink);
        rows.row(2, List.of("E-1", "x", "surplus"), List.of(Fault.of("has 3 fields")), true);
        rows.row(3, List.of("E-2", "y", "surplus"), List.of(Fault.of("has 3 fields")), true);
        assertThat(sink.records()).containsExactly("2 !has 3 fields ? E-1 a=x", "3 !has 3 fields ? E-2 a=y");
    }

    @Test
    @DisplayName("needs all columns that the mapping names; each that is missing is told with the nearest")
    void missing() {
        Mapping mapping =
                mapping("{\"externalId\":\"Employee Number\",\"profile\":{\"userName\":{\"from\":[\"Work Email\","
                        + "\"Private\"]}},\"skip\":{\"when\":\"Type\",\"is\":[\"x\"]}}");
        assertThatThrownBy(() -> new MappedRows(
                        mapping, List.of("Employee number", "work_e-mail", "Zip"), new RecordingSink(true)))
                .hasMessageContaining(
                        "Employee Number is a column that the mapping names and the file lacks; did you mean"
                                + " Employee number?")
                .hasMessageContaining("Work Email is a column that the mapping names and the file lacks; did you mean"
                        + " work_e-mail?")
                .hasMessageContaining("Private is a column that the mapping names and the file lacks;")
                .hasMessageContaining("Type is a column that the mapping names and the file lacks");
    }

    @Test
    @DisplayName("needs a column that stands only once, if the mapping names it")
    void twice() {
        Mapping mapping = mapping("{\"externalId\":\"ID\",\"profile\":{\"a\":\"A\"}}");
        assertThatThrownBy(() -> new MappedRows(mapping, List.of("ID", "A", "A", "ID"), new RecordingSink(true)))
                .hasMessageContaining(
                        "A is a column that the mapping names and the header row has twice (columns 2 and 3)")
                .hasMessageContaining("ID is a column");
        assertThat(new MappedRows(
                                mapping,
                                List.of("ID", "A", "Note", "Note", "", "rejectedBecause"),
                                new RecordingSink(true))
                        .ignoredColumns())
                .containsExactly("Note", "Note");
    }

    @Test
    @DisplayName("needs a userName where the mapping makes one, and a profile where one is wanted")
    void required() {
        RecordingSink sink = new RecordingSink(true);
        new MappedRows(mapping("{\"externalId\":\"ID\",\"profile\":{\"userName\":\"ID\"}}"), List.of("ID"), sink);
        assertThat(sink.required()).containsExactly("userName");
        Mapping onlyIds = mapping("{\"externalId\":\"ID\"}");
        new MappedRows(onlyIds, List.of("ID"), new RecordingSink(false));
        assertThatThrownBy(() -> new MappedRows(onlyIds, List.of("ID"), new RecordingSink(true)))
                .hasMessageContaining("mapping.profile is missing");
    }
}
