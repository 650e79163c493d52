package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A file without a column External ID")
class ColumnNamesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Employee_ID;First Name | Employee_ID",
                "Personalnummer;Vorname;Kostenstelle | Personalnummer",
                "Matricule;Identifiant;Prénom | Matricule",
                "Identifiant;Prénom | Identifiant",
                "Matricola;Nome;Cognome | Matricola",
                "Nome;Número de empleado;Apellidos | Número de empleado",
                "Legajo;Nombre | Legajo",
                "Matrícula;Nome | Matrícula",
                "社員番号;氏名 | 社員番号",
                "工号;姓名 | 工号",
                "사번;이름 | 사번",
                "Numer pracownika;Imię | Numer pracownika",
                "Anställningsnummer;Förnamn | Anställningsnummer",
                "Medarbejdernummer;Fornavn | Medarbejdernummer",
                "Ansattnr.;Fornavn | Ansattnr.",
                "Henkilönumero;Etunimi | Henkilönumero",
                "Osobní číslo;Jméno | Osobní číslo",
                "Табельный номер;Имя | Табельный номер",
                "Cod. Dipendente;Nome | Cod. Dipendente",
                "Sicil No;Ad | Sicil No"
            })
    @DisplayName("is told which one looks like it, in many languages")
    void candidates(String header, String candidates) {
        assertThat(ColumnNames.candidates(List.of(header.split(";")))).contains(candidates);
        assertThat(Imported.of(
                                "people.csv",
                                (header + "\n1;a;b\n".substring(0, header.split(";").length == 2 ? 5 : 7))
                                        .getBytes(StandardCharsets.UTF_8))
                        .told())
                .startsWith("invalid-request ")
                .contains("Likely candidates: " + candidates + ".");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"Prénom;Nom", "Matricule du responsable;Nom", "Henkilötunnus;Etunimi", "Téléphone;Ville"})
    @DisplayName("isn't told a column that is something else")
    void others(String header) {
        assertThat(ColumnNames.candidates(List.of(header.split(";")))).isEmpty();
    }
}
