package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.support.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds proposals against what a person would map; the table is {@code target/proposals.md}. */
@DisplayName("A proposed mapping")
class ProposalsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final List<String> TABLE =
            new ArrayList<>(List.of("| file | right | to map | open | wrong | more |", "|---|---|---|---|---|---|"));

    /** How many columns were proposed as a person would map them, how many were left open, which were confused, and which a person leaves out. */
    private static final class Score {
        private int right;
        private int all;
        private final List<String> open = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> more = new ArrayList<>();

        void add(String file, Map<String, Set<String>> person, Map<String, String> proposed) {
            Score one = new Score();
            person.forEach((property, columns) -> {
                String column = proposed.get(property);
                one.all++;
                if (column == null) {
                    one.open.add(property);
                } else if (columns.contains(column)) {
                    one.right++;
                } else {
                    one.wrong.add(property + "=" + column);
                }
            });
            proposed.forEach((property, column) -> {
                if (!person.containsKey(property)) {
                    one.more.add(property + "=" + column);
                }
            });
            TABLE.add("| " + file + " | " + one.right + " | " + one.all + " | " + String.join(", ", one.open) + " | "
                    + String.join(", ", one.wrong) + " | " + String.join(", ", one.more) + " |");
            right += one.right;
            all += one.all;
            one.open.forEach(property -> open.add(file + ": " + property));
            one.wrong.forEach(property -> wrong.add(file + ": " + property));
            more.addAll(one.more);
        }

        void check() {
            TABLE.add("| *together* | " + right + " | " + all + " | " + open.size() + " | " + wrong.size() + " | "
                    + more.size() + " |");
            assertThat(wrong).noneMatch(line -> line.contains(": externalId=") || line.contains(": userName="));
            assertThat(more).noneMatch(line -> line.startsWith("externalId=") || line.startsWith("userName="));
            assertThat(right * 10)
                    .as("%d of %d right, open %s, wrong %s", right, all, open, wrong)
                    .isGreaterThanOrEqualTo(all * 9);
        }
    }

    @AfterAll
    static void write() throws IOException {
        Files.write(Path.of(System.getProperty("build.directory", "target"), "proposals.md"), TABLE);
    }

    private static String notes(String csv) throws IOException {
        return answer("people.csv", csv.getBytes(StandardCharsets.UTF_8), InspectionTest.SCHEMA)
                .path("notes")
                .toString();
    }

    private static JsonNode answer(String name, byte[] content, ApplicationSchema schema) throws IOException {
        byte[] body = JsonOutput.bytes(
                Map.of("fileName", name, "content", Base64.getEncoder().encodeToString(content)));
        InspectRequest request =
                InspectRequest.read(json -> json.createParser(body), Optional.of("0oa3l6l6WK6h0R0QW0g4"));
        return JSON.readTree(
                JsonOutput.bytes(new Inspection(false).inspect(request, new SchemaKnowledge.Known(schema))));
    }

    private static Map<String, String> proposed(String name, byte[] content, ApplicationSchema schema)
            throws IOException {
        Map<String, String> proposed = new TreeMap<>();
        for (JsonNode property : answer(name, content, schema).path("properties")) {
            if (!property.path("from").isNull()) {
                proposed.put(
                        property.path("name").asText(), property.path("from").asText());
            }
        }
        return proposed;
    }

    /** {@code property=Column; property=Column or Column} */
    private static Map<String, Set<String>> person(String line) {
        Map<String, Set<String>> columns = new TreeMap<>();
        for (String pair : line.split("; ")) {
            String[] parts = pair.strip().split("=", 2);
            columns.put(parts[0], Set.copyOf(Arrays.asList(parts[1].split(" or "))));
        }
        return columns;
    }

    @Test
    @DisplayName(
            "has nine of ten columns of systems in eight languages as a person maps them, and neither ID nor login wrong")
    void exports() throws IOException {
        Score score = new Score();
        for (String export :
                Files.readString(RESOURCES.resolve("proposals/exports.txt")).split("\n== ")) {
            if (export.startsWith("#")) {
                continue;
            }
            String[] head = export.split("\n", 2);
            String[] of = head[0].split(" \\| ");
            String[] parts = head[1].split("\n-> ");
            score.add(
                    of[1] + " (" + of[2] + ")",
                    person(parts[1].strip()),
                    proposed(
                            "people." + of[0],
                            (parts[0] + "\n").getBytes(StandardCharsets.UTF_8),
                            InspectionTest.SCHEMA));
        }
        score.check();
    }

    @Test
    @DisplayName("fits the inputs that tools and people damage, whether or not an import takes them")
    void cases() throws IOException {
        ApplicationSchema schema = Schemas.of("department", "costCenter", "employeeNumber", "title");
        Score score = new Score();
        for (String line : Files.readAllLines(RESOURCES.resolve("proposals/cases.txt"))) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(" \\| ");
                byte[] content = Files.readAllBytes(RESOURCES.resolve("cases").resolve(parts[0]));
                score.add(parts[0], person(parts[1]), proposed(parts[0], content, schema));
            }
        }
        score.check();
    }

    @Test
    @DisplayName("is what the mappings in the documentation say")
    void documented() throws IOException {
        Score score = new Score();
        try (Stream<Path> systems = Files.list(RESOURCES.resolve("hr-exports"))) {
            for (Path system : systems.filter(folder -> Files.exists(folder.resolve("users.txt")))
                    .sorted()
                    .toList()) {
                Path file = Files.exists(system.resolve("export.csv"))
                        ? system.resolve("export.csv")
                        : system.resolve("export.json");
                JsonNode mapping = JSON.readTree(system.resolve("mapping.json").toFile());
                Map<String, Set<String>> person =
                        new TreeMap<>(Map.of("externalId", columns(mapping.path("externalId"))));
                mapping.path("profile").properties().forEach(property -> {
                    Set<String> columns = columns(property.getValue());
                    // A constant is no column, and a column of logins does as well as the address.
                    if (!columns.isEmpty()) {
                        person.put(property.getKey(), property.getKey().equals("userName") ? login(columns) : columns);
                    }
                });
                score.add(
                        system.getFileName().toString(),
                        person,
                        proposed(file.toString(), Files.readAllBytes(file), InspectionTest.SCHEMA));
            }
        }
        score.check();
    }

    private static Set<String> login(Set<String> columns) {
        return Stream.concat(columns.stream(), Stream.of("username", "Username"))
                .collect(Collectors.toSet());
    }

    /** The columns that a rule names; a join is no column. */
    private static Set<String> columns(JsonNode rule) {
        JsonNode from = rule.isObject() ? rule.path("from") : rule;
        Set<String> columns = new TreeSet<>();
        if (from.isTextual()) {
            columns.add(from.asText());
        }
        from.forEach(column -> columns.add(column.asText()));
        return columns;
    }

    @Test
    @DisplayName("explains why an external ID is proposed, or isn't")
    void remarks() throws IOException {
        assertThat(notes("Employee ID,Work Email\n1,a@example.com\n1,b@example.com\n,c@example.com\n"))
                .isEqualTo(
                        "[\"The column Employee ID looks like the external ID, but isn't proposed: of its 3 cells 1 is empty,"
                                + " and 1 repeats a value of an earlier one.\"]");
        assertThat(notes("Employee ID,Work Email\n1,a@example.com\n2,b@example.com\n"))
                .isEqualTo(
                        "[\"The external ID is proposed from the column Employee ID and not from an email address, because"
                                + " addresses change.\"]");
        assertThat(notes("External ID,User Name\n1,a@example.com\n")).isEqualTo("[]");
    }

    @Test
    @DisplayName("names a status column in which it recognizes nobody who has left, unless something else tells that")
    void undecidedStatus() throws IOException {
        String undecided =
                "The column Status may say who has left, but none of its values is known to mean it. If people"
                        + " who have left are in the file, add a rule deactivate to the mapping: without one, they are imported as"
                        + " active.";
        assertThat(notes("External ID,User Name,Status\n1,a@example.com,ZA\n2,b@example.com,ZX\n"))
                .isEqualTo("[\"" + undecided + "\"]");
        for (String decided : List.of(
                "External ID,User Name,Status\n1,a@example.com,ZA\n2,b@example.com,Left\n",
                "External ID,User Name,Status\n1,a@example.com,ZA\n2,b@example.com,ZA\n",
                "External ID,User Name,Status,Termination Date\n1,a@example.com,ZA,2026-11-30\n2,b@example.com,ZX,\n",
                "External ID,User Name,Assignment Status\n1,a@example.com,ACTIVE_PROCESS\n2,b@example.com,INACTIVE_PROCESS\n")) {
            assertThat(notes(decided)).as(decided).isEqualTo("[]");
        }
    }

    @Test
    @DisplayName("leaves groups to the person, and says which columns could be some")
    void groups() throws IOException {
        String csv =
                "Employee ID,Work Email,First Name,Department,Status,Site,Nickname,Team\n1,a@example.com,Ana,Sales,Active,Oslo,A,\n"
                        + "2,b@example.com,Ana,Sales,Active,Oslo,B,\n3,c@example.com,Ana,R&D,Active,Oslo,C,\n4,d@example.com,Ana,R&D,Left,Oslo,D,\n";
        JsonNode answer = answer("people.csv", csv.getBytes(StandardCharsets.UTF_8), InspectionTest.SCHEMA);
        assertThat(answer.path("groupColumns").toString()).isEqualTo("[\"Department\",\"Site\"]");
        assertThat(answer.path("mapping").has("groups")).isFalse();
    }
}
