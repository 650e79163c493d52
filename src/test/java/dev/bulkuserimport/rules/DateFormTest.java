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
                "3月14日",
                "3月1日",
                "03月14日",
                "12月31日",
                "03월 14일",
                "3월1일",
                "2026年3月14日",
                "2026年3月",
                "2026년 3월 14일",
                "2026년 3월",
                "2026年3月14日 0:00",
                "2026年3月14日星期六",
                "2026年3月14日(土)",
                "2026년 3월 14일 토요일",
                "令和8年3月14日",
                "令和元年5月",
                "三月十四日",
                "二〇二六年三月十四日"
            })
    @DisplayName("is recognized as Chinese, Japanese and Korean spreadsheets show it")
    void eastAsian(String text) {
        assertThat(DateForm.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13月14日", "3月32日", "3月", "14日", "営業3課", "2026年度", "3월급", "12日本橋", "2026年13月", "年月日一"})
    @DisplayName("is none where it is another word, or no calendar has it")
    void eastAsianWords(String text) {
        assertThat(DateForm.matches(text)).isFalse();
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
