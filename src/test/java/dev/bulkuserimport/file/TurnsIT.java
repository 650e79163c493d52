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
import dev.bulkuserimport.report.FileState;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Of the files that wait for an application")
class TurnsIT {

    private static final AtomicInteger APPS = new AtomicInteger();
    private static final String NOON = "2025-11-25T12:00:00Z";

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
        bucket = Bucket.anew(s3, "hr-turns");
        app = "0oaTurns" + APPS.incrementAndGet();
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    /** The import of a file that was put at a time, with its report. */
    private Claim file(String name, String putAt) throws S3Failure {
        return file(name, putAt, "");
    }

    private Claim file(String name, String putAt, String sequencer) throws S3Failure {
        ObjectVersion object = new ObjectVersion(
                bucket.name(),
                "imports/" + app + "/" + name,
                Optional.empty(),
                Optional.of("e1"),
                Optional.of(sequencer));
        FileReport report = FileReport.of(ImportId.of(object, bucket.name()), object, Instant.parse(NOON));
        Claim claim = new Claim(
                objects,
                ReportPlace.of(object, bucket.name()),
                report.withKnown(report.known().putAt(Instant.parse(putAt))),
                Optional.empty());
        claim.save(time());
        return claim;
    }

    /** Another attempt at the same file. */
    private Claim again(Claim before) {
        return new Claim(objects, before.place(), before.report(), Optional.empty());
    }

    private List<String> tickets(String application) {
        return bucket.keys("work/queue/" + application + "/");
    }

    private void assertWaits(Claim file) {
        assertWaits(file, false);
    }

