package dev.bulkuserimport.packaged;

import static dev.bulkuserimport.support.ProblemAssert.assertAnswered;
import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.PutFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory runs out, or AWS's services beside the function are down, silent or slow. */
@OnTheStand
@DisplayName("function.zip, strained,")
class StrainedIT {

    /** EX_SOFTWARE of sysexits.h. */
    private static final int ENDED_BY_ITSELF = 70;

    private static final String SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook-AbCdEf";

    private final TestStand stand;

    StrainedIT(TestStand stand) {
        this.stand = stand;
    }

    @Test
    @DisplayName("answers and ends its process when memory runs out, instead of living on without answering")
    void outOfMemory() throws InterruptedException {
        assumeFalse(FunctionProcess.isNative(TestStand.BUILD), "a native process has no such bound here");
        String records = "{},".repeat(2_000_000);
        try (FunctionProcess function = stand.begin(
                        TestStand.JAVA, List.of("-Xmx80m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), Map.of())
                .ready()) {
            Lambda.Result result = TestStand.invoke(function, "{\"Records\":[" + records + "{}]}");
            assertProblem(result).is("internal-error");
            assertThat(result.problem().path("requestId").asText()).isNotBlank();
            assertThat(function.waitFor()).isEqualTo(ENDED_BY_ITSELF);
        }
    }

    @Test
    @DisplayName("sends a message that only has to wait anew, with a delay and the time when it was sent at first")
    void queue() throws IOException {
        List<String> headers = new CopyOnWriteArrayList<>();
        List<JsonNode> sent = new CopyOnWriteArrayList<>();
        AtomicInteger status = new AtomicInteger(200);
        HttpServer sqs = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sqs.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("X-Amz-Target") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            sent.add(Lambda.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] answer = "{\"MessageId\":\"new\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        sqs.start();
        String url = "http://127.0.0.1:" + sqs.getAddress().getPort();
        stand.okta.newSession("0oaWaits");
        PutFile file =
                stand.bucket("packaged").put("imports/0oaWaits/deactivate-and-delete/leavers.csv", "externalId\nE-1\n");
        String now = String.valueOf(System.currentTimeMillis());
        ObjectNode event = file.event().queued();
        ObjectNode message = (ObjectNode) event.at("/Records/0");
        ((ObjectNode) message.get("attributes")).put("SentTimestamp", now);
        Map<String, String> settings = new java.util.HashMap<>(stand.withStorage());
        settings.put("AWS_ENDPOINT_URL_SQS", url);
        try (FunctionProcess function = stand.start(settings)) {
            assertComesAgain(function, event, 0);
            assertThat(headers)
                    .singleElement()
                    .asString()
                    .startsWith("AmazonSQS.SendMessage AWS4-HMAC-SHA256 Credential=")
                    .contains("/eu-central-1/sqs/aws4_request");
            JsonNode request = sent.get(0);
            assertThat(request.path("QueueUrl").asText()).isEqualTo(url + "/123456789012/hr-imports");
            assertThat(request.path("MessageBody").asText())
                    .isEqualTo(message.path("body").asText());
            assertThat(request.path("DelaySeconds").asInt()).isEqualTo(60);
            JsonNode first = request.at("/MessageAttributes/ImportFirstSent");
            assertThat(first.path("StringValue").asText()).isEqualTo(now);

            // SQS hands the attribute on in other letters; the time is still the first one's.
            ((ObjectNode) message.get("messageAttributes"))
                    .putObject("ImportFirstSent")
                    .put("stringValue", first.path("StringValue").asText())
                    .put("dataType", "Number");
            ((ObjectNode) message.get("attributes")).put("SentTimestamp", now + "0");
            assertComesAgain(function, event, 0);
            assertThat(sent.get(1)
                            .at("/MessageAttributes/ImportFirstSent/StringValue")
                            .asText())
                    .isEqualTo(now);

            status.set(500);
            assertComesAgain(function, event, 1);
            long dayAgo = System.currentTimeMillis() - Duration.ofHours(25).toMillis();
            ((ObjectNode) message.at("/messageAttributes/ImportFirstSent")).put("stringValue", String.valueOf(dayAgo));
            assertComesAgain(function, event, 1);
            assertThat(sent).as("after a day it goes to the dead letters").hasSize(3);
        } finally {
            sqs.stop(0);
        }
    }

    private static void assertComesAgain(FunctionProcess function, ObjectNode event, int messages) {
        Lambda.Result result = TestStand.invoke(function, event);
        assertThat(result.json().path("batchItemFailures"))
                .as("%s", result.json())
                .hasSize(messages);
    }

    @Test
    @DisplayName(
            "tells nobody where its secret is kept, and asks for it once while the store is down, however many call")
    void secretStoreDown() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            reads.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        store.start();
        try (FunctionProcess function = stand.start(Map.of(
                "IMPORT_WEBHOOK_SECRET",
                SECRET_ARN,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                "http://127.0.0.1:" + store.getAddress().getPort()))) {
            for (int i = 0; i < 5; i++) {
                ObjectNode event = Lambda.sample("http-api-v2").put("body", "{}");
                ((ObjectNode) event.get("headers")).put("authorization", "Bearer guess-" + i);
                Lambda.Result result = TestStand.invoke(function, event);
                assertAnswered(result.json()).is("secret-unavailable").hides("arn:", "123456789012", "webhook-AbCdEf");
                assertThat(result.json().at("/headers/Retry-After").asInt()).isBetween(1, 30);
            }
            assertThat(reads.get()).isEqualTo(1);
        } finally {
            store.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("answers in its time although S3 says nothing, or drips byte by byte")
    void slowStorage(boolean drips) throws IOException {
        try (SlowServer s3 = new SlowServer(drips);
                FunctionProcess function = stand.start(Map.of("AWS_ENDPOINT_URL_S3", s3.url()))) {
            Lambda.Result result = inTime(
                    function, S3Event.of("packaged", "imports/a.csv").eTag("e").toString());
            assertProblem(result).is("storage-unavailable");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "answers in its time that a secret can't be had, and not that Okta doesn't answer, where Secrets Manager says nothing, or drips byte by byte")
    void slowSecrets(boolean drips) throws IOException {
        try (SlowServer store = new SlowServer(drips);
                FunctionProcess function = stand.start(
                        Map.of("OKTA_CLIENT_TOKEN", SECRET_ARN, "AWS_ENDPOINT_URL_SECRETS_MANAGER", store.url()))) {
            assertProblem(inTime(function, stand.payload(1).toString())).is("secret-unavailable");
        }
    }

    private static Lambda.Result inTime(FunctionProcess function, String event) {
        // The server would go on for hours: an answer within minutes is the function's own end.
        RuntimeApi.Result result = function.api()
                .invoke(event.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(8), Duration.ofMinutes(5));
        return new Lambda.Result(result.error() ? 500 : 200, Lambda.parse(result.text()));
    }

    /** Takes every connection, and answers nothing, or a byte now and then. */
    private static final class SlowServer implements AutoCloseable {

        private static final byte[] HEAD =
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nContent-Type: application/json\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);

        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> callers = new CopyOnWriteArrayList<>();
        private final boolean drips;

        SlowServer(boolean drips) throws IOException {
            this.drips = drips;
            start(this::accept);
        }

        String url() {
            return "http://127.0.0.1:" + door.getLocalPort();
        }

        private static void start(Runnable work) {
            Thread thread = new Thread(work, "slow-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!door.isClosed()) {
                try {
                    Socket caller = door.accept();
                    callers.add(caller);
                    if (drips) {
                        start(() -> drip(caller));
                    }
                } catch (IOException e) {
                    return;
                }
            }
        }

        private static void drip(Socket caller) {
            try {
                OutputStream out = caller.getOutputStream();
                for (int i = 0; ; i++) {
                    out.write(i < HEAD.length ? HEAD[i] : ' ');
                    out.flush();
                    Thread.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                // The caller has gone.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
