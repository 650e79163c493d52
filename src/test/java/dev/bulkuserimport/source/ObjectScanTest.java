package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.mapping.ColumnContent;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
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
                "[PERSON] | '' | id firstName workEmail"
            })
    @DisplayName("finds the list of people among others")
    void people(String document, String list, String columns) throws IOException {
        String json = document.replace("PERSON", PERSON).replace("FIELD", FIELD).replace('\'', '"');
        try (JsonParser parser = JsonInput.FACTORY.createParser(json)) {
            FileScan scan = new ObjectScan(parser).scan(false);
            assertThat(scan.list().orElse("''")).isEqualTo(list);
            assertThat(scan.columns().stream().map(ColumnContent::name)).containsExactly(columns.split(" "));
        }
    }
}
