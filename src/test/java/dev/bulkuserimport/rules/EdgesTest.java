package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A column's name")
class EdgesTest {

    @ParameterizedTest
    @DisplayName("is compared with each run of white space as one space, and nothing else changed")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Employee ID,Employee ID",
                "\" Employee \u00a0\u2003ID\u200b\",Employee ID",
                "\"Employee\r\nID\",Employee ID",
                "\"Employee\tID \",Employee ID",
                "Mit\u00adarbeiter,Mit\u00adarbeiter",
                "\"\u3000 \",\"\"",
                "\"a  b\u0085c\",a b c",
            })
    void oneSpaced(String name, String compared) {
        assertThat(Edges.oneSpaced(name)).isEqualTo(compared);
        assertThat(Edges.oneSpaced(compared)).isEqualTo(compared);
    }
}
