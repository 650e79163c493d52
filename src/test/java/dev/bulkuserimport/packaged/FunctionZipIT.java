package dev.bulkuserimport.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.LocalS3;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3MockProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@DisplayName("function.zip")
class FunctionZipIT {

    private static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APP = "0oaPackaged";
    private static EmbeddedOkta okta;

    @BeforeAll
    static void start() throws IOException {
        okta = EmbeddedOkta.start();
        FunctionProcess.unpack(BUILD);
    }

    @AfterAll
    static void stop() {
        okta.close();
    }

    @BeforeEach
    void reset() {
        okta.reset();
    }

    /** This JDK and those that stand beside it, from 17 on; a native function needs none. */
    static Stream<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        if (FunctionProcess.isNative(BUILD)) {
            return Stream.of(own);
        }
        List<Path> homes = new ArrayList<>(List.of(own));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            beside.filter(home -> Files.isExecutable(home.resolve("bin/java")) && feature(home) >= 17)
                    .map(home -> {
                        try {
                            return home.toRealPath();
                        } catch (IOException e) {
                            return own;
                        }
                    })
                    .distinct()
                    .filter(home -> !home.equals(own))
                    .forEach(homes::add);
        }
        return homes.stream();
    }

    private static int feature(Path home) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            return Integer.parseInt(
                    release.getProperty("JAVA_VERSION").replace("\"", "").split("[.+-]")[0]);
        } catch (IOException | NumberFormatException | NullPointerException e) {
            return 0;
        }
    }

    private static FunctionProcess function(Path java, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.putAll(more);
        return new FunctionProcess(BUILD, java, FunctionProcess.templateOptions(feature(java)), environment);
    }

    private static FunctionProcess function(Map<String, String> more) throws IOException {
        return function(Path.of(System.getProperty("java.home")), more);
    }

    private static ObjectNode payload(OktaSession session, int users) {
        ObjectNode payload = JSON.createObjectNode();
        payload.put("applicationId", session.app())
                .put("sessionId", session.id())
                .put("importOperation", "Create & Update");
        for (int i = 0; i < users; i++) {
            ObjectNode user = payload.withArray("users").addObject().put("externalId", "E-" + i);
            user.putObject("profile")
                    .put("userName", "user" + i + "@example.com")
                    .put("côst ✓", i);
        }
        return payload;
    }

    @ParameterizedTest
    @MethodSource("javas")
    @DisplayName("answers direct and HTTP events, good and bad, one after the other")
    void answers(Path java) throws IOException {
        try (FunctionProcess function = function(java, Map.of()).ready()) {
            OktaSession session = okta.newSession(APP);
            RuntimeApi.Result direct =
                    function.api().invoke(payload(session, 450).toString());
            assertThat(direct.error()).as(direct.text()).isFalse();
            assertThat(JSON.readTree(direct.body()).path("recordsImported").asInt())
                    .isEqualTo(450);
            assertThat(session.users().get("E-7").path("côst ✓").asText()).isEqualTo("7");

            OktaSession second = okta.newSession(APP);
            ObjectNode event =
                    (ObjectNode) JSON.readTree(FunctionZipIT.class.getResourceAsStream("/events/http-api-v2.json"));
            JsonNode http = JSON.readTree(function.api()
                    .invoke(event.put("body", payload(second, 3).toString()).toString())
                    .body());
            assertThat(http.path("statusCode").asInt()).isEqualTo(200);

            RuntimeApi.Result malformed = function.api().invoke("{\"users\":");
            assertThat(malformed.error()).isTrue();
            JsonNode error = JSON.readTree(malformed.body());
            assertThat(error.path("errorType").asText()).endsWith("MalformedPayloadException");
            assertThat(JSON.readTree(error.path("errorMessage").asText())
                            .path("type")
                            .asText())
                    .isEqualTo("urn:bulk-user-import:problem:malformed-payload");

            OktaSession third = okta.newSession(APP);
            assertThat(JSON.readTree(function.api()
                                    .invoke(payload(third, 10_000).toString())
                                    .body())
                            .path("recordsImported")
                            .asInt())
                    .isEqualTo(10_000);
            assertThat(function.printed()).doesNotContain(EmbeddedOkta.TOKEN).doesNotContain("user7@example.com");
            List<JsonNode> lines = new ArrayList<>();
            for (String line : function.printed().split("\n")) {
                if (line.startsWith("{")) {
                    lines.add(JSON.readTree(line));
                }
            }
            assertThat(lines)
                    .as("one metric per import, the unreadable one too")
                    .filteredOn(line -> line.has("_aws"))
                    .hasSize(4);
            assertThat(lines)
                    .as("one JSON line an import")
                    .filteredOn(line -> line.path("message").asText().startsWith("imported applicationId="))
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("imports from S3, under the SDK's own variables")
    void storage() throws IOException {
        try (S3MockProcess process = new S3MockProcess(BUILD);
                S3Client s3 = LocalS3.client(process.url());
                FunctionProcess function =
                        function(Map.of("AWS_ENDPOINT_URL_S3", process.url())).ready()) {
            okta.application("0oaPackagedS3");
            s3.createBucket(bucket -> bucket.bucket("packaged"));
            String key = "imports/0oaPackagedS3/create-and-update/people.csv";
            s3.putObject(
                    object -> object.bucket("packaged").key(key),
                    RequestBody.fromString("External ID,User Name\nE-1,a@example.com\n"));
            ObjectNode event = (ObjectNode) JSON.readTree(FunctionZipIT.class.getResourceAsStream("/events/s3.json"));
            ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", "packaged");
            ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).remove("eTag");
            RuntimeApi.Result result = function.api().invoke(event.toString());
            assertThat(JSON.readTree(result.body()).at("/results/0/outcome").asText())
                    .as(result.text() + function.printed())
                    .isEqualTo("imported");
            OktaSession session = okta.sessionsOf("0oaPackagedS3").get(0);
            assertThat(session.users()).containsOnlyKeys("E-1");
            assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
        }
    }

    @Test
    @DisplayName("is killed between claim and start, and the next delivery imports everything once")
    void killed() throws Exception {
        try (S3MockProcess process = new S3MockProcess(BUILD);
                S3Client s3 = LocalS3.client(process.url())) {
            okta.application("0oaKilled");
            s3.createBucket(bucket -> bucket.bucket("packaged"));
            String key = "imports/0oaKilled/create-and-update/people.csv";
            StringBuilder csv = new StringBuilder("externalId,userName\n");
            for (int i = 0; i < 1_000; i++) {
                csv.append("E-").append(i).append(",u").append(i).append('\n');
            }
            s3.putObject(object -> object.bucket("packaged").key(key), RequestBody.fromString(csv.toString()));
            ObjectNode event = (ObjectNode) JSON.readTree(FunctionZipIT.class.getResourceAsStream("/events/s3.json"));
            ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", "packaged");
            ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).remove("eTag");

            okta.fault(Fault.upload(Fault.Kind.SILENCE_AFTER).after(2).times(9));
            Map<String, String> environment = Map.of("AWS_ENDPOINT_URL_S3", process.url());
            try (FunctionProcess function = function(environment).ready()) {
                Thread call = new Thread(() -> {
                    try {
                        function.api().invoke(event.toString().getBytes(), Duration.ofSeconds(4));
                    } catch (IllegalStateException e) {
                        // Killed, as it should be.
                    }
                });
                call.start();
                while (okta.receivedUploads() < 3) {
                    Thread.sleep(20);
                }
                function.kill();
                call.join(20_000);
            }
            okta.heal();
            // The claim is as old as the invocation's own time limit, and a little more.
            Thread.sleep(9_500);
            try (FunctionProcess function = function(environment).ready()) {
                RuntimeApi.Result result = function.api().invoke(event.toString());
                assertThat(JSON.readTree(result.body())
                                .at("/results/0/recordsImported")
                                .asInt())
                        .as(result.text())
                        .isEqualTo(1_000);
            }
            List<OktaSession> sessions = okta.sessionsOf("0oaKilled");
            assertThat(sessions).hasSize(2);
            assertThat(sessions.get(0).status()).isEqualTo("CLOSED");
            assertThat(sessions.get(1).users()).hasSize(1_000);
            assertThat(sessions.get(1).repeated()).isEmpty();
        }
    }

    @Test
    @DisplayName("signs in with private_key_jwt and DPoP, and prints none of it")
    void dpop() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        okta.tokens()
                .client(
                        "0oaClient",
                        key.toPublicJWK(),
                        "k1",
                        true,
                        "okta.identitySources.manage",
                        "okta.identitySources.read");
        OktaSession session = okta.newSession(APP);
        try (FunctionProcess function = function(Map.of(
                        "OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey",
                        "OKTA_CLIENT_CLIENTID", "0oaClient",
                        "OKTA_CLIENT_PRIVATEKEY", key.toJSONString(),
                        "QUARKUS_LOG_LEVEL", "DEBUG"))
                .ready()) {
            RuntimeApi.Result result =
                    function.api().invoke(payload(session, 450).toString());
            assertThat(JSON.readTree(result.body()).path("recordsImported").asInt())
                    .as(result.text())
                    .isEqualTo(450);
            // A failing run prints the most.
            okta.tokens().client("0oaAnother", key.toPublicJWK(), "k1", true);
            okta.tokens().revoke();
            assertThat(function.api()
                            .invoke(payload(okta.newSession(APP), 3).toString())
                            .error())
                    .isTrue();
            String printed = function.printed();
            assertThat(okta.tokens().secretsSeen()).hasSizeGreaterThan(8);
            assertThat(printed).doesNotContain(key.getD().toString());
            for (String secret : okta.tokens().secretsSeen()) {
                assertThat(printed.contains(secret)).isFalse();
            }
        }
    }

    @Test
    @DisplayName("works again after a freeze in which all its connections were closed")
    void frozen() throws Exception {
        try (FunctionProcess function = function(Map.of()).ready()) {
            for (int i = 0; i < 3; i++) {
                OktaSession session = okta.newSession(APP);
                RuntimeApi.Result result =
                        function.api().invoke(payload(session, 1_000).toString());
                assertThat(result.error()).as(result.text()).isFalse();
                signal(function, "-STOP");
                okta.dropConnections();
                Thread.sleep(300);
                signal(function, "-CONT");
            }
        }
    }

    private static void signal(FunctionProcess function, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(function.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    @DisplayName("leaves a notification to come again when S3 answers 403 or 503 to everything")
    void noStorage() throws Exception {
        for (int status : new int[] {403, 503}) {
            HttpServer s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            s3.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            s3.start();
            String url = "http://127.0.0.1:" + s3.getAddress().getPort();
            try (FunctionProcess function =
                    function(Map.of("AWS_ENDPOINT_URL_S3", url)).ready()) {
                String event = new String(FunctionZipIT.class
                        .getResourceAsStream("/events/s3.json")
                        .readAllBytes());
                RuntimeApi.Result result = function.api().invoke(event);
                assertThat(result.error()).isTrue();
                JsonNode error = JSON.readTree(result.body());
                assertThat(error.path("errorType").asText()).endsWith("StorageUnavailableException");
                assertThat(error.path("errorMessage").asText()).contains(String.valueOf(status));

                ObjectNode queued =
                        (ObjectNode) JSON.readTree(FunctionZipIT.class.getResourceAsStream("/events/s3-sqs.json"));
                ((ObjectNode) queued.at("/Records/0")).put("body", event);
                result = function.api().invoke(queued.toString());
                assertThat(JSON.readTree(result.body()).path("batchItemFailures"))
                        .hasSize(1);
            }
            s3.stop(0);
        }
        assertThat(okta.received()).isEmpty();
    }

    @Test
    @DisplayName("reads a CSV of 200 MB in little memory, and refuses it with both counts")
    void largeFile() throws Exception {
        Path file = Files.createTempFile(BUILD, "large", ".csv");
        long rows = 0;
        try (java.io.BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("externalId,userName,notes\n");
            for (long size = 0; size < 200_000_000; rows++) {
                String row = "E-" + rows + ",user" + rows + "@example.com," + "x".repeat(170) + "\n";
                size += row.length();
                out.write(row);
            }
        }
        try (S3MockProcess process = new S3MockProcess(BUILD);
                S3Client s3 = LocalS3.client(process.url());
                FunctionProcess function = new FunctionProcess(
                                BUILD,
                                Path.of(System.getProperty("java.home")),
                                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                                Map.of(
                                        "OKTA_CLIENT_ORGURL", okta.url(),
                                        "OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN,
                                        "AWS_ENDPOINT_URL_S3", process.url()))
                        .ready()) {
            s3.createBucket(bucket -> bucket.bucket("packaged"));
            String key = "imports/0oaLarge/create-and-update/large.csv";
            String eTag = s3.putObject(object -> object.bucket("packaged").key(key), file)
                    .eTag()
                    .replace("\"", "");
            ObjectNode event = (ObjectNode) JSON.readTree(FunctionZipIT.class.getResourceAsStream("/events/s3.json"));
            ((ObjectNode) event.at("/Records/0/s3/bucket")).put("name", "packaged");
            ((ObjectNode) event.at("/Records/0/s3/object")).put("key", key).put("eTag", eTag);
            RuntimeApi.Result result = function.api().invoke(event.toString());
            assertThat(JSON.readTree(result.body()).at("/results/0/problem").asText())
                    .as(result.text())
                    .isEqualTo("session-limit-exceeded");
            JsonNode report = JSON.readTree(s3.getObjectAsBytes(object ->
                            object.bucket("packaged").key("reports/" + key + "." + eTag + ".0055AED6DCD90281E5.json"))
                    .asByteArray());
            assertThat(report.at("/problem/users").asLong()).isEqualTo(rows);
            assertThat(report.at("/problem/requests").asInt()).isGreaterThan(50);
            assertThat(function.peakMegabytes()).isLessThan(200);
        } finally {
            Files.delete(file);
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
                    : JSON.createObjectNode().put("okta", token.get()).toString();
        });
        String url = "http://127.0.0.1:" + store.getAddress().getPort();
        Map<String, String> arns = Map.of(
                "secretsmanager.GetSecretValue true",
                        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:okta-AbCdEf:okta",
                "AmazonSSM.GetParameter true", "arn:aws:ssm:eu-west-1:123456789012:parameter/okta/token");
        for (Map.Entry<String, String> arn : arns.entrySet()) {
            targets.clear();
            token.set(EmbeddedOkta.TOKEN);
            okta.apiToken(EmbeddedOkta.TOKEN);
            try (FunctionProcess function = function(Map.of(
                            "OKTA_CLIENT_TOKEN", arn.getValue(),
                            "AWS_ENDPOINT_URL_SECRETS_MANAGER", url,
                            "AWS_ENDPOINT_URL_SSM", url))
                    .ready()) {
                assertThat(targets).as("nothing is read before it is needed").isEmpty();
                RuntimeApi.Result result =
                        function.api().invoke(payload(okta.newSession(APP), 3).toString());
                assertThat(result.error()).as(result.text()).isFalse();
                function.api().invoke(payload(okta.newSession(APP), 3).toString());
                assertThat(targets).containsExactly(arn.getKey());

                token.set("rotated-token");
                okta.apiToken("rotated-token");
                result = function.api().invoke(payload(okta.newSession(APP), 3).toString());
                assertThat(result.error()).as(result.text()).isFalse();
                assertThat(targets).hasSize(2);
                assertThat(function.printed())
                        .doesNotContain(EmbeddedOkta.TOKEN)
                        .doesNotContain("rotated-token");
            }
        }
        store.stop(0);
    }

    @Test
    @DisplayName("reads secrets through AWS's extension where it runs, and past its cache once Okta refuses one")
    void extension() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer store = secretStore(exchange -> {
            if (!exchange.getRequestMethod().equals("GET")) {
                asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
                return "rotated-token";
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
            okta.apiToken(EmbeddedOkta.TOKEN);
            try (FunctionProcess function = function(Map.of(
                            "OKTA_CLIENT_TOKEN",
                            arn.getKey(),
                            "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT",
                            port,
                            "AWS_SESSION_TOKEN",
                            "session-token",
                            "AWS_ENDPOINT_URL",
                            "http://localhost:" + port))
                    .ready()) {
                RuntimeApi.Result result =
                        function.api().invoke(payload(okta.newSession(APP), 3).toString());
                assertThat(result.error()).as(result.text()).isFalse();
                assertThat(asked).containsExactly(arn.getValue().get(0));

                okta.apiToken("rotated-token");
                result = function.api().invoke(payload(okta.newSession(APP), 3).toString());
                assertThat(result.error()).as(result.text()).isFalse();
                assertThat(asked).containsExactlyElementsOf(arn.getValue());
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
            ObjectNode answer = JSON.createObjectNode();
            if (parameter) {
                answer.putObject("Parameter").put("Value", value);
            } else {
                answer.put("SecretString", value);
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        store.start();
        return store;
    }

    @Test
    @DisplayName("does not start with a wrong or missing setting, and names it")
    void settings() throws Exception {
        Map<String, Map<String, String>> wrong = Map.of(
                "OKTA_CLIENT_ORGURL", Map.of("OKTA_CLIENT_ORGURL", "http://example.okta.com"),
                "OKTA_CLIENT_TOKEN", Map.of("OKTA_CLIENT_TOKEN", ""),
                "IMPORT_PARALLEL_REQUESTS", Map.of("IMPORT_PARALLEL_REQUESTS", "11"),
                "IMPORT_INVALID_USERS", Map.of("IMPORT_INVALID_USERS", "perhaps"),
                "OKTA_CLIENT_CLIENTID", Map.of("OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey"));
        for (Map.Entry<String, Map<String, String>> setting : wrong.entrySet()) {
            try (FunctionProcess function = function(setting.getValue())) {
                for (int i = 0;
                        i < 300 && function.isAlive() && !function.printed().contains(setting.getKey());
                        i++) {
                    Thread.sleep(50);
                }
                assertThat(function.printed()).contains(setting.getKey());
            }
        }
    }
}