    private void assertWaits(Claim file, boolean begins) {
        Problem problem = catchThrowableOfType(
                        ProblemException.class, () -> turns.requireTurn(app, file, begins, time()))
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.SESSION_CONFLICT);
        assertThat(problem.detail()).contains(app);
        assertThat(problem.retryAfterSeconds()).contains(60L);
    }

    @Test
    @DisplayName("the only one is first, with one ticket")
    void alone() throws S3Failure {
        Claim file = file("a.csv", NOON);
        turns.requireTurn(app, file, false, time());
        assertThat(tickets(app)).singleElement().asString().contains("/waiting-1764072000000--");
        turns.requireTurn(app, file, true, time());
        turns.requireTurn(app, again(file), true, time());
        assertThat(tickets(app)).singleElement().asString().contains("/begun-1764072000000--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25T11:59:59.999Z", "2001-09-09T01:46:39.999Z", "1970-01-01T00:00:00Z"})
    @DisplayName("one waits for each that was put earlier, and takes a ticket for it")
    void later(String earlier) throws S3Failure {
        turns.keepPlace(app, file("first.csv", earlier), time());
        assertWaits(file("second.csv", NOON));
        assertThat(tickets(app)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // of the application with this ending, put at
        "'', 2025-11-25T12:00:00.001Z",
        "'', 2025-11-26T00:00:00Z",
        "'', 2286-01-01T00:00:00Z",
        "x, 2025-11-25T11:00:00Z",
        "/x, 2025-11-25T11:00:00Z"
    })
    @DisplayName("one doesn't wait for another that was put later, nor for those of another application")
    void first(String ending, String putAt) throws S3Failure {
        turns.keepPlace(app + ending, file("other.csv", putAt), time());
        turns.requireTurn(app, file("mine.csv", NOON), true, time());
        assertThat(tickets(app)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0055AA, 0055AB", "0055, 0055AB", "55aa, 55AB", "'', 00"})
    @DisplayName("the one with the lower sequencer is first, where they were put at the same time")
    void sequencer(String lower, String higher) throws S3Failure {
        Claim a = file("a.csv", NOON, lower);
        Claim b = file("b.csv", NOON, higher);
        turns.keepPlace(app, a, time());
        assertWaits(b);
        turns.requireTurn(app, a, true, time());
    }

    @Test
    @DisplayName("exactly one is first where nothing tells their times apart")
    void sameTime() throws S3Failure {
        Claim a = file("a.csv", NOON);
        Claim b = file("b.csv", NOON);
        turns.keepPlace(app, a, time());
        turns.keepPlace(app, b, time());
        boolean aIsFirst =
                a.report().importId().hash().compareTo(b.report().importId().hash()) < 0;
        assertWaits(aIsFirst ? b : a);
        turns.requireTurn(app, aIsFirst ? a : b, true, time());
    }

    @Test
    @DisplayName("the next is first once the one before has given its ticket back")
    void leaves() throws S3Failure {
        Claim first = file("first.csv", "2025-11-25T11:00:00Z");
        Claim second = file("second.csv", NOON);
        turns.requireTurn(app, first, true, time());
        assertWaits(second);
        turns.leave(app, first.report(), time());
        turns.requireTurn(app, second, true, time());
        turns.leave(app, second.report(), time());
        turns.leave(app, second.report(), time());
        assertThat(tickets(app)).isEmpty();
    }

    @Test
    @DisplayName("one that has begun is not interrupted by an older one that comes late, unless it has to begin anew")
    void begun() throws S3Failure {
        Claim newer = file("newer.csv", NOON);
        Claim older = file("older.csv", "2025-11-25T11:00:00Z");
        turns.requireTurn(app, newer, true, time());
        assertWaits(older, true);
        Claim next = again(newer);
        turns.requireTurn(app, next, true, time());
        turns.waitAgain(app, next, time());
        turns.requireTurn(app, older, true, time());
        assertWaits(again(newer), true);
    }

    @Test
    @DisplayName("the older one begins where both are about to")
    void atOnce() throws S3Failure {
        Claim newer = file("newer.csv", NOON);
        Claim older = file("older.csv", "2025-11-25T11:00:00Z");
        AtomicInteger begun = new AtomicInteger();
        door.listener(request -> {
            if (request.contains("/begun-") && begun.incrementAndGet() == 1) {
                try {
                    turns.keepPlace(app, older, time());
                } catch (S3Failure e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try {
            assertWaits(newer, true);
        } finally {
            door.listener(request -> {});
        }
        turns.requireTurn(app, older, true, time());
    }

    @ParameterizedTest
    @CsvSource({"PT2H, 7100, 7300", "PT5M, 280, 320"})
    @DisplayName(
            "one that doesn't come again holds no one back for longer than the pause between its attempts, and has its old place when it comes")
    void stale(Duration pause, int holds, int over) throws S3Failure {
        Claim gone = file("gone.csv", "2025-11-25T11:00:00Z");
        Claim next = file("next.csv", NOON);
        gone.comesAgainWithin(pause);
        turns.keepPlace(app, gone, time());
        door.listedEarlier(Duration.ofSeconds(holds));
        assertWaits(next);
        door.listedEarlier(Duration.ofSeconds(over));
        turns.requireTurn(app, next, false, time());
        door.listedEarlier(Duration.ZERO);
        turns.requireTurn(app, again(gone), true, time());
        assertWaits(next);
    }

    @Test
    @DisplayName(
            "none is held back by objects that someone else wrote, however many there are, nor by tickets of files that are over")
    void planted() throws S3Failure {
        String folder = "work/queue/" + app + "/";
        IntStream.range(0, 1_050).parallel().forEach(i -> bucket.put(folder + "a" + i, ""));
        for (int i = 0; i < 20; i++) {
            bucket.put(
                    folder + "begun-%013d--%032x".formatted(i, i), "{\"bucket\":\"b\",\"key\":\"k\",\"eTag\":\"e\"}");
        }
        bucket.put(folder + "waiting-0000000000000--" + "0".repeat(32), "not JSON");
        Claim over = file("over.csv", "2025-11-25T10:00:00Z");
        turns.keepPlace(app, over, time());
        over.note(report -> report.finished(FileState.FAILED, Instant.parse(NOON)), time());
        Claim mine = file("mine.csv", NOON);
        turns.requireTurn(app, mine, false, time());
        assertThat(tickets(app))
                .as("what looks like a ticket is looked at once")
                .hasSize(1_051);
        turns.keepPlace(app, file("real.csv", "2025-11-25T11:00:00Z"), time());
        assertWaits(mine);
    }

    @Test
    @DisplayName("nobody waits where the function may not list, for then there is no order")
    void mayNotList() throws S3Failure {
        turns.keepPlace(app, file("first.csv", "2025-11-25T11:00:00Z"), time());
        door.fault(FaultyS3.Kind.FORBIDDEN, "list-type=2", 0, 9);
        turns.requireTurn(app, file("second.csv", NOON), true, time());
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, list-type=2", "CLOSE_BEFORE, list-type=2", "UNAVAILABLE, 'PUT '", "FORBIDDEN, 'PUT '"})
    @DisplayName("none is first while S3 fails: that is S3's failure, and no other file's")
    void noStorage(FaultyS3.Kind kind, String requests) throws S3Failure {
        Claim file = file("a.csv", NOON);
        door.fault(kind, requests, 0, 9_999);
        assertThatThrownBy(() -> turns.requireTurn(app, file, true, Deadline.in(Duration.ofSeconds(1))))
                .isInstanceOf(S3Failure.class);
    }
}
