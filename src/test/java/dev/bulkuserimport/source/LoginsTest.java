package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.support.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody goes out without a login among people who have one, in whatever form it is missing. */
@DisplayName("A file's person without a login")
class LoginsTest {

    private static final String MAPPING =
            "{'externalId':'externalId','profile':{'userName':'profile.userName','firstName':'profile.firstName'}}";

    private static SchemaKnowledge schema(String known) {
        return switch (known) {
            case "required" -> new SchemaKnowledge.Known(Imported.SCHEMA);
            case "optional" -> new SchemaKnowledge.Known(Schemas.of(Imported.SCHEMA.custom(), Set.of()));
            default -> new SchemaKnowledge.Unreadable("the scope is missing");
        };
    }

    private static String user(String login, int number) {
        String userName = login.equals("-") ? "" : "'userName':" + login + ",";
        return "{'externalId':'E-" + number + "','profile':{" + userName + "'firstName':'Ana'}}";
    }

    private static Imported imported(String format, String logins, String known, boolean skip) {
        String[] each = logins.split(" ");
        String[] users = new String[each.length];
        Arrays.setAll(users, i -> user(each[i], i));
        String name = format.equals("lines") ? "people.ndjson" : "people.json";
        String text = format.equals("lines") ? String.join("\n", users) : "[" + String.join(",", users) + "]";
        Optional<Mapping> mapping = format.equals("mapped")
                ? Optional.of(Mapping.parse(MAPPING.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
        return Imported.of(
                FileFormat.of(name).orElseThrow(),
                text.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                schema(known),
                skip,
                mapping);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "array  | 'a' null 'c' | required | 1",
                "array  | 'a' '' 'c'   | required | 1",
                "array  | 'a' - 'c'    | required | 1",
                "array  | null null    | required | 0 1",
                "array  | 'a' null -   | optional | 1 2",
                "array  | null 'b' ''  | optional | 0 2",
                "array  | - '' 'c' 'd' | optional | 0 1",
                "array  | 'a' null     | unreadable | 1",
                "lines  | null 'b' ''  | optional | 0 2",
                "lines  | 'a' null     | required | 1",
                "mapped | 'a' null     | required | 1",
                "mapped | '' 'b' -     | optional | 0 2",
                "mapped | '' 'b'       | unreadable | 0"
            })
    @DisplayName("is invalid, and is left out where invalid records are")
    void isInvalid(String format, String logins, String known, String expected) {
        List<Integer> numbers =
                Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList();

        Imported refused = imported(format, logins, known, false);
        assertThat(refused.users()).isEmpty();
        assertThat(refused.rejections().errors())
                .allSatisfy(error -> assertThat(error.field()).contains("userName"))
                .allSatisfy(error -> assertThat(error.message()).startsWith("is missing; "))
                .extracting(RecordError::index)
                .containsExactlyElementsOf(numbers);

        Imported skipped = imported(format, logins, known, true);
        assertThat(skipped.rejections().records()).isEqualTo(numbers.size());
        assertThat(skipped.users())
                .hasSize(logins.split(" ").length - numbers.size())
                .allSatisfy(user -> assertThat(user.get("userName")).isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"array", "lines"})
    @DisplayName("is valid where nobody has one, and the application doesn't require it")
    void nobody(String format) {
        assertThat(imported(format, "- null -", "optional", false).users())
                .extracting(user -> user.getOrDefault("userName", ""))
                .containsExactly("", "", "");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"null", "\"\""})
    @DisplayName("or without another property that the application requires is invalid")
    void others(String nothing) {
        String text = "[{'externalId':'E-1','profile':{'userName':'a','department':" + nothing + "}}]";
        Imported refused = Imported.of(
                FileFormat.of("people.json").orElseThrow(),
                text.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                new SchemaKnowledge.Known(Schemas.of(Imported.SCHEMA.custom(), Set.of("userName", "department"))),
                false);
        assertThat(refused.rejections().errors())
                .extracting(error -> Map.of(error.field().orElse(""), error.message()))
                .containsExactly(Map.of("department", "is missing; the application requires it"));
    }
}
