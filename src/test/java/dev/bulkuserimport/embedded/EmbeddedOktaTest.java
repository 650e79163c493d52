package dev.bulkuserimport.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The embedded Okta")
class EmbeddedOktaTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static EmbeddedOkta okta;
    private static int apps;
    private String app;

    @BeforeAll
    static void start() {
        okta = EmbeddedOkta.start();
    }

    @AfterAll
    static void stop() {
        okta.close();
    }

    @BeforeEach
    void application() {
        okta.reset();
        app = "0oaEmbedded" + apps++;
        okta.application(app);
    }

    private record Reply(int status, JsonNode json, String link) {}

    private Reply call(String method, String path, String body) throws IOException, InterruptedException {
        String url = path.startsWith("http") ? path : okta.url() + "/api/v1" + path;
        HttpResponse<String> response = CLIENT.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "SSWS " + EmbeddedOkta.TOKEN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Reply(
                response.statusCode(),
                OktaAnswer.JSON.readTree(response.body()),
                response.headers().firstValue("Link").orElse(""));
    }

    private String sessions() {
        return "/identity-sources/" + app + "/sessions";
    }

    private String created() throws IOException, InterruptedException {
        Reply reply = call("POST", sessions(), null);
        assertThat(reply.status).as(reply::toString).isEqualTo(201);
        return sessions() + "/" + reply.json.path("id").asText();
    }

    private void upsert(String session, String... users) throws IOException, InterruptedException {
        List<String> profiles = new ArrayList<>();
        for (String user : users) {
            String[] parts = user.split(" ", 2);
            profiles.add("{\"externalId\":\"" + parts[0] + "\",\"profile\":" + parts[1] + "}");
        }
        assertThat(bulk(session, "upsert", profiles)).isEqualTo(202);
    }

    private void delete(String session, String... externalIds) throws IOException, InterruptedException {
        List<String> profiles = new ArrayList<>();
        for (String externalId : externalIds) {
            profiles.add("{\"externalId\":\"" + externalId + "\"}");
        }
        assertThat(bulk(session, "delete", profiles)).isEqualTo(202);
    }

    private int bulk(String session, String what, List<String> profiles) throws IOException, InterruptedException {
        return call(
                        "POST",
                        session + "/bulk-" + what,
                        "{\"entityType\":\"USERS\",\"profiles\":[" + String.join(",", profiles) + "]}")
                .status;
    }

    private String started(String... users) throws IOException, InterruptedException {
        String session = created();
        upsert(session, users);
        assertThat(call("POST", session + "/start-import", null)
                        .json
                        .path("status")
                        .asText())
                .isEqualTo("TRIGGERED");
        return session;
    }

    private String status(String session) throws IOException, InterruptedException {
        return call("GET", session, null).json.path("status").asText();
    }

    private static String login(String name) {
        return "{\"userName\":\"" + name + "\"}";
    }

    @Test
    @DisplayName("brings users into its directory when it has worked on a session, and not before")
    void processing() throws IOException, InterruptedException {
        okta.processing(app, Processing.reads(2), Processing.QUICK);
        String session = started("E-1 " + login("a@example.com"), "E-2 " + login("b@example.com"));
        assertThat(okta.directoryOf(app).users()).isEmpty();
        assertThat(List.of(status(session), status(session), status(session)))
                .containsExactly("TRIGGERED", "TRIGGERED", "COMPLETED");
        assertThat(okta.directoryOf(app).statuses()).containsExactly(entry("ACTIVE", 2));

        session = created();
        upsert(session, "E-1 {\"userName\":\"a@example.com\",\"department\":\"R&D\"}");
        delete(session, "E-2", "E-unknown");
        call("POST", session + "/start-import", null);
        assertThat(status(session)).isEqualTo("COMPLETED");
        OktaDirectory directory = okta.directoryOf(app);
        assertThat(directory.present().keySet()).containsExactly("E-1");
        assertThat(directory
                        .user("E-1")
                        .orElseThrow()
                        .profile()
                        .path("department")
                        .asText())
                .isEqualTo("R&D");
        assertThat(directory.user("E-2").orElseThrow().status()).isEqualTo("DEPROVISIONED");
        assertThat(directory.sentAgain()).containsOnly(entry("E-1", 2), entry("E-2", 2));
    }

    @Test
    @DisplayName("can end a session in an error, also in the middle, or let it expire")
    void ends() throws IOException, InterruptedException {
        okta.processing(app, Processing.error(), Processing.errorAfter(1), Processing.expired(), Processing.QUICK);
        String[] users = {"E-1 " + login("a@example.com"), "E-2 " + login("b@example.com")};
        assertThat(status(started(users))).isEqualTo("ERROR");
        assertThat(okta.directoryOf(app).users()).isEmpty();
        assertThat(status(started(users))).isEqualTo("ERROR");
        assertThat(okta.directoryOf(app).users()).hasSize(1);
        assertThat(status(started(users))).isEqualTo("EXPIRED");
        assertThat(status(started(users))).isEqualTo("COMPLETED");
        assertThat(okta.directoryOf(app).users()).hasSize(2);
    }

    @Test
    @DisplayName("works on triggered sessions one after the other")
    void oneAfterTheOther() throws IOException, InterruptedException {
        okta.processing(app, Processing.reads(3), Processing.QUICK);
        String first = started("E-1 " + login("a@example.com"));
        String second = sessions() + "/" + okta.newSession(app).id();
        upsert(second, "E-1 " + login("b@example.com"));
        call("POST", second + "/start-import", null);
        assertThat(List.of(status(second), status(first), status(first), status(second)))
                .containsOnly("TRIGGERED");
        assertThat(List.of(status(first), status(first), status(second)))
                .containsExactly("TRIGGERED", "COMPLETED", "COMPLETED");
        assertThat(okta.directoryOf(app)
                        .user("E-1")
                        .orElseThrow()
                        .profile()
                        .path("userName")
                        .asText())
                .isEqualTo("b@example.com");
    }

    @Test
    @DisplayName("has one active session an application, and none for a while after a start")
    void oneSession() throws IOException, InterruptedException {
        okta.pauseBetweenSessions(app, Duration.ofMinutes(5));
        String session = created();
        assertThat(call("POST", sessions(), null).status).isEqualTo(400);
        upsert(session, "E-1 " + login("a@example.com"));
        call("POST", session + "/start-import", null);
        assertThat(status(session)).isEqualTo("COMPLETED");
        assertThat(call("POST", sessions(), null).json.path("errorCode").asText())
                .isEqualTo("E0000001");
        okta.clockSkewSeconds(301);
        assertThat(call("POST", sessions(), null).status).isEqualTo(201);
        okta.clockSkewSeconds(301 + 86_401);
        assertThat(call("POST", sessions(), null).status).isEqualTo(201);
        assertThat(okta.sessionsOf(app))
                .extracting(OktaSession::status)
                .containsExactly("COMPLETED", "EXPIRED", "CREATED");
    }

    @Test
    @DisplayName(
            "takes no user with an unknown property, without a required one, or with another's login, and tells nobody")
    void refused() throws IOException, InterruptedException {
        okta.schema(app, OktaSchema.standard().custom("badge").require("email"));
        String email = "\"email\":\"a@example.com\"";
        started(
                "E-1 {\"userName\":\"Anna@example.com\"," + email + ",\"badge\":\"1\"}",
                "E-2 {\"userName\":\"anna@EXAMPLE.com\"," + email + "}",
                "E-3 {\"userName\":\"c@example.com\"}",
                "E-4 {\"userName\":\"d@example.com\"," + email + ",\"bagde\":\"1\"}");
        OktaDirectory directory = okta.directoryOf(app);
        assertThat(directory.users()).containsOnlyKeys("E-1");
        assertThat(directory.refused())
                .containsOnly(
                        entry("E-2", "the login is that of E-1"),
                        entry("E-3", "no email"),
                        entry("E-4", "unknown property bagde"));
    }

    @Test
    @DisplayName("lets new users wait for confirmation, and shows their external ID only then")
    void confirmation() throws IOException, InterruptedException {
        okta.directoryOf(app).confirmation(Confirmation.MANUAL).oktaLogins(Set.of("B@example.com"));
        started("E-1 " + login("a@example.com"), "E-2 " + login("b@example.com"));
        JsonNode users = call("GET", "/apps/" + app + "/users?limit=500", null).json;
        assertThat(users).extracting(user -> user.path("status").asText()).containsExactly("IMPORTED", "MATCHED");
        assertThat(users).noneMatch(user -> user.has("externalId"));
        okta.directoryOf(app).confirmAll().confirmation(Confirmation.NONE);
        started("E-3 " + login("c@example.com"));
        users = call("GET", "/apps/" + app + "/users", null).json;
        assertThat(users)
                .extracting(user -> user.path("status").asText())
                .containsExactly("ACTIVE", "ACTIVE", "UNASSIGNED");
        assertThat(users.at("/0/externalId").asText()).isEqualTo("E-1");
    }

    @Test
    @DisplayName("lists application users in pages, and tells of a single one")
    void listing() throws IOException, InterruptedException {
        for (int i = 0; i < 7; i++) {
            okta.directoryOf(app).add("E " + i, login(i + "@example.com"));
        }
        okta.usersAPage(3);
        List<String> seen = new ArrayList<>();
        String next = "/apps/" + app + "/users?limit=500";
        while (next != null) {
            Reply reply = call("GET", next, null);
            reply.json.forEach(user -> seen.add(user.path("externalId").asText()));
            int at = reply.link.indexOf(", <");
            next = at < 0 ? null : reply.link.substring(at + 3, reply.link.indexOf('>', at));
        }
        assertThat(seen).containsExactly("E 0", "E 1", "E 2", "E 3", "E 4", "E 5", "E 6");
        assertThat(call("GET", "/identity-sources/" + app + "/users/E%201", null)
                        .json
                        .at("/profile/userName")
                        .asText())
                .isEqualTo("1@example.com");
        assertThat(call("GET", "/identity-sources/" + app + "/users/E-9", null).status)
                .isEqualTo(404);
    }

    @Test
    @DisplayName("does nothing with a session of an inactive application, and creates none")
    void inactive() throws IOException, InterruptedException {
        String session = created();
        upsert(session, "E-1 " + login("a@example.com"));
        okta.application(app, "Asleep", "INACTIVE");
        assertThat(call("POST", sessions(), null).status).isEqualTo(400);
        for (String refused : List.of(
                "GET " + sessions(),
                "GET " + session,
                "POST " + session + "/bulk-upsert",
                "POST " + session + "/bulk-groups-upsert",
                "POST " + session + "/start-import",
                "DELETE " + session)) {
            String[] parts = refused.split(" ");
            assertThat(call(parts[0], parts[1], null).status).as(refused).isEqualTo(403);
        }
        okta.application(app);
        assertThat(status(session)).isEqualTo("IN_PROGRESS");
    }

    @Test
    @DisplayName("takes an assertion once, and none without an ID")
    void assertions() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("kid").generate();
        okta.tokens().client("0oaService", key.toPublicJWK(), "kid", false, "okta.identitySources.read");
        String once = assertion(key, "jti-" + app);
        assertThat(token(once)).isEqualTo(200);
        assertThat(token(once)).isEqualTo(401);
        assertThat(token(assertion(key, null))).isEqualTo(401);

        ECKey p384 = new ECKeyGenerator(Curve.P_384).keyID("kid").generate();
        okta.tokens().client("0oaService", p384.toPublicJWK(), "kid", false, "okta.identitySources.read");
        assertThat(token(assertion(p384, "jti-p384-" + app)))
                .as("only RS256 and ES256")
                .isEqualTo(401);
    }

    private static String assertion(ECKey key, String id) throws JOSEException {
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(key.getCurve().equals(Curve.P_256) ? JWSAlgorithm.ES256 : JWSAlgorithm.ES384)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer("0oaService")
                        .subject("0oaService")
                        .audience(okta.url() + "/oauth2/v1/token")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .jwtID(id)
                        .build());
        assertion.sign(new ECDSASigner(key));
        return assertion.serialize();
    }

    private int token(String assertion) throws IOException, InterruptedException {
        return call(
                        "POST",
                        okta.url() + "/oauth2/v1/token",
                        "grant_type=client_credentials&scope=okta.identitySources.read"
                                + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                                + "&client_assertion=" + assertion)
                .status;
    }

    @Test
    @DisplayName("refuses each call whose scope is missing")
    void scopes() throws IOException, InterruptedException {
        okta.withoutScopes("okta.apps.read", "okta.schemas.read");
        assertThat(call("GET", "/apps/" + app + "/users", null)
                        .json
                        .path("errorCode")
                        .asText())
                .isEqualTo("E0000006");
        assertThat(call("GET", "/meta/schemas/apps/" + app + "/default", null).status)
                .isEqualTo(403);
        assertThat(call("GET", sessions(), null).status).isEqualTo(200);
        okta.withoutScopes();
        assertThat(call("GET", "/meta/schemas/apps/" + app + "/default", null)
                        .json
                        .at("/definitions/base/required/0")
                        .asText())
                .isEqualTo("userName");
    }

    @Test
    @DisplayName("keeps a session of deletions of nobody CREATED once it knows who exists")
    void unknownDeletions() throws IOException, InterruptedException {
        okta.directory(Set.of("E-7"));
        String session = created();
        delete(session, "E-8");
        assertThat(status(session)).isEqualTo("CREATED");
        assertThat(call("POST", session + "/start-import", null).status).isEqualTo(400);
        delete(session, "E-7");
        assertThat(status(session)).isEqualTo("IN_PROGRESS");
    }

    @Test
    @DisplayName("quotes values when told to")
    void quoting() throws IOException, InterruptedException {
        okta.fault(Fault.upload(Fault.Kind.QUOTING));
        Reply reply = call(
                "POST",
                created() + "/bulk-upsert",
                "{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"isaac@example.com\",\"lastName\":\"Brock\"}}]}");
        assertThat(reply.status).isEqualTo(400);
        assertThat(reply.json.path("errorSummary").asText())
                .contains("'isaac@example.com'")
                .contains("\"Brock\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bulk-upsert                   |                                                                                  | E0000003
            bulk-upsert                   | {"entityType":"USERS","profiles":[]}{}                                           | E0000003
            bulk-upsert                   | {"entityType":"USERS","profiles":[{"externalId":"1","externalId":"2","profile":{}}]} | E0000003
            bulk-upsert                   | {"entityType":"USERS","profiles":[{"externalId":"1","profile":{},"status":"x"}]} | E0000001
            bulk-upsert                   | {"entityType":"USERS","profiles":[{"externalId":"1","profile":{}}],"more":1}     | E0000001
            bulk-delete                   | {"entityType":"USERS","profiles":[{"externalId":"1","profile":{}}]}              | E0000001
            bulk-groups-delete            | {"externalIds":["g-1","g-1"]}                                                    | E0000001
            bulk-groups-upsert            | {"entityType":"USERS","profiles":[{"externalId":"g","profile":{"displayName":"G"}}]} | E0000001
            bulk-group-memberships-upsert | {"memberships":[{"groupExternalId":"g-1","memberExternalIds":["1"]}]}            | E0000001
            """)
    @DisplayName("refuses a bulk request that is in any way not as Okta describes it, and takes nothing of it")
    void strict(String endpoint, String body, String code) throws IOException, InterruptedException {
        String session = created();
        assertThat(call("POST", session + "/" + endpoint, body)
                        .json
                        .path("errorCode")
                        .asText())
                .isEqualTo(code);
        assertThat(status(session)).isEqualTo("CREATED");
    }

    @Test
    @DisplayName("takes no user with a property that nobody may set")
    void readOnly() throws IOException, InterruptedException {
        ObjectNode schema = OktaSchema.standard().custom("badge").json().deepCopy();
        ((ObjectNode) schema.at("/definitions/custom/properties/badge")).put("mutability", "READ_ONLY");
        okta.schema(app, schema);
        started("E-1 {\"userName\":\"a@example.com\",\"badge\":\"1\"}", "E-2 " + login("b@example.com"));
        assertThat(okta.directoryOf(app).users()).containsOnlyKeys("E-2");
    }

    @Test
    @DisplayName("refuses to cancel a session twice as the real one was seen to, and a page of more than 1,000 members")
    void limits() throws IOException, InterruptedException {
        String session = created();
        assertThat(call("DELETE", session, null).status).isEqualTo(204);
        Reply again = call("DELETE", session, null);
        assertThat(again.status).isEqualTo(400);
        assertThat(again.json.path("errorSummary").asText()).isEqualTo("Api validation failed: importSessionId");
        assertThat(status(session)).isEqualTo("CLOSED");
        String members = "/identity-sources/" + app + "/groups/g-1/membership?limit=";
        assertThat(call("GET", members + "1001", null).status).isEqualTo(400);
        assertThat(call("GET", members + "1000", null).status).isEqualTo(404);
    }

    @Test
    @DisplayName("gives any answer, before or after carrying a request out")
    void madeUp() throws IOException, InterruptedException {
        okta.fault(Fault.answer(200, "application/json", "{}").carriedOut().on("start-import"));
        String session = created();
        upsert(session, "E-1 " + login("a@example.com"));
        assertThat(call("POST", session + "/start-import", null).json).isEmpty();
        assertThat(status(session)).isEqualTo("COMPLETED");
        okta.fault(Fault.answer(503, "application/json", "{}")
                .on("GET")
                .withHeader("Date: Mon, 01 Jan 0001 00:00:00 GMT")
                .withHeader("Retry-After: 9999999999"));
        assertThat(call("GET", session, null).status).isEqualTo(503);
    }
}
