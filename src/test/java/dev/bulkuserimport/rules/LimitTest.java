package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A limit")
class LimitTest {

    @ParameterizedTest(name = "{0} of {1} people allows {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | 100000 | 500",
                "500 | | 500",
                "0 | 1000 | 0",
                "5% | 1000 | 50",
                "5% | 1019 | 50",
                "5% | 10 | 5",
                "0% | 1000 | 5",
                "5% | | ",
                "0.5% | 10000 | 50",
                "500,5% | 100000 | 500",
                "500,5% | 1000 | 50",
                "5%,500 | 1000 | 50",
                "2,5% | 1000 | 2",
                "500,5% | | 500",
                "none | 1000 | ",
                "NONE | 1000 | ",
                "' 500 , 5 % ' | 1000 | 50"
            })
    void allows(String text, Integer known, Integer most) {
        OptionalInt people = known == null ? OptionalInt.empty() : OptionalInt.of(known);
        OptionalInt allowed = Limit.parse(text).orElseThrow().most(people);
        assertThat(allowed).isEqualTo(most == null ? OptionalInt.empty() : OptionalInt.of(most));
    }

    @ParameterizedTest(name = "{0} of a group of {1}, when all groups lose {2}, allows {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "50% | 4 | 6 | 2",
                "50% | 5 | 6 | 2",
                "50% | 4 | 5 | ",
                "3 | 10 | 1 | 3",
                "3,50% | 10 | 9 | 3",
                "8,50% | 10 | 9 | 5",
                "8,50% | 10 | 5 | 8",
                "none | 10 | 100 | ",
                "50% | | 100 | ",
                "8,50% | | 100 | 8"
            })
    void allowsOfGroup(String text, Integer members, int removals, Integer most) {
        OptionalInt known = members == null ? OptionalInt.empty() : OptionalInt.of(members);
        OptionalInt allowed = Limit.parse(text).orElseThrow().mostOfGroup(known, removals);
        assertThat(allowed).isEqualTo(most == null ? OptionalInt.empty() : OptionalInt.of(most));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"500 | 500", "5 % | 5%", "5%,500 | 500,5%", "NONE | none", "100% | 100%"})
    @DisplayName("is written in one form")
    void form(String text, String written) {
        assertThat(Limit.parse(text).orElseThrow()).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "5 people",
                "5%%",
                "101%",
                "5,5",
                "5%,5%",
                "500,5%,1",
                "500,",
                "1e3",
                "${MAX}",
                "nil",
                "99999999999"
            })
    @DisplayName("of any other form is none")
    void wrong(String text) {
        assertThat(Limit.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "500", "5%", "500,5%", "0.5%"})
    @DisplayName("is written as it is read")
    void written(String text) {
        assertThat(Limit.parse(text).orElseThrow()).hasToString(text);
    }
}
