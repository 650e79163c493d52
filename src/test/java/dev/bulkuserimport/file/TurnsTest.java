package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileReport;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.ReportPlace;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.s3.S3Objects;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Of the files that wait for an application")
class TurnsTest {

    private static final AtomicInteger APPS = new AtomicInteger();
    private static final String NOON = "2026-11-25T12:00:00Z";

    @Inject
    Turns turns;

    @Inject
    S3Objects objects;

    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        bucket = Bucket.of(s3, "hr-turns");
        app = "0oaTurns" + APPS.incrementAndGet();
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    /** The import of a file that came at a time. */
    private Claim file(String name, String cameAt) {
        ObjectVersion object = new ObjectVersion(
                bucket.name(), "imports/" + name, Optional.empty(), Optional.of("e1"), Optional.empty());
        FileReport report = FileReport.of(ImportId.of(object, bucket.name()), object, Instant.parse(cameAt));
        return new Claim(objects, ReportPlace.of(object, bucket.name()), report, Optional.empty());
    }

    private List<String> tickets(String application) {
        return bucket.keys("work/queue/" + application + "/");
    }

    private void assertWaits(Claim file) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> turns.await(app, file, false, time()))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.SESSION_CONFLICT);
        assertThat(problem.detail()).contains(app);
        assertThat(problem.retryAfterSeconds()).contains(60L);
    }

    @Test
    @DisplayName("the only one is first, and takes a ticket where others must wait for it")
    void alone() throws S3Failure {
        Claim file = file("a.csv", NOON);
        turns.await(app, file, false, time());
        assertThat(tickets(app)).isEmpty();
        turns.await(app, file, true, time());
        turns.await(app, file, true, time());
        assertThat(tickets(app)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-25T11:59:59.999Z", "2001-09-09T01:46:39.999Z", "1970-01-01T00:00:00Z"})
    @DisplayName("one waits for each that came earlier, and takes a ticket for it")
    void later(String earlier) throws S3Failure {
        turns.await(app, file("first.csv", earlier), true, time());
        assertWaits(file("second.csv", NOON));
        assertThat(tickets(app)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // of the application with this ending, came at
        "'', 2026-11-25T12:00:00.001Z",
        "'', 2026-11-26T00:00:00Z",
        "'', 2286-01-01T00:00:00Z",
        "x, 2026-11-25T11:00:00Z",
        "/x, 2026-11-25T11:00:00Z"
    })
    @DisplayName("one doesn't wait for another that came later, nor for those of another application")
    void first(String ending, String cameAt) throws S3Failure {
        turns.keepPlace(app + ending, file("other.csv", cameAt), time());
        turns.await(app, file("mine.csv", NOON), true, time());
        assertThat(tickets(app)).isNotEmpty();
    }

    @Test
    @DisplayName("of two that came in the same millisecond exactly one is first")
    void sameTime() throws S3Failure {
        Claim a = file("a.csv", NOON);
        Claim b = file("b.csv", NOON);
        turns.keepPlace(app, a, time());
        turns.keepPlace(app, b, time());
        boolean aIsFirst =
                a.report().importId().hash().compareTo(b.report().importId().hash()) < 0;
        assertWaits(aIsFirst ? b : a);
        turns.await(app, aIsFirst ? a : b, true, time());
    }

    @Test
    @DisplayName("the next is first once the one before has given its ticket back")
    void leaves() throws S3Failure {
        Claim first = file("first.csv", "2026-11-25T11:00:00Z");
        Claim second = file("second.csv", NOON);
        turns.await(app, first, true, time());
        assertWaits(second);
        turns.leave(app, first.report(), time());
        turns.await(app, second, true, time());
        turns.leave(app, second.report(), time());
        turns.leave(app, second.report(), time());
        assertThat(tickets(app)).isEmpty();
    }

    @Test
    @DisplayName("one who has not come for five minutes holds nobody back, and has the old place again when they come")
    void stale() throws S3Failure {
        Claim gone = file("gone.csv", "2026-11-25T11:00:00Z");
        Claim next = file("next.csv", NOON);
        turns.keepPlace(app, gone, time());
        door.listedEarlier(Duration.ofSeconds(280));
        assertWaits(next);
        door.listedEarlier(Duration.ofSeconds(320));
        turns.await(app, next, true, time());
        door.listedEarlier(Duration.ZERO);
        turns.await(app, gone, true, time());
        assertWaits(next);
    }

    @Test
    @DisplayName("nobody waits where the function may not list, for then there is no order")
    void mayNotList() throws S3Failure {
        turns.keepPlace(app, file("first.csv", "2026-11-25T11:00:00Z"), time());
        door.fault(FaultyS3.Kind.FORBIDDEN, "list-type=2", 0, 9);
        turns.await(app, file("second.csv", NOON), true, time());
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, list-type=2", "CLOSE_BEFORE, list-type=2", "UNAVAILABLE, 'PUT '", "FORBIDDEN, 'PUT '"})
    @DisplayName("none is first while S3 fails: that is S3's failure, and no other file's")
    void noStorage(FaultyS3.Kind kind, String requests) {
        door.fault(kind, requests, 0, 9_999);
        assertThatThrownBy(() -> turns.await(app, file("a.csv", NOON), true, Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(S3Failure.class);
    }
}
