package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.Suggestions;
import dev.bulkuserimport.support.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Looking for the nearest name costs time: 1.1 MB of unknown names once cost 19 seconds. */
@DisplayName(
        "Of many names that an application doesn't know, only the first 100 are looked for among those that it knows,")
class ManyUnknownNamesTest {

    private static final int NAMES = 150;

    /** The application's custom properties, which count how often somebody goes through all of them. */
    private static final class Counting extends LinkedHashMap<String, ApplicationSchema.Property> {
        private static final long serialVersionUID = 1;
        private int looks;

        @Override
        public Set<String> keySet() {
            looks++;
            return super.keySet();
        }
    }

    private final Counting known = new Counting();

    private static String names(String format) {
        return IntStream.range(0, NAMES).mapToObj(format::formatted).collect(Collectors.joining(","));
    }

    private void assertLookedFor(String name, String text, Optional<String> mapping) {
        known.put("department", Schemas.property("Department", "string"));
        ApplicationSchema schema = Schemas.of(known, Set.of("userName"));
        Problem problem;
        try {
            problem = Imported.of(
                            FileFormat.of(name).orElseThrow(),
                            text.getBytes(StandardCharsets.UTF_8),
                            new SchemaKnowledge.Known(schema),
                            false,
                            mapping.map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8))))
                    .problem()
                    .orElseThrow();
        } catch (ProblemException e) {
            problem = e.problem();
        }
        Map<String, Object> document = problem.document();
        assertThat((List<?>) document.get("errors")).hasSize(Problem.LISTED_ERRORS);
        assertThat(document).containsEntry("errorsCount", NAMES);
        assertThat(problem.detail()).endsWith("; and 50 more. Nothing was sent.");
        assertThat(document.get("errors").toString()).contains("did you mean department?");
        assertThat(known.looks).isEqualTo(Suggestions.MOST);
    }

    @Test
    @DisplayName("whether they stand in a header row")
    void columns() {
        assertLookedFor(
                "people.csv",
                "externalId,userName," + names("departmen%s") + "\nE-1,a@example.com\n",
                Optional.empty());
    }

    @Test
    @DisplayName("in the users of a JSON file")
    void properties() {
        assertLookedFor(
                "people.json",
                "[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a@example.com\"," + names("\"departmen%s\":\"x\"")
                        + "}}]",
                Optional.empty());
    }

    @Test
    @DisplayName("and of columns that a mapping names and a file lacks only the first 100 are listed too,")
    void columnsOfAMapping() {
        String mapping = "{\"externalId\":\"ID\",\"profile\":{\"userName\":{\"join\":[" + names("\"C%s\"") + "]}}}";
        Map<String, Object> document = Imported.mapped(
                        "people.csv", "ID,Login\nE-1,a@example.com\n".getBytes(StandardCharsets.UTF_8), mapping)
                .problem()
                .orElseThrow()
                .document();
        assertThat((List<?>) document.get("errors")).hasSize(Problem.LISTED_ERRORS);
        assertThat(document).containsEntry("errorsCount", NAMES);
    }

    @Test
    @DisplayName("or in a mapping")
    void mapping() {
        assertLookedFor(
                "people.csv",
                "ID,Login\nE-1,a@example.com\n",
                Optional.of("{\"externalId\":\"ID\",\"profile\":{\"userName\":\"Login\","
                        + names("\"departmen%s\":\"Login\"") + "}}"));
    }
}
