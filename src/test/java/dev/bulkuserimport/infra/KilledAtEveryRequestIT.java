package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.OktaGroups;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An import of three sessions in which the function is killed at a request to Okta or S3, before or after that is carried out: a sample of
 * the requests, or all of them with the profile {@code thorough}, uploads only the first, the second, one in the middle and the last of each
 * session. However it was, everybody must be in Okta once, and the state must know it.
 */
@DisplayName("The function killed at a request")
class KilledAtEveryRequestIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final boolean ALL = System.getProperty("kills", "").equals("all");
    private static final int SAMPLE = 2;
    private static final int SIDE_BY_SIDE = ALL ? 5 : 1;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static S3MockProcess mock;
    private static Bucket bucket;

    /** What is imported. */
    enum Subject {
        /** 120 users, in three sessions of one user a request. */
        FILE,
        /**
         * 110 new or changed people and 20 who are gone, in three sessions, the last of which has both, and who has joined and left the groups
         * of their departments.
         */
        SNAPSHOT,
        /** The same where the guard of groups stops it, and a person approves it as soon as it is asked for. */
        STOPPED
    }

    /** One kill. */
    private record Kill(int request, MachineStand.Moment moment) {}

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
    }

    @BeforeEach
    void bucket() {
        bucket = Bucket.anew(mock.client(), "killed");
    }

    /** A snapshot that is stopped and approved makes all the requests of one that isn't. */
    static Stream<Subject> subjects() {
        return Stream.of(Subject.values()).filter(subject -> ALL || subject != Subject.SNAPSHOT);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    @DisplayName("does no harm: the import goes on, nobody is lost, nobody is there twice")
    void killed(Subject subject) throws Exception {
        int all;
        int done;
        ExecutorService threads = Executors.newCachedThreadPool();
        try (MachineStand stand = stand(subject)) {
            Queue<Kill> kills = new ConcurrentLinkedQueue<>(kills(whole(stand, subject)));
            all = kills.size();
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 1; i < SIDE_BY_SIDE; i++) {
                others.add(threads.submit(() -> {
                    try (MachineStand another = stand(subject)) {
                        return work(another, subject, kills);
                    }
                }));
            }
            done = work(stand, subject, kills);
            for (Future<Integer> other : others) {
                done += other.get();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(subject + ": killed at " + done + " of " + all + " requests");
        assertThat(done).as("some requests don't come again in every run").isGreaterThan(all / 2);
    }

    private static int work(MachineStand stand, Subject subject, Queue<Kill> kills) {
        int done = 0;
        for (Kill kill = kills.poll(); kill != null; kill = kills.poll()) {
            done += survives(stand, subject, kill);
        }
        return done;
    }

    /** The requests of an import that nobody disturbs. */
    private static List<String> whole(MachineStand stand, Subject subject) {
        String app = prepare(stand, subject);
        ObjectNode file = put(app, subject, 1);
        stand.killAt(-1, MachineStand.Moment.AFTER);
        Execution execution = stand.run(file);
        List<String> requests = stand.requests();
        agrees(stand, app, subject, execution);
        return requests;
    }

    private static List<Kill> kills(List<String> requests) {
        List<Kill> kills = new ArrayList<>();
        int uploads = 0;
        for (int i = 0; i < requests.size(); i++) {
            boolean upload = requests.get(i).contains("/bulk-");
            uploads = upload ? uploads + 1 : 0;
            boolean last = i + 1 == requests.size() || !requests.get(i + 1).contains("/bulk-");
            if (!upload || uploads <= 2 || uploads == 25 || last) {
                for (MachineStand.Moment moment : MachineStand.Moment.values()) {
                    kills.add(new Kill(i, moment));
                }
            }
        }
        if (ALL) {
            return kills;
        }
        List<Kill> sample = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            // An odd way from one to the next, so that both moments come.
            sample.add(kills.get((2 * i + 1) * kills.size() / (2 * SAMPLE) / 2 * 2 + i % 2));
        }
        return sample;
    }

    private static int survives(MachineStand stand, Subject subject, Kill kill) {
        String app = prepare(stand, subject);
        ObjectNode file = put(app, subject, 1);
        stand.whenTimePasses(() -> bucket.claimsAreOver("reports/imports/" + app + "/"));
        stand.killAt(kill.request(), kill.moment());
        Execution execution = stand.run(file);
        int kills = stand.kills();
        String what = subject + " " + kill + " "
                + (stand.requests().size() > kill.request() ? stand.requests().get(kill.request()) : "")
                + ": " + execution;
        assertThat(execution.succeeded()).as(what).isTrue();
        assertThat(execution.output().path("state").asText()).as(what).isEqualTo("COMPLETED");
        try {
            agrees(stand, app, subject, execution);
        } catch (AssertionError e) {
            throw new AssertionError(what, e);
        }
        return kills;
    }

    /** An application of its own, for a snapshot with 60 people whom a snapshot has brought there. */
    private static String prepare(MachineStand stand, Subject subject) {
        stand.reset();
        String app = "0oaKilled" + NUMBERS.incrementAndGet();
        stand.okta().application(app);
        if (subject != Subject.FILE) {
            assertThat(stand.run(put(app, subject, 0)).succeeded()).isTrue();
        }
        if (subject == Subject.STOPPED) {
            AtomicReference<JsonNode> needed = new AtomicReference<>();
            stand.listener((state, parameters) -> {
                if (state.equals("DecisionNeeded")) {
                    needed.set(parameters.at("/Entries/0/Detail"));
                } else if (state.equals("AwaitDecision")) {
                    approve(stand, needed.get());
                }
            });
        }
        return app;
    }

    /** The person does it again where the function was killed meanwhile. */
    private static void approve(MachineStand stand, JsonNode needed) {
        ObjectNode decision = JSON.createObjectNode()
                .put("action", "decide")
                .put("importId", needed.path("importId").asText())
                .put("decision", "approve")
                .put("plan", needed.at("/decision/plan").asText());
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                assertThat(stand.invoke(decision).path("decision").asText()).isEqualTo("approve");
                return;
            } catch (Interpreter.TaskFailed e) {
                assertThat(attempt).as(e.getMessage()).isLessThan(3);
            }
        }
    }

    private static MachineStand stand(Subject subject) {
        return new MachineStand(mock, subject == Subject.STOPPED ? Map.of("IMPORT_DECISION_DAYS", "2") : Map.of());
    }

    /** Everybody's department, by external ID: 0 is what a snapshot begins with, 1 what is imported. */
    private static Map<String, String> people(Subject subject, int version) {
        Map<String, String> people = new TreeMap<>();
        int from = subject != Subject.FILE && version == 1 ? 20 : 0;
        int to = version == 0 ? 60 : subject != Subject.FILE ? 130 : 120;
        for (int i = from; i < to; i++) {
            people.put("E-" + i, "Department " + version);
        }
        return people;
    }

    private static ObjectNode put(String app, Subject subject, int version) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", subject != Subject.FILE ? "SNAPSHOT" : "CREATE_AND_UPDATE")
                .put("usersPerPage", 1);
        if (subject != Subject.FILE) {
            payload.putObject("mapping")
                    .put("externalId", "id")
                    .<ObjectNode>set("profile", profile("mail", "dept"))
                    .putObject("groups")
                    .put("displayName", "dept")
                    .put("externalId", "dept");
        }
        people(subject, version).forEach((id, department) -> {
            ObjectNode user = payload.withArray("users").addObject();
            if (subject == Subject.FILE) {
                user.put("externalId", id).set("profile", profile(id + "@example.com", department));
            } else {
                user.put("id", id).put("mail", id + "@example.com").put("dept", department);
            }
        });
        Map<String, String> metadata = new HashMap<>(Map.of("max-deactivations", "20"));
        if (subject != Subject.STOPPED) {
            metadata.put("max-group-removals", "none");
        }
        return bucket.put("imports/" + app + "/" + NUMBERS.incrementAndGet() + ".json", payload.toString(), metadata)
                .named();
    }

    private static ObjectNode profile(String userName, String department) {
        return JSON.createObjectNode().put("userName", userName).put("department", department);
    }

    /** What Okta holds, user by user, what is left behind, and what the next snapshot would send. */
    private static void agrees(MachineStand stand, String app, Subject subject, Execution execution) {
        EmbeddedOkta okta = stand.okta();
        Map<String, String> held = new TreeMap<>();
        okta.directoryOf(app)
                .present()
                .forEach(
                        (id, profile) -> held.put(id, profile.path("department").asText()));
        assertThat(held).isEqualTo(people(subject, 1));
        Map<String, Integer> times = new TreeMap<>();
        List<String> memberships = new ArrayList<>();
        for (OktaSession session : okta.sessionsOf(app)) {
            assertThat(session.status()).isIn("COMPLETED", "CLOSED");
            assertThat(session.repeated()).isEmpty();
            if (session.status().equals("COMPLETED")) {
                session.users().forEach((id, profile) -> {
                    if (profile.path("department").asText().equals("Department 1")) {
                        times.merge(id, 1, Integer::sum);
                    }
                });
                session.deletions().forEach(id -> times.merge("gone " + id, 1, Integer::sum));
                session.joins().forEach(pair -> memberships.add("joins " + pair));
                session.leaves().forEach(pair -> memberships.add("leaves " + pair));
            }
        }
        assertThat(times)
                .hasSize(subject != Subject.FILE ? 130 : 120)
                .allSatisfy((id, count) -> assertThat(count).as(id).isEqualTo(1));
        String importId = execution.output().path("importId").asText();
        assertThat(bucket.keys("work/" + importId + "/session-")).isEmpty();
        if (subject != Subject.FILE) {
            List<String> expected = new ArrayList<>();
            people(subject, 0).forEach((id, department) -> expected.add("joins " + department + "/" + id));
            people(subject, 1).forEach((id, department) -> {
                expected.add("joins " + department + "/" + id);
                if (people(subject, 0).containsKey(id)) {
                    expected.add("leaves Department 0/" + id);
                }
            });
            assertThat(memberships).as("each once").containsExactlyInAnyOrderElementsOf(expected);
            OktaGroups groups = okta.directoryOf(app).groups();
            assertThat(groups.members("Department 0")).isEmpty();
            assertThat(groups.members("Department 1"))
                    .containsExactlyInAnyOrderElementsOf(people(subject, 1).keySet());
            int sessions = okta.sessionsOf(app).size();
            Execution again = stand.run(put(app, subject, 1));
            assertThat(again.output().path("state").asText()).isEqualTo("COMPLETED");
            assertThat(okta.sessionsOf(app)).as("nothing is left to send").hasSize(sessions);
        }
    }
}
