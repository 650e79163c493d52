package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the expanded template")
class ExpandedTemplateTest {

    private static final JsonNode SOURCE = Template.read();
    private static final JsonNode EXPANDED = ExpandedTemplate.read();

    /** Properties that don't become part of a function's version. */
    private static final List<String> OUTSIDE = List.of("ReservedConcurrentExecutions", "Role", "DeploymentPreference");

    /** The parameters that a part of the template depends on, by references and by conditions. */
    private static Set<String> parameters(JsonNode part) {
        Set<String> found = new TreeSet<>();
        Matcher reference = Pattern.compile("\"Ref\":\"(\\w+)\"").matcher(part.toString());
        while (reference.find()) {
            found.add(reference.group(1));
        }
        Matcher condition =
                Pattern.compile("\"(?:Fn::If\":\\[|Condition\":)\"(\\w+)\"").matcher(part.toString());
        while (condition.find()) {
            found.addAll(parameters(SOURCE.path("Conditions").path(condition.group(1))));
        }
        found.removeIf(name -> !SOURCE.path("Parameters").has(name));
        return found;
    }

    /** The parameters that a function sees. */
    private static Set<String> seen(String function) {
        Set<String> seen = new TreeSet<>();
        for (JsonNode properties :
                List.of(SOURCE.at("/Globals/Function"), SOURCE.at("/Resources/" + function + "/Properties"))) {
            properties.properties().forEach(property -> {
                if (property.getKey().equals("Tracing")) {
                    seen.add("Tracing");
                } else if (!OUTSIDE.contains(property.getKey())) {
                    seen.addAll(parameters(property.getValue()));
                }
            });
        }
        return seen;
    }

    @Test
    @DisplayName("has a new version of a function for each parameter that the function sees, and for no other")
    void versions() {
        for (String function : List.of("ImportFunction", "FileFunction", "DecideFunction")) {
            String version = EXPANDED.at("/versions/" + function).asText();
            assertThat(EXPANDED.at("/template/Resources/" + version + "/Type").asText())
                    .isEqualTo("AWS::Lambda::Version");
            Set<String> changing = new TreeSet<>();
            EXPANDED.path("versionsAfterChange").properties().forEach(parameter -> {
                if (!parameter.getValue().path(function).asText().equals(version)) {
                    changing.add(parameter.getKey());
                }
            });
            assertThat(changing).isEqualTo(seen(function)).hasSizeGreaterThan(12);
        }
    }

    @Test
    @DisplayName("knows every parameter")
    void parameters() {
        Set<String> tried = new TreeSet<>();
        EXPANDED.path("versionsAfterChange").fieldNames().forEachRemaining(tried::add);
        Set<String> all = new TreeSet<>();
        SOURCE.path("Parameters").fieldNames().forEachRemaining(all::add);
        assertThat(tried).isEqualTo(all);
    }

    @Test
    @DisplayName("lets Lambda repeat no asynchronous invocation, of the alias or without it")
    void repeats() {
        Set<String> configured = new TreeSet<>();
        for (JsonNode resource : EXPANDED.at("/template/Resources")) {
            if (resource.path("Type").asText().equals("AWS::Lambda::EventInvokeConfig")) {
                JsonNode properties = resource.path("Properties");
                assertThat(properties.path("MaximumRetryAttempts").asInt(-1)).isZero();
                configured.add(properties.at("/FunctionName/Ref").asText() + " "
                        + properties.path("Qualifier").asText("live"));
            }
        }
        assertThat(configured)
                .containsExactly(
                        "DecideFunction $LATEST",
                        "DecideFunction live",
                        "FileFunction $LATEST",
                        "FileFunction live",
                        "ImportFunction $LATEST",
                        "ImportFunction live");
    }
}
