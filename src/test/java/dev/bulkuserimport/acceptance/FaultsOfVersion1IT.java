package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static dev.bulkuserimport.support.ProblemAssert.assertReported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.S3Event;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.file.ObjectImport;
import dev.bulkuserimport.metrics.Journal;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.MetricLines;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The four faults that the structure of version 1 hid, each where it was seen. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A fault of version 1 stays mended:")
class FaultsOfVersion1IT {

    private static final AtomicInteger APPS = new AtomicInteger();

    @Inject
    @Named("import")
    ImportFunction function;

    @Inject
    Journal journal;

    @Inject
    ObjectImport imports;

    EmbeddedOkta okta;
    S3Client s3;
    FaultyS3 door;
    private final JournalLines lines = new JournalLines();
    private final MetricLines.Kept metrics = new MetricLines.Kept();
    private Bucket bucket;
    private String folder;

    @BeforeEach
    void application() {
        okta.reset();
        bucket = Bucket.anew(s3, "faults-of-version-1");
        String app = "0oaFault" + APPS.incrementAndGet();
        okta.application(app);
        folder = "imports/" + app + "/create-and-update/";
    }

    @AfterEach
    void close() {
        metrics.close();
        lines.close();
    }

    private void assertWrittenDownAsFailed(String problem) {
        assertThat(lines.takenEnds()).containsExactly(problem);
        assertThat(metrics.taken()).singleElement().satisfies(line -> {
            assertThat(line.path("FailedImports").asInt()).isEqualTo(1);
            assertThat(line.path("problem").asText()).isEqualTo(problem);
        });
    }

    // The first: the journal lied.

    @Test
    @DisplayName("an import that ends with an exception that is no problem is no success, in the log and the metrics")
    void crashed() {
        assertThatThrownBy(() -> journal.write(entry -> {
                    throw new IllegalStateException("isaac@example.com");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertWrittenDownAsFailed("internal-error");
    }

    @Test
    @DisplayName("an import that can't be read is written down as failed, in the log and the metrics")
    void unread() {
        Lambda.invoke("{\"users\":[");
        assertWrittenDownAsFailed("malformed-payload");
    }

    // The second: Okta was blamed for others, and a bug for what is known.

    @Test
    @DisplayName("S3 that breaks off in the middle of a file is neither Okta's fault nor a bug, and no success")
    void storageFails() {
        PutFile file = bucket.put(folder + "people.csv", "externalId,userName\nE-1,a\nE-2,b\n");
        door.fault(FaultyS3.Kind.HALF_BODY, "GET /" + bucket.name() + "/" + file.key(), 0, 1);
        assertProblem(Lambda.invoke(file.event().toString()))
                .is("storage-unavailable")
                .has("bucket", bucket.name())
                .has("key", file.key());
        assertThat(lines.taken()).as("it comes again").isEmpty();
        assertThat(file.imported().path("state").asText()).isEqualTo("COMPLETED");
        assertThat(lines.takenEnds()).containsExactly("imported");
    }

    @Test
    @DisplayName("a delivery that meets another one of the same file is not told that Okta doesn't answer")
    void anotherDelivery() {
        PutFile file = bucket.put(folder + "people.csv", "externalId,userName\nE-1,a\n");
        bucket.put(
                file.reportKey(),
                "{\"state\":\"CLAIMED\",\"expiresAt\":\"" + Instant.now().plusSeconds(60) + "\"}");
        ObjectVersion object = new ObjectVersion(
                bucket.name(), file.key(), file.versionId(), Optional.of(file.eTag()), file.sequencer());
        assertThatThrownBy(() -> imports.run(object, Duration.ofMinutes(5), Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT));
    }

    // The third: a broken archive held up its batch, and its report said CLAIMED for good.

    @Test
    @DisplayName("a truncated and an empty .gz are reported and closed, and the other files of their batch go in")
    void brokenArchive() {
        PutFile truncated = bucket.put(folder + "cut.csv.gz", input("39d-truncated.csv.gz"));
        PutFile empty = bucket.put(folder + "empty.csv.gz", new byte[0]);
        PutFile whole = bucket.put(folder + "whole.csv.gz", input("39b-two-members.csv.gz"));
        String batch = S3Event.queued(
                        truncated.event().toString(),
                        empty.event().toString(),
                        whole.event().toString())
                .toString();
        assertOutcomes(batch, "failed", "failed", "imported");
        assertOutcomes(batch, "duplicate", "duplicate", "duplicate");
        assertThat(truncated.report().path("state").asText()).isEqualTo("FAILED");
        assertReported(truncated.report()).is("malformed-payload");
        assertThat(empty.report().path("state").asText()).isEqualTo("FAILED");
        assertReported(empty.report()).is("invalid-request").says("empty");
        assertThat(whole.report().path("state").asText()).isEqualTo("COMPLETED");
    }

    private static void assertOutcomes(String batch, String... outcomes) {
        JsonNode answer = Lambda.invoke(batch).json();
        assertThat(answer.path("batchItemFailures")).isEmpty();
        assertThat(answer.path("results"))
                .extracting(result -> result.path("outcome").asText())
                .containsExactly(outcomes);
    }

    private static byte[] input(String name) {
        try (InputStream in = FaultsOfVersion1IT.class.getResourceAsStream("/cases/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // The fourth: events were read outside of the error edge.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000",
                "{",
                "7",
                "[[]]",
                "{\"Records\":7}",
                "{\"Records\":[7]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"bucket\":7,\"object\":[]}}]}",
                "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"{\"}}]}",
                "{\"version\":\"2.0\",\"requestContext\":{\"http\":7}}",
                "{\"requestContext\":7,\"httpMethod\":[]}",
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":7}",
                "{\"action\":\"planFile\",\"bucket\":7}"
            })
    @DisplayName("no event, however broken, gets an exception past the error edge")
    void brokenEvent(String event) {
        Lambda.Result result = Lambda.invokeHere(function, event);
        if (result.isFunctionError()) {
            assertThat(result.errorType()).doesNotContain("InternalError");
            assertProblem(result);
        }
    }

    @Test
    @DisplayName("an event that breaks off while it is read is answered at the edge and written down")
    void brokenOffEvent() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("isaac@example.com");
            }
        };
        assertThatThrownBy(() -> function.handleRequest(broken, new ByteArrayOutputStream(), null))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("internal-error")
                .hasMessageContaining("requestId")
                .hasMessageNotContaining("isaac");
        assertWrittenDownAsFailed("internal-error");
    }
}
