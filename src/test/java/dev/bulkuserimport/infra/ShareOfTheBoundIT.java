package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How much of what Okta allows an import of many sessions uses: with Okta's pause after each start, the real state machine and the built
 * function, in virtual time. Reads and creations take 0.8 s, ten bulk requests at once 1.6 s, as seen live on average.
 */
@DisplayName("the share of Okta's own bound")
class ShareOfTheBoundIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** With a hundred, all pauses and forty files at once: {@code -Dshare.sessions=100} or {@code -Pthorough}. */
    private static final int SESSIONS = Integer.getInteger("share.sessions", 30);

    private static final boolean ALL = SESSIONS >= 100;

    private static final Duration READ = Duration.ofMillis(800);
    private static final Duration BULK = Duration.ofMillis(1_600);
    private static final int AT_ONCE = 10;

    private static S3MockProcess mock;
    private static MachineStand stand;
    private static EmbeddedOkta okta;
    private static Bucket bucket;
    private static int applications;

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
        stand = new MachineStand(mock);
        okta = stand.okta();
        bucket = Bucket.of(mock.client(), "share-of-the-bound");
    }

    @AfterAll
    static void stop() {
        stand.close();
    }

    /** Lets time pass as an execution's waits, retries and calls take it. */
    private static final class Timed implements Interpreter.Tasks {

        private final Interpreter.Tasks behind;
        private final JsonNode states;
        private final VirtualTime time;
        private final Map<String, Double> nextRetry = new ConcurrentHashMap<>();
        private int transitions;
        private int uploads;

        Timed(Interpreter.Tasks behind, JsonNode states, VirtualTime time) {
            this.behind = behind;
            this.states = states;
            this.time = time;
        }

        /** What Okta is asked for takes its time. */
        synchronized void asked(String request) {
            if (!request.startsWith("Okta ")) {
                return;
            }
            if (!request.contains("/bulk-")) {
                time.pass(READ);
            } else if (uploads++ % AT_ONCE == 0) {
                time.pass(BULK);
            }
        }

        @Override
        public JsonNode run(String state, JsonNode parameters) throws Interpreter.TaskFailed {
            if (parameters.has("waitSeconds")) {
                time.sleep(Duration.ofSeconds(parameters.path("waitSeconds").asLong()));
                return JSON.createObjectNode();
            }
            JsonNode payload = parameters.path("Payload");
            String retried = state
                    + payload.path("key").asText()
                    + payload.path("importId").asText();
            try {
                JsonNode result = behind.run(state, parameters);
                nextRetry.remove(retried);
                if (state.equals("ImportFinished")) {
                    time.leave();
                }
                return result;
            } catch (Interpreter.TaskFailed failed) {
                JsonNode retry = states.path(state).at("/Retry/0");
                assertThat(retry.at("/ErrorEquals/0").asText()).isEqualTo(failed.error());
                double pause = nextRetry.getOrDefault(
                        retried, retry.path("IntervalSeconds").asDouble());
                nextRetry.put(
                        retried,
                        Math.min(
                                retry.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE),
                                pause * retry.path("BackoffRate").asDouble()));
                time.sleep(Duration.ofMillis((long) (1_000 * pause)));
                throw failed;
            }
        }
    }

    /** The state machine with each of its waits as a task. */
    private static ObjectNode definition() {
        ObjectNode definition = Interpreter.definition("import");
        definition.path("States").properties().forEach(entry -> {
            ObjectNode state = (ObjectNode) entry.getValue();
            if (state.path("Type").asText().equals("Wait")) {
                ObjectNode parameters = JSON.createObjectNode();
                if (state.has("SecondsPath")) {
                    parameters.set("waitSeconds.$", state.remove("SecondsPath"));
                } else {
                    parameters.set("waitSeconds", state.remove("Seconds"));
                }
                state.put("Type", "Task")
                        .put("Resource", "wait")
                        .putNull("ResultPath")
                        .set("Parameters", parameters);
            }
        });
        return definition;
    }

    private record Outcome(List<Execution> executions, Duration took) {}

    private static Outcome run(List<ObjectNode> files) {
        okta.stopClock();
        VirtualTime time = new VirtualTime(files.size(), okta::passTime);
        ObjectNode definition = definition();
        Timed[] timed = new Timed[1];
        List<Execution> executions = stand.run(
                definition,
                tasks -> timed[0] = new Timed(tasks, definition.path("States"), time),
                request -> timed[0].asked(request),
                files);
        return new Outcome(executions, time.passed());
    }

    /** A payload in a file, with one user a request and so 50 a session. */
    private static ObjectNode put(String app, String name, int sessions) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "CREATE_AND_UPDATE")
                .put("usersPerPage", 1);
        for (int i = 0; i < 50 * sessions; i++) {
            ObjectNode user = payload.withArray("users").addObject().put("externalId", name + "-" + i);
            user.putObject("profile").put("userName", name + i + "@example.com");
        }
        return bucket.put("imports/" + name + "-" + app + ".json", payload.toString())
                .named();
    }

    private static String application(Duration pause) {
        String app = "0oaShare" + ++applications;
        okta.application(app)
                .pauseBetweenSessions(app, pause)
                .processing(app, Processing.taking(Duration.ofSeconds(10)));
        return app;
    }

    /** What {@code sessions} sessions take at least: the pause after each start but the last, and each session's own calls. */
    private static double bound(int sessions, int pauseSeconds) {
        double each = READ.toMillis() * 2 + BULK.toMillis() * 50.0 / AT_ONCE;
        return sessions * each / 1_000 + (sessions - 1) * pauseSeconds;
    }

    private static long refusals(String app, int sessions) {
        return okta.received().stream()
                        .filter(("POST /api/v1/identity-sources/" + app + "/sessions")::equals)
                        .count()
                - sessions;
    }

    static int[] pauses() {
        return ALL ? new int[] {60, 70, 120, 300} : new int[] {70};
    }

    @ParameterizedTest
    @MethodSource("pauses")
    @DisplayName("is nearly all of it for a file of many sessions, once the pause is known")
    void ofOneFile(int pauseSeconds) {
        stand.reset();
        String app = application(Duration.ofSeconds(pauseSeconds));
        Outcome outcome = run(List.of(put(app, "one", SESSIONS)));
        assertThat(outcome.executions()).allMatch(Execution::succeeded);
        List<OktaSession> sessions = okta.sessionsOf(app);
        assertThat(sessions).hasSize(SESSIONS).allMatch(session -> session.status()
                .equals("COMPLETED"));
        double share = bound(SESSIONS, pauseSeconds) / outcome.took().toSeconds();
        long refusals = refusals(app, SESSIONS);
        int transitions = outcome.executions().get(0).states().size();
        System.out.printf(
                Locale.ROOT,
                "pause %d s, %d sessions: share %.3f, %d creations refused, %.1f state transitions a session%n",
                pauseSeconds,
                SESSIONS,
                share,
                refusals,
                (double) transitions / SESSIONS);
        assertThat(share).isGreaterThan(ALL ? 0.95 : 0.9);
        assertThat(refusals).isLessThanOrEqualTo(SESSIONS);
    }

    @Test
    @DisplayName("is most of it for forty files of one application, beside three of another")
    void ofManyFiles() {
        Assumptions.assumeTrue(ALL, "forty files take minutes");
        stand.reset();
        String many = application(Duration.ofSeconds(70));
        String few = application(Duration.ofSeconds(70));
        List<ObjectNode> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(put(many, "f" + i, 1));
        }
        for (int i = 0; i < 3; i++) {
            files.add(put(few, "g" + i, 1));
        }
        Outcome outcome = run(files);
        assertThat(outcome.executions()).allMatch(Execution::succeeded);
        double share = bound(40, 70) / outcome.took().toSeconds();
        System.out.printf(
                Locale.ROOT,
                "40 files of one application: share %.3f, %d creations refused%n",
                share,
                refusals(many, 40));
        assertThat(share).isGreaterThan(0.95);
        assertThat(refusals(many, 40)).isLessThanOrEqualTo(40);
    }
}
