package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.JsonOutput;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ApplicationSchema;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.source.FileFormat;
import dev.bulkuserimport.source.Imported;
import dev.bulkuserimport.source.Workbook;
import dev.bulkuserimport.support.ExpectedCase;
import dev.bulkuserimport.support.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A file that is inspected")
class InspectionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES = Path.of("src/test/resources/cases");

    static final ApplicationSchema SCHEMA = Schemas.of(
            "department",
            "costCenter",
            "title",
            "division",
            "location",
            "hireDate",
            "company",
            "manager",
            "displayName");

    private static JsonNode inspected(String name, byte[] content, ApplicationSchema schema) throws IOException {
        return inspected(name, content, schema, false, Optional.empty());
    }

    private static JsonNode inspected(
            String name, byte[] content, ApplicationSchema schema, boolean partial, Optional<Object> mapping)
            throws IOException {
        return inspected(JsonOutput.bytes(body(name, content, partial, mapping)), schema, false);
    }

    private static Map<String, Object> body(String name, byte[] content, boolean partial, Optional<Object> mapping) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("fileName", name);
        body.put("content", Base64.getEncoder().encodeToString(content));
        body.put("size", content.length + (partial ? 1 : 0));
        mapping.ifPresent(given -> body.put("mapping", given));
        return body;
    }

    private static JsonNode inspected(byte[] json, ApplicationSchema schema, boolean skip) throws IOException {
        InspectRequest request =
                InspectRequest.read(factory -> factory.createParser(json), Optional.of("0oa3l6l6WK6h0R0QW0g4"));
        Map<String, Object> answer = new Inspection(skip).inspect(request, new SchemaKnowledge.Known(schema));
        return JSON.readTree(JsonOutput.bytes(answer));
    }

    private static JsonNode csv(String text) throws IOException {
        return inspected("people.csv", text.getBytes(StandardCharsets.UTF_8), SCHEMA);
    }

    private static JsonNode property(JsonNode answer, String name) {
        for (JsonNode property : answer.path("properties")) {
            if (property.path("name").asText().equals(name)) {
                return property;
            }
        }
        throw new AssertionError("no property " + name);
    }

    /** Column names, which a mapping takes each property from. */
    private static Map<String, Set<String>> columns(JsonNode mapping) {
        Map<String, Set<String>> columns = new TreeMap<>();
        columns.put("externalId", columnsOf(mapping.path("externalId")));
        mapping.path("profile")
                .properties()
                .forEach(property -> columns.put(property.getKey(), columnsOf(property.getValue())));
        return columns;
    }

    private static Set<String> columnsOf(JsonNode rule) {
        if (rule.isTextual()) {
            return Set.of(rule.asText());
        }
        JsonNode from = rule.path("from");
        if (from.isTextual()) {
            return Set.of(from.asText());
        }
        Set<String> columns = new java.util.TreeSet<>();
        from.forEach(column -> columns.add(column.asText()));
        return columns;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Personalnummer;Vorname;Nachname;E-Mail dienstlich;Abteilung;Stelle;Eintrittsdatum;Kostenstelle|externalId=Personalnummer firstName=Vorname lastName=Nachname email=E-Mail dienstlich userName=E-Mail dienstlich department=Abteilung title=Stelle hireDate=Eintrittsdatum costCenter=Kostenstelle",
                "Matricule;Prénom;Nom;Courriel professionnel;Service;Intitulé du poste;Date d'embauche;Centre de coûts|externalId=Matricule firstName=Prénom lastName=Nom email=Courriel professionnel userName=Courriel professionnel department=Service title=Intitulé du poste hireDate=Date d'embauche costCenter=Centre de coûts",
                "Número de empleado;Nombre;Apellidos;Correo electrónico;Departamento;Puesto;Fecha de ingreso;Centro de costos|externalId=Número de empleado firstName=Nombre lastName=Apellidos email=Correo electrónico userName=Correo electrónico department=Departamento title=Puesto hireDate=Fecha de ingreso costCenter=Centro de costos",
                "Matrícula;Primeiro nome;Sobrenome;E-mail corporativo;Setor;Cargo;Data de admissão;Centro de custo|externalId=Matrícula firstName=Primeiro nome lastName=Sobrenome email=E-mail corporativo userName=E-mail corporativo department=Setor title=Cargo hireDate=Data de admissão costCenter=Centro de custo",
                "Matricola;Nome;Cognome;E-mail aziendale;Reparto;Mansione;Data di assunzione;Centro di costo|externalId=Matricola firstName=Nome lastName=Cognome email=E-mail aziendale userName=E-mail aziendale department=Reparto title=Mansione hireDate=Data di assunzione costCenter=Centro di costo",
                "Personeelsnummer;Voornaam;Achternaam;Zakelijk e-mailadres;Afdeling;Functie;Datum in dienst;Kostenplaats|externalId=Personeelsnummer firstName=Voornaam lastName=Achternaam email=Zakelijk e-mailadres userName=Zakelijk e-mailadres department=Afdeling title=Functie hireDate=Datum in dienst costCenter=Kostenplaats",
                "社員番号;名;姓;会社メールアドレス;部署;役職;入社日;コストセンター|externalId=社員番号 firstName=名 lastName=姓 email=会社メールアドレス userName=会社メールアドレス department=部署 title=役職 hireDate=入社日 costCenter=コストセンター"
            })
    @DisplayName("is proposed a mapping in its language")
    void languages(String header, String expected) throws IOException {
        JsonNode answer = csv(header
                + "\n0001;Ana;Berg;ana.berg@example.com;Sales;Engineer;31.01.2026;4200"
                + "\n0002;Bo;Dahl;bo.dahl@example.com;Sales;Engineer;01.02.2026;4200\n");
        StringBuilder proposed = new StringBuilder();
        columns(answer.path("mapping"))
                .forEach((property, columns) ->
                        proposed.append(property + "=" + columns.iterator().next() + " "));
        for (String pair : expected.split(" (?=[a-zA-Z]+=)")) {
            assertThat(proposed.toString()).contains(pair + " ");
        }
        assertThat(answer.at("/mapping/profile/hireDate/date").asText()).isEqualTo("dd.MM.yyyy");
        assertThat(answer.path("errors")).isEmpty();
        assertThat(answer.path("users")).hasSize(2);
        assertThat(answer.at("/users/0/profile/hireDate").asText()).isEqualTo("2026-01-31");
    }

    @Test
    @DisplayName(
            "never has an external ID proposed that isn't unique and filled, or is an address; what is uncertain stays open")
    void uncertain() throws IOException {
        JsonNode twice = csv("Employee ID,Work Email\n1,a@example.com\n1,b@example.com\n");
        assertThat(property(twice, "externalId").path("why").asText()).isEqualTo("none");
        assertThat(twice.path("mapping").isNull()).isTrue();
        JsonNode gap = csv("Employee ID,Badge Number,Work Email\n1,7,a@example.com\n,8,b@example.com\n");
        assertThat(property(gap, "externalId").path("from").asText()).isEqualTo("Badge Number");
        JsonNode addresses = csv("Email,First Name\na@example.com,Ana\nb@example.com,Bo\n");
        assertThat(property(addresses, "externalId").path("from").isNull()).isTrue();
        JsonNode content =
                csv("Kürzel,Zahl,Adresse im Netz\nAB12,5,a@example.com\nCD34,5,b@example.com\nEF56,6,c@example.com\n");
        assertThat(property(content, "externalId").path("from").asText()).isEqualTo("Kürzel");
        assertThat(property(content, "externalId").path("why").asText()).isEqualTo("content");
        assertThat(property(content, "email").path("from").isNull()).isTrue();
        JsonNode both =
                csv("Login Email,Code A,Code B\na@example.com,A1,B1\nb@example.com,A2,B2\nc@example.com,A3,B3\n");
        assertThat(property(both, "externalId").path("from").isNull()).isTrue();
        JsonNode ambiguous = csv("ID,Hire Date,Email\n1,01/02/2026,a@example.com\n2,03/04/2026,b@example.com\n");
        assertThat(ambiguous.at("/mapping/profile/hireDate").asText()).isEqualTo("Hire Date");
    }

    @Test
    @DisplayName("shows why each column was chosen, and who has left")
    void whyAndLeavers() throws IOException {
        JsonNode answer = csv("Employee #,firstName,Last Name,Work Email,Status,Termination Date\n"
                + "1,Ana,Berg,Ana@Example.com,Active,\n2,Bo,Dahl,bo@example.com,Terminated,2026-01-31\n");
        assertThat(property(answer, "externalId").path("why").asText()).isEqualTo("vendor");
        assertThat(property(answer, "firstName").path("why").asText()).isEqualTo("exact");
        assertThat(property(answer, "lastName").path("why").asText()).isEqualTo("label");
        assertThat(property(answer, "homeAddress").path("why").asText()).isEqualTo("none");
        assertThat(answer.at("/mapping/deactivate").toString())
                .isEqualTo("{\"when\":\"Status\",\"is\":[\"Terminated\"]}");
        assertThat(answer.at("/users/0/profile/email").asText()).isEqualTo("ana@example.com");
        assertThat(answer.path("deactivate").toString()).isEqualTo("[\"2\"]");
        JsonNode byDate = csv("ID,Email,Last Day\n1,a@example.com,31.12.2019\n2,b@example.com,\n");
        assertThat(byDate.at("/mapping/deactivate").toString())
                .isEqualTo("{\"when\":\"Last Day\",\"date\":\"dd.MM.yyyy\",\"before\":\"today\"}");
        JsonNode own = csv("externalId,userName,department\n1,a,Sales\n2,b,Sales\n");
        assertThat(own.path("problem").isNull()).isTrue();
        assertThat(own.at("/columns/2").toString())
                .isEqualTo("{\"name\":\"department\",\"samples\":[\"Sales\"],\"empty\":0}");
        assertThat(own.path("format").asText()).isEqualTo("csv");
        assertThat(own.path("separator").asText()).isEqualTo("comma");
        assertThat(own.path("records").asInt()).isEqualTo(2);
        assertThat(own.path("complete").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contract End Date",
                "Contract End",
                "Befristet bis",
                "Befristung",
                "Vertragsende",
                "Date de fin de contrat",
                "Fecha de fin de contrato",
                "Fim do contrato",
                "Data fine contratto",
                "Einddatum contract",
                "dtContractEnd",
                "契約終了日"
            })
    @DisplayName("has no leavers by the end of a contract, which may be renewed, but by the last day beside it")
    void contractEnd(String name) throws IOException {
        JsonNode alone = csv("ID,Email," + name + "\n1,a@example.com,2019-12-31\n2,b@example.com,2020-12-31\n");
        assertThat(alone.at("/mapping/externalId").asText()).isEqualTo("ID");
        assertThat(alone.at("/mapping/deactivate").isMissingNode()).isTrue();
        JsonNode both = csv("ID,Email," + name + ",Austrittsdatum\n"
                + "1,a@example.com,2019-12-31,\n2,b@example.com,2020-12-31,2021-01-31\n");
        assertThat(both.at("/mapping/deactivate/when").asText()).isEqualTo("Austrittsdatum");
        assertThat(both.path("notes").toString()).doesNotContain("leavers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Termination Date", "Most Recent Termination Date", "Date Termination", "HR Termination Date"})
    @DisplayName("has leavers by a last day, also where its name is only understood by its words")
    void lastDay(String name) throws IOException {
        JsonNode answer = csv("ID,Email," + name + "\n1,a@example.com,2019-12-31\n2,b@example.com,\n");
        assertThat(answer.at("/mapping/deactivate/when").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Sicil No, Soyadı, İşten çıkış tarihi, Durum, Aktif, Pasif",
        "Nr ewidencyjny, Nazwisko, Data zwolnienia, Status zatrudnienia, Aktywny, Zwolniony",
        "Osobní číslo, Příjmení, Datum odchodu, Stav, Aktivní, Ukončen",
        "Osobné číslo, Priezvisko, Dátum odchodu, Stav, Aktívny, Neaktívny",
        "Törzsszám, Vezetéknév, Kilépés dátuma, Státusz, Aktív, Kilépett",
        "Anställningsnummer, Efternamn, Slutdatum, Anställningsstatus, Aktiv, Slutat",
        "Medarbejdernummer, Efternavn, Fratrædelsesdato, Ansættelsesstatus, Aktiv, Fratrådt",
        "Ansattnummer, Etternavn, Sluttdato, Ansettelsesstatus, Aktiv, Sluttet",
        "Henkilönumero, Sukunimi, Työsuhteen päättymispäivä, Tila, Aktiivinen, Päättynyt",
        "Табельный номер, Фамилия, Дата увольнения, Статус, Работает, Уволен",
        "Αριθμός μητρώου, Επώνυμο, Ημερομηνία αποχώρησης, Κατάσταση, Ενεργός, Ανενεργός",
        "工号, 姓, 离职日期, 员工状态, 在职, 离职",
        "사번, 성, 퇴사일, 재직상태, 재직, 퇴사",
    })
    @DisplayName(
            "has the IDs, the names and the leavers of exports in other languages, by their last day or their status")
    void otherLanguages(String id, String lastName, String lastDay, String status, String here, String gone)
            throws IOException {
        String head = id + "," + lastName + ",E-mail,";
        JsonNode byDate = csv(head + lastDay + "\n1,Berg,a@example.com,\n2,Dahl,b@example.com,2019-12-31\n");
        assertThat(byDate.at("/mapping/externalId").asText()).isEqualTo(id);
        assertThat(byDate.at("/mapping/profile/lastName").asText()).isEqualTo(lastName);
        assertThat(byDate.at("/mapping/deactivate/when").asText()).isEqualTo(lastDay);
        JsonNode byStatus =
                csv(head + status + "\n1,Berg,a@example.com," + here + "\n2,Dahl,b@example.com," + gone + "\n");
        assertThat(byStatus.at("/mapping/deactivate").toString())
                .isEqualTo("{\"when\":\"" + status + "\",\"is\":[\"" + gone + "\"]}");
    }

    @Test
    @DisplayName("has a note where the proposed rule takes nearly everybody for leavers")
    void massLeave() throws IOException {
        String text = "ID,Email,End Date\n1,a@example.com,2019-12-31\n2,b@example.com,2020-12-31\n";
        String note = "The proposed rule for leavers would deactivate 2 of 2 people: check it, or remove it from the"
                + " mapping.";
        assertThat(csv(text).path("notes")).extracting(JsonNode::asText).contains(note);
        assertThat(csv(text + "3,c@example.com,\n").path("notes").toString()).doesNotContain("leavers");
        Object given = JSON.convertValue(csv(text).path("mapping"), Map.class);
        JsonNode byHand =
                inspected("people.csv", text.getBytes(StandardCharsets.UTF_8), SCHEMA, false, Optional.of(given));
        assertThat(byHand.path("deactivations").asInt()).isEqualTo(2);
        assertThat(byHand.path("notes").toString()).doesNotContain("leavers");
    }

    @ParameterizedTest
    @CsvSource({"End Date, 2019-12-31, ''", "Status, Terminated, Active"})
    @DisplayName("has no such note under Deactivate & Delete, where everybody is to leave")
    void leaversAlone(String column, String gone, String here) throws IOException {
        String rows = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> i + ",p" + i + "@example.com," + (i < 20 ? gone : here) + "\n")
                .collect(Collectors.joining("", "ID,Email," + column + "\n", ""));
        JsonNode answer = deleted("people.csv", rows.getBytes(StandardCharsets.UTF_8), false);
        assertThat(answer.at("/mapping/deactivate/when").asText()).isEqualTo(column);
        assertThat(answer.path("notes").toString()).doesNotContain("leavers");
        assertThat(csv(rows).path("notes").toString()).contains("leavers");
    }

    private static JsonNode deleted(String name, byte[] content, boolean partial) throws IOException {
        Map<String, Object> body = body(name, content, partial, Optional.empty());
        body.put("importOperation", "DEACTIVATE_AND_DELETE");
        return inspected(JsonOutput.bytes(body), SCHEMA, false);
    }

    @Test
    @DisplayName("may be the start of a larger one, cut anywhere")
    void partial() throws IOException {
        String rows = "External ID,User Name,department\n1,a,Sales\n2,b,Sales\n3,c,\"Sal";
        JsonNode cut = inspected("people.csv", rows.getBytes(StandardCharsets.UTF_8), SCHEMA, true, Optional.empty());
        assertThat(cut.path("complete").asBoolean()).isFalse();
        assertThat(cut.path("errors")).isEmpty();
        assertThat(cut.path("problem").isNull()).isTrue();
        assertThat(cut.path("users")).hasSize(2);
        byte[] json = "[{\"externalId\":\"1\",\"profile\":{\"userName\":\"a\"}},{\"externalId\":\"2\",\"profi"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode array = inspected("people.json", json, SCHEMA);
        assertThat(array.path("complete").asBoolean()).isFalse();
        assertThat(array.path("users")).hasSize(1);
        assertThat(array.at("/problem/type").asText()).endsWith("malformed-payload");
        byte[] removing = ("{\"importOperation\":\"DEACTIVATE_AND_DELETE\",\"applicationId\":\"0oa3l6l6WK6h0R0QW0g4\","
                        + "\"groups\":[{\"externalId\":\"g\"}],\"users\":[{\"externalId\":\"1\"},{\"externalId\":\"2\"},{\"exte")
                .getBytes(StandardCharsets.UTF_8);
        JsonNode leavers = deleted("people.json", removing, true);
        assertThat(leavers.path("problem").isNull()).isTrue();
        assertThat(leavers.path("users")).hasSize(2);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("External ID,User Name\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 20_000; i++) {
                gzip.write((i * 7919L % 1_000_003 + "," + Integer.toHexString(i * 31_337) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
        JsonNode gzip = inspected("people.csv.gz", half, SCHEMA, true, Optional.empty());
        assertThat(gzip.path("complete").asBoolean()).isFalse();
        assertThat(gzip.path("records").asInt()).isBetween(5_000, 19_999);
        assertThat(gzip.path("users")).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "people.json   | UTF-8       | ~[{'externalId':'1','profile':{'userName':'a','title':null}},{'externalId':'2','profile':{'userName':'b','title':10.25}},true]~",
                "people.json   | UTF-16LE    | ~[{'externalId':'1','profile':{'userName':'a','title':'\u7d0d'}},{'externalId':'2','profile':{'userName':'\u7d0d}','title':true}},5]~",
                "people.ndjson | UTF-8       | ~{'externalId':'1',\n 'profile':{'title':'x','userName':'a'}}\n{'externalId':'2',\n 'profile':{\n 'title':null,\n 'userName':'b'}}\n~",
                "people.csv    | UTF-8       | ~externalId,userName,title\r1,a,x\r2,b,\"y\r\nz\n\"\r3,c,x\r~",
                "people.csv    | UTF-16LE    | ~externalId,userName,title\n1,a,\u010a\u0a05\n2,b,\u0a05x\n~",
                "people.csv    | UTF-16BE    | ~externalId,userName,title\n1,a,\u010a\u0a05\n2,b,\u0a05x\n~"
            })
    @DisplayName("may be cut in the middle of a character, a number, a word or a cell with line breaks")
    void cut(String name, String charset, String text) throws IOException {
        byte[] file = text.replace('\'', '"').getBytes(Charset.forName(charset));
        Map<String, Object> mapping = new LinkedHashMap<>();
        String path = name.endsWith("json") ? "profile." : "";
        mapping.put("externalId", "externalId");
        mapping.put("profile", Map.of("userName", path + "userName", "title", path + "title"));
        mapping.put("file", Map.of("encoding", charset));
        int shortest = text.indexOf('2') * (charset.equals("UTF-8") ? 1 : 2);
        for (int size = shortest; size < file.length; size++) {
            JsonNode answer = inspected(name, Arrays.copyOf(file, size), SCHEMA, true, Optional.of(mapping));
            assertThat(answer.path("mappingProblem").isNull())
                    .as("%d: %s", size, answer)
                    .isTrue();
            assertThat(answer.path("errors")).as("%d", size).isEmpty();
            assertThat(answer.at("/users/0/externalId").asText()).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("is read by the mapping that is given, also in an encoding that Excel writes")
    void given() throws IOException {
        byte[] csv = "Nr;Name;Login\n1;Müller;a\n2;Öz;b\n".getBytes(Charset.forName("windows-1252"));
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("externalId", "Nr");
        mapping.put("profile", Map.of("userName", Map.of("from", List.of("Login", "Nr")), "lastName", "Name"));
        mapping.put("file", Map.of("encoding", "windows-1252"));
        JsonNode answer = inspected("people.csv", csv, SCHEMA, false, Optional.of(mapping));
        assertThat(answer.path("problem").isNull()).isTrue();
        assertThat(answer.path("proposed").asBoolean()).isFalse();
        assertThat(answer.at("/users/1/profile/lastName").asText()).isEqualTo("Öz");
        assertThat(property(answer, "userName").path("from").toString()).isEqualTo("[\"Login\",\"Nr\"]");
        assertThat(inspected("people.csv", csv, SCHEMA)
                        .at("/mapping/file/encoding")
                        .asText())
                .isEqualTo("windows-1252");
    }

    @Test
    @DisplayName(
            "is inspected by its columns if its only row, below two header rows, ends inside a quoted cell; a header row that does is none")
    void cutBelowTwoHeaderRows() throws IOException {
        JsonNode answer = csv("externalId,email,displayName\nEmployee ID,Work Email,Full Name\n1,\"abc");
        assertThat(answer.path("columns")).hasSize(3);
        assertThat(answer.path("problem").isNull()).isFalse();
        assertThatThrownBy(() -> csv("externalId,email,displayName\nEmployee ID,Work Email,\"Full Name"))
                .hasMessageContaining("ends inside a quoted field");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, Jürgen Böhm, true",
        "windows-1252, Mª José Nº 3 ¿Qué? 20 m³ £5, true",
        "windows-1252, Jürgen Böhm Salary £k, true",
        "windows-1252, Jürgen Böhm ft³, true",
        "windows-1252, Salary £k £GBP 5 ft³ in³ ¾inch ³siehe, true",
        "windows-1252, Jürgen Böhm Björn Köhler £million, true",
        "windows-1250, Łukasz Nowak, false",
        "windows-1250, BOŻENA KOT, false",
        "windows-1250, Żak Jan, false",
        "windows-1250, Paweł Kos, false",
        "windows-1250, Dąbrowska Ewa, false",
        "windows-1250, Bożena Kot, false"
    })
    @DisplayName("is proposed as Western European only if its letters may be that, and says so")
    void guessedEncoding(String charset, String name, boolean western) throws IOException {
        byte[] csv =
                ("Employee ID,Work Email,Full Name\n1,a@example.com," + name + "\n").getBytes(Charset.forName(charset));
        if (western) {
            JsonNode answer = inspected("people.csv", csv, SCHEMA);
            assertThat(answer.at("/mapping/file/encoding").asText()).isEqualTo(charset);
            assertThat(answer.path("notes").toString()).contains("was read as windows-1252");
            assertThat(inspected(
                                    "people.csv",
                                    csv,
                                    SCHEMA,
                                    false,
                                    Optional.of(JSON.convertValue(answer.path("mapping"), Map.class)))
                            .path("notes")
                            .toString())
                    .doesNotContain("windows-1252");
        } else {
            assertThatThrownBy(() -> inspected("people.csv", csv, SCHEMA))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("name the encoding in the mapping (file.encoding)");
        }
    }

    /** A file with the mapping and the operation that it is imported with. */
    private record Case(
            String name,
            byte[] bytes,
            Optional<String> mapping,
            ImportOperation operation,
            ApplicationSchema schema,
            boolean skip) {

        @Override
        public String toString() {
            return name + (skip ? ", skipping" : "");
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(CASES)) {
            for (Path file : files.filter(name -> FileFormat.of(name.toString()).isPresent())
                    .sorted()
                    .toList()) {
                for (boolean skip : new boolean[] {false, true}) {
                    cases.add(new Case(
                            file.toString(),
                            Files.readAllBytes(file),
                            Optional.empty(),
                            ImportOperation.CREATE_AND_UPDATE,
                            Imported.SCHEMA,
                            skip));
                }
            }
        }
        Stream.concat(ExpectedCase.all(), ExpectedCase.siblings()).forEach(file -> {
            ImportOperation operation =
                    ImportOperation.parse(file.operation().replace('-', '_')).orElseThrow();
            for (boolean skip : new boolean[] {false, true}) {
                cases.add(new Case(
                        file.name(), file.bytes(), file.mapping(), operation, Imported.schema(file.types()), skip));
            }
        });
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("has the import's verdict")
    void verdict(Case one) throws IOException {
        Optional<Mapping> mapping = one.mapping().map(json -> Mapping.parse(json.getBytes(StandardCharsets.UTF_8)));
        Imported imported = Imported.of(
                FileFormat.of(one.name()).orElseThrow(),
                one.bytes(),
                new SchemaKnowledge.Known(one.schema()),
                one.skip(),
                mapping,
                one.operation());
        Map<String, Object> body = body(one.name(), one.bytes(), false, Optional.empty());
        if (one.mapping().isPresent()) {
            body.put("mapping", JSON.readTree(one.mapping().get()));
        }
        body.put("importOperation", one.operation().name());
        JsonNode answer;
        try {
            answer = inspected(JSON.writeValueAsBytes(body), one.schema(), one.skip());
        } catch (ProblemException e) {
            assertThat(imported.told())
                    .startsWith(e.problem().type().slug())
                    .contains(e.problem().detail());
            return;
        }
        if (imported.told().isEmpty()) {
            assertThat(answer.path("problem").isNull())
                    .as(answer.path("problem").toString())
                    .isTrue();
            int leavers = one.operation().takesProfiles() ? imported.gone().size() : 0;
            assertThat(answer.path("users"))
                    .hasSize(Math.min(10, imported.users().size() - leavers));
            assertThat(answer.path("rejectedCount").asInt())
                    .isEqualTo(imported.rejections().records());
        } else {
            String type = answer.at("/problem/type").asText();
            assertThat(imported.told()).startsWith(type.substring(type.lastIndexOf(':') + 1));
            assertThat(imported.told()).contains(answer.at("/problem/detail").asText());
        }
    }

    @Test
    @DisplayName("shows the valid people beside those that contradict each other or have a damaged address")
    void valid() throws IOException {
        JsonNode answer =
                csv("Employee ID,Work Email,Last Name\n1,a@example.com,Berg\n2,b@example.com,Ek\n3,c@example.com,Ek\n"
                        + "4,d@example.com,Dahl\n5,A@example.com,Ek\n6,f example.com,Ek\n");
        assertThat(property(answer, "userName").path("from").asText()).isEqualTo("Work Email");
        assertThat(answer.path("errorKinds")).hasSize(2);
        assertThat(answer.path("users"))
                .extracting(user -> user.path("externalId").asText())
                .containsExactly("2", "3", "4");
    }

    @Test
    @DisplayName("has its people in the sheet that looks like it, or in the one that is named")
    void sheets() throws IOException {
        byte[] workbook = Files.readAllBytes(CASES.resolve("3/x07-openpyxl-instructions-first.xlsx"));
        JsonNode answer = inspected("people.xlsx", workbook, SCHEMA);
        assertThat(answer.path("sheet").asText()).isEqualTo("Employees");
        assertThat(answer.path("otherSheets").toString()).isEqualTo("[\"Instructions\"]");
        assertThat(answer.at("/mapping/file/sheet").asText()).isEqualTo("Employees");
        JsonNode named = inspected(
                "people.xlsx", workbook, SCHEMA, false, Optional.of(Map.of("file", Map.of("sheet", "instructions"))));
        assertThat(named.path("sheet").asText()).isEqualTo("Instructions");
        assertThat(named.path("proposed").asBoolean()).isTrue();
        assertThat(named.path("mapping").isNull()).isTrue();
    }

    private static Workbook departments() {
        return new Workbook()
                .row("Departments", 1, "Code", "Name", "Manager Email")
                .row("Departments", 2, "D1", "IT", "ana@example.com")
                .row("Departments", 3, "D2", "HR", "bo@example.com");
    }

    @Test
    @DisplayName("has its people in the sheet that describes some, and not in one of departments before it")
    void departmentsFirst() throws IOException {
        byte[] behind = departments()
                .row("Rooms", 1, "ID", "Floor")
                .row("Rooms", 2, "R1", "1")
                .row("Staff", 1, "Employee ID", "First Name", "Last Name", "Email")
                .row("Staff", 2, "E-7", "Ana", "Berg", "ana@example.com")
                .bytes();
        JsonNode answer = inspected("people.xlsx", behind, SCHEMA);
        assertThat(answer.path("sheet").asText()).isEqualTo("Staff");
        assertThat(answer.at("/mapping/file/sheet").asText()).isEqualTo("Staff");
        assertThat(answer.at("/users/0/externalId").asText()).isEqualTo("E-7");
        byte[] nobody = departments()
                .row("Rooms", 1, "ID", "Floor")
                .row("Rooms", 2, "R1", "1")
                .bytes();
        assertThat(inspected("people.xlsx", nobody, SCHEMA).path("sheet").asText())
                .isEqualTo("Departments");
        byte[] broken = departments()
                .row("Broken", 1, "ID", "Email")
                .row("Broken", 2, "<c t=\"s\"><v>999</v></c>")
                .bytes();
        assertThat(inspected("people.xlsx", broken, SCHEMA).path("sheet").asText())
                .isEqualTo("Departments");
    }

    @ParameterizedTest
    @CsvSource({
        "Employee ID|Full Name|Department",
        "Employee ID|Name|Department",
        "Employee ID|Name|Email Addr",
        "'Personalnummer|Nachname, Vorname|Kennung'",
        "Employee ID|Full Name|User",
        "ID|Full Name|E-Mail Addr"
    })
    @DisplayName("has its people in the first sheet that has their IDs or addresses, whatever their names are called")
    void peopleFirst(String header) throws IOException {
        byte[] workbook = new Workbook()
                .row("Staff", 1, header.split("\\|"))
                .row("Staff", 2, "E-7", "Ana Berg", "ana@example.com")
                .row("Staff", 3, "E-8", "Bo Dahl", "bo@example.com")
                .row("Emergency", 1, "Employee ID", "First Name", "Last Name", "Phone")
                .row("Emergency", 2, "E-7", "Cy", "Berg", "+1 555 0100")
                .bytes();
        JsonNode answer = inspected("people.xlsx", workbook, SCHEMA);
        assertThat(answer.path("sheet").asText()).isEqualTo("Staff");
    }

    @ParameterizedTest
    @CsvSource({"Employee ID", "ID", "Code"})
    @DisplayName("has its leavers in the first sheet with IDs, and not in that of the whole staff behind it")
    void leaversFirst(String id) throws IOException {
        byte[] workbook = new Workbook()
                .row("Leavers", 1, id, "Last Day")
                .row("Leavers", 2, "E-7", "2026-01-31")
                .row("Everybody", 1, "Employee ID", "Email")
                .row("Everybody", 2, "E-7", "ana@example.com")
                .row("Everybody", 3, "E-8", "bo@example.com")
                .bytes();
        JsonNode answer = deleted("people.xlsx", workbook, false);
        assertThat(answer.path("sheet").asText()).isEqualTo("Leavers");
        assertThat(answer.path("records").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("has its people in the first sheet if this one can be imported without a mapping")
    void updatesFirst() throws IOException {
        byte[] workbook = new Workbook()
                .row("Updates", 1, "externalId", "department")
                .row("Updates", 2, "E-7", "Sales")
                .row("Contacts", 1, "ID", "Email")
                .row("Contacts", 2, "C-1", "ana@example.com")
                .bytes();
        JsonNode answer = inspected("people.xlsx", workbook, SCHEMA);
        assertThat(answer.path("sheet").asText()).isEqualTo("Updates");
        assertThat(answer.at("/mapping/externalId").asText()).isEqualTo("externalId");
    }

    @Test
    @DisplayName("has the people, the errors and the verdict of the sheet that is named, with the proposed mapping")
    void namedSheet() throws IOException {
        byte[] workbook = Workbook.oneAndTwo()
                .row("Codes", 1, "Code", "Meaning")
                .row("Codes", 2, "x", "x")
                .row("Codes", 3, "x", "x")
                .bytes();
        JsonNode two =
                inspected("people.xlsx", workbook, SCHEMA, false, Optional.of(Map.of("file", Map.of("sheet", "Two"))));
        assertThat(two.path("sheet").asText()).isEqualTo("Two");
        assertThat(two.path("records").asInt()).isEqualTo(3);
        assertThat(two.path("users"))
                .extracting(user -> user.path("externalId").asText())
                .containsExactly("E-7", "E-9");
        assertThat(two.path("errorCount").asInt()).isEqualTo(1);
        assertThat(two.at("/problem/type").asText()).endsWith("invalid-users");
        assertThat(two.path("mappingProblem")).isEqualTo(two.path("problem"));
        JsonNode one =
                inspected("people.xlsx", workbook, SCHEMA, false, Optional.of(Map.of("file", Map.of("sheet", "One"))));
        assertThat(one.path("records").asInt()).isEqualTo(1);
        assertThat(one.path("problem").isNull()).isTrue();
        JsonNode codes = inspected(
                "people.xlsx", workbook, SCHEMA, false, Optional.of(Map.of("file", Map.of("sheet", "Codes"))));
        assertThat(codes.path("sheet").asText()).isEqualTo("Codes");
        assertThat(codes.path("users")).isEmpty();
        assertThat(codes.path("mapping").isNull()).isTrue();
        assertThat(codes.at("/problem/errors/0/field").asText()).isEqualTo("mapping.externalId");
    }

    @Test
    @DisplayName("shows and proposes the columns of the list that is named")
    void namedList() throws IOException {
        byte[] json =
                ("{\"a\":[{\"code\":\"E-1\",\"dep\":\"Sales\"},{\"code\":\"E-2\",\"dep\":\"Sales\"},{\"code\":\"E-3\",\"dep\":\"IT\"}],"
                                + "\"b\":[{\"id\":\"7\",\"firstName\":\"Ana\",\"lastName\":\"Berg\",\"email\":\"ana@example.com\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        Map<String, Object> file = Map.of("list", "a");
        for (Map<String, Object> mapping : List.of(
                Map.<String, Object>of("file", file),
                Map.of("externalId", "code", "profile", Map.of("userName", "code"), "file", file))) {
            JsonNode answer = inspected("people.json", json, SCHEMA, false, Optional.of(mapping));
            assertThat(answer.path("columns"))
                    .extracting(column -> column.path("name").asText())
                    .containsExactly("code", "dep");
            assertThat(answer.at("/mapping/externalId").asText()).isEqualTo("code");
            assertThat(answer.at("/mapping/file/list").asText()).isEqualTo("a");
        }
    }

    @Test
    @DisplayName("says what is wrong with the mapping that is proposed for it")
    void proposedMapping() throws IOException {
        byte[] rows = "Employee Number;Work Email;First Name;Last Name\n1;ana@example.com;Ana;Berg\n"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode lacking = inspected(
                "people.csv",
                rows,
                Schemas.of(
                        Map.of("department", Schemas.property("Department", "string")),
                        Set.of("userName", "department")));
        assertThat(lacking.at("/problem/type").asText()).endsWith("invalid-request");
        assertThat(lacking.at("/mappingProblem/type").asText()).endsWith("invalid-request");
        assertThat(lacking.at("/mappingProblem/errors/0/field").asText()).isEqualTo("mapping.profile.department");
        assertThat(lacking.path("users")).isEmpty();
        JsonNode right = inspected("people.csv", rows, SCHEMA);
        assertThat(right.path("problem").isNull()).isFalse();
        assertThat(right.path("mappingProblem").isNull()).isTrue();
        assertThat(right.path("users")).hasSize(1);
        JsonNode open = csv("Email,First Name\na@example.com,Ana\na@example.com,Bo\n");
        assertThat(open.path("mapping").isNull()).isTrue();
        assertThat(open.path("problem").isNull()).isFalse();
        assertThat(open.path("mappingProblem").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"users\":%s}", "{\"fields\":[{\"id\":\"a\",\"type\":\"text\"}],\"people\":%s}"})
    @DisplayName("that is a list of a system's own objects shows people with the proposed mapping")
    void ownObjects(String document) throws IOException {
        String people = "[{\"employeeId\":\"E101\",\"firstName\":\"Ana\",\"emailAddress\":\"ana@example.com\"},"
                + "{\"employeeId\":\"E102\",\"firstName\":\"Bo\",\"emailAddress\":\"bo@example.com\"}]";
        byte[] json = document.formatted(people).getBytes(StandardCharsets.UTF_8);
        JsonNode answer = inspected("people.json", json, SCHEMA);
        assertThat(answer.path("users")).hasSize(2);
        assertThat(answer.at("/users/1/profile/userName").asText()).isEqualTo("bo@example.com");
        assertThat(answer.path("errors")).isEmpty();
        assertThat(answer.path("problem").isNull()).isFalse();
        assertThat(answer.path("mappingProblem").isNull()).isTrue();
    }

    @Test
    @DisplayName("that is a payload without valid users keeps the payload's errors")
    void invalidPayload() throws IOException {
        byte[] json = "[{\"externalId\":\"\",\"profile\":{\"userName\":\"a\"}},{\"externalId\":\"7\"}]"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode answer = inspected("people.json", json, SCHEMA);
        assertThat(answer.path("errors").toString()).contains("is blank", "is missing");
        assertThat(answer.path("users")).isEmpty();
    }

    @Test
    @DisplayName("that is nothing that can be read ends as its import does")
    void unreadable() throws IOException {
        assertThat(csv("").at("/problem/type").asText()).endsWith("invalid-request");
        assertThatThrownBy(() -> csv("<!DOCTYPE html><html></html>")).hasMessageContaining("web page");
        assertThatThrownBy(() -> inspected("people.xlsx", new byte[] {7}, SCHEMA))
                .hasMessageContaining("malformed");
    }
}
