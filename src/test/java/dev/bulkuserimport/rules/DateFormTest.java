package dev.bulkuserimport.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An ID that a spreadsheet has turned into a date")
class DateFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"12/31/2026", "31/12/26", "12.12.2026", "9/9/2026", "01-01-2026", "31-Dec", "2026-12-31"})
    @DisplayName("is recognized up to the last day and month")
    void dates(String text) {
        assertThat(DateForm.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13/13/2026",
                "32/12/2026",
                "0/12/2026",
                "12.0.2026",
                "32-Dec",
                "0-Dec",
                "2026-13-01",
                "2026-12-32"
            })
    @DisplayName("is none where no calendar has the day or the month")
    void numbers(String text) {
        assertThat(DateForm.matches(text)).isFalse();
    }
}
