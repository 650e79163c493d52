package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A header row that has become one with the rows below it")
class JoinedHeaderTest {

    private static final Optional<Mapping> MAPPED = Optional.of(Mapping.parse(
            "{\"externalId\":\"External ID\",\"profile\":{\"userName\":\"User Name\",\"title\":\"Job@Work\"}}"
                    .getBytes(StandardCharsets.UTF_8)));

    /** With escapes each case is one line. */
    private static String unescaped(String csv) {
        return csv.translateEscapes()
                .replace("<NEL>", "\u0085")
                .replace("<LS>", "\u2028")
                .replace("<PS>", "\u2029");
    }

    private static Imported imported(String name, byte[] bytes, Optional<Mapping> mapping, ImportOperation operation) {
        return Imported.of(
                FileFormat.of(name).orElseThrow(), bytes, SchemaKnowledge.NOT_ASKED, false, mapping, operation);
    }

    private static Imported imported(String csv, Optional<Mapping> mapping, ImportOperation operation) {
        return imported("people.csv", unescaped(csv).getBytes(StandardCharsets.UTF_8), mapping, operation);
    }

    private static void assertRefused(Imported imported, String what) {
        assertThat(imported.users()).isEmpty();
        assertThat(imported.told()).startsWith("malformed-payload ").contains(what, "line=1");
        assertThat(imported.problemJson()).doesNotContain("ana", "Ana", "Bo", "E-1", "E-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '\0',
            value = {
                "External ID,User Name,\"First\\nE-1,ana@x.org,Ana\\nE-2,bo@x.org,Bo\"\\nE-3,cy@x.org,Cy\\n ! Column 3 of",
                "External ID\\tUser Name\\t\"First\\r\\nE-1\\tana@x.org\\tAna\"\\r\\nE-3\\tcy@x.org\\tCy\\r\\n ! Column 3 of",
                "User Name,External ID,\"First\\rana,E-1,Ana\\rbo,E-2,Bo\"\\rcy,E-3,Cy\\r ! Column 3 of",
                "External ID,\"User Name\\nE-1,ana\\nE-2,bo\"\\nE-3,cy\\n ! Column 2 of",
                "External ID,User Name,First E-1,ana@x.org,Ana E-2,bo@x.org,Bo\\nE-3,c,Cy,,,,\\n ! Column 4 of",
                "User Name,External ID,First ana@x.org,E-1,Ana bo@x.org,E-2,Bo\\nc,E-3,Cy,,,,\\n ! Column 3 of",
                "External ID,User Name,First<NEL>E-1,ana@x.org,Ana<NEL>E-2,bo@x.org,Bo\\nE-3,c,Cy,,,,\\n ! Column 3 of",
                "External ID,User Name,First<LS>E-1,ana,Ana<LS>E-2,bo,Bo\\nE-3,c,Cy,,,,\\n ! Column 3 of",
                "External ID,User Name,First<PS>E-1,ana,Ana<PS>E-2,bo,Bo\\nE-3,c,Cy,,,,\\n ! Column 3 of",
                "External ID,User Name,ana@x.org,ana@x.org\\nE-3,c,Cy,\\n ! Column 3 of",
                "User Name,External ID,First Name ana@x.org,E-1,Ana\\nc,E-3,Cy,,\\n ! Column 3 of",
                "External ID,User Name,First E-1,ana@x.org,Ana\\nE-3,c,Cy,,\\n ! Column 4 of",
                "User Name,External ID,dept ana@x.org,E-1,Sales\\nbo@x.org,E-2,Ops\\n ! Column 3 of",
                "User Name,External ID,\"dept\\nana@x.org\",E-1,Sales\\nbo@x.org,E-2,Ops\\n ! Column 3 of",
                "External ID,User Name,rejectedBecause E-1,ana@x.org,Ana E-2,bo@x.org,why\\nE-3,c,why,,,,\\n ! Column 4 of",
                "rejectedBecause,External ID,User Name,First why,E-1,ana@x.org,Ana\\nwhy,E-3,c,Cy,,,\\n ! Column 6 of",
                "External ID,User Name,\"First,rejectedBecause\\nE-1,ana,Ana,why\\nE-2,bo,Bo\",why\\nE-3,c,Cy,why\\n ! Column 3 of",
            })
    @DisplayName("is refused by line and column, and never quoted, whatever the operation and with a mapping too")
    void refused(String csv, String what) {
        for (ImportOperation operation : ImportOperation.values()) {
            assertRefused(imported(csv, Optional.empty(), operation), what);
            assertRefused(imported(csv, MAPPED, operation), what);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "External ID,User Name,Job@Work,\"Note\\n(internal, please)\"\\nE-1,ana,x,y\\n",
                "\"External\\nID\",\"User\\nName\",Job@Work\\nE-1,ana,x\\n",
                "External<NEL>ID,User<LS>Name,Job@Work\\nE-1,ana,x\\n",
                "External ID,User Name,Job@Work,@odata.etag,@id\\nE-1,ana,x,y,z\\n",
                "External ID,User Name,Job@Work,Email (name@example.com),\"such as \"\"a@b.c\"\"\"\\nE-1,ana,x,y,z\\n",
                "External ID,User Name,Job@Work,Last<NEL>\\nE-1,ana,x,y\\n",
                "External ID,User Name,Job@Work,Questions? hr@example.com\\nE-1,ana,x,y\\n",
                "External ID,User Name,Job@Work,Other@Work,Note (ask hr@example.com),such as: a@b.c\\nE-1,ana,x,y,z,a\\n",
            })
    @DisplayName("isn't one with unusual names of columns")
    void unusual(String csv) {
        Imported imported = imported(csv, MAPPED, ImportOperation.CREATE_AND_UPDATE);
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users()).singleElement().satisfies(user -> assertThat(user)
                .containsEntry("userName", "ana"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "External ID,User Name,Job@Work,Questions? hr@example.com,rejectedBecause\\nE-1,ana,x,y,why\\n",
                "External ID,User Name,Job@Work,Questions? hr@example.com,rejectedBecause,\\nE-1,ana,x,y,why,\\n",
                "External ID,User Name,Job@Work,Ask hr@example.com,or it@example.com,Note,rejectedBecause\\nE-1,ana,x,y,,,why\\n",
                "External ID,User Name,Job@Work,First<LS>Last,rejectedBecause\\nE-1,ana,x,y,why\\n",
            })
    @DisplayName("isn't one in a file of rejected rows, whose source had the same names in a text file or a sheet")
    void rejectedRows(String csv) {
        Imported imported = imported(csv, MAPPED, ImportOperation.CREATE_AND_UPDATE);
        assertThat(imported.told()).isEmpty();
        assertThat(imported.users()).hasSize(1);
    }

    @Test
    @DisplayName("is looked for in a long cell too, in a time that grows with its length and not with its square")
    void longCell() {
        String dots = "External ID,User Name,Job@Work,a@" + ".".repeat(200_000) + "\\nE-1,ana,x,y\\n";
        assertThat(imported(dots, MAPPED, ImportOperation.CREATE_AND_UPDATE).users())
                .hasSize(1);
    }

    @Test
    @DisplayName("isn't one in a sheet with a note beside the table, but is in one with someone's address as a name")
    void sheets() {
        byte[] note = new Workbook()
                .row("S", 1, "External ID", "User Name", "Job@Work", "Questions: hr@example.com")
                .row("S", 2, "E-1", "ana", "x")
                .bytes();
        assertThat(imported("people.xlsx", note, MAPPED, ImportOperation.CREATE_AND_UPDATE)
                        .users())
                .hasSize(1);
        byte[] data = new Workbook()
                .row("S", 1, "External ID", "User Name", "Job@Work", "ana@example.com")
                .row("S", 2, "E-3", "cy", "x")
                .bytes();
        assertRefused(imported("people.xlsx", data, MAPPED, ImportOperation.CREATE_AND_UPDATE), "Column 4 of");
    }
}
