package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.S3MockProcess;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An HR export, night after night, through the state machine and the built function, where a person decides about what the guard stops: yes,
 * no, not at all, too late, twice, about another plan, after another file has changed the state. The function is killed at random requests,
 * from a seed. After each night Okta's directory must be what the approved and the unguarded exports say.
 */
@DisplayName("Nights of snapshots about which a person decides")
class DecidedNightsIT {

    private static final String APP = "0oaDecidedNights";
    private static final int NIGHTS = Integer.getInteger("nights", 14);
    private static final long SEED = Long.getLong("nights.seed", 20_261_130);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a person does about a stopped file. */
    private enum Answer {
        YES,
        NO,
        NONE,
        LATE,
        TWICE,
        OTHER_PLAN,
        /** Another file changes what would be sent; then yes to the first plan, and yes again to the second. */
        STATE_CHANGES
    }

    private static S3MockProcess mock;
    private static Bucket bucket;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> told = new TreeMap<>();
    private final Map<String, Person> staff = new LinkedHashMap<>();
    private Map<String, Person> okta = Map.of();
    private int hired;

    @BeforeAll
    static void start() {
        mock = S3MockProcess.shared(MachineStand.BUILD);
        bucket = Bucket.of(mock.client(), "decided-nights");
    }

    @Test
    @DisplayName("send what was approved and nothing else")
    void nights() {
        try (MachineStand stand = new MachineStand(mock, Map.of("IMPORT_DECISION_DAYS", "2"))) {
            stand.okta().application(APP);
            hire(60);
            for (int night = 0; night < NIGHTS; night++) {
                night(stand, night);
            }
        }
        System.out.println(NIGHTS + " decided nights, seed " + SEED + ": " + told);
        assertThat(told).containsKeys("stopped", "unguarded");
    }

    private void night(MachineStand stand, int night) {
        stand.reset();
        stand.whenTimePasses(() -> bucket.claimsAreOver("reports/imports/" + APP + "/"));
        // As many as a file that was cut off may lack, and more: whoever was let go by an approved plan has left.
        hire(random.nextInt(4) + Math.max(0, 40 - staff.size()));
        leave(random.nextInt(4));
        boolean bad = night > 0 && random.nextInt(3) > 0;
        Map<String, Person> export = new LinkedHashMap<>(staff);
        if (bad) {
            // Cut off; or so many have really left, which the file alone doesn't say.
            int kept = export.size() - 8 - random.nextInt(15);
            export.keySet().retainAll(new ArrayList<>(export.keySet()).subList(0, kept));
        }
        // In turn, so that a few nights have a yes and a no.
        Answer answer = Answer.values()[told.getOrDefault("stopped", 0) % Answer.values().length];
        String what = "night " + night + ", seed " + SEED + ", " + answer;
        PutFile file = bucket.put("imports/" + APP + "/snapshot/people-" + night + ".csv", Person.csv(export));
        Person joiner = person("J-" + night);
        Desk desk = new Desk(stand, answer, joiner);
        stand.listener(desk::hears);
        if (random.nextInt(3) == 0) {
            count("killed");
            stand.killAt(
                    random.nextInt(60), random.nextBoolean() ? MachineStand.Moment.BEFORE : MachineStand.Moment.AFTER);
        }
        boolean guarded =
                okta.keySet().stream().filter(id -> !export.containsKey(id)).count() > Math.max(5, okta.size() / 20);

        Execution execution = stand.run(file.named());

        String end = what + ": " + execution;
        if (desk.failure.get() != null) {
            throw new AssertionError(end, desk.failure.get());
        }
        Map<String, Person> directory = Person.in(stand.okta().directoryOf(APP));
        String state = file.report().path("state").asText();
        if (!guarded) {
            count("unguarded");
            assertThat(desk.needed).as(end).isEmpty();
            assertThat(state).as(end).isEqualTo("COMPLETED");
            assertThat(directory).as(end).isEqualTo(export);
        } else {
            count("stopped");
            count("stopped " + answer);
            assertThat(desk.needed).as(end).isNotEmpty();
            switch (answer) {
                case YES, TWICE -> {
                    assertThat(state).as(end).isEqualTo("COMPLETED");
                    assertThat(directory).as(end).isEqualTo(export);
                    staff.keySet().retainAll(export.keySet());
                }
                case STATE_CHANGES -> {
                    assertThat(state).as(end).isEqualTo("COMPLETED");
                    assertThat(desk.plans()).as(end).hasSize(2);
                    assertThat(directory).as(end).isEqualTo(export);
                    staff.keySet().retainAll(export.keySet());
                }
                default -> {
                    assertThat(state).as(end).isEqualTo("FAILED");
                    assertThat(file.report().at("/problem/type").asText())
                            .as(end)
                            .endsWith("deactivation-limit-exceeded");
                    assertThat(directory).as(end).isEqualTo(okta);
                }
            }
        }
        okta = directory;
    }

    /** The person at the desk, who acts when the state machine first asks for a decision about a plan. */
    private final class Desk {
        private final MachineStand stand;
        private final Answer answer;
        private final Person joiner;
        private final List<JsonNode> needed = new ArrayList<>();
        private final List<String> decided = new ArrayList<>();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Map<String, Person> before = Map.copyOf(okta);

