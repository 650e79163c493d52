package dev.bulkuserimport.base;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaGuardTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "=1+1,                 '=1+1",
                "'x,                   ''x",
                "Boss;=cmd|x,          'Boss;'=cmd|x",
                "Boss|@x,              'Boss|'@x",
                "Boss;\"=cmd,          'Boss;'\"=cmd",
                "a;'=b,                'a;''=b",
                "R&D; IT,              R&D; IT",
                "a-b,                  a-b"
            })
    void guards(String cell, String guarded) {
        assertThat(FormulaGuard.guarded(cell)).isEqualTo(guarded);
        assertThat(FormulaGuard.bare(guarded)).isEqualTo(cell);
    }

    @Property
    void noSeparatorCutsAFormulaOutOfAGuardedCellAndItsGuardsComeOffAgain(@ForAll("cells") String cell) {
        String guarded = FormulaGuard.guarded(cell);
        assertThat(FormulaGuard.bare(guarded)).isEqualTo(cell);
        assertThat(guarded).doesNotContainPattern("^[=+@-]").doesNotContainPattern("[,;\t|\r\n]\"*[=+@-]");
    }

    @Provide
    Arbitrary<String> cells() {
        return Arbitraries.strings()
                .withChars("=+-@\t\r\n',;|\"ab ".toCharArray())
                .ofMaxLength(12);
    }
}
