package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The list of changes")
class ChangeListTest {

    private static String rows(ChangeList changes) throws IOException {
        try (InputStream csv = changes.csv()) {
            String text = new String(csv.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text)
                    .hasSize((int) changes.bytes() - 2)
                    .startsWith("\uFEFFexternalId,change,properties,group\r\n");
            return text.substring(text.indexOf('\n') + 1);
        }
    }

    @Test
    @DisplayName("has a row for each person and each membership")
    void rows() throws IOException {
        ChangeList changes = new ChangeList();
        changes.add("E-1", ChangeList.Change.CHANGED, List.of("title", "department"));
        changes.add("E-2", ChangeList.Change.GONE, List.of());
        changes.add("E-1", ChangeList.Change.LEFT, "dept-10");
        assertThat(rows(changes)).isEqualTo("""
                E-1,changed,title department,\r
                E-2,gone,,\r
                E-1,left,,dept-10\r
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "dept-10 dept-10",
                "=1+1 '=1+1",
                "'x ''x",
                "x;y \"x;y\"",
                "x;=1+1;y \"'x;'=1+1;y\"",
                "x|@y \"'x|'@y\"",
                "x,-1 \"'x,'-1\"",
                "x;\"=1 \"'x;'\"\"=1\"",
            })
    @DisplayName("has no cell that a spreadsheet would run, whatever its list separator is")
    void formulas(String text, String cell) throws IOException {
        ChangeList changes = new ChangeList();
        changes.add(text, ChangeList.Change.JOINED, text);
        assertThat(rows(changes)).isEqualTo(cell + ",joined,," + cell + "\r\n");
    }
}
