package dev.bulkuserimport.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Beside the import")
class CardOperationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static int apps;

    EmbeddedOkta okta;

    @Inject
    Templates templates;

    @Inject
    UserMapping mapping;

    @Inject
    ApplicationCheck check;

    @Inject
    Applications applications;

    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        app = "0oaCardOperations" + apps++;
        okta.application(app);
        okta.schema(app, OktaSchema.standard().custom("costCenter", "badge").require("badge"));
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("a template is the header row of a file for the application, what is required first")
    void template() {
        assertThat(templates.csv(app, ImportOperation.CREATE_AND_UPDATE, deadline()))
                .isEqualTo(
                        "externalId,userName,badge,email,secondEmail,firstName,lastName,mobilePhone,homeAddress,costCenter\r\n");
        assertThat(templates.file(app, ImportOperation.DEACTIVATE_AND_DELETE, deadline()))
                .isEqualTo("\uFEFFexternalId\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> templates.csv("0oaNobody", ImportOperation.CREATE_AND_UPDATE, deadline()))
                        .problem()
                        .type())
                .isEqualTo(ProblemType.APPLICATION_NOT_FOUND);
    }

    private Object mapped(String body) throws IOException {
        byte[] answer = mapping.run(json -> json.createParser(quoted(body)), Optional.of(app), deadline());
        return JSON.readValue(answer, Object.class);
    }

    private Problem refused(String body) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> mapping.run(json -> json.createParser(quoted(body)), Optional.of(app), deadline()))
                .problem();
    }

    private static String quoted(String apostrophes) {
        return apostrophes.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'importOperation':'CREATE_AND_UPDATE','externalIdKey':'no','users':[{'no':7,'userName':'a@example.com','badge':1.0,'Salary':9,'costCenter':null}]}"
                        + "| {'users':[{'externalId':'7','profile':{'userName':'a@example.com','badge':'1.0'}}],'ignoredKeys':['Salary']}",
                "{'users':[{'badge':'7','userName':'a@example.com'}],'externalIdKey':'badge','importOperation':'Create & Update'}"
                        + "| {'users':[{'externalId':'7','profile':{'userName':'a@example.com','badge':'7'}}]}",
                "{'importOperation':'DEACTIVATE_AND_DELETE','externalIdKey':'id','users':[{'id':'a','x':1},{'id':'b'}]}"
                        + "| {'users':[{'externalId':'a'},{'externalId':'b'}],'ignoredKeys':['x']}",
                "{'importOperation':'CREATE_AND_UPDATE','mapping':{'externalId':'id','profile':{'title':'job'},'deactivate':{'when':'s','is':['left']},'skip':{'when':'s','is':['away']}},'users':[{'id':'1','job':'x'},{'id':'2','s':'Left'},{'id':'3','s':'away'}]}"
                        + "| {'users':[{'externalId':'1','profile':{'title':'x'}}],'deactivate':[{'externalId':'2'}],'skipped':1}",
                "{'importOperation':'CREATE_AND_UPDATE','mapping':{'externalId':'id','profile':{'title':'job'},'groups':{'externalId':'d','displayName':'d'}},'users':[{'id':'1','job':'x','d':'Sales'}]}"
                        + "| {'users':[{'externalId':'1','profile':{'title':'x'}}]}",
                "{'importOperation':'CREATE_AND_UPDATE','externalIdKey':'id','users':[]} | {'users':[]}",
                "{'importOperation':'CREATE_AND_UPDATE','externalIdKey':'id','users':null,'applicationId':'ignored beside the path'} | {'users':[]}",
            })
    @DisplayName("raw users become users as an import takes them")
    void mapUsers(String body, String answer) throws IOException {
        assertThat(mapped(body)).isEqualTo(JSON.readValue(quoted(answer), Object.class));
    }

    @Test
    @DisplayName("many raw users are mapped in one answer, one after the other")
    void many() throws IOException {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < 11_000; i++) {
            users.append(i == 0 ? "" : ",")
                    .append("{'id':")
                    .append(i)
                    .append(",'m':'")
                    .append(i)
                    .append("@example.com'}");
        }
        Map<?, ?> answer =
                (Map<?, ?>) mapped("{'importOperation':'CREATE_AND_UPDATE','mapping':{'externalId':'id','profile':{"
                        + "'userName':'m'}},'users':[" + users + "]}");
        List<?> mapped = (List<?>) answer.get("users");
        assertThat(mapped).hasSize(11_000);
        assertThat(mapped.get(10_999))
                .isEqualTo(Map.of("externalId", "10999", "profile", Map.of("userName", "10999@example.com")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | importOperation is missing",
                "{} | users is missing",
                "{} | externalIdKey is missing",
                "{'importOperation':'SNAPSHOT'} | importOperation must be",
                "{'importOperation':7} | importOperation must be",
                "{'users':{}} | users must be an array",
                "{'externalIdKey':' '} | externalIdKey must name",
                "{'externalIdKey':'id','mapping':{'externalId':'id'}} | mutually exclusive",
                "{'externalIdKey':'id','externalIdKey':'id'} | externalIdKey appears twice",
                "{'mapping':{'externalId':'id','profile':{'User Name':'x'}}} | mapping.profile.User Name",
                "{'importOperation':'CREATE_AND_UPDATE','users':[],'mapping':{'externalId':'id'}} | mapping.profile is missing",
            })
    @DisplayName("a request to map that is wrong is told what is wrong")
    void wrongRequests(String body, String said) {
        Problem problem = refused(body);
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.detail()).contains(said);
    }

    @Test
    @DisplayName("raw users that can't be imported are named by their index, and what stands there isn't")
    void invalidUsers() {
        Problem problem = refused("{'importOperation':'CREATE_AND_UPDATE','externalIdKey':'id','users':["
                + "{'id':'1','userName':'a@example.com','badge':'1'},7,{'userName':'b@example.com','badge':'2'},"
                + "{'id':'1','userName':'A@example.com','badge':[3]}]}");
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_USERS);
        assertThat(problem.more().get("errors").toString())
                .contains("index=1", "index=2", "index=3")
                .doesNotContain("index=0")
                .doesNotContain("example.com");
        assertThat(refused("{'importOperation':'CREATE_AND_UPDATE',").type()).isEqualTo(ProblemType.MALFORMED_PAYLOAD);
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE, 500", "HTML_AFTER, 200", "RESET_AFTER, 500"})
    @DisplayName("an application's id may be entered where no answer of Okta's came")
    void enterApplicationId(Fault.Kind kind, int status) {
        okta.fault(Fault.upload(kind).withStatus(status).on("GET /api/v1/apps").times(99));
        assertThat(applications.list(Deadline.in(Duration.ofSeconds(2))))
                .isEqualTo(new Applications.Choices(List.of(), true));
        // One answer keeps the circuit closed for what follows.
        okta.heal();
        applications.list(deadline());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 503})
    @DisplayName("a refusal to list the applications is told")
    void refusedList(int status) {
        okta.fault(Fault.status(status).on("GET /api/v1/apps").times(99));
        assertThatThrownBy(() -> applications.list(Deadline.in(Duration.ofSeconds(2))))
                .isInstanceOf(ProblemException.class);
        okta.heal();
        applications.list(deadline());
    }

    private Map<String, String> checks(String id) {
        Map<String, String> checks = new LinkedHashMap<>();
        for (ApplicationCheck.Check one : check.run(id, deadline())) {
            checks.put(one.name(), one.ok().map(String::valueOf).orElse("unknown"));
        }
        return checks;
    }

    private String detail(String name) {
        return check.run(app, deadline()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    @Test
    @DisplayName("a check finds everything that is set up, and doesn't write to know more")
    void allIsWell() {
        assertThat(checks(app))
                .hasToString(
                        "{org=true, credentials=true, okta.identitySources.manage=unknown, okta.identitySources.read=true,"
                                + " okta.apps.read=true, okta.schemas.read=true, application=true, schema=true, activeSession=true,"
                                + " lastSession=true}");
        assertThat(detail("schema")).contains("2 custom properties", "badge", "userName");
        assertThat(detail("activeSession")).startsWith("None");
        assertThat(okta.sessionsOf(app)).isEmpty();
        OktaSession session = okta.newSession(app);
        assertThat(detail("activeSession")).startsWith(session.id() + " is CREATED");
        assertThat(detail("lastSession")).startsWith(session.id() + " is CREATED, created 20");
    }

    @Test
    @DisplayName("a check finds an application that Okta doesn't know, and scopes that are missing")
    void missing() {
        assertThat(checks("0oaNobody"))
                .containsEntry("org", "true")
                .containsEntry("credentials", "true")
                .containsEntry("okta.identitySources.read", "true")
                .containsEntry("application", "false")
                .containsEntry("schema", "false")
                .containsEntry("activeSession", "unknown");
        okta.withoutScopes("okta.apps.read", "okta.schemas.read");
        assertThat(checks(app))
                .containsEntry("credentials", "true")
                .containsEntry("okta.apps.read", "false")
                .containsEntry("okta.schemas.read", "false")
                .containsEntry("application", "true")
                .containsEntry("schema", "unknown");
    }

    @Test
    @DisplayName("a check finds credentials that Okta refuses, without failing")
    void refusedCredentials() {
        okta.fault(Fault.status(401).on("GET /api/v1").times(99));
        assertThat(checks(app))
                .containsEntry("org", "true")
                .containsEntry("credentials", "false")
                .containsEntry("okta.schemas.read", "unknown")
                .containsEntry("application", "unknown")
                .containsEntry("lastSession", "unknown");
    }
}
