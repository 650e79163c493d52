package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.JsonOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPauseTest {

    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    private static Instant at(double seconds) {
        return START.plusMillis((long) (1000 * seconds));
    }

    private static SessionPause known(double refused, double taken) {
        return new SessionPause(
                Optional.of(START),
                Duration.ofMillis((long) (1000 * refused)),
                taken == 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) (1000 * taken))),
                Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 10, 0, nothing was ever refused",
        "0, 50, 10, 0, nothing was ever refused",
        "60, 0, 20, 40, refused once: not before that",
        "60, 0, 70, 0, its time has passed",
        "60, 62, 10, 52, close: as late as it was taken",
        "60, 80, 10, 60, between the two",
        "60, 80, 86400, 0, after a day nothing of it counts"
    })
    void untilNext(double refused, double taken, double now, long seconds) {
        assertThat(known(refused, taken).untilNext(at(now))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 10, 1, 0, unknown",
        "60, 62, 10, 1, 52, after the one in progress",
        "60, 62, 10, 3, 176, and two more",
        "60, 62, 62, 3, 0, the one in progress is late",
        "60, 62, 10, 40, 300, no longer than five minutes"
    })
    void untilTurn(double refused, double taken, double now, int ahead, long seconds) {
        assertThat(known(refused, taken).untilTurn(ahead, at(now))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void learnsFromBothSides() {
        SessionPause pause = SessionPause.UNKNOWN.started(Optional.empty(), START);
        pause = pause.refused(at(40)).refused(at(20));
        assertThat(pause.refused()).hasSeconds(40);
        assertThat(pause.started(Optional.of(at(70)), at(75)).taken()).contains(Duration.ofSeconds(70));
        assertThat(pause.started(Optional.of(at(70)), at(75)).startedAt()).contains(at(75));
    }

    @Test
    void aRefusalLaterThanWhatWasTakenReplacesIt() {
        SessionPause pause = known(60, 70).refused(at(80));
        assertThat(pause.taken()).isEmpty();
        assertThat(pause.refused()).hasSeconds(80);
    }

    @Test
    void aSessionTakenSoonerThanOneWasRefusedMovesBoth() {
        SessionPause pause = known(80, 0).started(Optional.of(at(60)), at(70));
        assertThat(pause.taken()).contains(Duration.ofSeconds(60));
        assertThat(pause.refused()).hasSeconds(55);
    }

    @Test
    void longSilenceSaysNothing() {
        assertThat(known(60, 0).started(Optional.of(at(7_200)), at(7_210)).taken())
                .contains(Duration.ofMinutes(5));
        assertThat(known(60, 70).refused(at(7_200))).isEqualTo(known(60, 70));
        assertThat(SessionPause.UNKNOWN.refused(START)).isEqualTo(SessionPause.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"false, 60, 70, 5", "true, 0, 0, 5", "true, 60, 62, 57", "true, 3, 0, 5"})
    void untilFirstLook(boolean more, double refused, double taken, long seconds) {
        assertThat(known(refused, taken).untilFirstLook(more)).hasSeconds(seconds);
    }

    @Test
    void aSessionThatOktaWorksOnForLongIsLookedAtWhenTheLastOneWasDone() {
        SessionPause pause = known(60, 62).done(at(200));
        assertThat(pause.untilFirstLook(true)).hasSeconds(190);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "60, 6", "200, 20", "7200, 30"})
    void untilNextLook(double now, long seconds) {
        assertThat(known(0, 0).untilNextLook(at(now))).hasSeconds(seconds);
    }

    /** As it is stored and read back. */
    private static SessionPause read(SessionPause pause) {
        return SessionPause.of(
                SourceObject.document(JsonOutput.bytes(pause.members())).orElseThrow());
    }

    @Test
    void isWrittenAndReadAgain() {
        for (SessionPause pause :
                new SessionPause[] {SessionPause.UNKNOWN, known(60, 70).done(at(12)), known(60, 0)}) {
            assertThat(read(pause)).isEqualTo(pause);
        }
    }

    /** A hundred sessions, with the waits and retries of the state machine. */
    @ParameterizedTest
    @ValueSource(doubles = {60, 70, 120, 300})
    void sharesOfWhatOktaAllows(double pauseSeconds) {
        double load = 10;
        double now = 0;
        double startedAt = Double.NEGATIVE_INFINITY;
        int refusals = 0;
        SessionPause pause = SessionPause.UNKNOWN;
        for (int session = 0; session < 100; session++) {
            double retry = 15;
            while (now - startedAt < pauseSeconds) {
                refusals++;
                pause = pause.refused(at(Math.floor(now)));
                now += Math.ceil(retry);
                retry = Math.min(60, retry * 1.05);
            }
            double created = now + 0.4;
            now += load;
            startedAt = now;
            pause = read(pause.started(Optional.of(at(created)), at(now)));
            now += Math.ceil(pause.untilFirstLook(session < 99).toMillis() / 1e3) + 0.8;
            pause = pause.done(at(Math.floor(now)));
            now += Math.ceil(pause.untilNext(at(Math.floor(now))).toMillis() / 1e3) + 0.2;
        }
        double share = (99 * pauseSeconds + 100 * load) / startedAt;
        assertThat(share).isGreaterThan(0.95);
        assertThat(refusals).isLessThan(100);
    }
}