        Desk(MachineStand stand, Answer answer, Person joiner) {
            this.stand = stand;
            this.answer = answer;
            this.joiner = joiner;
        }

        List<String> plans() {
            return needed.stream()
                    .map(event -> event.at("/decision/plan").asText())
                    .distinct()
                    .toList();
        }

        void hears(String state, JsonNode parameters) {
            try {
                if (state.equals("DecisionNeeded")) {
                    needed.add(ReportSchema.checkedDecision(parameters.at("/Entries/0/Detail")));
                    assertThat(Person.in(stand.okta().directoryOf(APP)).keySet())
                            .as("nothing is sent without a yes")
                            .containsAll(before.keySet());
                }
                if (state.equals("AwaitDecision")) {
                    JsonNode event = needed.get(needed.size() - 1);
                    if (!decided.contains(event.at("/decision/plan").asText())) {
                        decided.add(event.at("/decision/plan").asText());
                        act(event);
                    }
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                // So that the execution ends.
                expire();
            }
        }

        private void act(JsonNode event) throws Interpreter.TaskFailed {
            switch (answer) {
                case YES -> decide(event, "approve", "");
                case NO -> decide(event, "reject", "");
                case TWICE -> {
                    decide(event, "approve", "");
                    decide(event, "approve", "");
                    decide(event, "reject", "SessionConflict");
                }
                case NONE -> expire();
                case LATE -> {
                    expire();
                    decide(event, "approve", "SessionConflict");
                }
                case OTHER_PLAN -> {
                    ((ObjectNode) event.path("decision")).put("plan", "0".repeat(64));
                    decide(event, "approve", "SessionConflict");
                    expire();
                }
                case STATE_CHANGES -> {
                    if (decided.size() == 1) {
                        // Somebody whom the export doesn't have.
                        imported(bucket.put(
                                "imports/" + APP + "/create-and-update/joiner.csv",
                                Person.csv(Map.of("J-" + joiner.hashCode(), joiner))));
                    }
                    decide(event, "approve", "");
                }
            }
        }

        private void decide(JsonNode event, String choice, String refusal) throws Interpreter.TaskFailed {
            ObjectNode payload = JSON.createObjectNode()
                    .put("action", "decide")
                    .put("importId", event.path("importId").asText())
                    .put("decision", choice)
                    .put("plan", event.at("/decision/plan").asText())
                    .put("by", "ann");
            for (int attempt = 1; ; attempt++) {
                try {
                    assertThat(stand.invoke(payload).path("decision").asText()).isEqualTo(choice);
                    assertThat(refusal).isEmpty();
                    return;
                } catch (Interpreter.TaskFailed e) {
                    boolean killed = "killed".equals(e.getMessage());
                    if (!killed || attempt == 3) {
                        assertThat(refusal).as(e.getMessage()).isNotEmpty();
                        assertThat(e.getMessage()).contains("session-conflict");
                        return;
                    }
                }
            }
        }

        /** The time of everything that waits is over. */
        private void expire() {
            for (String key : bucket.keys("reports/imports/" + APP + "/")) {
                if (key.endsWith(".json")
                        && bucket.json(key) instanceof ObjectNode report
                        && report.path("state").asText().equals("WAITING")) {
                    ((ObjectNode) report.path("decision")).put("until", "2020-01-01T00:00:00Z");
                    bucket.put(key, report.toString());
                }
            }
        }

        private void imported(PutFile file) throws Interpreter.TaskFailed {
            JsonNode plan = step("planFile", file.named());
            for (JsonNode session : plan.path("sessions")) {
                ObjectNode one = JSON.createObjectNode()
                        .put("importId", plan.path("importId").asText())
                        .put("number", session.path("number").asInt());
                step("importSession", one);
                step("followSession", one);
            }
            step(
                    "finishFile",
                    JSON.createObjectNode()
                            .put("importId", plan.path("importId").asText()));
        }

        /** As the state machine does it: again after a kill. */
        private JsonNode step(String action, ObjectNode arguments) throws Interpreter.TaskFailed {
            for (int attempt = 1; ; attempt++) {
                try {
                    return stand.invoke(arguments.deepCopy().put("action", action));
                } catch (Interpreter.TaskFailed e) {
                    if (attempt == 5) {
                        throw e;
                    }
                }
            }
        }
    }

    private Person person(String id) {
        return new Person(id.toLowerCase(java.util.Locale.ROOT) + "@example.com", "D" + random.nextInt(5));
    }

    private void hire(int people) {
        for (int i = 0; i < people; i++) {
            String id = "E-" + hired++;
            staff.put(id, person(id));
        }
    }

    private void leave(int people) {
        List<String> ids = new ArrayList<>(staff.keySet());
        for (int i = 0; i < people && ids.size() > 30; i++) {
            staff.remove(ids.remove(random.nextInt(ids.size())));
        }
    }

    private void count(String event) {
        told.merge(event, 1, Integer::sum);
    }
}
