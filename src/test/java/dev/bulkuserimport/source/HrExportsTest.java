package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.support.Schemas;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The page Your HR export")
class HrExportsTest {

    private static final Path PAGE = Path.of("src/docs/your-hr-export.md");
    private static final Path EXPORTS = Path.of("src/test/resources/hr-exports");

    /** A link to a file, and the block below it that shows the file. */
    private static final Pattern SHOWN =
            Pattern.compile("\\[[^]]+]\\(([^)]+)\\)\\n\\n```(?:json|csv)\\n(.*?)```", Pattern.DOTALL);

    private static final SchemaKnowledge SCHEMA = new SchemaKnowledge.Known(Schemas.of(
            "department",
            "costCenter",
            "title",
            "division",
            "location",
            "hireDate",
            "company",
            "manager",
            "displayName"));

    @Test
    @DisplayName("shows each example as it stands in its file, and leaves none out")
    void page() throws IOException {
        String page = Files.readString(PAGE);
        Matcher shown = SHOWN.matcher(page);
        TreeSet<String> files = new TreeSet<>();
        while (shown.find()) {
            Path file = PAGE.getParent().resolve(shown.group(1)).normalize();
            Charset encoding =
                    file.toString().contains("excel-report") ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
            assertThat(shown.group(2)).as(file.toString()).isEqualTo(Files.readString(file, encoding));
            files.add(EXPORTS.relativize(file).toString());
        }
        assertThat(files).hasSize((int)
                Pattern.compile("```(json|csv)\n").matcher(page).results().count());
        try (Stream<Path> all = Files.walk(EXPORTS)) {
            assertThat(files)
                    .isEqualTo(all.filter(file -> file.toString().endsWith(".json")
                                    || file.toString().endsWith(".csv"))
                            .map(file -> EXPORTS.relativize(file).toString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    static List<Path> systems() throws IOException {
        try (Stream<Path> folders = Files.list(EXPORTS)) {
            return folders.filter(folder -> Files.exists(folder.resolve("users.txt")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    @DisplayName("has a mapping that makes a system's export the right people")
    void people(Path system) throws IOException {
        String file = Files.exists(system.resolve("export.csv")) ? "export.csv" : "export.json";
        Imported imported = imported(system.resolve(file), system.resolve("mapping.json"));
        assertThat(imported.told()).isEmpty();
        assertThat(written(imported)).isEqualTo(Files.readAllLines(system.resolve("users.txt")));
    }

    @Test
    @DisplayName("never sends a password, and says which columns it didn't")
    void password() throws IOException {
        Path google = EXPORTS.resolve("google-workspace");
        Imported imported = imported(google.resolve("export.csv"), google.resolve("mapping.json"));
        assertThat(imported.users().toString()).doesNotContain("****");
        assertThat(imported.notes().ignoredColumns()).contains("Password [Required]", "Home Secondary Email");
    }

    @Test
    @DisplayName("has a sample for the first run, of 60 people")
    void sample() throws IOException {
        Path sample = Path.of("src/test/resources/samples/bamboohr");
        Imported imported = imported(sample.resolve("employees.csv"), sample.resolve("mapping.json"));
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users())
                .hasSize(58)
                .filteredOn(user -> user.size() == 1)
                .hasSize(3);
        assertThat(written(imported)).allMatch(user -> user.endsWith("deactivated") || user.contains("@example.com"));
    }

    private static Imported imported(Path export, Path mapping) throws IOException {
        return Imported.of(
                FileFormat.of(export.toString()).orElseThrow(),
                Files.readAllBytes(export),
                SCHEMA,
                false,
                Optional.of(Mapping.parse(Files.readAllBytes(mapping))));
    }

    private static List<String> written(Imported imported) {
        List<String> users = new ArrayList<>();
        for (Map<String, String> user : imported.users()) {
            StringBuilder line = new StringBuilder(user.get("externalId"));
            user.forEach((name, value) -> {
                if (!name.equals("externalId")) {
                    line.append(' ').append(name).append('=').append(value);
                }
            });
            users.add(line.append(user.size() == 1 ? " deactivated" : "").toString());
        }
        return users;
    }

    @Test
    @DisplayName("maps a payload's raw users too")
    void payload() throws IOException {
        byte[] payload = Files.readAllBytes(EXPORTS.resolve("payload/payload.json"));
        Imported imported = Imported.of("payload.json", payload, SCHEMA, false);
        assertThat(imported.told()).isEmpty();
        assertThat(written(imported))
                .containsExactly("1001 userName=bella.moreau@example.com firstName=Bella lastName=Moreau");
    }
}
