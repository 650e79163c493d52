package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A CSV file with broken quotes")
class CsvTableTest {

    private static final String HEADER = "External ID,User Name,First Name\n";

    private static final Map<String, String> LABELS =
            Map.of("externalId", "External ID", "userName", "User Name", "firstName", "First Name");

    private static final String MAPPING =
            "{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\",\"lastName\":\"First Name\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "E-8,x,\"Ana\" x\\n                                              ! 2",
                "E-1,a,Ana\\nE-2,b,Bo\\nE-3,c,Cy\\nE-8,x,\"Ana\" x\\nE-9,y,Di\\n ! 5",
                "E-1,a,\"A\\nB\\nC\"\\nE-2,b,\"A\\nB\\nC\"\\nE-8,x,\"A\\nB\"C\\n    ! 8",
                "E-1,a,Ana\\n\\n\\nE-8,x,\"A\\nB\"C\\n                            ! 5",
                "E-1,a,Ana\\nE-8,x,\"A\\nB\\n                                    ! 3",
            })
    @DisplayName("is refused by the line on which the broken row begins")
    void line(String rows, int line) {
        for (String start : new String[] {"", "sep=,\n"}) {
            String csv = start + HEADER + rows.translateEscapes();
            Imported imported = Imported.of("people.csv", csv.getBytes(StandardCharsets.UTF_8));
            int expected = start.isEmpty() ? line : line + 1;
            assertThat(imported.told())
                    .startsWith("malformed-payload ")
                    .contains("begins on line " + expected, "line=" + expected + ",");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "E-2, \"b\",\"Bo\"    ! userName",
                "\\s\"E-2\",b,Bo       ! externalId",
                "\\t\"E-2\",b,Bo       ! externalId",
                "~\"E-2\",\"b\",Bo     ! externalId",
                "\uFEFF\"E-2\",b,\"Bo\" ! externalId",
                "E-2,b, \"B, o\"       ! firstName",
                "E-2,b, \"B \"\"o\"\"\"  ! firstName",
                "E-2,b, \"\"\"B\"\" o\"  ! firstName",
                "E-2,b, \"\"        ! firstName",
                "E-2,b, \"B         ! firstName",
                "E-2,b, \"B \"\"o\"\"  ! firstName",
            })
    @DisplayName("has a fault where they don't enclose a cell, and stays refused until it is mended")
    void quotedLate(String row, String field) {
        String text = HEADER + "E-1,a,Ana\n" + row.translateEscapes().replace("~", "\u200B") + "\n";
        Imported first = skipping(text, "");
        assertThat(first.users()).hasSize(1);
        String reason = field + " has white space or an invisible character before a quotation mark";
        assertThat(first.rejectedRows()).contains(reason);
        Imported second = skipping(first.rejectedRows(), "");
        assertThat(second.users()).isEmpty();
        assertThat(second.rejectedRows()).isEqualTo(first.rejectedRows());
        String header = first.rejectedRows().lines().findFirst().orElseThrow();
        assertThat(skipping(header + "\nE-2,b,Bo,\"" + reason + "\"\n", "").users())
                .hasSize(1);

        assertThat(skipping(text, MAPPING).rejectedRows())
                .contains("has a cell in the column " + LABELS.get(field) + reason.replaceFirst(field, " that"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "5\"               ! 5\"",
                "19\" x 5\"        ! 19\" x 5\"",
                "\"a\" and \"b\" x  ! \"a\" and \"b\" x",
                "\"A\" team \"B\"  ! \"A\" team \"B\"",
                "\"A\" 19\"        ! \"A\" 19\"",
                "\"               ! \""
            })
    @DisplayName("has none where a quotation mark behind white space is part of a text")
    void inches(String cell, String name) {
        assertThat(skipping(HEADER + "E-1,a, " + cell + "\n", "").users().get(0))
                .containsEntry("firstName", name);
        String mended = HEADER.strip() + ",rejectedBecause\nE-1,a,\"" + name.replace("\"", "\"\"") + "\",\"firstName "
                + Row.Damage.QUOTED_LATE.message() + "\"\n";
        assertThat(skipping(mended, "").users().get(0)).containsEntry("firstName", name);
    }

    private static Imported skipping(String text, String mapping) {
        return Imported.of(
                FileFormat.of("people.csv").orElseThrow(),
                text.getBytes(StandardCharsets.UTF_8),
                new SchemaKnowledge.Known(Imported.SCHEMA),
                true,
                Optional.of(mapping)
                        .filter(json -> !json.isEmpty())
                        .map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8))));
    }
}
