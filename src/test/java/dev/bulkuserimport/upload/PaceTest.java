package dev.bulkuserimport.upload;

import static dev.bulkuserimport.rules.BulkOperation.DELETE_MEMBERSHIPS;
import static dev.bulkuserimport.rules.BulkOperation.DELETE_USERS;
import static dev.bulkuserimport.rules.BulkOperation.UPSERT_GROUPS;
import static dev.bulkuserimport.rules.BulkOperation.UPSERT_USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.okta.RateLimit;
import dev.bulkuserimport.rules.BulkOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pace of an upload")
class PaceTest {

    private static final long NOW = 1_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace(new Width(5, 5));

    private static RateLimit limit(long limit, long remaining, int seconds) {
        return new RateLimit(
                OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(Duration.ofSeconds(seconds)));
    }

    private void send(BulkOperation operation, int requests) {
        for (int i = 0; i < requests; i++) {
            pace.sent(operation, NOW);
        }
    }

    private long untilNext(long now) {
        return pace.untilNext(UPSERT_USERS, now);
    }

    @Test
    @DisplayName("allows as many at once as the width")
    void parallel() {
        send(UPSERT_USERS, 4);
        assertThat(untilNext(NOW)).isZero();
        send(UPSERT_USERS, 1);
        assertThat(untilNext(NOW)).isEqualTo(Pace.AFTER_AN_ANSWER);
        pace.ended(UPSERT_USERS, NOW);
        assertThat(untilNext(NOW)).isZero();
    }

    @Test
    @DisplayName("keeps the longest pause for all")
    void pauses() {
        pace.pause(UPSERT_USERS, Duration.ofSeconds(2), NOW);
        pace.pause(UPSERT_USERS, Duration.ofSeconds(1), NOW);
        assertThat(untilNext(NOW)).isEqualTo(2 * SECOND);
        assertThat(untilNext(NOW + 3 * SECOND)).isZero();
    }

    @Test
    @DisplayName("sends no more than a window has left, and waits for the next when it has none")
    void windows() {
        pace.learn(UPSERT_USERS, limit(100, 2, 4), NOW);
        send(UPSERT_USERS, 1);
        assertThat(untilNext(NOW)).isZero();
        send(UPSERT_USERS, 1);
        assertThat(untilNext(NOW)).isEqualTo(Pace.AFTER_AN_ANSWER);
        pace.ended(UPSERT_USERS, NOW);
        pace.ended(UPSERT_USERS, NOW);
        pace.learn(UPSERT_USERS, limit(100, 0, 4), NOW);
        assertThat(untilNext(NOW)).isEqualTo(4 * SECOND);
        assertThat(untilNext(NOW + 5 * SECOND)).isZero();
    }

    @Test
    @DisplayName(
            "lets one endpoint's window and pause hold up no other, and counts what is in flight at each by itself")
    void endpoints() {
        pace.learn(UPSERT_USERS, limit(100, 0, 4), NOW);
        pace.pause(DELETE_MEMBERSHIPS, Duration.ofSeconds(2), NOW);
        assertThat(pace.untilNext(DELETE_USERS, NOW)).isZero();
        pace.learn(DELETE_USERS, limit(100, 2, 60), NOW);
        assertThat(untilNext(NOW))
                .as("what another endpoint has left says nothing about this one")
                .isEqualTo(4 * SECOND);
        send(UPSERT_GROUPS, 3);
        assertThat(pace.untilNext(DELETE_USERS, NOW)).isZero();
        assertThat(pace.untilNext(DELETE_MEMBERSHIPS, NOW)).isEqualTo(2 * SECOND);
    }

    @Test
    @DisplayName("keeps one width for all endpoints")
    void together() {
        send(UPSERT_USERS, 3);
        send(DELETE_USERS, 2);
        assertThat(pace.inFlight()).isEqualTo(5);
        assertThat(pace.untilNext(DELETE_USERS, NOW)).isEqualTo(Pace.AFTER_AN_ANSWER);
    }

    @Test
    @DisplayName("takes no advice from an answer that gives none, or that tells of too many at once")
    void silent() {
        pace.learn(UPSERT_USERS, RateLimit.UNTOLD, NOW);
        pace.learn(UPSERT_USERS, limit(0, 0, 60), NOW);
        send(UPSERT_USERS, 4);
        assertThat(untilNext(NOW)).isZero();
    }
}
