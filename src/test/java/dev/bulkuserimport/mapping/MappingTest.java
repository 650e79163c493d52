package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A mapping")
class MappingTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> wrong() {
        return Specification.of("wrong.yaml");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("is refused with everything that is wrong, each with its path")
    void wrong(JsonNode one) {
        Problem problem = refused(utf8(one.path("mapping").asText()));
        Map<String, String> expected = new HashMap<>();
        one.path("errors")
                .properties()
                .forEach(error -> expected.put(error.getKey(), error.getValue().asText()));
        Map<String, String> said = errors(problem);
        assertThat(said.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, words) -> assertThat(said.get(path)).as(path).contains(words));
    }

    private static Problem refused(byte[] mapping) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> Mapping.parse(mapping));
        assertThat(refused).isNotNull();
        assertThat(refused.problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
        return refused.problem();
    }

    private static Map<String, String> errors(Problem problem) {
        Map<String, String> errors = new HashMap<>();
        for (Object error : (List<?>) problem.more().get("errors")) {
            Map<?, ?> members = (Map<?, ?>) error;
            errors.put((String) members.get("field"), (String) members.get("message"));
        }
        return errors;
    }

    @Test
    @DisplayName("of the contract's own example is right")
    void contract() throws IOException {
        try (var in = MappingTest.class.getResourceAsStream("/mappings/contract.json")) {
            Mapping mapping = Mapping.parse(in.readAllBytes());
            assertThat(mapping.properties())
                    .containsExactly(
                            "userName", "firstName", "displayName", "department", "startDate", "costCenter", "company");
            FileLayout file = mapping.file();
            assertThat(file.separator()).contains(';');
            assertThat(file.encoding()).contains(Charset.forName("windows-1252"));
            assertThat(file.skipLines()).isEqualTo(2);
            assertThat(file.sheet()).contains("Export");
            assertThat(file.list()).contains("Report_Entry");
        }
    }

    @Test
    @DisplayName("that says nothing of its file leaves all to the file")
    void untold() {
        assertThat(Mapping.parse(utf8("{\"externalId\":\"ID\"}")).file()).isEqualTo(FileLayout.UNTOLD);
    }

    @Test
    @DisplayName("may begin with a byte order mark")
    void mark() {
        assertThat(Mapping.parse(utf8("\uFEFF{\"externalId\":\"ID\"}")).columns())
                .containsExactly("ID");
    }

    @Test
    @DisplayName("in a payload is read up to its end, and no further")
    void inside() throws IOException {
        try (JsonParser json = JsonInput.FACTORY.createParser("{\"mapping\":{\"externalId\":\"ID\"},\"users\":[]}")) {
            json.nextToken();
            json.nextToken();
            json.nextToken();
            Mapping.read(json);
            assertThat(json.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(json.nextFieldName()).isEqualTo("users");
        }
    }

    @Test
    @DisplayName("is bounded in bytes, values and errors")
    void bounded() {
        assertThat(errors(refused(new byte[1_000_001]))).containsOnlyKeys("mapping");
        StringBuilder values = new StringBuilder("{\"externalId\":{\"from\":\"ID\",\"values\":{\"0\":\"0\"");
        for (int i = 1; i < 50_000; i++) {
            values.append(",\"").append(i).append("\":\"0\"");
        }
        assertThat(errors(refused(utf8(values + "}}}")))).containsOnlyKeys("mapping");
        StringBuilder wrong = new StringBuilder("{\"externalId\":\"ID\",\"profile\":{\"p\":\"A\"");
        for (int i = 0; i < 900; i++) {
            wrong.append(",\"p").append(i).append("\":7");
        }
        Problem problem = refused(utf8(wrong + "}}"));
        assertThat(errors(problem)).hasSize(100);
        assertThat(problem.more()).containsEntry("errorsCount", 900);
    }

    @Test
    @DisplayName("in another encoding than UTF-8 is refused, not misread")
    void encoding() {
        byte[] mapping = "{\"externalId\":\"Schl\u00fcssel\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(errors(refused(mapping))).containsOnlyKeys("mapping");
    }
}
