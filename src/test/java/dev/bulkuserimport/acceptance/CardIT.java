package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("The card's options and siblings")
class CardIT {

    private static int apps;

    EmbeddedOkta okta;
    private String app;

    @BeforeEach
    void application() throws InterruptedException {
        okta.reset();
        app = "0oaCardTest" + apps++;
        okta.application(app);
        okta.schema(app, Lambda.parse("""
                {"definitions":{"base":{"properties":{"userName":{"title":"Username","type":"string","required":true}},"required":["userName"]},
                 "custom":{"properties":{"costCenter":{"title":"Cost center","type":"string"},
                                          "badge":{"title":"Badge","type":"integer","required":true}},"required":["badge"]}}}"""));
    }

    private static JsonNode http(String method, String path) {
        return http(method, path, null);
    }

    private static JsonNode http(String method, String path, String body) {
        int query = path.indexOf('?');
        ObjectNode event = Lambda.sample("http-api-v2");
        event.put("rawPath", query < 0 ? path : path.substring(0, query));
        event.put("rawQueryString", query < 0 ? "" : path.substring(query + 1));
        ((ObjectNode) event.at("/requestContext/http")).put("method", method);
        if (body == null) {
            event.remove("body");
        } else {
            event.put("body", body);
        }
        return Lambda.invoke(event.toString()).json();
    }

    private static JsonNode body(JsonNode answer) {
        return Lambda.parse(answer.path("body").asText());
    }

    @Test
    @DisplayName("play a whole import over HTTP alone")
    void overHttp() {
        JsonNode applications = body(http("GET", "/applications"));
        assertThat(applications.path("applications"))
                .extracting(a -> a.path("id").asText())
                .contains(app);
        assertThat(applications.path("enterApplicationId").asBoolean(true)).isFalse();

        JsonNode properties =
                body(http("GET", "/applications/" + app + "/properties?importOperation=Create%20%26%20Update"));
        assertThat(properties.path("properties"))
                .extracting(p -> p.path("name").asText())
                .containsExactly(
                        "externalId",
                        "userName",
                        "email",
                        "secondEmail",
                        "firstName",
                        "lastName",
                        "mobilePhone",
                        "homeAddress",
                        "costCenter",
                        "badge");
        assertThat(properties.at("/properties/1"))
                .isEqualTo(
                        Lambda.parse(
                                "{\"name\":\"userName\",\"title\":\"User Name\",\"type\":\"string\",\"required\":true,\"custom\":false}"));
        assertThat(properties.at("/properties/9"))
                .isEqualTo(
                        Lambda.parse(
                                "{\"name\":\"badge\",\"title\":\"Badge\",\"type\":\"integer\",\"required\":true,\"custom\":true}"));
        assertThat(body(http("GET", "/applications/" + app + "/properties?importOperation=DEACTIVATE_AND_DELETE"))
                        .path("properties"))
                .hasSize(1);

        JsonNode created = http("POST", "/applications/" + app + "/sessions");
        assertThat(created.path("statusCode").asInt()).isEqualTo(201);
        String session = body(created).path("id").asText();
        assertThat(body(created).path("status").asText()).isEqualTo("CREATED");

        JsonNode imported =
                http("POST", "/imports", new Payload(app, session).users(0, 450).toString());
        assertThat(body(imported).path("recordsImported").asInt()).isEqualTo(450);

        JsonNode started = http("POST", "/applications/" + app + "/sessions/" + session + "/start-import");
        assertThat(body(started).path("status").asText()).isEqualTo("TRIGGERED");
        String status = "";
        for (int i = 0; i < 50 && !status.equals("COMPLETED"); i++) {
            status = body(http("GET", "/applications/" + app + "/sessions/" + session))
                    .path("status")
                    .asText();
        }
        assertThat(status).isEqualTo("COMPLETED");
        assertThat(body(http("GET", "/applications/" + app + "/sessions"))
                        .at("/sessions/0/id")
                        .asText())
                .isEqualTo(session);
    }

    @Test
    @DisplayName("give a file's header row, map raw users, and tell what is set up, over HTTP and by an action")
    void templateMappingAndCheck() {
        JsonNode template = http("GET", "/applications/" + app + "/template.csv");
        assertThat(template.at("/headers/Content-Type").asText()).isEqualTo("text/csv; charset=utf-8");
        assertThat(template.path("body").asText())
                .startsWith("\uFEFFexternalId,")
                .contains("costCenter");
        assertThat(body(http("GET", "/applications/" + app + "/check")).path("checks"))
                .extracting(check -> check.path("name").asText())
                .contains("org", "credentials", "schema");
        String raw = """
                {"importOperation":"CREATE_AND_UPDATE","externalIdKey":"id","users":[{"id":"E-1","email":"a@example.com","badge":1,
                 "userName":"a@example.com","hobby":"<b>"}]%s}""";
        JsonNode mapped = body(http("POST", "/applications/" + app + "/map-users", raw.formatted("")));
        assertThat(mapped.at("/users/0/externalId").asText()).isEqualTo("E-1");
        assertThat(mapped.path("ignoredKeys")).isEqualTo(Lambda.parse("[\"hobby\"]"));
        Lambda.Result byAction =
                Lambda.invoke(raw.formatted(",\"applicationId\":\"" + app + "\",\"action\":\"mapUsers\""));
        assertThat(byAction.json()).isEqualTo(mapped);
    }

    private static JsonNode action(String action, String app, String session) {
        ObjectNode event = Lambda.JSON.createObjectNode().put("action", action);
        if (app != null) {
            event.put("applicationId", app);
        }
        if (session != null) {
            event.put("sessionId", session);
        }
        Lambda.Result result = Lambda.invoke(event.toString());
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
        return result.json();
    }

