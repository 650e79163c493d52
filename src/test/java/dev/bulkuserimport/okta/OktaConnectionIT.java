package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Okta's API, as it goes over the wire")
class OktaConnectionIT {

    private static final String SOURCE = "/api/v1/identity-sources/0oa1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Authorization LET_IN = new Authorization(Optional.of("DPoP token"), Optional.of("proof"));

    @Inject
    Vertx vertx;

    private OktaConnection to(PlainServer server) {
        return new OktaConnection(GivenSettings.with("OKTA_CLIENT_ORGURL", server.url()), vertx);
    }

    /** @param line the request line without the version */
    private record Row(OktaCall call, String line) {}

    private static OktaCall upload(BulkOperation operation) {
        List<ByteBuffer> body = List.of(
                ByteBuffer.wrap("{\"a\":".getBytes(StandardCharsets.UTF_8)),
                ByteBuffer.wrap("\"ü\"}".getBytes(StandardCharsets.UTF_8)));
        return OktaCall.upload("0oa1", "aps1", operation, body);
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(
                new Row(OktaCall.listSessions("0oa1"), "GET " + SOURCE + "/sessions"),
                new Row(OktaCall.createSession("0oa1"), "POST " + SOURCE + "/sessions"),
                new Row(OktaCall.getSession("0oa1", "aps1"), "GET " + SOURCE + "/sessions/aps1"),
                new Row(OktaCall.cancelSession("0oa1", "aps1"), "DELETE " + SOURCE + "/sessions/aps1"),
                new Row(OktaCall.startImport("0oa1", "aps1"), "POST " + SOURCE + "/sessions/aps1/start-import"),
                new Row(
                        OktaCall.listGroupMembers("0oa1", "a/b c", 1000, Optional.empty()),
                        "GET " + SOURCE + "/groups/a%2Fb%20c/membership?limit=1000"),
                new Row(OktaCall.getSchema("0oa1"), "GET /api/v1/meta/schemas/apps/0oa1/default"),
                new Row(
                        OktaCall.listApplicationUsers("0oa1", 500, Optional.of("a%2B+{b}&c=")),
                        "GET /api/v1/apps/0oa1/users?limit=500&after=a%252B%2B%7Bb%7D%26c%3D"),
                new Row(
                        OktaCall.listApplications(100, Optional.empty()),
                        "GET /api/v1/apps?filter=name%20eq%20%22custom_identity_source%22&limit=100"),
                new Row(OktaCall.token("a b", "x.y"), "POST /oauth2/v1/token")));
        Map.of(
                        "dept-R&D", "dept-R%26D",
                        "x@y:1+2", "x%40y%3A1%2B2",
                        "(a),b;c=d", "%28a%29%2Cb%3Bc%3Dd",
                        "it's*!~$", "it%27s%2A%21~%24",
                        "50%20 {x}", "50%2520%20%7Bx%7D",
                        "B\u00fcro?#", "B%C3%BCro%3F%23")
                .forEach((group, encoded) -> rows.add(new Row(
                        OktaCall.listGroupMembers("0oa1", group, 1000, Optional.empty()),
                        "GET " + SOURCE + "/groups/" + encoded + "/membership?limit=1000")));
        for (BulkOperation operation : BulkOperation.values()) {
            rows.add(new Row(upload(operation), "POST " + SOURCE + "/sessions/aps1/" + operation.path()));
        }
        return rows;
    }

    @Test
    @DisplayName("each call has its method, its path, its query, and the headers that let it in")
    void calls() throws IOException {
        try (PlainServer server = new PlainServer()) {
            server.accept();
            OktaConnection okta = to(server);
            for (Row row : rows()) {
                server.received().clear();
                OktaReply reply = okta.send(row.call, LET_IN, PATIENCE).join();
                assertThat(reply).as(row.line).isInstanceOf(OktaReply.Answered.class);
                String request = server.received().get(0);
                assertThat(request).startsWith(row.line + " HTTP/1.1\r\n");
                assertThat(row.line.split("[ ?]")[1]).isEqualTo(row.call.path());
                assertThat(row.line).startsWith(row.call.method() + " ");
                assertThat(request)
                        .containsIgnoringCase("\r\nDPoP: proof\r\n")
                        .containsIgnoringCase("\r\nUser-Agent: bulk-user-import\r\n")
                        .containsIgnoringCase("\r\nAccept: application/json\r\n");
                if (row.call.scope().isPresent()) {
                    assertThat(request).contains("\r\nAuthorization: DPoP token\r\n");
                }
            }
        }
    }

    @Test
    @DisplayName(
            "a bulk request's body comes whole and with its length; a POST without a body says so; a token request is a form")
    void bodies() throws IOException {
        try (PlainServer server = new PlainServer()) {
            server.accept();
            OktaConnection okta = to(server);
            okta.send(upload(BulkOperation.UPSERT_USERS), LET_IN, PATIENCE).join();
            assertThat(server.received().get(0))
                    .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                    .containsIgnoringCase("\r\nContent-Length: 10\r\n")
                    .doesNotContainIgnoringCase("chunked")
                    .endsWith("\r\n\r\n{\"a\":\"ü\"}");
            okta.send(OktaCall.createSession("0oa1"), Authorization.of("SSWS t"), PATIENCE)
                    .join();
            assertThat(server.received().get(1))
                    .containsIgnoringCase("\r\nContent-Length: 0\r\n")
                    .doesNotContainIgnoringCase("\r\nDPoP:");
            okta.send(OktaCall.token("a b", "x.y"), LET_IN, PATIENCE).join();
            assertThat(server.received().get(2))
                    .containsIgnoringCase("\r\nContent-Type: application/x-www-form-urlencoded")
                    .contains("grant_type=client_credentials", "scope=a+b", "client_assertion=x.y")
                    .contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer");
        }
    }

    @Test
    @DisplayName("a header that can't be one is not sent, and no one waits for it")
    void header() throws IOException {
        try (PlainServer server = new PlainServer()) {
            server.accept();
            OktaReply reply = to(server)
                    .send(upload(BulkOperation.UPSERT_USERS), Authorization.of("SSWS a\r\nX: y"), PATIENCE)
                    .join();
            assertThat(reply).isInstanceOf(OktaReply.NotSent.class);
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a server that accepts no connection for a while and then recovers: nothing hangs, and what was not sent stays unsent")
    void recovers() throws IOException {
        try (PlainServer server = new PlainServer()) {
            server.refuse();
            OktaConnection okta = to(server);
            List<String> unsent = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<OktaReply>> replies = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    replies.add(okta.send(call(round, i), LET_IN, Duration.ofMillis(400)));
                }
                for (int i = 0; i < 10; i++) {
                    if (replies.get(i).join() instanceof OktaReply.NotSent) {
                        unsent.add("/sessions/aps" + round + "x" + i + "/");
                    }
                }
            }
            assertThat(unsent).isNotEmpty();
            server.accept();
            List<CompletableFuture<OktaReply>> replies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                replies.add(okta.send(call(9, i), LET_IN, PATIENCE));
            }
            for (CompletableFuture<OktaReply> reply : replies) {
                assertThat(reply.join()).isInstanceOf(OktaReply.Answered.class);
            }
            assertThat(server.received()).noneMatch(request -> unsent.stream().anyMatch(request::contains));
        }
    }

    private static OktaCall call(int round, int number) {
        return OktaCall.upload(
                "0oa1",
                "aps" + round + "x" + number,
                BulkOperation.UPSERT_USERS,
                List.of(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8))));
    }
}
