package dev.bulkuserimport.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.ClassArchive;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.FunctionProcess;
import dev.bulkuserimport.embedded.RuntimeApi;
import dev.bulkuserimport.embedded.S3MockProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The state machine's definition in an interpreter, the built function as a process, and an Okta and a door to S3 of its own, whose every
 * request can be the one at which the function is killed.
 */
final class MachineStand implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final Path BUILD = Path.of(System.getProperty("build.directory", "target"));

    /** A function's time, unless a test says otherwise: no machine needs it. */
    private static final Duration PLENTY = Duration.ofMinutes(5);

    /** What waits and pauses before a retry take. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Whether the request at which the function is killed is still carried out. */
    enum Moment {
        BEFORE,
        AFTER
    }

    private final EmbeddedOkta okta = EmbeddedOkta.start();
    private final FaultyS3 door;
    private final Interpreter interpreter = new Interpreter();
    private final Map<String, String> settings;
    private final List<String> requests = new ArrayList<>();
    private volatile FunctionProcess function;
    private Duration timeout = PLENTY;
    private Runnable timePasses = () -> {};
    private int killAt = -1;
    private Moment moment = Moment.AFTER;
    private int kills;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> hearing = name -> {};
    private volatile BiConsumer<String, JsonNode> listener = (state, parameters) -> {};

    MachineStand(S3MockProcess s3) {
        this(s3, Map.of());
    }

    /** @param settings of the function, beside those that every stand needs */
    MachineStand(S3MockProcess s3, Map<String, String> settings) {
        this.settings = settings;
        door = new FaultyS3(s3.url());
        door.listener(line -> request("S3 " + line, line));
        listenToOkta();
        function = start();
    }

    @Override
    public void close() {
        interpreter.close();
        function.close();
        door.close();
        okta.close();
    }

    EmbeddedOkta okta() {
        return okta;
    }

    FaultyS3 door() {
        return door;
    }

    /** A function's time. */
    void timeout(Duration each) {
        timeout = each;
    }

    /** What has to happen for a dead attempt's claim to be over; it would be some time after the function's own otherwise. */
    void whenTimePasses(Runnable claimsAreOver) {
        timePasses = claimsAreOver;
    }

    /** Forgets what was received and arranged. */
    synchronized void reset() {
        okta.reset();
        listenToOkta();
        door.heal();
        requests.clear();
        events.clear();
        listener = (state, parameters) -> {};
        hearing = name -> {};
        killAt = -1;
        kills = 0;
        timePasses = () -> {};
    }

    /** Is told of each of the state machine's tasks, by its state's name, before it is carried out. */
    void listener(BiConsumer<String, JsonNode> told) {
        listener = told;
    }

    /** What the state machine has put on the event bus. */
    List<JsonNode> events() {
        return events;
    }

    /** Everything that the function has printed since it was last started. */
    String printed() {
        return function.printed();
    }

    /** The function is killed at a request to Okta or S3, counted from 0 from now on. */
    synchronized void killAt(int request, Moment when) {
        requests.clear();
        killAt = request;
        moment = when;
    }

    /** How often the function was killed. */
    synchronized int kills() {
        return kills;
    }

    /** Methods and paths of what the function asked Okta and S3 for, in their order. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Runs the state machine with a file as its input. */
    Execution run(ObjectNode file) {
        return run(List.of(file), PAUSE).get(0);
    }

    /**
     * Runs the state machine with each of some files, all side by side.
     *
     * @param pause what waits and pauses before a retry take
     */
    List<Execution> run(List<ObjectNode> files, Duration pause) {
        return interpreter.run(Interpreter.definition("import"), this::task, files, pause);
    }

    /**
     * Runs another form of the state machine, with something around its tasks.
     *
     * @param heard is told of each request of the function
     */
    List<Execution> run(
            JsonNode definition,
            UnaryOperator<Interpreter.Tasks> around,
            Consumer<String> heard,
            List<ObjectNode> files) {
        Interpreter.Tasks tasks = around.apply(this::task);
        hearing = heard;
        return interpreter.run(definition, tasks, files, Duration.ofMillis(1));
    }

    private void listenToOkta() {
        okta.listener(line -> request("Okta " + line, line));
    }

    private synchronized void request(String name, String line) {
        requests.add(name);
        hearing.accept(name);
        if (requests.size() - 1 != killAt) {
            return;
        }
        killAt = -1;
        kills++;
        if (moment == Moment.BEFORE && name.startsWith("Okta")) {
            okta.fault(Fault.upload(Fault.Kind.RESET_BEFORE).on(line));
        } else if (moment == Moment.BEFORE) {
            door.fault(FaultyS3.Kind.CLOSE_BEFORE, line, 0, 1);
        }
        function.kill();
    }

    /** Another function takes a dead one's place, once for all who have met it. */
    private void replace(FunctionProcess dead) {
        synchronized (interpreter) {
            if (function == dead) {
                dead.close();
                function = start();
            }
        }
    }

    private FunctionProcess start() {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("OKTA_CLIENT_ORGURL", okta.url());
        environment.put("OKTA_CLIENT_TOKEN", EmbeddedOkta.TOKEN);
        environment.put("AWS_ENDPOINT_URL_S3", door.url());
        return ClassArchive.start(BUILD, environment).ready();
    }

    /** What the state machine's tasks are behind: the function, and an event bus. */
    private JsonNode task(String state, JsonNode parameters) throws Interpreter.TaskFailed {
        listener.accept(state, parameters);
        if (state.equals("ImportFinished") || state.equals("DecisionNeeded")) {
            events.add(parameters.at("/Entries/0"));
            return JSON.createObjectNode().put("FailedEntryCount", 0);
        }
        return JSON.createObjectNode().put("StatusCode", 200).set("Payload", invoke(parameters.path("Payload")));
    }

    /** Invokes the function, as the state machine does it; its answer. */
    JsonNode invoke(JsonNode payload) throws Interpreter.TaskFailed {
        FunctionProcess now = function;
        RuntimeApi.Result result;
        try {
            result = now.api()
                    .invoke(payload.toString().getBytes(StandardCharsets.UTF_8), timeout, timeout.plus(PLENTY));
        } catch (IllegalStateException killed) {
            replace(now);
            timePasses.run();
            throw new Interpreter.TaskFailed("Runtime.ExitError", "killed");
        }
        try {
            JsonNode body = JSON.readTree(result.body());
            if (result.error()) {
                if (body.path("errorType").asText().endsWith("SessionConflictException")) {
                    // Also what a dead one still had on its way, and has come in after it.
                    timePasses.run();
                }
                throw new Interpreter.TaskFailed(
                        body.path("errorType").asText(),
                        body.path("errorMessage").asText());
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