    @Test
    @DisplayName("play the same by actions, as Step Functions would")
    void byActions() {
        assertThat(action("listApplications", null, null).path("applications")).isNotEmpty();
        assertThat(action("template", app, null).path("csv").asText()).startsWith("externalId,");
        assertThat(action("check", app, null).path("checks")).isNotEmpty();
        assertThat(action("listProperties", app, null).path("properties")).hasSize(10);
        String session = action("createSession", app, null).path("id").asText();
        assertThat(Lambda.invoke(new Payload(app, session).users(0, 450).toString())
                        .json()
                        .path("recordsImported")
                        .asInt())
                .isEqualTo(450);
        assertThat(action("getSession", app, session).path("status").asText()).isEqualTo("IN_PROGRESS");
        assertThat(action("startImport", app, session).path("status").asText()).isEqualTo("TRIGGERED");
        assertThat(action("listSessions", app, null).path("sessions")).hasSize(1);
    }

    @Test
    @DisplayName("cancel a session, and say why it can't be done twice")
    void cancel() {
        OktaSession session = okta.newSession(app);
        String path = "/applications/" + app + "/sessions/" + session.id();
        JsonNode cancelled = http("DELETE", path);
        assertThat(cancelled.path("statusCode").asInt()).isEqualTo(204);
        assertThat(cancelled.path("body").asText()).isEmpty();
        assertThat(session.status()).isEqualTo("CLOSED");
        JsonNode again = http("DELETE", path);
        assertThat(again.path("statusCode").asInt()).isEqualTo(409);
        assertThat(body(again).path("type").asText()).endsWith("session-conflict");
        assertThat(body(again).path("errorCode").asText()).isEqualTo("E0000001");
    }

    @Test
    @DisplayName("say session-conflict for a second active session and a start without data")
    void conflicts() {
        OktaSession session = okta.newSession(app);
        assertThat(body(http("POST", "/applications/" + app + "/sessions"))
                        .path("type")
                        .asText())
                .endsWith("session-conflict");
        assertThat(body(http("POST", "/applications/" + app + "/sessions/" + session.id() + "/start-import"))
                        .path("type")
                        .asText())
                .endsWith("session-conflict");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/applications/0oaNobody/properties,404,application-not-found",
        "GET,/applications/0oaNobody/sessions,404,application-not-found",
        "POST,/applications/0oaNobody/sessions,404,application-not-found",
        "GET,/applications/APP/sessions/apsNobody,404,session-not-found",
        "DELETE,/applications/APP/sessions/apsNobody,404,session-not-found",
        "POST,/applications/APP/sessions/apsNobody/start-import,404,session-not-found",
        "GET,/applications/a%2Fb/sessions,400,invalid-request",
        "GET,/applications/APP/properties?importOperation=Destroy,400,invalid-request"
    })
    @DisplayName("say what is not there or wrong")
    void failures(String method, String path, int status, String problem) {
        JsonNode answer = http(method, path.replace("APP", app));
        assertAnswered(answer).is(problem).has("status", status);
    }

    @Test
    @DisplayName("say okta-unauthorized with the scope that is missing")
    void scopes() {
        okta.fault(Fault.status(403).on("GET /api/v1/apps").times(9));
        JsonNode answer = http("GET", "/applications");
        assertAnswered(answer).is("okta-unauthorized").has("status", 502).says("okta.apps.read");
    }

    @Test
    @DisplayName("list at most 100 active applications, over Okta's pages")
    void hundred() {
        okta.application("0oaInactive", "old", "INACTIVE");
        for (int i = 0; i < 120; i++) {
            okta.application(String.format("0oaMany%03d", i));
        }
        JsonNode applications = body(http("GET", "/applications"));
        assertThat(applications.path("applications")).hasSize(100);
        assertThat(applications.toString()).doesNotContain("0oaInactive");
    }

    @Test
    @DisplayName("leave out what has no ID that a call could name")
    void withoutId() {
        okta.fault(Fault.answer(
                        200,
                        "application/json",
                        "[{\"id\":null,\"label\":\"a\"},{},7,null,{\"id\":\"0oa/x\"},{\"id\":\"0oa1\",\"label\":\"b\"}]")
                .on("GET /api/v1/apps"));
        assertThat(body(http("GET", "/applications")).path("applications"))
                .isEqualTo(Lambda.parse("[{\"id\":\"0oa1\",\"label\":\"b\"}]"));
    }

    @Test
    @DisplayName("let an id be entered when Okta does not answer")
    void silence() {
        okta.fault(
                Fault.upload(Fault.Kind.SILENCE_BEFORE).on("GET /api/v1/apps").times(9));
        JsonNode answer = http("GET", "/applications");
        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo(Lambda.parse("{\"applications\":[],\"enterApplicationId\":true}"));
    }

    @Test
    @DisplayName("refuse an action that there is none of")
    void unknownAction() {
        assertProblem(Lambda.invoke("{\"action\":\"destroy\"}"))
                .is("invalid-request")
                .says("createSession");
    }

    @Test
    @DisplayName("describe an import's failures too")
    void importFailures() {
        OktaSession session = okta.newSession(app);
        http("POST", "/imports", "{");
        http("POST", "/", "{}");
        http("POST", "/imports", new Payload(app, session.id()).user("{}").toString());
        http(
                "POST",
                "/imports",
                new Payload(app, session.id()).with("dryRun", true).users(0, 3).toString());
        okta.fault(Fault.status(400).times(9));
        http("POST", "/imports", new Payload(app, session.id()).users(0, 3).toString());
        http("GET", "/imports");
        http("GET", "/nowhere");
    }
}
