package dev.bulkuserimport.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of the files in {@code src/test/resources/cases/3} and the result that is right for it.
 *
 * @param name the file
 * @param right its entry in {@code expected.json}
 */
public record ExpectedCase(String name, JsonNode right) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What became of the file.
     *
     * @param users profiles by external ID, of those that were sent
     * @param gone external IDs that were deactivated
     * @param problem the problem's name; empty where the file went in
     * @param report everything that the report says, as JSON
     * @param notes the report's notes
     */
    public record Outcome(
            Map<String, Map<String, String>> users,
            Set<String> gone,
            Optional<String> problem,
            String report,
            List<String> notes) {}

    /** All cases, in the order of the file. */
    public static Stream<ExpectedCase> all() {
        List<ExpectedCase> cases = new ArrayList<>();
        try {
            JSON.readTree(bytes("expected.json"))
                    .fields()
                    .forEachRemaining(entry -> cases.add(new ExpectedCase(entry.getKey(), entry.getValue())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases.stream();
    }

    /** The file. */
    public byte[] bytes() {
        return bytes(name);
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
        right.path("users").fields().forEachRemaining(user -> {
            assertThat(outcome.users()).containsKey(user.getKey());
            user.getValue().fields().forEachRemaining(property -> assertThat(
                            outcome.users().get(user.getKey()))
                    .containsEntry(property.getKey(), property.getValue().asText()));
        });
        right.path("absent").fields().forEachRemaining(user -> {
            for (String property : texts(user.getValue())) {
                assertThat(outcome.users().getOrDefault(user.getKey(), Map.of()))
                        .doesNotContainKey(property);
            }
        });
        assertThat(outcome.gone()).containsAll(texts(right.path("gone")));
        if (right.has("never")) {
            assertThat(outcome.users().toString())
                    .doesNotContain(right.path("never").asText());
        }
        if (right.has("notes")) {
            assertThat(String.join("\n", outcome.notes()))
                    .containsPattern(Pattern.compile(right.path("notes").asText()));
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

    private static byte[] bytes(String name) {
        try (InputStream in = ExpectedCase.class.getResourceAsStream("/cases/3/" + name)) {
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
