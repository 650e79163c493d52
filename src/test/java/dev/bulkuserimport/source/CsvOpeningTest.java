package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.ColumnContent;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A table below a title")
class CsvOpeningTest {

    private static final String MAPPING = "{\"externalId\":\"Personalnummer\",\"profile\":{\"userName\":\"E-Mail\"}}";

    private static byte[] table(String title, char separator, String header, boolean wide) {
        String text = title.translateEscapes() + "\n" + header.replace(';', separator) + "\n"
                + "1001;Berg;ana@example.com\n1002;Dahl;bo@example.com\n".replace(';', separator);
        return wide ? ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static FileSource file(byte[] bytes) {
        ImportDefaults defaults =
                new ImportDefaults(Optional.of("0oaApplication"), Optional.empty(), Optional.empty(), true, true);
        return new FileSource(
                FileFormat.of("people.csv").orElseThrow(), defaults, () -> new ByteArrayInputStream(bytes));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '!',
            value = {
                "Mitarbeiterliste\\n         ! ';'  ! malformed-payload ! line 3 looks like one",
                "Mitarbeiterliste\\n         ! '\t' ! malformed-payload ! line 3 looks like one",
                "Mitarbeiterliste\\n         ! '|'  ! malformed-payload ! line 3 looks like one",
                "Mitarbeiterliste\\n         ! ','  ! malformed-payload ! line 3 looks like one",
                "Report 30.11.2026           ! '\t' ! malformed-payload ! line 2 looks like one",
                "Auszug, Berlin\\n           ! ';'  ! invalid-request   ! Line 3 names one",
                "\"Auszug, Berlin\"\\n       ! ';'  ! malformed-payload ! line 3 looks like one",
                "Stand 1, 2, 3\\nalle        ! ';'  ! malformed-payload ! line 3 looks like one",
                "\"Mitarbeiter\\nab 2026\"   ! ';'  ! malformed-payload ! line 3 looks like one",
            })
    @DisplayName("is recognized under each separator, and the refusal says which lines to skip")
    void title(String title, char separator, String problem, String said) throws IOException {
        for (boolean wide : new boolean[] {false, true}) {
            byte[] bytes = table(title, separator, "Personalnummer;Nachname;E-Mail", wide);
            Imported mapped = Imported.mapped("people.csv", bytes, MAPPING);
            assertThat(mapped.told())
                    .startsWith(problem + " ")
                    .contains(said, "file.skipLines " + (said.contains("3") ? 2 : 1))
                    .doesNotContain("Mitarbeiter", "Auszug", "Berg");
            FileScan scan = file(bytes).scan();
            assertThat(scan.columns().stream().map(ColumnContent::name))
                    .containsExactly("Personalnummer", "Nachname", "E-Mail");
            assertThat(scan.skipLines()).isEqualTo(said.contains("3") ? 2 : 1);

            byte[] named = table(title, separator, "External ID;lastName;User Name", wide);
            assertThat(Imported.of("people.csv", named).told())
                    .startsWith(problem + " ")
                    .contains(said);
            byte[] unknown = table(title, separator, "Kürzel;Wer;Wo", wide);
            assertThat(Imported.of("people.csv", unknown).told())
                    .contains(problem.equals("invalid-request") ? "externalId" : said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Report;Berg;\\n                 ! 2",
                "Report;Berg;Germany\\n          ! 2",
                "Report;Berg\\n\\nAll;employees\\n ! 4",
            })
    @DisplayName("of several cells is recognized with a mapping, also where the mapping names a single column")
    void wideTitle(String title, long line) {
        for (String mapping : List.of(MAPPING, "{\"externalId\":\"Personalnummer\"}")) {
            byte[] bytes = (title.translateEscapes() + "Personalnummer;Nachname;E-Mail\n1001;Berg;ana@example.com\n")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(imported(bytes, mapping).told())
                    .startsWith("invalid-request ")
                    .contains(
                            "header row is not on line 1: line " + line + " names columns",
                            "file.skipLines " + (line - 1))
                    .doesNotContain("Report", "Berg");
        }
    }

    @Test
    @DisplayName("is not a header row without the mapping's columns, although a value is the same as a column's name")
    void noWideTitle() {
        String text = "Number;Last Name;Mail\n1001;Personalnummer;ana@example.com\nx;E-Mail;y\n";
        assertThat(imported(text.getBytes(StandardCharsets.UTF_8), MAPPING).told())
                .startsWith("invalid-request ")
                .contains("Personalnummer is a column that the mapping names");
    }

    private static Imported imported(byte[] bytes, String mapping) {
        return Imported.of(
                FileFormat.of("people.csv").orElseThrow(),
                bytes,
                new SchemaKnowledge.Known(Imported.SCHEMA),
                false,
                Optional.of(Mapping.parse(mapping.getBytes(StandardCharsets.UTF_8))),
                mapping.equals(MAPPING) ? ImportOperation.CREATE_AND_UPDATE : ImportOperation.DEACTIVATE_AND_DELETE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Kürzel;Wer\\nx;Sales, Manager, Title\\n     ! 'Kürzel Wer'",
                "1;x;y\\n2;z;Sales, Manager, Title\\n        ! '1 x y'",
                "Kürzel,Wer\\nx,a;b;c;d\\n                   ! 'Kürzel Wer'",
            })
    @DisplayName("is not made of what a table without one has in its cells")
    void noTitle(String text, String columns) throws IOException {
        FileScan scan =
                file(text.translateEscapes().getBytes(StandardCharsets.UTF_8)).scan();
        assertThat(scan.columns().stream().map(ColumnContent::name)).containsExactly(columns.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"';','a,b|c\td'", "',','a;b|c\td;e'", "'|','a;b,c,d,e'"})
    @DisplayName("isn't looked for where the first row names the external ID")
    void first(char separator, String title) {
        String text = "Personalnummer;E-Mail;Note\n1;a@example.com;NOTE\n"
                .replace(';', separator)
                .replace("NOTE", '"' + title + '"');
        Imported imported = Imported.of(
                FileFormat.of("people.csv").orElseThrow(),
                text.getBytes(StandardCharsets.UTF_8),
                new SchemaKnowledge.Known(Imported.SCHEMA),
                false,
                Optional.of(Mapping.parse(MAPPING.getBytes(StandardCharsets.UTF_8))));
        assertThat(imported.users()).hasSize(1);
    }
}
