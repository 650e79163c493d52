package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Label("The nearest name")
class NearestNameTest {

    private static final List<String> KNOWN =
            List.of("userName", "firstName", "lastName", "email", "costCenter", "department", "x".repeat(63));

    @ParameterizedTest
    @CsvSource({
        "user_name, userName",
        "fristName, firstName",
        "Cost-Centre, costCenter",
        "departement, department",
        "zzz, ",
        "completelyDifferent, "
    })
    @DisplayName("is found by a few letters, whatever its case and signs")
    void table(String name, String near) {
        assertThat(NearestName.among(KNOWN, name).orElse(null)).isEqualTo(near);
    }

    @Test
    @DisplayName("is not looked for where a name is longer than names are, so that hostile ones cost nothing")
    void cutOff() {
        assertThat(NearestName.among(KNOWN, "x".repeat(62))).contains("x".repeat(63));
        assertThat(NearestName.among(KNOWN, "x".repeat(65))).isEmpty();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add("y".repeat(40_000) + i);
        }
        for (String name : many) {
            assertThat(NearestName.among(many, name)).isEmpty();
        }
    }

    @Property
    void aSlipOfTheKeyboardIsSeen(@ForAll @AlphaChars @StringLength(min = 4, max = 40) String name) {
        String slip = name.substring(0, 1) + name.substring(2);
        assertThat(NearestName.among(List.of(name), slip)).contains(name);
    }
}
