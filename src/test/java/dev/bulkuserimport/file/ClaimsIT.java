package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.s3.S3Failure;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A claim on an object version")
class ClaimsIT {

    private static final AtomicInteger OBJECTS = new AtomicInteger();

    private static final String NEVER_PLANNED =
            "{'reportVersion':2,'state':'FAILED','stateMachine':true,'attempts':1,'finishedAt':'2026-11-25T12:00:00Z',"
                    + "'problem':{'type':'urn:bulk-user-import:problem:okta-unavailable'}}";

    private static final String FAILED_HALFWAY =
            "{'reportVersion':2,'state':'FAILED','stateMachine':true,'attempts':1,'finishedAt':'2026-11-25T12:00:00Z',"
                    + "'problem':{'type':'urn:bulk-user-import:problem:okta-unavailable'},"
                    + "'sessions':[{'number':1,'state':'DONE'},{'number':2,'state':'PLANNED'}]}";

    private static final String FAILED_ON_THE_WAY =
            "{'reportVersion':2,'state':'FAILED','stateMachine':true,'attempts':1,'finishedAt':'2026-11-25T12:00:00Z',"
                    + "'problem':{'type':'urn:bulk-user-import:problem:okta-unavailable'},'sessions':[{'number':1,'state':'PLANNED'}]}";

    @Inject
    Claims claims;

    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private ObjectVersion object;

    @BeforeEach
    void object() {
        bucket = Bucket.anew(s3, "hr-claims");
        object = new ObjectVersion(
                bucket.name(),
                "imports/claims-" + OBJECTS.incrementAndGet() + ".csv",
                Optional.empty(),
                Optional.of("e1"),
                Optional.of("00A"));
    }

