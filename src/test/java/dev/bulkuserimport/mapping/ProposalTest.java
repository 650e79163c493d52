package dev.bulkuserimport.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.mapping.Proposal.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A proposal")
class ProposalTest {

    private static final int PEOPLE = 6;

    private static final List<Target> TARGETS = Stream.of(
                    "userName", "email", "firstName", "lastName", "displayName", "mobilePhone", "title", "manager")
            .map(name -> new Target(name, name, false))
            .toList();

    /** A column of six people; a {@code %} in the cell is the person's number. */
    private static ColumnContent column(String name, String cell) {
        ColumnContent column = new ColumnContent(name);
        for (int i = 0; i < PEOPLE; i++) {
            column.add(cell.replace("%", String.valueOf(i)));
        }
        return column;
    }

    private static Proposal of(ColumnContent... columns) {
        return Proposal.of(List.of(columns), TARGETS, Map.of());
    }

    /** The columns by property. */
    private static Map<String, String> chosen(ColumnContent... columns) {
        Map<String, String> chosen = new TreeMap<>();
        of(columns).choices().forEach(choice -> choice.column()
                .ifPresent(column -> chosen.put(choice.target().name(), column.name())));
        return chosen;
    }

    @Test
    @DisplayName("knows the names of persons in Polish, as it knows their IDs and addresses")
    void polish() {
        assertThat(chosen(
                        column("Nr ewidencyjny", "1000%"),
                        column("Imię", "Jan%"),
                        column("Nazwisko", "Kowalski%"),
                        column("E-mail służbowy", "jan%@example.com")))
                .containsEntry("firstName", "Imię")
                .containsEntry("lastName", "Nazwisko");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Next of Kin Email",
                "Emergency Contact (Email)",
                "E-Mail Notfallkontakt",
                "Email contact urgence",
                "Spouse E-Mail",
                "Partner Email",
                "Parent Email",
                "Guardian Email",
                "Approver Email",
                "Recruiter Email",
                "Buddy Email",
                "HR Email",
                "HRBP Email",
                "HR Data Email",
                "hrContact.email",
                "Email (Manager's)",
                "Work Email (Approver)",
                "Username [Supervisor]",
                "Shared Mailbox",
                "E-Mail Vorgesetzter",
                "E-Mail Führungskraft",
                "Correo del jefe",
                "Dept Head Email",
                "Previous Email",
                "Old Email",
                "Former Email",
                "Created By",
                "Modified By",
                "Owner",
                "Manager Username",
                "Manager UPN",
                "Supervisor Login"
            })
    @DisplayName("takes nobody else's address for the person's own")
    void addressOfOthers(String name) {
        assertThat(chosen(column("Employee ID", "E%"), column(name, "x%@example.com")))
                .containsEntry("externalId", "Employee ID")
                .doesNotContainKeys("email", "userName");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Work Email",
                "Email",
                "Correo electrónico",
                "E-Mail geschäftlich",
                "Login Address",
                "EMAIL_ADDR",
                "E-Mail - primär geschäftlich",
                "Dienst-E-Mail",
                "Konto (E-Mail)",
                "E-mail służbowy",
                "E-post arbete",
                "Arbejdsmail",
                "Рабочая почта",
                "İş e-postası",
                "公司邮箱",
                "회사 이메일",
                "hr.workEmail",
                "hrData.email",
                "hrInfo.email",
                "HR_Core.email",
                "person.contact.email",
                "attributes.email.value",
                "contactInfo.emailAddr",
                "personalInfo.mailAddr",
                "Emails - Work"
            })
    @DisplayName("takes the only column of the person's addresses for the login too")
    void ownAddress(String name) {
        assertThat(chosen(column("Employee ID", "E%"), column(name, "x%@example.com")))
                .containsEntry("email", name)
                .containsEntry("userName", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Adresse im Netz",
                "Contacto",
                "Ansprechpartner E-Mail",
                "Ansprechpartner Login",
                "Chefmail",
                "Elternmail",
                "E-Mail FK",
                "E-Mail des Betreuers",
                "Mail N+1",
                "Mail du tuteur",
                "Correo supervisor",
                "Mail referente",
                "E-mail contactpersoon",
                "E-mail do líder",
                "E-post chef",
                "E-mail przełożonego",
                "上司メール",
                "緊急連絡先メール",
                "主管邮箱",
                "상사 이메일",
                "Lead Email",
                "Client Email",
                "Assigned To Email",
                "Referred By",
                "account_lead.mail_uri"
            })
    @DisplayName(
            "leaves address and login open where a word in a column's name isn't known: it may be another person's")
    void unknownAddress(String name) {
        assertThat(chosen(column("Employee ID", "E%"), column(name, "x%@example.com")))
                .containsOnlyKeys("externalId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manager.userName",
                "manager.firstName",
                "manager.lastName",
                "reportsTo.firstName",
                "contact.emergency.phone",
                "contact.emergency.mobilePhone",
                "emergencyContact.mobile",
                "spouse.lastName",
                "createdBy.login",
                "credentials.provider.name",
                "managerData.firstName",
                "Mobile Phone (Emergency)",
                "Mobile [required] (Emergency Contact)",
                "Title (Manager)",
                "Last Name [Spouse]",
                "First Name (former)"
            })
    @DisplayName("takes nobody else's member for the person's own")
    void memberOfOthers(String name) {
        assertThat(chosen(column("id", "E%"), column(name, "Berg %"))).containsOnlyKeys("externalId");
    }

    @ParameterizedTest
    @CsvSource({
        "Manager (Supervisor),manager",
        "Manager [Required] (Line Manager),manager",
        "Mobile Phone (HR),mobilePhone",
        "First Name (required),firstName",
        "HR_Core.lastName,lastName"
    })
    @DisplayName("takes a name whose brackets or section say nothing of another person")
    void marked(String name, String property) {
        assertThat(chosen(column("id", "E%"), column(name, "Berg %"))).containsEntry(property, name);
    }

    @Test
    @DisplayName("takes the person's own member beside another person's, and that of the manager for a manager")
    void ownMember() {
        assertThat(chosen(
                        column("manager.firstName", "Bo"),
                        column("manager.email", "bo@example.com"),
                        column("employee.id", "E%"),
                        column("employee.name.first", "Ana"),
                        column("employee.hr.lastName", "Berg"),
                        column("profile.login", "ana%"),
                        column("contact.emergency.email", "z%@example.com"),
                        column("contact.work.email", "x%@example.com")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "externalId", "employee.id",
                        "firstName", "employee.name.first",
                        "lastName", "employee.hr.lastName",
                        "userName", "profile.login",
                        "email", "contact.work.email",
                        "manager", "manager.email"));
    }

    private static ColumnContent numbers(String name, int first) {
        ColumnContent column = new ColumnContent(name);
        for (int i = 0; i < PEOPLE; i++) {
            column.add(String.valueOf(first + i));
        }
        return column;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lfd. Nr.",
                "#",
                "No",
                "No.",
                "Nr.",
                "S.No",
                "Sl No",
                "Sr. No",
                "Row",
                "Row #",
                "Index",
                "Line",
                "Item",
                "Seq",
                "Rank",
                "Pos.",
                "Zeile",
                "Ligne",
                "Fila",
                "Rij",
                "Nº",
                "序号",
                "Lp.",
                "Unnamed: 0"
            })
    @DisplayName("takes no numbering of the rows for the external ID, and says so")
    void rowCount(String name) {
        for (int first : new int[] {0, 1}) {
            Proposal open = of(numbers(name, first), column("Email", "x%@example.com"));
            assertThat(open.choices().get(0).column()).isEmpty();
            assertThat(open.document()).isEmpty();
            assertThat(open.remarks())
                    .contains("The column " + name
                            + " isn't proposed for the external ID: it numbers the rows, and the next export may give a"
                            + " person another number.");
        }
        assertThat(chosen(numbers(name, 1), numbers("Personnel Number", 1)))
                .containsEntry("externalId", "Personnel Number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No", "Nr.", "Kürzel"})
    @DisplayName("takes numbers that aren't the rows' for the external ID")
    void numbers(String name) {
        assertThat(chosen(numbers(name, 2), column("Email", "x%@example.com"))).containsEntry("externalId", name);
        assertThat(chosen(column(name, "7%4"), column("Email", "x%@example.com")))
                .containsEntry("externalId", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "employee.id", "Employee ID", "Reference", "Código", "PNR"})
    @DisplayName("takes an ID that counts from one")
    void countedIds(String name) {
        assertThat(chosen(numbers(name, 1), column("Email", "x%@example.com"))).containsEntry("externalId", name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Salary",
                "Timestamp",
                "Extension",
                "Passport No",
                "Application ID",
                "Dependent ID",
                "Approver ID",
                "Requisition ID",
                "Driving Licence",
                "Driver License Number",
                "Inventarnummer",
                "Spind-Nr.",
                "Spindnr",
                "Schlüsselnummer",
                "Vertragsnummer",
                "Rechnungsnr",
                "Kundennummer",
                "Ausweisnummer",
                "FK-Nr",
                "Chefnummer",
                "Numéro de badge",
                "Matricola resp.",
                "PESEL",
                "Rodné číslo",
                "CPR-nr.",
                "上司コード",
                "上司社員番号",
                "契約書番号",
                "身份证号",
                "合同编号"
            })
    @DisplayName("takes no first column of other numbers for the external ID")
    void otherNumbers(String name) {
        assertThat(chosen(column(name, "7%4"), column("Email", "x%@example.com")))
                .doesNotContainKey("externalId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Badge Number",
                "Badge No",
                "Badge ID",
                "Numero di badge",
                "Dienstnummer",
                "Kennziffer",
                "Stammnr",
                "社員コード",
                "工号",
                "合同工号",
                "Employee ID (HRID)",
                "Personnel Number (HRNR)",
                "hrcode",
                "사원코드"
            })
    @DisplayName("takes numbers that people have, or that nothing is known of, for the external ID")
    void numbersOfPeople(String name) {
        assertThat(chosen(column(name, "7%4"), column("Email", "x%@example.com")))
                .containsEntry("externalId", name);
    }

    private static ColumnContent cells(String name, String... cells) {
        ColumnContent column = new ColumnContent(name);
        Stream.of(cells).forEach(column::add);
        return column;
    }

    @ParameterizedTest
    @CsvSource({
        "Title,Mr;Ms;Dr;Mrs;;Miss,Job Title",
        "title,Mr.;Ms.;;;Dr.;Prof. Dr.,jobTitle",
        "Titel,;Dr.;;;Prof. Dr.-Ing.;Herr Dr.,Position",
        "Titre,M.;Mme;Mme;M.;Dr;Mlle,Poste",
        "Título,Sr.;Sra.;Sra.;Dra.;Sr.;Ing.,Cargo",
        "Titolo,Sig.;Sig.ra;Dott.;Dott.ssa;Sig.;Sig.,Mansione"
    })
    @DisplayName("takes no salutations or degrees for the title")
    void salutations(String name, String cells, String position) {
        ColumnContent id = column("Employee ID", "E%");
        ColumnContent salutations = cells(name, cells.split(";", -1));
        assertThat(chosen(id, salutations, column(position, "Engineer"))).containsEntry("title", position);
        assertThat(chosen(id, salutations)).doesNotContainKey("title");
        assertThat(chosen(id, column(position, "Ing"))).containsEntry("title", position);
        assertThat(chosen(id, cells(name, "Mr;Ms;Engineer;;;".split(";", -1)))).containsEntry("title", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Manager Title", "Supervisor Job Title", "Manager Description"})
    @DisplayName("takes what the manager does for no manager")
    void managersTitle(String name) {
        assertThat(chosen(column("Employee ID", "E%"), column(name, "Engineer")))
                .containsOnlyKeys("externalId");
    }
}
