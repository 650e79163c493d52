package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A CSV file with broken quotes")
class CsvTableTest {

    private static final String HEADER = "External ID,User Name,First Name\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "E-8,x,\"Ana\" x\\n                                              ! 2",
                "E-1,a,Ana\\nE-2,b,Bo\\nE-3,c,Cy\\nE-8,x,\"Ana\" x\\nE-9,y,Di\\n ! 5",
                "E-1,a,\"A\\nB\\nC\"\\nE-2,b,\"A\\nB\\nC\"\\nE-8,x,\"A\\nB\"C\\n    ! 8",
                "E-1,a,Ana\\n\\n\\nE-8,x,\"A\\nB\"C\\n                            ! 5",
                "E-1,a,Ana\\nE-8,x,\"A\\nB\\n                                    ! 3",
            })
    @DisplayName("is refused by the line on which the broken row begins")
    void line(String rows, int line) {
        for (String start : new String[] {"", "sep=,\n"}) {
            String csv = start + HEADER + rows.translateEscapes();
            Imported imported = Imported.of("people.csv", csv.getBytes(StandardCharsets.UTF_8));
            int expected = start.isEmpty() ? line : line + 1;
            assertThat(imported.told())
                    .startsWith("malformed-payload ")
                    .contains("begins on line " + expected, "line=" + expected + ",");
        }
    }
}
