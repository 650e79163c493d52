package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.support.Schemas;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A schema's constraint")
class ConstraintTest {

    private static Optional<String> fault(Constraint constraint, String value) {
        Optional<Fault> fault = constraint.fault(("<" + value + ">").toCharArray(), 1, value.length());
        return fault.map(Fault::message);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "string, anything, -",
                "array, anything, -",
                "integer, 5, -",
                "integer, -12, -",
                "integer, +12, -",
                "integer, 5.0, -",
                "integer, 00123, -",
                "integer, 123456789012345678901234567890, -",
                "integer, 5.5, whole number",
                "integer, '5,0', whole number",
                "integer, five, whole number",
                "integer, '', whole number",
                "integer, 5., whole number",
                "integer, 1.00012E+11, shortened",
                "integer, 1E5, shortened",
                "number, 5, -",
                "number, 5.25, -",
                "number, .5, -",
                "number, -5., -",
                "number, '5,25', must be a number",
                "number, 1.2.3, must be a number",
                "number, 1e-3, shortened",
                "number, NaN, must be a number",
                "boolean, true, -",
                "boolean, FALSE, -",
                "boolean, yes, true or false",
                "boolean, 1, true or false"
            })
    @DisplayName("holds a value to its type")
    void types(String type, String value, String fault) {
        Constraint constraint = Schemas.property("Title", type).constraint();
        if (fault == null) {
            assertThat(fault(constraint, value)).isEmpty();
        } else {
            assertThat(fault(constraint, value)).get().asString().contains(fault);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2, 4, ab, -",
                "2, 4, abcd, -",
                "2, 4, a, has 1 characters; the application's schema allows 2 to 4",
                "2, 4, abcde, 2 to 4",
                "0, 3, abcd, at most 3",
                "3, 2147483647, ab, at least 3",
                "0, 2, \uD83D\uDE00\uD83D\uDE00, -"
            })
    @DisplayName("holds a value to its length in characters")
    void lengths(int least, int most, String value, String fault) {
        Constraint constraint = new Constraint(Constraint.Type.TEXT, false, List.of(), least, most);
        if (fault == null) {
            assertThat(fault(constraint, value)).isEmpty();
        } else {
            assertThat(fault(constraint, value)).get().asString().contains(fault);
        }
    }

    @Test
    @DisplayName("holds a value to the list of those that are allowed")
    void allowed() {
        Constraint texts = new Constraint(Constraint.Type.TEXT, false, List.of("Full Time", "Part Time"), 0, 100);
        assertThat(fault(texts, "Full Time")).isEmpty();
        assertThat(fault(texts, "full time")).get().asString().contains("enum").doesNotContain("full time");
        Constraint numbers = new Constraint(Constraint.Type.INTEGER, false, List.of("1", "2", "x"), 0, 100);
        assertThat(fault(numbers, "2.0")).isEmpty();
        assertThat(fault(numbers, "3")).isPresent();
        Constraint booleans = new Constraint(Constraint.Type.BOOLEAN, false, List.of("true"), 0, 100);
        assertThat(fault(booleans, "TRUE")).isEmpty();
        assertThat(fault(booleans, "FALSE")).isPresent();
    }

    @Test
    @DisplayName("lets no value be set that is read-only")
    void readOnly() {
        Constraint constraint = new Constraint(Constraint.Type.TEXT, true, List.of(), 0, 100);
        assertThat(fault(constraint, "x")).get().asString().contains("read-only");
        assertThat(constraint.isNone()).isFalse();
        assertThat(Constraint.NONE.isNone()).isTrue();
    }
}
