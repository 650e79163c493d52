package dev.bulkuserimport.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.base.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When Okta accepts an application's next session, estimated from earlier sessions. For up to five minutes after a session was started Okta
 * refuses another one (about a minute in practice), and never says for how long. All times are Okta's own.
 *
 * <p>A refused session and an accepted one bound the pause from both sides, and the next attempt is made between the two, until they are
 * close. If nothing was ever refused, there is no wait.
 *
 * @param startedAt when the application's last session was started; empty when none is known
 * @param refused the longest time after a start after which Okta still refused a session; zero when it never did
 * @param taken the shortest time after a start after which Okta took one, beyond {@code refused}
 * @param processing about how long Okta worked on the last session; zero when unknown
 */
record SessionPause(Optional<Instant> startedAt, Duration refused, Optional<Duration> taken, Duration processing) {

    static final SessionPause UNKNOWN =
            new SessionPause(Optional.empty(), Duration.ZERO, Optional.empty(), Duration.ZERO);

    /** Okta's limit: what was learned is dropped when no session was started for a day, and a longer pause was never documented. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Closer bounds save less than another refusal costs. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Duration SOONEST_LOOK = Duration.ofSeconds(5);
    private static final Duration LATEST_LOOK = Duration.ofSeconds(30);

    /** A session is looked at so long before Okta takes the next one, so that this one is over by then. */
    private static final Duration LOOK_AHEAD = Duration.ofSeconds(5);

    private static final double ALMOST = 0.95;
    private static final int LOOKS = 10;

    /** After a session was started; {@code before} is when it was created. */
    SessionPause started(Optional<Instant> created, Instant at) {
        SessionPause learned = created.flatMap(this::since).map(this::took).orElse(this);
        return new SessionPause(Optional.of(at), learned.refused, learned.taken, learned.processing);
    }

    private SessionPause took(Duration after) {
        Duration known = taken.filter(before -> before.compareTo(after) < 0).orElse(Durations.shorter(after, LONGEST));
        Duration below =
                refused.compareTo(known) < 0 ? refused : Durations.longer(Duration.ZERO, known.minus(LOOK_AHEAD));
        return new SessionPause(startedAt, below, Optional.of(known), processing);
    }

    /** After Okta refused another session although none was active. */
    SessionPause refused(Instant now) {
        Optional<Duration> after = since(now).filter(time -> time.compareTo(LONGEST) < 0);
        if (after.isEmpty()) {
            return this;
        }
        Duration longest = Durations.longer(refused, after.get());
        return new SessionPause(startedAt, longest, taken.filter(time -> time.compareTo(longest) > 0), processing);
    }

    /** After Okta was seen to be done with the last session. */
    SessionPause done(Instant now) {
        Duration seen = since(now).map(time -> scaled(time, ALMOST)).orElse(Duration.ZERO);
        return new SessionPause(startedAt, refused, taken, seen);
    }

    /** How long to wait before Okta is asked for another session. */
    Duration untilNext(Instant now) {
        Optional<Duration> passed = since(now).filter(time -> time.compareTo(FORGOTTEN) < 0);
        return refused.isZero() || passed.isEmpty()
                ? Duration.ZERO
                : Durations.longer(Duration.ZERO, expected().minus(passed.get()));
    }

    /**
     * How long to wait until it is a file's turn.
     *
     * @param ahead files of the application that come before it, the one in progress included; at least 1
     * @return zero when it can't be estimated
     */
    Duration untilTurn(int ahead, Instant now) {
        Duration next = untilNext(now);
        return next.isZero()
                ? next
                : Durations.shorter(LONGEST, next.plus(expected().multipliedBy(ahead - 1L)));
    }

    /**
     * How long to wait before a session that has just been started is looked at.
     *
     * @param more whether another session comes after it
     */
    Duration untilFirstLook(boolean more) {
        return more && !refused.isZero()
                ? Durations.longer(
                        SOONEST_LOOK, Durations.longer(processing, expected().minus(LOOK_AHEAD)))
                : SOONEST_LOOK;
    }

    /** How long to wait before a session that Okta still works on is looked at again: a tenth of the time that it has taken so far. */
    Duration untilNextLook(Instant now) {
        Duration tenth = since(now).orElse(Duration.ZERO).dividedBy(LOOKS);
        return Durations.longer(SOONEST_LOOK, Durations.shorter(tenth, LATEST_LOOK));
    }

    private Duration expected() {
        if (taken.isEmpty()) {
            return refused;
        }
        Duration between = taken.get().minus(refused);
        return between.compareTo(CLOSE) <= 0 ? taken.get() : refused.plus(between.dividedBy(2));
    }

    private Optional<Duration> since(Instant now) {
        return startedAt.map(start -> Duration.between(start, now)).filter(time -> !time.isNegative());
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        startedAt.ifPresent(at -> members.put("startedAt", at.toString()));
        members.put("refusedMillis", refused.toMillis());
        taken.ifPresent(time -> members.put("takenMillis", time.toMillis()));
        members.put("processingMillis", processing.toMillis());
        return members;
    }

    /** @param json an object with {@link #members} */
    static SessionPause of(JsonNode json) {
        return new SessionPause(
                Optional.of(json.path("startedAt").asText())
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse),
                Duration.ofMillis(json.path("refusedMillis").asLong()),
                Optional.of(json.path("takenMillis"))
                        .filter(JsonNode::isNumber)
                        .map(millis -> Duration.ofMillis(millis.asLong())),
                Duration.ofMillis(json.path("processingMillis").asLong()));
    }

    private static Duration scaled(Duration time, double by) {
        return Duration.ofMillis((long) (time.toMillis() * by));
    }
}
