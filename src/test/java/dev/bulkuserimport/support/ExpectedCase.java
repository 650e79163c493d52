package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.rules.Constraint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of the files in {@code src/test/resources/cases/3} or {@code cases/siblings} and the result that is right for it.
 *
 * @param folder its folder in {@code cases}
 * @param name the file
 * @param right its entry in {@code expected.json}, which may contain the file itself ({@code text}, {@code base64})
 */
public record ExpectedCase(String folder, String name, JsonNode right) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What became of the file.
     *
     * @param users profiles by external ID, of those that were sent
     * @param gone external IDs that were deactivated
     * @param problem the problem's name; empty where the file went in
     * @param report everything that the report says, as JSON
     * @param notes the report's notes
     * @param rejected the lines of the invalid records, where they were kept
     */
    public record Outcome(
            Map<String, Map<String, String>> users,
            Set<String> gone,
            Optional<String> problem,
            String report,
            List<String> notes,
            List<Long> rejected) {}

    /** The inputs that failed once, in the order of the file. */
    public static Stream<ExpectedCase> all() {
        return all("3");
    }

    /** Files of the same kinds that were made to try them: by other programs, with other words. */
    public static Stream<ExpectedCase> siblings() {
        return all("siblings");
    }

    private static Stream<ExpectedCase> all(String folder) {
        List<ExpectedCase> cases = new ArrayList<>();
        try {
            JSON.readTree(bytes(folder, "expected.json"))
                    .properties()
                    .forEach(entry -> cases.add(new ExpectedCase(folder, entry.getKey(), entry.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases.stream();
    }

    /** The file. */
    public byte[] bytes() {
        if (right.has("text")) {
            return right.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        return right.has("base64")
                ? Base64.getDecoder().decode(right.path("base64").asText())
                : bytes(folder, name);
    }

    /** Whether invalid records are left out. */
    public boolean skips() {
        return right.path("skip").asBoolean();
    }

    /** Custom properties of the application in addition to those of all cases, with what their values must be. */
    public Map<String, Constraint> types() {
        Map<String, Constraint> types = new LinkedHashMap<>();
        right.path("types").properties().forEach(type -> {
            JsonNode schema = type.getValue();
            types.put(
                    type.getKey(),
                    new Constraint(
                            Constraint.Type.of(schema.path("type").asText()),
                            schema.path("mutability").asText().equals("READ_ONLY"),
                            texts(schema.path("enum")),
                            schema.path("minLength").asInt(0),
                            schema.path("maxLength").asInt(Integer.MAX_VALUE)));
        });
        return types;
    }

    /** The folder of its operation. */
    public String operation() {
        return right.path("op").asText("create-and-update");
    }

    /** The {@code mapping.json} beside it. */
    public Optional<String> mapping() {
        return right.has("mapping") ? Optional.of(right.path("mapping").toString()) : Optional.empty();
    }

    /** Fails unless the outcome is the right one, or another one that is right too. */
    public void verify(Outcome outcome) {
        JsonNode other = right.path("orelse");
        if (other.has("problem") && outcome.problem().isPresent()) {
            verify(other, outcome);
        } else {
            verify(right, outcome);
        }
    }

    private static void verify(JsonNode right, Outcome outcome) {
        if (right.has("problem")) {
            assertThat(outcome.problem()).as(outcome.report()).isPresent();
            assertThat(texts(right.path("problem")))
                    .as(outcome.report())
                    .contains(outcome.problem().orElseThrow());
            assertThat(outcome.users()).isEmpty();
        } else {
            assertThat(outcome.problem()).as(outcome.report()).isEmpty();
        }
        // The patterns have a space after each colon.
        String report = outcome.report().replaceAll("\"\\s*:\\s*", "\": ");
        for (String pattern : texts(right.path("says"))) {
            assertThat(report).containsPattern(pattern);
        }
        right.path("users").properties().forEach(user -> {
            assertThat(outcome.users()).containsKey(user.getKey());
            user.getValue().properties().forEach(property -> assertThat(
                            outcome.users().get(user.getKey()))
                    .containsEntry(property.getKey(), property.getValue().asText()));
        });
        right.path("absent").properties().forEach(user -> {
            for (String property : texts(user.getValue())) {
                assertThat(outcome.users().getOrDefault(user.getKey(), Map.of()))
                        .doesNotContainKey(property);
            }
        });
        assertThat(outcome.gone()).containsAll(texts(right.path("gone")));
        for (String id : texts(right.path("notgone"))) {
            assertThat(outcome.gone()).doesNotContain(id);
        }
        for (String id : texts(right.path("absentusers"))) {
            assertThat(outcome.users()).doesNotContainKey(id);
        }
        if (right.has("rejected")) {
            assertThat(outcome.rejected())
                    .map(String::valueOf)
                    .containsExactlyElementsOf(texts(right.path("rejected")));
        }
        if (right.has("errorCount")) {
            assertThat(outcome.rejected()).hasSize(right.path("errorCount").asInt());
        }
        if (right.has("never")) {
            assertThat(outcome.users().toString())
                    .doesNotContain(right.path("never").asText());
        }
        if (right.has("notes")) {
            assertThat(String.join("\n", outcome.notes()))
                    .containsPattern(Pattern.compile(right.path("notes").asText()));
        }
        if (right.has("nonotes")) {
            assertThat(String.join("\n", outcome.notes()))
                    .doesNotContain(right.path("nonotes").asText());
        }
        if (right.has("quiet")) {
            assertThat(outcome.report()).doesNotContain(right.path("quiet").asText());
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static byte[] bytes(String folder, String name) {
        try (InputStream in = ExpectedCase.class.getResourceAsStream("/cases/" + folder + "/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
