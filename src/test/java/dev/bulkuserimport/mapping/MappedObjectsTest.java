package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A mapped object")
class MappedObjectsTest {

    private final RecordingSink sink = new RecordingSink(true);

    private MappedObjects read(String mapping, String users) throws IOException {
        MappedObjects objects = new MappedObjects(Mapping.parse(mapping.getBytes(StandardCharsets.UTF_8)), sink);
        try (JsonParser json = JsonInput.FACTORY.createParser(users)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                objects.read(json, 0);
            }
        }
        return objects;
    }

    @Test
    @DisplayName("becomes a record, numbers and flags digit for digit; nothing but what the mapping names")
    void record() throws IOException {
        MappedObjects objects = read(
                "{\"externalId\":\"id\",\"profile\":{\"userName\":{\"from\":\"mail\",\"lower\":true},\"level\":\"level\",\"vip\":\"vip\"}}",
                "[{\"mail\":\"A@example.com\",\"id\":1001,\"secret\":{\"id\":7},\"level\":1.10,\"vip\":true},"
                        + "{\"id\":\"1002\",\"mail\":null,\"other\":[]}]");
        assertThat(sink.records()).containsExactly("0 1001 userName=a@example.com level=1.10 vip=true", "0 1002");
        assertThat(objects.ignoredColumns()).isEqualTo(List.of("secret", "other"));
    }

    @Test
    @DisplayName("that is none, or holds a list where text is wanted, is an invalid record")
    void invalid() throws IOException {
        read(
                "{\"externalId\":\"id\",\"profile\":{\"name\":{\"join\":[\"first\",\"last\"]},\"x\":{\"from\":[\"x\",\"y\"]}}}",
                "[7,[{}],null,{\"id\":[1],\"first\":\"a\",\"last\":{}},{\"id\":\"1\",\"x\":\"v\",\"y\":[]},{\"id\":\"1\",\"id\":\"2\"}]");
        assertThat(sink.records())
                .containsExactly(
                        "0 no object",
                        "0 no object",
                        "0 no object",
                        "0 !externalId can't be derived from column id: the value is an array or an object, but Okta accepts only text"
                                + " !name can't be derived from columns first, last: the value is an array or an object,"
                                + " but Okta accepts only text",
                        "0 1 x=v",
                        "0 !has a member that the mapping names twice, or both a member and a path with the same name ? 2");
    }

    @Test
    @DisplayName("that doesn't tell whether it is skipped or deactivated is an invalid record")
    void undecided() throws IOException {
        read(
                "{\"externalId\":\"id\",\"profile\":{\"a\":\"a\"},\"skip\":{\"when\":\"type\",\"is\":[\"x\"]},"
                        + "\"deactivate\":{\"when\":\"left\",\"is\":[true]}}",
                "[{\"id\":\"1\",\"type\":[\"x\"]},{\"id\":\"2\",\"left\":true},{\"id\":\"3\",\"type\":\"X\"},"
                        + "{\"id\":\"4\",\"left\":{}}]");
        assertThat(sink.records()).hasSize(4);
        assertThat(sink.records().get(0)).contains("doesn't show whether the mapping's skip rule applies");
        assertThat(sink.records().get(1)).isEqualTo("0 deactivate 2");
        assertThat(sink.records().get(2)).isEqualTo("skip 3");
        assertThat(sink.records().get(3)).contains("doesn't show whether the mapping's deactivate rule applies");
    }

    @Test
    @DisplayName("may leave out what is null, but a name that no object of a file has is spelled wrong")
    void unmet() throws IOException {
        String mapping = "{\"externalId\":\"id\",\"profile\":{\"mail\":\"email\",\"hired\":\"Hire_Date\"}}";
        read(mapping, "[{\"id\":\"1\",\"email\":\"a\"},{\"id\":\"2\",\"Hire_Date\":\"x\"}]")
                .refuseUnmet();
        assertThatThrownBy(() -> read(mapping, "[{\"id\":\"1\",\"e-mail\":\"a\",\"Hire_Date\":\"x\"}]")
                        .refuseUnmet())
                .hasMessageContaining(
                        "email is a column that the mapping names, but no user has it; did you mean e-mail?");
        read(mapping, "[]").refuseUnmet();
    }

    @Test
    @DisplayName("may be nested: a column may be a path, and a member's own name comes first")
    void paths() throws IOException {
        MappedObjects objects = read(
                "{\"externalId\":\"id\",\"profile\":{\"department\":\"work.department\",\"city\":\"work.site.city\",\"no\":\"No.\"}}",
                "[{\"id\":\"1\",\"work\":{\"department\":\"Sales\",\"title\":\"x\",\"site\":{\"city\":\"Oslo\",\"zip\":1}},\"No.\":7,\"No\":8},{\"id\":\"2\",\"work.department\":\"R&D\",\"work\":{\"site\":null}},{\"id\":\"3\",\"work\":\"\"},{\"id\":\"4\",\"work\":[{\"department\":\"Sales\"}]},{\"id\":\"5\",\"work\":{\"department\":\"A\"},\"work.department\":\"B\"}]");
        objects.refuseUnmet();
        assertThat(sink.records())
                .containsExactly(
                        "0 1 department=Sales city=Oslo no=7",
                        "0 2 department=R&D",
                        "0 3",
                        "0 4 !department can't be derived from column work.department: the path leads through a value that is not an"
                                + " object !city can't be derived from column work.site.city: the path leads through a value that is"
                                + " not an object",
                        "0 !has a member that the mapping names twice, or both a member and a path with the same name ? 5"
                                + " department=B");
        assertThat(objects.ignoredColumns()).containsExactly("work.title", "work.site.zip", "No");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "urn:scim:2.0:User.department ! {'id':'1','urn:scim:2.0:User':{'department':'x','no':1}} ! urn:scim:2.0:User.no",
                "a.b.c ! {'id':'1','a':{'b.c':'x','b.d':'y'},'b.c':'z'} ! a.b.d b.c",
                "a.b.c ! {'id':'1','a.b':{'c':'x'},'a.b.d':'y','a.':'z'} ! a.b.d a.",
                "a.b.c ! {'id':'1','a.b.c':'x','y':0} ! y",
            })
    @DisplayName("has a column's path however its members' names divide it at the dots")
    void dottedNames(String column, String user, String ignored) throws IOException {
        MappedObjects objects = read(
                "{\"externalId\":\"id\",\"profile\":{\"department\":\"" + column + "\"}}",
                "[" + user.replace('\'', '"') + "]");
        objects.refuseUnmet();
        assertThat(sink.records()).containsExactly("0 1 department=x");
        assertThat(String.join(" ", objects.ignoredColumns())).isEqualTo(ignored);
    }

    @Test
    @DisplayName("has a member whatever the white space in its name")
    void spaces() throws IOException {
        read(
                "{\"externalId\":\"Employee  ID\",\"profile\":{\"a\":\"a\"}}",
                "[{\"Employee\\u00a0ID\":\"1\",\"a\":\"x\"},{\"Employee ID\":\"2\"}]");
        assertThat(sink.records()).containsExactly("0 1 a=x", "0 2");
    }
}
