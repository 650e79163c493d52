package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An identity that a spreadsheet has damaged")
class IdentityDamageTest {

    static Stream<String> cellErrors() throws IOException {
        try (InputStream in = IdentityDamageTest.class.getResourceAsStream("/records/cell-errors.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> Stream.of(line.split(" ")));
        }
    }

    @ParameterizedTest
    @MethodSource("cellErrors")
    @DisplayName("is recognized by an error value in each language of Excel and LibreOffice")
    void cellError(String text) {
        Optional<Fault> fault = ExternalId.fault(text.toCharArray(), 0, text.length());
        assertThat(fault).get().extracting(Fault::message).asString().contains("spreadsheet formula error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.Collections.Generic.List`1[System.String]",
                "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
                "Selected.Microsoft.ActiveDirectory.Management.ADUser",
                "##################################################"
            })
    @DisplayName("is recognized however long the name of a type or the marks of a narrow column are")
    void longDamage(String text) {
        assertThat(ExternalId.fault(text.toCharArray(), 0, text.length())).isPresent();
        assertThat(StandardProperty.USER_NAME.fault(text.toCharArray(), 0, text.length()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft.Department.of.Everything.That.Has.A.Name",
                "#A-1234567890-1234567890-1234567890-1234567890",
                "1234567890123456789012345678901234567890123E5"
            })
    @DisplayName("isn't a long ID that only begins in the same way")
    void longIds(String text) {
        assertThat(ExternalId.fault(text.toCharArray(), 0, text.length())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E-1\nE-2", "E-1\r\nE-2", "E-1\rE-2", "E-1\u0085E-2", "E-1\u2028E-2", "E-1\u2029E-2"})
    @DisplayName("is recognized by a line break, because it may be several")
    void several(String text) {
        char[] chars = text.toCharArray();
        assertThat(StandardProperty.USER_NAME
                        .fault(chars, 0, chars.length)
                        .map(Fault::message)
                        .orElse(""))
                .contains("line break");
        assertThat(StandardProperty.HOME_ADDRESS.fault(chars, 0, chars.length)).isEmpty();
        assertThat(StandardProperty.USER_NAME.fault(chars, 0, 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "14-Mar", "1-Jan", "14. Mär", "14-mars", "14.mar", "14-Mar-26", "14-Mar-2026", "14 août 2026", "14-мар",
                "3-sept", "Mar-26", "Mrz 26", "janv.-26", "déc-2026", "3/14/2026", "14/03/26", "3/4/26", "14.03.2026",
                "14-03-2026", "2026-03-14", "2026/3/14", "1.1.2026"
            })
    @DisplayName("looks like a date in a spreadsheet")
    void date(String text) {
        assertThat(DateForm.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "E-1",
                "14",
                "14-32",
                "14-Max",
                "32-Mar",
                "0-Mar",
                "Mar26",
                "Mar-261",
                "Mark-26",
                "EMP-26",
                "E-1001",
                "20/20/2026",
                "32/1/2026",
                "14.03.26",
                "14-03-26",
                "14.03-2026",
                "2026-13-14",
                "2026-03-32",
                "1926.1-2",
                "1234-56-78",
                "3000-01-01",
                "00123",
                "14-March-of-2026",
                "14_Mar",
                "Müller-26",
                "123-Mar",
                "14-",
                "Mar-",
                "Mar"
            })
    @DisplayName("doesn't have that form")
    void noDate(String text) {
        assertThat(DateForm.matches(text)).isFalse();
    }
}
