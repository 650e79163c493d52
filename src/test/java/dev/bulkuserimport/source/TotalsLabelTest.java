package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.rules.ImportOperation;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A row of totals")
class TotalsLabelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Total",
                "Grand Total: 2",
                "Gesamtergebnis",
                "Zwischensumme 2",
                "Yhteensä",
                "Genel Toplam",
                "Toplam (2)",
                "Totale complessivo",
                "Totale generale",
                "Suma końcowa",
                "Eindtotaal",
                "Subtotaal",
                "Kaikki yhteensä",
                "Végösszeg",
                "Összesen: 2",
                "Общий итог",
                "Итого: 2",
                "총합계",
                "소계",
                "합계: 2",
                "合計 2",
                "I alt 2",
                "Hovedtotal",
                "Totalsum",
                "Totalsumma",
                "Delsumma",
                "Celkový součet",
                "Celkový súčet",
                "Spolu",
                "Ukupno",
                "Γενικό άθροισμα",
                "ΓΕΝΙΚΟ ΣΥΝΟΛΟ",
                "Tổng cộng",
                "總計",
                "集計",
                "集計 2",
                "汇总",
                "彙總",
                "匯總: 2",
                "요약",
                "Total records exported: 2",
                "Total rows: 1,204",
                "Number of users exported 2",
                "Grand Count",
                "Grand Average",
                "Grand Sum",
                "Total Result",
                "Total active",
                "Total inactive users: 3",
                "Total - 3",
                "Total #",
                "Total # 3",
                "Sum of rows",
                "Gesamt: 3 Mitarbeiter",
                "Total 1 204 employees",
                "Records processed: 2",
                "Sous-total",
                "Total des salariés",
                "Total de registros: 2",
                "Nombre total d'employés : 2",
                "Nb lignes : 2",
                "Número de registros: 2",
                "Effectif total",
                "Soma",
                "Suma częściowa",
                "Liczba rekordów: 2",
                "Toplam Kayıt Sayısı: 2",
                "Employee Count: 2",
                "Headcount: 2",
                "件数: 2",
                "סה״כ: 2",
                "סך הכל",
                "סכום כולל",
                "الإجمالي",
                "المجموع الكلي: 2",
                "(2 rows affected)",
                "(1 row affected)",
                "(2 row(s) affected)",
                "2 rows selected.",
                "2 rows in set (0.01 sec)",
                "(2 Zeilen)",
                "(1 строка)"
            })
    @DisplayName("is told by its label in every language, and is nobody to deactivate, with a mapping too")
    void labels(String label) {
        for (String cell : new String[] {label, label.toUpperCase(Locale.ROOT)}) {
            assertThat(outcome("externalId\nE-1\n\"" + cell + "\"\n", Optional.empty()))
                    .contains("totals row");
        }
        assertThat(outcome("Nr\nE-1\n\"" + label + "\"\n", Optional.of("{\"externalId\":\"Nr\"}")))
                .contains("totals row");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOTAL-1",
                "Total-3",
                "Grand",
                "Grand Countess",
                "Total Activa",
                "Total des Moulins",
                "Número 12",
                "Effectif",
                "Somali",
                "Employee 12",
                "Employee-Count",
                "Headcount Lead",
                "סהר",
                "المجد",
                "Sumner of Rows",
                "Sum of Us",
                "Gesamt-3",
                "Gesamt: 3 Berge",
                "Totalis",
                "Sumatra",
                "GEN-100",
                "Genel",
                "Cel",
                "Общий",
                "총무",
                "社員 12",
                "I 12",
                "2 Main Street",
                "1 2 3",
                "(2)",
                "(2 a)",
                "2 rows north",
                "Delia",
                "Kai",
                "Spolura"
            })
    @DisplayName("is not told by an ID that only begins like one")
    void ids(String id) {
        assertThat(outcome("externalId\nE-1\n\"" + id + "\"\n", Optional.empty()))
                .isEmpty();
    }

    private static String outcome(String csv, Optional<String> mapping) {
        return Imported.of(
                        FileFormat.of("leavers.csv").orElseThrow(),
                        csv.getBytes(StandardCharsets.UTF_8),
                        SchemaKnowledge.NOT_ASKED,
                        false,
                        mapping.map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8))),
                        ImportOperation.DEACTIVATE_AND_DELETE)
                .told();
    }
}
