package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are found again however many there are, whether the table grew to them or was made for them. */
@DisplayName("A table of what came where")
class FirstOccurrencesTest {

    @ParameterizedTest(name = "{0} texts, {1} expected")
    @DisplayName("tells a text's first place, and nothing of one that never came")
    @CsvSource({
        "0, 0",
        "1, 0",
        "647, 0",
        "648, 0",
        "649, 0",
        "10000, 0",
        "10000, 10000",
        "10000, 3",
        "70000, 60000",
        "130000, 0"
    })
    void found(int texts, int expected) {
        FirstOccurrences places = new FirstOccurrences(expected);
        for (int i = 0; i < texts; i++) {
            assertThat(places.putIfAbsent("E-" + i, i)).isEqualTo(-1);
        }
        for (int i = 0; i < texts; i++) {
            assertThat(places.putIfAbsent("E-" + i, texts + i)).isEqualTo(i);
            assertThat(places.find("E-" + i)).isEqualTo(i);
        }
        assertThat(places.find("E-" + texts)).isEqualTo(-1);
    }
}
