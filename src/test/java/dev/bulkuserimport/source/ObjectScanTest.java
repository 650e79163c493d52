package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.ThreadMXBean;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.ColumnContent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The scan of a JSON document")
class ObjectScanTest {

    private static final String PERSON = "{'id':'101','firstName':'Ana','workEmail':'ana@example.com'}";
    private static final String FIELD = "{'id':'displayName','type':'text','name':'Display name','width':9}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'fields':[FIELD,FIELD],'employees':[PERSON]} | employees | id firstName workEmail",
                "{'employees':[PERSON],'fields':[FIELD,FIELD]} | employees | id firstName workEmail",
                "{'fields':[FIELD,FIELD],'data':{'entries':[PERSON]}} | data.entries | id firstName workEmail",
                "{'managers':[PERSON,PERSON],'employees':[PERSON]} | employees | id firstName workEmail",
                "{'departments':[{'id':1,'name':'HR'},{'id':2,'name':'IT'}],'Workers':[{'id':7}]} | Workers | id",
                "{'links':[{'href':'x'}],'list':[{'id':1,'code':'A'}]} | list | id code",
                "{'a':[{'id':1}],'b':[{'id':1},{'id':2}]} | b | id",
                "{'a':[{'id':1}],'b':[{'id':2}]} | a | id",
                "{'employees':[],'other':[{'id':1}]} | other | id",
                "{'errors':['x'],'other':[{'id':1}]} | other | id",
                "{'users':[PERSON],'groups':[{'id':1,'name':'x','a':1,'b':2}]} | '' | id firstName workEmail",
                "{'groups':[{'id':1,'name':'x','a':1,'b':2}],'users':[{'id':1}]} | '' | id",
                "{'users':[{'externalId':'E-0'}],'approvers':[PERSON]} | '' | externalId",
                "{'managers':[PERSON],'users':[{'externalId':'E-0','profile':{'unit':'A'}}]} | '' | externalId profile.unit",
                "{'users':[],'managers':[PERSON]} | managers | id firstName workEmail",
                "{'a':{'users':[{'id':1}]},'managers':[PERSON]} | managers | id firstName workEmail",
                "[PERSON] | '' | id firstName workEmail"
            })
    @DisplayName("finds the list of people among others")
    void people(String document, String list, String columns) throws IOException {
        String json = document.replace("PERSON", PERSON).replace("FIELD", FIELD).replace('\'', '"');
        FileScan scan = scan(json);
        assertThat(scan.list().orElse("''")).isEqualTo(list);
        assertThat(scan.columns().stream().map(ColumnContent::name)).containsExactly(columns.split(" "));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':[{'code':1,'dep':2}],'b':[PERSON]} | a | code dep",
                "{'b':[PERSON],'a':[{'code':1,'dep':2}]} | a | code dep",
                "{'users':[PERSON],'a':[{'code':1}]} | a | code",
                "{'a':{'b':{'c':{'d':{'e':{'f':{'g':[{'code':1}]}}}}}},'b':[PERSON]} | a.b.c.d.e.f.g | code",
                "{'a.b':[{'code':1}],'b':[PERSON]} | a.b | code",
                "{'a':[],'b':[PERSON]} | a | ''",
                "{'b':[PERSON]} | a | ''",
                "[{'code':1}] | a | code"
            })
    @DisplayName("reads no list but the one that the mapping names")
    void named(String document, String list, String columns) throws IOException {
        String json = document.replace("PERSON", PERSON).replace('\'', '"');
        assertThat(scan(json, Optional.of(list)).columns().stream()
                        .map(ColumnContent::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(columns.replace("''", ""));
    }

    private static FileScan scan(String json) throws IOException {
        return scan(json, Optional.empty());
    }

    private static FileScan scan(String json, Optional<String> named) throws IOException {
        try (JsonParser parser = JsonInput.FACTORY.createParser(json)) {
            return new ObjectScan(parser, named).scan(false);
        }
    }

    /** A list of one object with many members, and then lists of one object each. */
    private static String lists(int others, String last) {
        StringBuilder json = new StringBuilder("{\"first\":[{");
        for (int i = 0; i < 1_000; i++) {
            json.append(i == 0 ? "" : ",").append("\"attr " + i + "\":1");
        }
        json.append("}]");
        for (int i = 0; i < others; i++) {
            json.append(",\"" + i + "\":[{}]");
        }
        return json.append(last + "}").toString();
    }

    @Test
    @DisplayName("looks at what a list's columns mean once, however many other lists there are")
    void cost() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String few = lists(1, "");
        String many = lists(900, "");
        scan(few);
        long before = threads.getCurrentThreadAllocatedBytes();
        scan(few);
        long between = threads.getCurrentThreadAllocatedBytes();
        scan(many);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(after - between).isLessThan(2 * (between - before));
    }

    @Test
    @DisplayName("examines a thousand lists with objects, and any number of others")
    void mostLists() throws IOException {
        String people = (",'employees':[" + PERSON + "]").replace('\'', '"');
        assertThat(scan(lists(998, people)).list()).contains("employees");
        assertThat(scan(lists(999, people)).list()).contains("first");
        assertThat(scan(lists(2_000, people.replace("employees", "users"))).columns())
                .hasSize(3);
        assertThat(scan(lists(0, ",\"empty\":[]".repeat(2_000) + people)).list())
                .contains("employees");
    }
}
