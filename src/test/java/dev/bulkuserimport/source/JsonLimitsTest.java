package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A value over one of the limits of JSON")
class JsonLimitsTest {

    private static final String ANA = "{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"ana\"}}";

    static Stream<Arguments> values() {
        return Stream.of(
                        "\"title\":" + "1".repeat(1_200),
                        "\"title\":" + "[".repeat(JsonInput.MAX_NESTING) + "]".repeat(JsonInput.MAX_NESTING),
                        "\"title\":\"" + "x".repeat(JsonInput.MAX_STRING + 100_000) + "\"",
                        "\"" + "n".repeat(60_000) + "\":1")
                .map(member -> "{\"externalId\":\"E-2\",\"profile\":{\"userName\":\"bo\"," + member + "}}")
                .flatMap(user -> Stream.of(
                        Arguments.of("people.ndjson", ANA + "\n" + user + "\n" + ANA + "\n", 2),
                        Arguments.of("people.json", "[" + ANA + ",\n" + user + ",\n" + ANA + "]", 2),
                        Arguments.of("people.json", "{\"users\":[\n" + ANA + ",\n" + user + ",\n" + ANA + "]}", 3)));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("values")
    @DisplayName("is reported at its line and column")
    void located(String name, String text, int line) {
        Imported imported = Imported.of(
                FileFormat.of(name).orElseThrow(),
                text.getBytes(StandardCharsets.UTF_8),
                SchemaKnowledge.NOT_ASKED,
                false,
                Optional.empty(),
                ImportOperation.CREATE_AND_UPDATE);
        assertThat(imported.told())
                .startsWith("malformed-payload ")
                .contains("larger or more deeply nested", "(line " + line + ", column ", "line=" + line + ",")
                .doesNotContain("column=1}");
        Matcher column = Pattern.compile("column (\\d+)").matcher(imported.told());
        assertThat(column.find()).isTrue();
        assertThat(Integer.parseInt(column.group(1)))
                .as("within its line")
                .isLessThanOrEqualTo(text.split("\n")[line - 1].length() + 1);
    }
}