    @AfterEach
    void nobodyListens() {
        door.listener(request -> {});
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    /** Enough to see that somebody else is at work, and not to wait for them for long. */
    private static Deadline littleTime() {
        return Deadline.in(Duration.ofSeconds(1));
    }

    private String key() {
        return claims.place(object).key();
    }

    /** A report as somebody has left it: with apostrophes, and PAST and FUTURE for times a minute from now. */
    private void left(String report) {
        Instant now = Instant.now();
        bucket.put(
                key(),
                report.replace('\'', '"')
                        .replace("PAST", now.minusSeconds(60).toString())
                        .replace("FUTURE", now.plusSeconds(60).toString()));
    }

    private JsonNode stored() {
        return bucket.json(key());
    }

    private Claim mine(Claims.Answer answer) {
        assertThat(answer).isInstanceOf(Claims.Answer.Mine.class);
        return ((Claims.Answer.Mine) answer).claim();
    }

    private Claim taken() throws S3Failure {
        return mine(claims.take(object, Claims.Driver.NOTIFICATION, time()));
    }

    private static void assertConflict(Problem problem) {
        assertThat(problem.type()).isEqualTo(ProblemType.SESSION_CONFLICT);
        assertThat(problem.retryAfterSeconds()).get().satisfies(seconds -> assertThat(seconds)
                .isBetween(1L, 61L));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("that nobody has made before is the first attempt's, for longer than its time")
    void first(Claims.Driver driver) throws S3Failure {
        Instant begun = Instant.now();
        Claim claim = mine(claims.take(object, driver, time()));
        assertThat(claim.report().state()).isEqualTo(FileState.CLAIMED);
        assertThat(claim.report().hold().attempts()).isEqualTo(1);
        assertThat(claim.report().hold().stepped()).isEqualTo(driver != Claims.Driver.NOTIFICATION);
        assertThat(claim.report().hold().expiresAt().orElseThrow())
                .isBetween(begun.plusSeconds(14), Instant.now().plusSeconds(15));
        assertThat(stored().path("attempt").asText()).isNotEmpty();
        assertThat(stored().path("expiresAt").asText())
                .isEqualTo(claim.report().hold().expiresAt().orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Left by somebody who was killed.
                "{'state':'CLAIMED','attempts':1,'expiresAt':'PAST'} | NOTIFICATION | CLAIMED | 2",
                "{'state':'IMPORTING','sessions':[{'number':1,'state':'STARTING','sessionId':'aps1'}],'attempts':1,'expiresAt':'PAST'} | NOTIFICATION | IMPORTING | 2",
                "{'state':'IMPORTING','stateMachine':true,'attempts':1,'expiresAt':'PAST'} | STATE_MACHINE | IMPORTING | 2",
                // Let go, whatever time it says.
                "{'state':'RETRY','attempts':4,'expiresAt':'FUTURE'} | NOTIFICATION | CLAIMED | 5",
                "{'reportVersion':2,'state':'RETRY','attempts':4,'sessions':[{'number':1,'state':'LOADING'}]} | NOTIFICATION | RETRY | 5",
                // Between two steps, which are one attempt.
                "{'state':'PLANNED','stateMachine':true,'attempts':1} | STATE_MACHINE | PLANNED | 1",
                "{'state':'IMPORTING','stateMachine':true,'attempts':3} | STATE_MACHINE | IMPORTING | 3",
                "{'state':'IMPORTING','stateMachine':true,'attempts':3} | CLOSER | IMPORTING | 3",
                // After a step that failed; who closes the report is no other attempt.
                "{'state':'IMPORTING','stateMachine':true,'attempts':1,'problem':{'type':'x'}} | STATE_MACHINE | IMPORTING | 2",
                "{'state':'IMPORTING','stateMachine':true,'attempts':1,'problem':{'type':'x'}} | CLOSER | IMPORTING | 1",
                // Started again where it failed.
                FAILED_HALFWAY + " | STATE_MACHINE | IMPORTING | 2",
                FAILED_HALFWAY + " | SENDER | IMPORTING | 2",
                // It is planned anew if nothing of it was sent.
                FAILED_ON_THE_WAY + " | STATE_MACHINE | CLAIMED | 2",
                NEVER_PLANNED + " | STATE_MACHINE | CLAIMED | 2"
            })
    @DisplayName("that nobody holds any more is taken up, and each attempt counted")
    void takenUp(String report, Claims.Driver driver, FileState state, int attempts) throws S3Failure {
        left(report);
        Claim claim = mine(claims.takeUp(object, driver, time()));
        assertThat(claim.report().state()).isEqualTo(state);
        assertThat(claim.report().hold().attempts()).isEqualTo(attempts);
        assertThat(claim.report().ending().finishedAt()).isEmpty();
        assertThat(stored().path("attempts").asInt()).isEqualTo(attempts);
        assertThat(Instant.parse(stored().path("expiresAt").asText())).isAfter(Instant.now());
        // Written at the same place by the same hands.
        claim.save(time());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'state':'COMPLETED'} | NOTIFICATION | COMPLETED",
                "{'state':'FAILED'} | NOTIFICATION | FAILED",
                "{'state':'SUPERSEDED'} | STATE_MACHINE | SUPERSEDED",
                "{'reportVersion':2,'state':'FAILED','stateMachine':true,'sessions':[{'number':1,'state':'DONE'}]} | STATE_MACHINE | FAILED",
                // It may go on, but only when its state machine is started again.
                FAILED_ON_THE_WAY + " | NOTIFICATION | FAILED",
                FAILED_ON_THE_WAY + " | CLOSER | FAILED",
                NEVER_PLANNED + " | CLOSER | FAILED",
                "{'reportVersion':2,'state':'FAILED','stateMachine':true,'problem':{'type':'urn:bulk-user-import:problem:invalid-users'}} | STATE_MACHINE | FAILED",
                "{'state':'IMPORTING','stateMachine':true} | NOTIFICATION | IMPORTING"
            })
    @DisplayName("on what is at its end, or a state machine's, is nobody's, and nothing is written")
    void others(String report, Claims.Driver driver, FileState state) throws S3Failure {
        left(report);
        byte[] before = bucket.bytes(key());
        Claims.Answer answer = claims.take(object, driver, time());
        assertThat(answer).isInstanceOfSatisfying(Claims.Answer.Others.class, others -> assertThat(
                        others.report().state())
                .isEqualTo(state));
        assertThat(bucket.bytes(key())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "[]",
                "{'state':'COMPLETED'",
                "{'state':'ELSE'}",
                "{'state':'CLAIMED','expiresAt':'soon'}",
                "{'reportVersion':2,'state':'RETRY','sessions':[{'number':1,'state':'ELSE'}]}"
            })
    @DisplayName(
            "where something else stands, or a report is broken, is nobody's: nothing is imported twice because of it")
    void brokenReport(String report) throws S3Failure {
        left(report);
        byte[] before = bucket.bytes(key());
        for (Claims.Driver driver : Claims.Driver.values()) {
            assertThat(claims.take(object, driver, time()))
                    .isInstanceOfSatisfying(
                            Claims.Answer.Others.class,
                            others -> assertThat(others.report().state()).isEqualTo(FileState.FAILED));
        }
        assertThat(bucket.bytes(key())).isEqualTo(before);
    }

