package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An operation's arguments")
class ArgumentsTest {

    private static Arguments read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return Arguments.read(factory -> factory.createParser(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "5",
                "[]",
                "[{\"decision\":\"approve\"}]",
                "null",
                "true",
                "{} {}",
                "{}]",
                "{\"a\":",
                "{"
            })
    @DisplayName("are one JSON object")
    void malformed(String json) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> read(json))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.MALFORMED_PAYLOAD);
    }

    @Test
    @DisplayName("are texts, numbers, booleans and the name of an error")
    void texts() {
        assertThat(
                        read("{\"a\":\"x\",\"b\":7,\"c\":true,\"d\":null,\"e\":[1],\"error\":{\"Error\":\"States.Timeout\"}}")
                                .texts())
                .isEqualTo(Map.of("a", "x", "b", "7", "c", "true", "error", "States.Timeout"));
    }
}
