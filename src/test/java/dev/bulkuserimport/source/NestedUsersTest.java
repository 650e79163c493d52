package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Users inside nested objects")
class NestedUsersTest {

    private static Imported imported(String list, String json) {
        String mapping = "{'externalId':'id','profile':{'userName':'login','department':'work.dept'},'file':{'list':'"
                + list + "'}}";
        return Imported.mapped(
                "people.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), mapping.replace('\'', '"'));
    }

    private static final String PEOPLE =
            "[{'id':'1','login':'ana','work':{'dept':'Sales'}},{'id':'2','login':'bo','work':{}}]";

    @Test
    @DisplayName("are found by the mapping's path")
    void path() {
        Imported imported =
                imported("d.results", "{'d':{'__count':2,'other':{'results':[7]},'results':" + PEOPLE + "}}");
        assertThat(imported.users())
                .containsExactly(
                        Map.of("externalId", "1", "userName", "ana", "department", "Sales"),
                        Map.of("externalId", "2", "userName", "bo"));
        assertThat(imported("a.b.c", "{'x':[],'a':{'b':{'c':" + PEOPLE + "}}}").users())
                .hasSize(2);
    }

    @Test
    @DisplayName("may be in a member whose own name holds the point")
    void ownName() {
        assertThat(imported("d.results", "{'d':{},'d.results':" + PEOPLE + "}").users())
                .hasSize(2);
        assertThat(imported("d.results", "{'d.results':" + PEOPLE + "}").users())
                .hasSize(2);
    }

    @Test
    @DisplayName("that aren't there are reported with what is there instead")
    void missing() {
        assertThat(imported("d.results", "{'d':{'result':" + PEOPLE + "}}").told())
                .startsWith("invalid-request ")
                .contains("d.results is missing")
                .contains("d (an object)");
        assertThat(imported("d.results", "{'d':{'results':[]}}").told()).startsWith("invalid-request ");
    }

    @Test
    @DisplayName("come back as rejected rows")
    void rejected() {
        Imported imported = imported(
                "d.results",
                "{'d':{'results':[{'id':'1','login':'ana','work':{}},{'id':'NULL','login':'bo','work':{'dept':'x'}}]}}");
        assertThat(imported.told()).startsWith("invalid-users ");
        assertThat(imported.rejectedRows())
                .contains("rejectedBecause")
                .contains("\"bo\"")
                .doesNotContain("ana");
    }
}