    @Test
    @DisplayName("that somebody holds is waited for, and had as soon as their time is over")
    void waits() throws S3Failure {
        Instant expires = Instant.now().plusMillis(700);
        bucket.put(key(), "{\"state\":\"CLAIMED\",\"attempts\":1,\"expiresAt\":\"" + expires + "\"}");
        assertThat(taken().report().hold().attempts()).isEqualTo(2);
        assertThat(Instant.now()).isAfterOrEqualTo(expires);
    }

    @Test
    @DisplayName("that somebody holds for longer is a conflict, which says when to come again")
    void busy() {
        left("{'state':'CLAIMED','expiresAt':'FUTURE'}");
        ProblemException busy = catchThrowableOfType(
                ProblemException.class, () -> claims.take(object, Claims.Driver.NOTIFICATION, littleTime()));
        assertConflict(busy.problem());
        assertThat(busy.problem().detail()).contains(object.place());
    }

    @Test
    @DisplayName("is not to be taken up where there never was one")
    void unknown() throws S3Failure {
        assertThat(claims.takeUp(object, Claims.Driver.STATE_MACHINE, time()))
                .isInstanceOf(Claims.Answer.Unknown.class);
        assertThat(claims.look(object, time())).isEmpty();
    }

    @Test
    @DisplayName("that somebody else makes at the same moment is theirs")
    void lostRace() {
        assertLostToAnother();
    }

    @Test
    @DisplayName("that somebody else takes up at the same moment is theirs")
    void lostRaceForAnOldOne() {
        left("{'state':'CLAIMED','expiresAt':'PAST'}");
        assertLostToAnother();
    }

    private void assertLostToAnother() {
        meanwhile("{'state':'CLAIMED','attempt':'theirs','expiresAt':'FUTURE'}");
        ProblemException lost = catchThrowableOfType(
                ProblemException.class, () -> claims.take(object, Claims.Driver.NOTIFICATION, littleTime()));
        assertConflict(lost.problem());
        assertThat(stored().path("attempt").asText()).isEqualTo("theirs");
    }

    @Test
    @DisplayName(
            "that others change each time just before it is written is a conflict, and S3 isn't asked without a pause")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void alwaysLost() {
        AtomicInteger writes = new AtomicInteger();
        door.listener(request -> {
            if (request.startsWith("PUT ")) {
                left("{'state':'CLAIMED','attempts':1,'attempt':'" + writes.incrementAndGet()
                        + "','expiresAt':'PAST'}");
            }
        });
        ProblemException lost = catchThrowableOfType(
                ProblemException.class,
                () -> claims.take(object, Claims.Driver.NOTIFICATION, Deadline.in(Duration.ofSeconds(2))));
        assertConflict(lost.problem());
        assertThat(writes.get()).isLessThan(10);
    }

    @Test
    @DisplayName("that somebody else makes and ends at the same moment is theirs, and there is nothing left to do")
    void lostToTheEnd() throws S3Failure {
        meanwhile("{'state':'COMPLETED'}");
        assertThat(claims.take(object, Claims.Driver.NOTIFICATION, time())).isInstanceOf(Claims.Answer.Others.class);
        assertThat(stored().path("state").asText()).isEqualTo("COMPLETED");
    }

