package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.support.JsonSchemas;
import dev.bulkuserimport.support.OpenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("openapi.yaml")
class OpenApiTest {

    private static final Path MAIN = Path.of("src", "main", "java", "dev", "bulkuserimport");

    /** A member that is added to a problem, where it is added. */
    private static final Pattern MEMBER = Pattern.compile("\\.with\\(\\s*\"(\\w+)\"");

    /** A limit of {@code plan.GuardKind}, with the members that name it and what it counts. */
    private static final Pattern LIMIT =
            Pattern.compile("\"IMPORT_MAX_\\w+\",\\s+\"[a-z-]+\",\\s+\"(\\w+)\",\\s+\"(\\w+)\"");

    @Test
    @DisplayName("describes every member that a problem has anywhere in the code")
    void problems() throws IOException {
        Set<String> members = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(MAIN)) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(source);
                // The page's bars and an answer's headers are built with the same word.
                if (code.contains("problem.Problem;") && !source.toString().contains("/report/Page")) {
                    MEMBER.matcher(code).results().forEach(found -> members.add(found.group(1)));
                }
                Matcher limit = LIMIT.matcher(code);
                while (limit.find()) {
                    members.add(limit.group(1));
                    members.add(limit.group(2));
                }
            }
        }
        members.remove("Allow");
        assertThat(members).hasSizeGreaterThan(25).contains("maxGroupRemovals", "groupsCount", "sessionStatus");
        Set<String> described = new TreeSet<>();
        OpenApi.document()
                .at("/components/schemas/Problem/properties")
                .fieldNames()
                .forEachRemaining(described::add);
        assertThat(described).containsAll(members);
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? OpenApi.document().at(node.get("$ref").asText().substring(1))
                : node;
    }

    /** Each operation, by its method and path. */
    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        OpenApi.document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        operations.put(operation.getKey() + " " + path.getKey(), operation.getValue());
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(14);
        return operations;
    }

    @Test
    @DisplayName("has the answers of whatever stands before a route, for every route")
    void gateway() {
        operations().forEach((name, operation) -> {
            for (String answer : List.of("401", "403", "429", "503", "default")) {
                assertThat(operation.path("responses").has(answer))
                        .as(name + " " + answer)
                        .isTrue();
            }
        });
    }

    @Test
    @DisplayName("tells of a kept answer wherever a request takes a key")
    void keptAnswers() {
        int keyed = 0;
        for (Map.Entry<String, JsonNode> operation : operations().entrySet()) {
            if (!operation.getValue().path("parameters").toString().contains("/IdempotencyKey\"")) {
                continue;
            }
            keyed++;
            operation.getValue().path("responses").properties().forEach(response -> {
                if (response.getKey().startsWith("2")) {
                    assertThat(resolved(response.getValue()).path("headers").has("Idempotency-Replayed"))
                            .as(operation.getKey())
                            .isTrue();
                }
            });
        }
        assertThat(keyed).isEqualTo(5);
    }

    @Test
    @DisplayName("has the page, for which nobody needs a token, and what is answered where there is none")
    void page() {
        JsonNode page = operations().get("get /");
        assertThat(page.path("security").isArray()).isTrue();
        assertThat(page.path("security")).isEmpty();
        assertThat(page.at("/responses/200/content").fieldNames())
                .toIterable()
                .containsExactly("text/html; charset=utf-8");
        assertThat(resolved(page.at("/responses/405"))
                        .at("/headers/Allow/required")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'users':[{'externalId':'E-1','profile':{'email':'a@example.com'}}]}                    | true",
                "{'users':[{'Worker_ID':17,'Name':{'First':'Ana'}}],'mapping':{'externalId':'Worker_ID'}} | true",
                "{'users':null}                                                                          | true",
                "{'users':['E-1']}                                                                       | false",
                "{'users':{}}                                                                            | false"
            })
    @DisplayName("takes users as they are, and with a mapping the objects of a source")
    void users(String payload, boolean valid) throws IOException {
        ObjectNode schema =
                OpenApi.document().at("/components/schemas/ImportPayload").deepCopy();
        schema.set("components", OpenApi.document().get("components"));
        ObjectNode given = (ObjectNode) new ObjectMapper().readTree(payload.replace('\'', '"'));
        given.put("applicationId", "0oa1").put("importOperation", "upsert").put("sessionId", "aps1");
        assertThat(JsonSchemas.of(schema).validate(given).isEmpty()).isEqualTo(valid);
    }
}
