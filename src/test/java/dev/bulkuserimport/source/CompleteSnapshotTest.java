package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is missing from a snapshot is deactivated, so a file that says that it isn't everyone is none. */
@DisplayName("A snapshot is refused where")
class CompleteSnapshotTest {

    private static final String USER = "{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"ana\"}}";

    private static Imported imported(String name, byte[] bytes, Optional<String> mapping, ImportOperation operation) {
        return Imported.of(
                FileFormat.of(name).orElseThrow(),
                bytes,
                new SchemaKnowledge.Known(Imported.SCHEMA),
                false,
                mapping.map(json -> Mapping.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))),
                operation);
    }

    private static Imported json(String document, Optional<String> mapping) {
        return imported("people.json", document.getBytes(StandardCharsets.UTF_8), mapping, ImportOperation.SNAPSHOT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"hasMore\":true            | hasMore",
                "\"has_more\":\"true\"       | has_more",
                "\"nextLink\":\"/users?p=2\" | nextLink",
                "\"@odata.nextLink\":\"x\"   | @odata.nextLink",
                "\"__next\":\"x\"            | __next",
                "\"next\":{\"after\":\"1\"}  | next",
                "\"next\":[1,[2],{}]         | next",
                "\"next_page\":2             | next_page",
                "\"hasMore\":false           | ``",
                "\"hasMore\":\"False\"       | ``",
                "\"next\":null               | ``",
                "\"next\":\"\"               | ``",
                "\"next\":{}                 | ``",
                "\"next\":[]                 | ``",
                "\"next_page\":0             | ``",
                "\"next_page\":0.0           | ``",
                "\"paging\":{\"next\":\"x\"} | ``"
            })
    @DisplayName("a member beside the list, before or behind it, points to more")
    void pages(String member, String named) {
        for (String document :
                new String[] {"{" + member + ",\"users\":[" + USER + "]}", "{\"users\":[" + USER + "]," + member + "}"
                }) {
            if (named.isEmpty()) {
                assertThat(json(document, Optional.empty()).users()).hasSize(1);
            } else {
                assertThat(json(document, Optional.empty()).told())
                        .startsWith("invalid-request ")
                        .contains("field=" + named)
                        .contains("complete");
                assertThat(imported(
                                        "people.json",
                                        document.getBytes(StandardCharsets.UTF_8),
                                        Optional.empty(),
                                        ImportOperation.CREATE_AND_UPDATE)
                                .users())
                        .hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("a member beside a list that is in other objects points to more")
    void nested() {
        Optional<String> mapping =
                Optional.of("{'externalId':'id','profile':{'userName':'login'},'file':{'list':'d.results'}}");
        String list = "\"results\":[{\"id\":\"1\",\"login\":\"ana\"}]";
        assertThat(json("{\"d\":{" + list + ",\"__next\":\"x\"}}", mapping).told())
                .startsWith("invalid-request ")
                .contains("d.__next");
        assertThat(json("{\"d\":{" + list + "},\"@odata.nextLink\":\"x\"}", mapping)
                        .told())
                .startsWith("invalid-request ");
        assertThat(json("{\"e\":{\"__next\":\"x\"},\"d\":{" + list + "}}", mapping)
                        .users())
                .hasSize(1);
    }

    private static Workbook sheets(String... thirdHeader) {
        return new Workbook()
                .row("Norway", 1, "External ID", "User Name", "title")
                .row("Norway", 2, "E-1", "ana", "x")
                .row("Notes", 1, "Prepared", "by")
                .row("Notes", 2, "HR", "Kim")
                .row("Sweden", 1, thirdHeader)
                .row("Sweden", 2, "x", "E-2", "bo");
    }

    @Test
    @DisplayName("a workbook has more people in another sheet, under the same columns in any order")
    void sheets() {
        byte[] more = sheets("title", "externalId", "User  Name").bytes();
        assertThat(imported("people.xlsx", more, Optional.empty(), ImportOperation.SNAPSHOT)
                        .told())
                .startsWith("invalid-request ")
                .contains("Sweden")
                .doesNotContain("Notes")
                .contains("complete");
        assertThat(imported("people.xlsx", more, Optional.empty(), ImportOperation.CREATE_AND_UPDATE)
                        .users())
                .hasSize(1);
        String mapping = "{'externalId':'External ID','profile':{'userName':'User Name'}}";
        assertThat(imported("people.xlsx", more, Optional.of(mapping), ImportOperation.SNAPSHOT)
                        .told())
                .contains("Sweden");
        assertThat(imported(
                                "people.xlsx",
                                more,
                                Optional.of(mapping.replaceFirst(".$", ",'file':{'sheet':'norway '}}")),
                                ImportOperation.SNAPSHOT)
                        .users())
                .hasSize(1);
        assertThat(imported(
                                "people.xlsx",
                                sheets("title", "externalId", "Login").bytes(),
                                Optional.empty(),
                                ImportOperation.SNAPSHOT)
                        .users())
                .hasSize(1);
    }
}