    /** Just before the next write gets to S3, somebody else writes. */
    private void meanwhile(String theirs) {
        AtomicBoolean done = new AtomicBoolean();
        door.listener(request -> {
            if (request.startsWith("PUT ") && done.compareAndSet(false, true)) {
                left(theirs);
            }
        });
    }

    @Test
    @DisplayName("that was taken over can't be written any more, and stays lost")
    void overtaken() throws S3Failure {
        Claim mine = taken();
        mine.change(report -> report.withState(FileState.RETRY));
        mine.save(time());
        Claim theirs = taken();
        byte[] before = bucket.bytes(key());

        assertThat(mine.isLost()).isFalse();
        for (int i = 0; i < 2; i++) {
            assertConflict(catchThrowableOfType(ProblemException.class, () -> mine.save(time()))
                    .problem());
        }
        assertThatThrownBy(() -> mine.note(report -> report, time())).isInstanceOf(ProblemException.class);
        assertThat(mine.trySave(time())).isFalse();
        assertThat(mine.isLost()).isTrue();
        assertThat(bucket.bytes(key())).isEqualTo(before);
        theirs.save(time());
    }

    @Test
    @DisplayName("whose report was deleted is lost, and the report doesn't come back")
    void deleted() throws S3Failure {
        Claim claim = taken();
        bucket.delete(key());
        assertThat(claim.trySave(time())).isFalse();
        assertThat(claim.isLost()).isTrue();
        assertThat(bucket.keys(key())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CLOSE_AFTER, 1", "CLOSE_BEFORE, 1", "UNAVAILABLE, 2", "CONFLICT, 3", "NO_ETAG, 1"})
    @DisplayName(
            "whose write S3 answers late, without an ETag, not at all or with a conflict of another write is known for one's own")
    void answerLost(FaultyS3.Kind kind, int times) throws S3Failure {
        door.fault(kind, "PUT ", 0, times);
        Claim claim = taken();
        assertThat(stored().path("attempts").asInt()).isEqualTo(1);
        door.fault(kind, "PUT ", 0, times);
        claim.change(report -> report.noting("second"));
        claim.save(time());
        assertThat(stored().path("notes").toString()).contains("second");
        assertThat(claim.isLost()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 'PUT ', true",
        "UNAVAILABLE, GET , true",
        "CONFLICT, 'PUT ', true",
        "CLOSE_BEFORE, GET , true",
        "FORBIDDEN, 'PUT ', false",
        "FORBIDDEN, GET , false"
    })
    @DisplayName("can't be had while S3 fails; the failure names the object, and whether to come again")
    void noStorage(FaultyS3.Kind kind, String requests, boolean again) {
        // Something to read, which may be taken up.
        left("{'state':'RETRY','attempts':1}");
        byte[] before = bucket.bytes(key());
        door.fault(kind, requests, 0, 9_999);
        S3Failure failure = catchThrowableOfType(
                S3Failure.class, () -> claims.takeUp(object, Claims.Driver.NOTIFICATION, littleTime()));
        assertThat(failure.problem().type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE);
        assertThat(failure.problem().detail()).contains(key());
        assertThat(failure.problem().retryAfter().isPresent()).isEqualTo(again);
        assertThat(bucket.bytes(key())).isEqualTo(before);
    }

    @Test
    @DisplayName("may be looked at while somebody else holds it, and is only written if they have not")
    void look() throws S3Failure {
        left("{'state':'IMPORTING','stateMachine':true,'expiresAt':'FUTURE'}");
        Claim seen = claims.look(object, time()).orElseThrow();
        assertThat(seen.report().state()).isEqualTo(FileState.IMPORTING);
        seen.change(report -> report.noting("seen"));
        assertThat(seen.trySave(time())).isTrue();
        assertThat(stored().path("notes").toString()).contains("seen");
        left("{'state':'COMPLETED'}");
        seen.change(report -> report.noting("too late"));
        assertThat(seen.trySave(time())).isFalse();
        assertThat(stored().path("state").asText()).isEqualTo("COMPLETED");
    }
}
