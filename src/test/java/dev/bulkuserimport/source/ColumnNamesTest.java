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
                .contains("Likely candidates: " + candidates + (candidates.endsWith(".") ? " Rename" : ". Rename"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "No.;Name\\n1;a\\n2;b\\n3;c\\n | Add a column External ID",
                "No.;Name\\n7;a\\n8;b\\n9;c\\n | Likely candidates: No. Rename",
                "No.;Code\\n1;a\\n2;b\\n3;c\\n | Likely candidates: Code. Rename",
                "Employee ID;Name\\n1;a\\n2;b\\n3;c\\n | Likely candidates: Employee ID. Rename"
            })
    @DisplayName("isn't told a column that numbers the rows")
    void rowCount(String file, String told) {
        assertThat(Imported.of("people.csv", file.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8))
                        .told())
                .contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"Prénom;Nom", "Matricule du responsable;Nom", "Henkilötunnus;Etunimi", "Téléphone;Ville"})
    @DisplayName("isn't told a column that is something else")
    void others(String header) {
        assertThat(ColumnNames.candidates(List.of(header.split(";")))).isEmpty();
    }
}
