package dev.bulkuserimport.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Lambda;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tokens, keys, and secrets where AWS keeps them. */
@OnTheStand
@DisplayName("function.zip, with what opens Okta to it,")
class CredentialsIT {

    private final TestStand stand;

    CredentialsIT(TestStand stand) {
        this.stand = stand;
    }

    @Test
    @DisplayName("signs in with private_key_jwt and DPoP, and prints none of it")
    void dpop() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        stand.okta
                .tokens()
                .client(
                        "0oaClient",
                        key.toPublicJWK(),
                        "k1",
                        true,
                        "okta.identitySources.manage",
                        "okta.identitySources.read");
        OktaSession session = stand.okta.newSession(TestStand.APP);
        try (FunctionProcess function = stand.start(Map.of(
                "OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey",
                "OKTA_CLIENT_CLIENTID", "0oaClient",
                "OKTA_CLIENT_PRIVATEKEY", key.toJSONString(),
                "QUARKUS_LOG_LEVEL", "DEBUG"))) {
            Lambda.Result result = TestStand.invoke(function, TestStand.payload(session, 450));
            assertThat(result.json().path("recordsImported").asInt())
                    .as(() -> result.json().toString())
                    .isEqualTo(450);
            // A failing run prints the most.
            stand.okta.tokens().client("0oaAnother", key.toPublicJWK(), "k1", true);
            stand.okta.tokens().revoke();
            assertThat(TestStand.invoke(function, stand.payload(3)).isFunctionError())
                    .isTrue();
            String printed = function.printed();
            assertThat(stand.okta.tokens().secretsSeen()).hasSizeGreaterThan(8);
            assertThat(printed).doesNotContain(key.getD().toString());
            for (String secret : stand.okta.tokens().secretsSeen()) {
                assertThat(printed.contains(secret)).isFalse();
            }
        }
    }

    @Test
    @DisplayName("reads secrets where AWS keeps them, signed, and reads a rotated one after a 401")
    void secrets() throws Exception {
        List<String> targets = new CopyOnWriteArrayList<>();
        AtomicReference<String> token = new AtomicReference<>(EmbeddedOkta.TOKEN);
        HttpServer store = secretStore(exchange -> {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            boolean signed = authorization != null
                    && authorization.startsWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/")
                    && authorization.contains("/eu-west-1/");
            targets.add(target + " " + signed);
            return target.startsWith("AmazonSSM")
                    ? token.get()
                    : Lambda.JSON.createObjectNode().put("okta", token.get()).toString();
        });
        String url = "http://127.0.0.1:" + store.getAddress().getPort();
        Map<String, String> arns = Map.of(
                "secretsmanager.GetSecretValue true",
                        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:okta-AbCdEf:okta",
                "AmazonSSM.GetParameter true", "arn:aws:ssm:eu-west-1:123456789012:parameter/okta/token");
        for (Map.Entry<String, String> arn : arns.entrySet()) {
            targets.clear();
            token.set(EmbeddedOkta.TOKEN);
            stand.okta.apiToken(EmbeddedOkta.TOKEN);
            try (FunctionProcess function = stand.start(Map.of(
                    "OKTA_CLIENT_TOKEN", arn.getValue(),
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER", url,
                    "AWS_ENDPOINT_URL_SSM", url))) {
                assertThat(targets).as("nothing is read before it is needed").isEmpty();
                assertWorks(function);
                assertWorks(function);
                assertThat(targets).containsExactly(arn.getKey());

                token.set("rotated-token");
                stand.okta.apiToken("rotated-token");
                assertWorks(function);
                assertThat(targets).hasSize(2);
                assertThat(function.printed())
                        .doesNotContain(EmbeddedOkta.TOKEN)
                        .doesNotContain("rotated-token");
            }
        }
        store.stop(0);
    }

    @Test
    @DisplayName("reads a secret through AWS's extension where it runs, and past its cache from the second call on")
    void extension() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        AtomicReference<String> token = new AtomicReference<>(EmbeddedOkta.TOKEN);
        HttpServer store = secretStore(exchange -> {
            if (!exchange.getRequestMethod().equals("GET")) {
                asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
                return token.get();
            }
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Aws-Parameters-Secrets-Token"));
            // What the extension has cached is what was there before the rotation.
            return EmbeddedOkta.TOKEN;
        });
        String port = String.valueOf(store.getAddress().getPort());
        Map<String, List<String>> arns = Map.of(
                "arn:aws:secretsmanager:eu-west-1:123456789012:secret:okta-AbCdEf",
                List.of(
                        "/secretsmanager/get?secretId=arn%3Aaws%3Asecretsmanager%3Aeu-west-1%3A123456789012%3Asecret%3Aokta-AbCdEf"
                                + " session-token",
                        "secretsmanager.GetSecretValue"),
                "arn:aws:ssm:eu-west-1:123456789012:parameter/okta/token",
                List.of(
                        "/systemsmanager/parameters/get?withDecryption=true&name=arn%3Aaws%3Assm%3Aeu-west-1%3A123456789012%3Aparameter%2Fokta%2Ftoken"
                                + " session-token",
                        "AmazonSSM.GetParameter"));
        for (Map.Entry<String, List<String>> arn : arns.entrySet()) {
            asked.clear();
            token.set(EmbeddedOkta.TOKEN);
            stand.okta.apiToken(EmbeddedOkta.TOKEN);
            try (FunctionProcess function = stand.start(Map.of(
                    "OKTA_CLIENT_TOKEN",
                    arn.getKey(),
                    "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
                    port,
                    "AWS_SESSION_TOKEN",
                    "session-token",
                    "AWS_ENDPOINT_URL",
                    "http://localhost:" + port))) {
                assertWorks(function);
                assertThat(asked).containsExactlyElementsOf(arn.getValue());

                token.set("rotated-token");
                stand.okta.apiToken("rotated-token");
                assertWorks(function);
                assertThat(asked).hasSize(3).last().isEqualTo(arn.getValue().get(1));
            }
        }
        store.stop(0);
    }

    /** Secrets Manager, Parameter Store and their extension in one, on loopback; {@code secret} says what they hold. */
    private static HttpServer secretStore(Function<HttpExchange, String> secret) throws IOException {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            boolean parameter = target == null
                    ? exchange.getRequestURI().getPath().startsWith("/systemsmanager/")
                    : target.startsWith("AmazonSSM");
            String value = secret.apply(exchange);
            ObjectNode answer = Lambda.JSON.createObjectNode();
            if (parameter) {
                answer.putObject("Parameter").put("Value", value);
            } else {
                answer.put("SecretString", value);
            }
            byte[] body = Lambda.JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        store.start();
        return store;
    }

    private void assertWorks(FunctionProcess function) {
        Lambda.Result result = TestStand.invoke(function, stand.payload(3));
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
    }
}
