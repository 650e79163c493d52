package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordError;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A row of labels or types")
class StrayRowTest {

    private static final String PEOPLE = "Login,Name,Title\n";

    /** Reads a table with a mapping that names the columns of the external ID and the login, or without one: {@code -}. */
    private static Imported read(String text, String operation, String mapping) {
        String[] columns = mapping.split("/");
        Optional<Mapping> mapped = mapping.equals("-")
                ? Optional.empty()
                : Optional.of(Mapping.parse("{\"externalId\":\"%s\",\"profile\":{\"userName\":\"%s\"}}"
                        .formatted(columns[0], columns[1])
                        .getBytes(StandardCharsets.UTF_8)));
        return Imported.of(
                FileFormat.of("people.csv").orElseThrow(),
                text.getBytes(StandardCharsets.UTF_8),
                SchemaKnowledge.NOT_ASKED,
                true,
                mapped,
                operation.equals("delete") ? ImportOperation.DEACTIVATE_AND_DELETE : ImportOperation.CREATE_AND_UPDATE);
    }

    private static List<String> faults(Imported imported) {
        return imported.rejections().errors().stream().map(RecordError::message).toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "upsert | -             | External ID,User Name,First Name/string,string,string/E-1,a,Ana | 1",
                "upsert | PERNR/EMAIL   | PERNR,EMAIL,VORNA/Personnel Number,E-mail,First Name/17,a@x.example,Ana | 1",
                "delete | -             | External ID,Dept/VARCHAR(20),VARCHAR(50)/E-1,IT | 1",
                "delete | -             | External ID,Name/string,string/Employee ID,Name/E-1,Ana | 2",
                "upsert | -             | External ID,User Name,First Name/E-1,a,A/E-2,b,B/E-3,c,C/E-4,d,D/Employee ID,Work Email,Given Name | 1",
                "upsert | Employee Number/Login | Employee Number,Login/1,a/2,b/3,c/4,d/Employee No,Login/5,e | 1",
                "delete | -             | External ID,Name,Dept/E-1,a,IT/E-2,b,IT/E-3,c,IT/Name,External ID,Dept/E-4,d,IT | 1",
                "delete | -             | External ID,Address 1/E-1,a/E-2,b/E-3,c/Employee ID,Address 1/E-4,d | 1",
                "delete | -             | External ID,Name/E-1,a/E-2,b/E-3,c/VARCHAR(20),VARCHAR(50)/text,text | 2",
            })
    @DisplayName("is nobody wherever it stands, and stays refused for the same reason in a file of rejected rows")
    void isNobody(String operation, String mapping, String rows, int stray) {
        Imported first = read(rows.replace('/', '\n') + "\n", operation, mapping);
        assertThat(faults(first)).hasSize(stray).allMatch(fault -> fault.startsWith("is a repeated header row"));
        assertThat(first.users()).hasSize(rows.split("/").length - 1 - stray);

        Imported second = read(first.rejectedRows(), operation, mapping);
        assertThat(second.users()).isEmpty();
        assertThat(faults(second)).isEqualTo(faults(first));
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page,Page,Manager",
                "title,Title,Manager",
                "title,Title,Title",
                "name,Ana,Title",
                "manager,Manager,Department",
                "date,Date,Clerk",
                "text,,"
            })
    @DisplayName("is not a person who is called like a column")
    void isNoPerson(String person) {
        String rows = PEOPLE + "ann,Ann,Clerk\nbob,Bob,Clerk\ncyd,Cyd,Clerk\n" + person + "\n";
        assertThat(read(rows, "upsert", "Login/Login").users()).hasSize(4);
    }
}
