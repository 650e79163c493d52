package dev.bulkuserimport.packaged;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.PutFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

@OnTheStand
@DisplayName("function.zip, told of a file,")
class FilesIT {

    private final TestStand stand;

    FilesIT(TestStand stand) {
        this.stand = stand;
    }

    @Test
    @DisplayName("imports it from S3, under the SDK's own variables")
    void storage() {
        stand.okta.application("0oaPackagedS3");
        PutFile file = stand.bucket("packaged")
                .put(
                        "imports/0oaPackagedS3/create-and-update/people.csv",
                        "External ID,User Name\nE-1,a@example.com\n");
        Lambda.Result result = TestStand.invoke(stand.function(), file.event());
        assertThat(result.json().at("/results/0/outcome").asText())
                .as(() -> result.json() + stand.function().printed())
                .isEqualTo("imported");
        OktaSession session = stand.okta.sessionsOf("0oaPackagedS3").get(0);
        assertThat(session.users()).containsOnlyKeys("E-1");
        assertThat(session.status()).isIn("TRIGGERED", "COMPLETED");
        assertThat(file.report().path("sessionId").asText()).isEqualTo(session.id());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 503})
    @DisplayName("leaves it to come again when S3 answers 403 or 503 to everything")
    void noStorage(int status) throws IOException {
        HttpServer s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s3.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        s3.start();
        Map<String, String> there = Map.of(
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3.getAddress().getPort());
        try (FunctionProcess function = stand.start(there)) {
            S3Event event = S3Event.of("packaged", "imports/people.csv").eTag("0123456789abcdef");
            assertProblem(TestStand.invoke(function, event))
                    .is("storage-unavailable")
                    .says(String.valueOf(status));
            assertThat(TestStand.invoke(function, event.queued()).json().path("batchItemFailures"))
                    .hasSize(1);
        } finally {
            s3.stop(0);
        }
        assertThat(stand.okta.received()).isEmpty();
    }

    @Test
    @DisplayName("reads 100 MB of CSV in little memory, and refuses it with both counts")
    void largeFile() throws IOException {
        Path csv = Files.createTempFile(TestStand.BUILD, "large", ".csv");
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("externalId,userName,notes\n");
            for (long size = 0; size < 100_000_000; rows++) {
                String row = "E-" + rows + ",user" + rows + "@example.com," + "x".repeat(170) + "\n";
                size += row.length();
                out.write(row);
            }
        }
        List<String> small = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        try (FunctionProcess function =
                stand.begin(TestStand.JAVA, small, stand.withStorage()).ready()) {
            PutFile file = stand.bucket("packaged")
                    .put("imports/0oaLarge/create-and-update/large.csv", RequestBody.fromFile(csv), object -> {});
            Lambda.Result result = TestStand.invoke(function, file.event());
            assertThat(result.json().at("/results/0/problem").asText())
                    .as(() -> result.json().toString())
                    .isEqualTo("session-limit-exceeded");
            assertReported(file.report()).is("session-limit-exceeded").has("users", rows);
            assertThat(file.report().at("/problem/requests").asInt()).isGreaterThan(50);
            assertThat(function.peakMegabytes()).isLessThan(200);
        } finally {
            Files.delete(csv);
        }
    }
}
