package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("samconfig.toml.example")
class SamConfigTest {

    private static final Path EXAMPLE = Path.of("infra", "samconfig.toml.example");

    /** A key, and a value in quotes or without a space. Source: the SAM CLI's CfnParameterOverridesType. */
    private static final Pattern OVERRIDE = Pattern.compile(
            " ([A-Za-z0-9\"']+)=(\"(?:\\\\.|[^\"\\\\]+)*\"|'(?:\\\\.|[^'\\\\]+)*'|(?:\\\\.|[^ \"\\\\]+)+)");

    /** What the SAM CLI makes of an override; nothing where it refuses it. */
    private static Map<String, String> parsed(String override) {
        Map<String, String> values = new TreeMap<>();
        Matcher matcher = OVERRIDE.matcher(" " + override.strip());
        while (matcher.find()) {
            String value = matcher.group(2);
            boolean quoted =
                    value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'");
            values.put(matcher.group(1), quoted ? value.substring(1, value.length() - 1) : value);
        }
        return values;
    }

    @Test
    @DisplayName(
            "has overrides that the SAM CLI takes as they are written, for parameters that exist, with values that they allow")
    void overrides() throws IOException {
        JsonNode parameters = Template.read().path("Parameters");
        Matcher line = Pattern.compile("(?m)^  '(.*)',$").matcher(Files.readString(EXAMPLE));
        int count = 0;
        while (line.find()) {
            String override = line.group(1);
            Map<String, String> parsed = parsed(override);
            assertThat(parsed).as(override).hasSize(1);
            parsed.forEach((key, value) -> {
                assertThat(override.replace("\"", "")).isEqualTo(key + "=" + value);
                assertThat(parameters.has(key)).as(key).isTrue();
                String pattern = parameters.path(key).path("AllowedPattern").asText(".*");
                // An ellipsis is where the reader's own part goes.
                assertThat(value.replace("…", "x")).matches(pattern);
            });
            count++;
        }
        assertThat(count).isGreaterThan(5);
    }

    @Test
    @DisplayName("would not be parsed with an empty value without quotes, nor as written with a space")
    void rules() {
        assertThat(parsed("AlarmTopicArn=")).isEmpty();
        assertThat(parsed("AlarmTopicArn=\"\"")).containsExactly(Map.entry("AlarmTopicArn", ""));
        assertThat(parsed("MaxDeactivations=500, 5%")).containsExactly(Map.entry("MaxDeactivations", "500,"));
    }
}
