package dev.bulkuserimport.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.support.NodePackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the state machines")
class StateMachineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final String PROBLEM = "dev.bulkuserimport.event.FunctionError$";
    private static final String FILE = "{'bucket':'b','key':'imports/0oa1/create-and-update/u.csv','versionId':'v1'}";
    private static final String COMPLETED =
            "{'importId':'i1','state':'COMPLETED','applicationId':'0oa1','recordsImported':25001,'report':'reports/r.json'}";

    private static Interpreter interpreter;

    @BeforeAll
    static void start() {
        interpreter = new Interpreter();
    }

    @AfterAll
    static void stop() {
        interpreter.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers each action with what a test has laid down for it, in turn, the last one again and again, and keeps what it was asked. */
    private static final class Script implements Interpreter.Tasks {

        private final Map<String, Iterator<String>> answers = new TreeMap<>();
        private final Map<String, String> last = new TreeMap<>();
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

        /** An answer that starts with {@code !} is a failure's name. */
        Script on(String what, String... inTurn) {
            answers.put(what, List.of(inTurn).iterator());
            return this;
        }

        @Override
        public synchronized JsonNode run(String state, JsonNode parameters) throws Interpreter.TaskFailed {
            JsonNode payload = parameters.path("Payload");
            String what = payload.path("action").asText(state);
            asked.add(payload.isMissingNode() ? state + " " + parameters : payload.toString());
            Iterator<String> inTurn = answers.getOrDefault(what, Collections.emptyIterator());
            if (inTurn.hasNext()) {
                last.put(what, inTurn.next());
            }
            String answer = last.getOrDefault(what, "!TestFailed");
            if (answer.startsWith("!")) {
                throw new Interpreter.TaskFailed(answer.substring(1), "{'type':'…'}");
            }
            return payload.isMissingNode()
                    ? json(answer)
                    : JSON.createObjectNode().put("StatusCode", 200).set("Payload", json(answer));
        }

        List<String> asked(String action) {
            return asked.stream().filter(payload -> payload.contains(action)).toList();
        }
    }

    private static Script script(int sessions) {
        ObjectNode plan = JSON.createObjectNode()
                .put("importId", "i1")
                .put("applicationId", "0oa1")
                .put("state", "PLANNED");
        for (int number = 1; number <= sessions; number++) {
            plan.withArray("sessions")
                    .addObject()
                    .put("number", number)
                    .put("users", 10_000)
                    .put("requests", 50);
        }
        return new Script()
                .on("planFile", plan.toString())
                .on("importSession", "{'importId':'i1','sessionId':'aps1','state':'STARTED'}")
                .on("followSession", "{'importId':'i1','status':'COMPLETED','done':true}")
                .on("finishFile", COMPLETED)
                .on("ImportFinished", "{'FailedEntryCount':0}")
                .on("Go on", "{'ExecutionArn':'arn'}");
    }

    private static Execution run(Script script) {
        return run(script, FILE);
    }

    private static Execution run(String machine, Script script, String input) {
        return interpreter
                .run(Interpreter.definition(machine), script, List.of(json(input)), PAUSE)
                .get(0);
    }

    private static Execution run(Script script, String input) {
        return run("import", script, input);
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "start", "close"})
    @DisplayName("are valid by asl-validator")
    void valid(String name) {
        String definition =
                Path.of("infra", name + ".asl.json").toAbsolutePath().toString();
        assertThat(NodePackages.node("definitions.mjs", definition)).isEmpty();
    }

    @Test
    @DisplayName(
            "have limits: none runs for ever, no task waits longer than the function may take and a little, none carries users")
    void bounds() {
        for (String name : List.of("import", "start", "close")) {
            JsonNode definition = Interpreter.definition(name);
            assertThat(definition.path("TimeoutSeconds").asInt()).isPositive();
            for (JsonNode state : definition.path("States")) {
                if (state.path("Resource").asText().endsWith("lambda:invoke")) {
                    assertThat(state.path("TimeoutSeconds").asInt()).isEqualTo(930);
                    if (!name.equals("close")) {
                        assertThat(state.at("/Catch/0/ErrorEquals/0").asText()).isEqualTo("States.ALL");
                    }
                }
                assertThat(state.toString()).doesNotContain("$.error.Cause");
            }
        }
    }

    @Test
    @DisplayName(
            "retry each error that isn't the function's own, whatever its name, and no final answer of the function")
    void retries() {
        Set<String> retried = Set.of("SessionConflict", "OktaUnavailable", "StorageUnavailable", "SecretUnavailable");
        for (String name : List.of("import", "start", "close")) {
            for (JsonNode state : Interpreter.definition(name).path("States")) {
                if (!state.path("Type").asText().equals("Task")) {
                    continue;
                }
                JsonNode last = state.path("Retry").path(state.path("Retry").size() - 1);
                assertThat(last.path("ErrorEquals").toString()).isEqualTo("[\"States.ALL\"]");
                assertThat(last.path("MaxAttempts").asInt()).isGreaterThanOrEqualTo(30);
                if (state.path("Resource").asText().endsWith("lambda:invoke")) {
                    Map<String, Integer> attempts = new TreeMap<>();
                    state.path("Retry").forEach(retry -> retry.path("ErrorEquals")
                            .forEach(error -> attempts.put(
                                    error.asText(), retry.path("MaxAttempts").asInt(-1))));
                    for (ProblemType problem : ProblemType.values()) {
                        String error = Arrays.stream(problem.slug().split("-"))
                                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                                .collect(Collectors.joining());
                        assertThat(attempts.get(PROBLEM + error + "Exception") > 0)
                                .as(error)
                                .isEqualTo(retried.contains(error));
                    }
                }
            }
        }
    }

    @Nested
    @DisplayName("a file that a guard has stopped")
    class Stopped {

        private static final String WAITING =
                "{'importId':'i1','applicationId':'0oa1','state':'WAITING','sessions':[],'decision':{'plan':'p1','waitSeconds':60},'waitSeconds':0}";
        private static final String STILL = "{'importId':'i1','waiting':true,'waitSeconds':300}";
        private static final String NO_LONGER = "{'importId':'i1','waiting':false,'waitSeconds':1}";

        @Test
        @DisplayName("waits until it is decided, tells once, and is planned again")
        void waits() {
            Script script = script(1);
            Iterator<String> planned = script.answers.get("planFile");
            script.on("planFile", WAITING, planned.next())
                    .on("awaitDecision", STILL, STILL, NO_LONGER)
                    .on("DecisionNeeded", "{'FailedEntryCount':0}");

            Execution end = run(script);

            assertThat(end.succeeded()).as(end.cause()).isTrue();
            assertThat(end.times("DecisionNeeded")).isEqualTo(1);
            assertThat(script.asked("DecisionNeeded").get(0))
                    .contains("\"DetailType\":\"Decision Needed\"", "\"plan\":\"p1\"");
            assertThat(script.asked("awaitDecision"))
                    .containsOnly("{\"action\":\"awaitDecision\",\"importId\":\"i1\"}");
            assertThat(end.times("Wait for a decision")).isEqualTo(3);
            assertThat(script.asked("planFile")).hasSize(2).allMatch(asked -> asked.contains("\"versionId\":\"v1\""));
            assertThat(script.asked("importSession")).hasSize(1);
        }

        @Test
        @DisplayName("waits anew, and tells again, where the approved plan isn't what would be sent any more")
        void again() {
            Script script = script(1);
            Iterator<String> planned = script.answers.get("planFile");
            script.on("planFile", WAITING, WAITING.replace("p1", "p2"), planned.next())
                    .on("awaitDecision", NO_LONGER)
                    .on("DecisionNeeded", "{'FailedEntryCount':0}");

            Execution end = run(script);

            assertThat(end.succeeded()).as(end.cause()).isTrue();
            assertThat(script.asked("DecisionNeeded")).hasSize(2);
            assertThat(script.asked("DecisionNeeded").get(1)).contains("p2");
        }

        @Test
        @DisplayName("ends as planFile says after a no, and no one is told of a session")
        void rejected() {
            Script script = script(1)
                    .on("planFile", WAITING, "{'importId':'i1','state':'FAILED','sessions':[]}")
                    .on("awaitDecision", NO_LONGER)
                    .on("finishFile", COMPLETED.replace("COMPLETED", "FAILED"))
                    .on("DecisionNeeded", "{'FailedEntryCount':0}");

            Execution end = run(script);

            assertThat(end.error()).isEqualTo("ImportFailed");
            assertThat(script.asked("importSession")).isEmpty();
        }

        @Test
        @DisplayName("waits even if the event can't be published")
        void noEvent() {
            Script script = script(1);
            Iterator<String> planned = script.answers.get("planFile");
            script.on("planFile", WAITING, planned.next())
                    .on("awaitDecision", NO_LONGER)
                    .on("DecisionNeeded", "!States.TaskFailed");

            assertThat(run(script).succeeded()).isTrue();
        }

        @Test
        @DisplayName(
                "waits on in another execution before the history of one is full, and is closed where waiting fails")
        void goesOn() {
            String input = "{'file':" + FILE + ",'which':{'importId':'i1'},'plan':{'action':'planFile'},"
                    + "'finish':{'action':'finishFile'},'decision':{'waiting':true,'waitSeconds':60},'polls':1199}";
            Script script = script(1).on("awaitDecision", STILL).on("Go on waiting", "{'ExecutionArn':'arn'}");

            Execution end = run(script, input);

            assertThat(end.succeeded()).as(end.cause()).isTrue();
            assertThat(end.times("AwaitDecision")).isEqualTo(3);
            JsonNode started = json(script.asked("Go on waiting {").get(0).substring("Go on waiting ".length()));
            assertThat(started.at("/Input/polls").asInt()).isZero();
            Script next = script(1).on("awaitDecision", NO_LONGER);
            assertThat(run(next, started.path("Input").toString()).succeeded()).isTrue();
            assertThat(next.asked("importSession")).hasSize(1);

            Script broken = script(1).on("awaitDecision", "!" + PROBLEM + "InternalErrorException");
            run(broken, input);
            assertThat(broken.asked("finishFile").get(0)).contains("InternalErrorException");
        }
    }

    @Nested
    @DisplayName("an import")
    class Import {

        @Test
        @DisplayName("takes its sessions one after the other, then closes the report and tells")
        void inOrder() {
            Script script = script(3);
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(execution.output()).isEqualTo(json(COMPLETED));
            assertThat(script.asked)
                    .extracting(payload -> payload.startsWith("{") ? json(payload) : payload)
                    .startsWith(
                            json(
                                    "{'bucket':'b','key':'imports/0oa1/create-and-update/u.csv','versionId':'v1','action':'planFile','mayWait':true}"),
                            json("{'action':'importSession','importId':'i1','number':1,'mayWait':true}"),
                            json("{'action':'followSession','importId':'i1','number':1}"),
                            json("{'action':'importSession','importId':'i1','number':2,'mayWait':true}"),
                            json("{'action':'followSession','importId':'i1','number':2}"),
                            json("{'action':'importSession','importId':'i1','number':3,'mayWait':true}"),
                            json("{'action':'followSession','importId':'i1','number':3}"),
                            json("{'importId':'i1','action':'finishFile'}"))
                    .hasSize(9);
            JsonNode entry = json(script.asked("ImportFinished {").get(0).substring("ImportFinished ".length()))
                    .at("/Entries/0");
            assertThat(entry.path("Source").asText()).isEqualTo("bulk-user-import");
            assertThat(entry.path("DetailType").asText()).isEqualTo("Import Finished");
            assertThat(entry.path("Detail")).isEqualTo(json(COMPLETED));
        }

        @Test
        @DisplayName("takes the file's names as they are known: by hand a bucket and a key do")
        void byHand() {
            Script script = script(1);
            assertThat(run(script, "{'bucket':'b','key':'k.csv'}").succeeded()).isTrue();
            assertThat(json(script.asked.get(0)))
                    .isEqualTo(json("{'bucket':'b','key':'k.csv','action':'planFile','mayWait':true}"));
        }

        @Test
        @DisplayName(
                "waits until Okta is done with a session before it begins the next, for as long as the function says")
        void follows() {
            Script script = script(2)
                    .on("importSession", "{'state':'STARTED','waitSeconds':5}")
                    .on(
                            "followSession",
                            "{'status':'TRIGGERED','done':false,'waitSeconds':7}",
                            "{'status':'TRIGGERED','done':false,'waitSeconds':9}",
                            "{'status':'COMPLETED','done':true,'waitSeconds':41}",
                            "{'status':'COMPLETED','done':true,'waitSeconds':0}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(execution.times("Wait for Okta")).isEqualTo(4);
            assertThat(execution.times("Pause")).isEqualTo(1);
            assertThat(execution.times("Wait half a minute")).isZero();
            assertThat(script.asked("followSession")).hasSize(4);
            assertThat(script.asked("importSession")).hasSize(2);
            for (String wait : List.of("Wait for Okta", "Pause")) {
                assertThat(Interpreter.definition("import")
                                .at("/States/" + wait + "/SecondsPath")
                                .asText())
                        .isEqualTo("$.followed.Payload.waitSeconds");
            }
        }

        @Test
        @DisplayName("waits to be read as long as the function says, before it asks again")
        void beforeItIsRead() {
            Script script = script(1);
            Iterator<String> planned = script.answers.get("planFile");
            script.on(
                    "planFile",
                    "{'importId':'i1','state':'CLAIMED','sessions':[],'waiting':true,'waitSeconds':300}",
                    "{'importId':'i1','state':'CLAIMED','sessions':[],'waiting':true,'waitSeconds':45}",
                    planned.next());
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(execution.times("Wait to be read")).isEqualTo(2);
            assertThat(script.asked("planFile"))
                    .hasSize(3)
                    .allMatch(asked -> asked.contains("\"mayWait\":true") && asked.contains("u.csv"));
            assertThat(script.asked("importSession")).hasSize(1);
            assertThat(Interpreter.definition("import")
                            .at("/States/Wait to be read/SecondsPath")
                            .asText())
                    .isEqualTo("$.plan.Payload.waitSeconds");
        }

        @Test
        @DisplayName("waits for its turn as long as the function says, before it asks again")
        void inLine() {
            Script script = script(1)
                    .on(
                            "importSession",
                            "{'state':'PLANNED','waiting':true,'waitSeconds':300}",
                            "{'state':'PLANNED','waiting':true,'waitSeconds':12}",
                            "{'state':'STARTED','waitSeconds':5}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(execution.times("Wait in line")).isEqualTo(2);
            assertThat(execution.times("Wait for Okta")).isEqualTo(1);
            assertThat(script.asked("importSession")).hasSize(3).allMatch(asked -> asked.contains("\"mayWait\":true"));
            assertThat(Interpreter.definition("import")
                            .at("/States/Wait in line/SecondsPath")
                            .asText())
                    .isEqualTo("$.followed.Payload.waitSeconds");
        }

        @Test
        @DisplayName(
                "waits half a minute at a time for a function that doesn't say how long, as while a stack is updated")
        void unhinted() {
            Script script = script(1)
                    .on("followSession", "{'status':'TRIGGERED','done':false}", "{'status':'COMPLETED','done':true}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(execution.times("Wait half a minute")).isEqualTo(2);
            assertThat(execution.times("Pause")).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    PROBLEM + "SessionConflictException",
                    PROBLEM + "OktaUnavailableException",
                    PROBLEM + "StorageUnavailableException",
                    PROBLEM + "SecretUnavailableException",
                    "Lambda.TooManyRequestsException",
                    "Lambda.ServiceException",
                    "Lambda.SnapStartNotReadyException",
                    "Lambda.SnapStartTimeoutException",
                    "Lambda.ResourceNotReadyException",
                    "Lambda.ResourceConflictException",
                    "Lambda.KMSDisabledException",
                    "Lambda.EC2ThrottledException",
                    "Lambda.AnErrorOfTomorrow",
                    "Sandbox.Timedout",
                    "Runtime.ExitError",
                    "Lambda.Unknown"
                })
        @DisplayName("does again what a retry can fix, each action")
        void again(String error) {
            Script script = script(2)
                    .on(
                            "planFile",
                            "!" + error,
                            script(2).answers.get("planFile").next())
                    .on("importSession", "!" + error, "!" + error, "!" + error, "{'state':'STARTED'}")
                    .on("followSession", "!" + error, "{'status':'COMPLETED','done':true}")
                    .on("finishFile", "!" + error, COMPLETED)
                    .on("ImportFinished", "!EventBridge.FailedEntry", "{'FailedEntryCount':0}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(script.asked("planFile")).hasSize(2);
            assertThat(script.asked("importSession")).hasSize(5);
            assertThat(script.asked("followSession")).hasSize(3);
            assertThat(script.asked("finishFile")).hasSize(2);
            assertThat(script.asked("finishFile").get(1)).doesNotContain("error");
            assertThat(script.asked("ImportFinished {")).hasSize(2);
        }

        @Test
        @DisplayName("waits a day for its turn, a minute at a time in the end, and no longer")
        void aDay() {
            ObjectNode shorter = Interpreter.definition("import");
            ObjectNode retry = (ObjectNode) shorter.at("/States/ImportSession/Retry/0");
            double pause = retry.path("IntervalSeconds").asDouble();
            double waited = 0;
            for (int attempt = 0; attempt < retry.path("MaxAttempts").asInt(); attempt++) {
                waited += pause;
                pause = Math.min(
                        retry.path("MaxDelaySeconds").asDouble(),
                        pause * retry.path("BackoffRate").asDouble());
            }
            assertThat(pause).isEqualTo(60);
            assertThat(Duration.ofSeconds((long) waited)).isBetween(Duration.ofHours(24), Duration.ofHours(25));

            retry.put("MaxAttempts", 5);
            Script script = script(1)
                    .on("importSession", "!" + PROBLEM + "SessionConflictException")
                    .on("finishFile", "{'importId':'i1','state':'FAILED'}");
            Execution execution =
                    interpreter.run(shorter, script, List.of(json(FILE)), PAUSE).get(0);
            assertThat(script.asked("importSession")).hasSize(6);
            assertThat(json(script.asked("finishFile").get(0))
                            .at("/error/Error")
                            .asText())
                    .isEqualTo(PROBLEM + "SessionConflictException");
            assertThat(execution.error()).isEqualTo("ImportFailed");
        }

        @Test
        @DisplayName("that is refused when it is planned is closed by its file's names, and fails")
        void refused() {
            Script script = script(3)
                    .on("planFile", "!" + PROBLEM + "InvalidUsersException")
                    .on("finishFile", "{'importId':'i1','state':'FAILED','problem':'invalid-users'}");
            Execution execution = run(script);
            assertThat(execution.error()).isEqualTo("ImportFailed");
            assertThat(script.asked("importSession")).isEmpty();
            assertThat(json(script.asked("finishFile").get(0)))
                    .isEqualTo(
                            json(
                                    "{'bucket':'b','key':'imports/0oa1/create-and-update/u.csv','versionId':'v1','action':'finishFile',"
                                            + "'error':{'Error':'dev.bulkuserimport.event.FunctionError$InvalidUsersException'}}"));
            assertThat(script.asked("ImportFinished {").get(0)).contains("invalid-users");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "deactivation-limit-exceeded | ,'dryRun':true | true",
                    "deactivation-limit-exceeded | ,'dryRun':false | false",
                    "deactivation-limit-exceeded | '' | false",
                    "invalid-users | ,'dryRun':true | false"
                })
        @DisplayName("that a guard stops is no failed execution where it is a preview, and one otherwise")
        void stoppedPreview(String problem, String dryRun, boolean succeeded) {
            String finished = "{'importId':'i1','state':'FAILED','problem':'" + problem + "'" + dryRun + "}";
            Script script = script(0)
                    .on("planFile", "!" + PROBLEM + "DeactivationLimitExceededException")
                    .on("finishFile", finished);
            Execution execution = run(script);
            assertThat(execution.succeeded()).isEqualTo(succeeded);
            assertThat(script.asked("ImportFinished {").get(0)).contains(problem);
            if (succeeded) {
                assertThat(execution.output()).isEqualTo(json(finished));
            }
        }

        @Test
        @DisplayName("that fails in its second session is closed with the failure's name alone, and no third begins")
        void failed() {
            Script script = script(3)
                    .on("importSession", "{'state':'STARTED'}", "!" + PROBLEM + "OktaRejectedException")
                    .on("finishFile", "{'importId':'i1','state':'FAILED'}");
            Execution execution = run(script);
            assertThat(execution.error()).isEqualTo("ImportFailed");
            assertThat(script.asked("importSession")).hasSize(2);
            assertThat(json(script.asked("finishFile").get(0)))
                    .isEqualTo(
                            json(
                                    "{'importId':'i1','action':'finishFile','error':{'Error':'dev.bulkuserimport.event.FunctionError$OktaRejectedException'}}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ERROR", "EXPIRED", "CLOSED"})
        @DisplayName("whose session doesn't complete stops there")
        void sessionError(String status) {
            Script script = script(3)
                    .on(
                            "followSession",
                            "{'status':'COMPLETED','done':true}",
                            "{'status':'" + status + "','done':true}")
                    .on("finishFile", "{'importId':'i1','state':'FAILED'}");
            assertThat(run(script).error()).isEqualTo("ImportFailed");
            assertThat(script.asked("importSession")).hasSize(2);
            assertThat(json(script.asked("finishFile").get(0)))
                    .isEqualTo(json("{'importId':'i1','action':'finishFile'}"));
        }

        @ParameterizedTest
        @CsvSource({"SUPERSEDED", "COMPLETED", "DRY_RUN"})
        @DisplayName("without a session to send (superseded, a duplicate, a dry run) is closed and told")
        void nothingToSend(String state) {
            Script script = script(0)
                    .on("planFile", "{'importId':'i1','state':'" + state + "','sessions':[]}")
                    .on("finishFile", "{'importId':'i1','state':'" + state + "'}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(script.asked).hasSize(3);
            assertThat(script.asked("ImportFinished {").get(0)).contains(state);
        }

        @Test
        @DisplayName("that isn't one (a mapping, a report) ends at once")
        void ignored() {
            Script script = script(0).on("planFile", "{'state':'IGNORED','sessions':[]}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(script.asked).hasSize(1);
        }

        @Test
        @DisplayName("that isn't one, and whose planning was cut off again and again, is no import that has finished")
        void cutOff() {
            Script script = script(0)
                    .on("planFile", "!Runtime.ExitError")
                    .on("finishFile", "{'state':'IGNORED','recordsImported':0}");
            Execution execution = run(script);
            assertThat(execution.succeeded()).isTrue();
            assertThat(script.asked("finishFile")).hasSize(1);
            assertThat(script.asked("ImportFinished")).isEmpty();
        }

        @Test
        @DisplayName("fails loudly when its report can't be closed, and when nobody can be told")
        void loud() {
            assertThat(run(script(1).on("finishFile", "!" + PROBLEM + "InternalErrorException"))
                            .error())
                    .isEqualTo("ReportNotClosed");
            assertThat(run(script(1).on("ImportFinished", "!EventBridge.FailedEntry"))
                            .error())
                    .isEqualTo("EventNotPublished");
        }

        @Test
        @DisplayName("goes on in another execution before its history is full, with the session that it is at")
        void goesOn() {
            Script script = script(3).on("followSession", "{'status':'TRIGGERED','done':false}");
            Execution execution = run(
                    script,
                    "{'file':" + FILE + ",'which':{'importId':'i1'},'finish':{'action':'finishFile'},"
                            + "'sessions':[{'number':1},{'number':2},{'number':3}],'count':3,'session':{'number':2},'next':2,'polls':1195}");
            assertThat(execution.succeeded()).isTrue();
            assertThat(script.asked("followSession")).hasSize(7);
            assertThat(script.asked("ImportFinished")).isEmpty();
            JsonNode started = json(script.asked("Go on {").get(0).substring("Go on ".length()));
            assertThat(started.path("StateMachineArn").asText()).endsWith(":stateMachine:import");

            Script rest = script(3);
            assertThat(run(rest, started.path("Input").toString()).succeeded()).isTrue();
            assertThat(rest.asked("planFile")).isEmpty();
            assertThat(json(rest.asked.get(0)))
                    .isEqualTo(json("{'action':'followSession','importId':'i1','number':2}"));
            assertThat(rest.asked("importSession")).hasSize(1);
            assertThat(rest.asked("finishFile")).hasSize(1);
        }
    }

    @Nested
    @DisplayName("the start of an import")
    class Start {

        private static final String VERSIONED =
                "{'bucket':{'name':'b'},'object':{'key':'imports/ä/u.csv','size':5,'etag':'e1','version-id':'v1','sequencer':'s1'}}";
        private static final String PLAIN =
                "{'bucket':{'name':'b'},'object':{'key':'imports/ä/u.csv','size':5,'etag':'e1','sequencer':'s1'}}";

        @Test
        @DisplayName(
                "takes the version null of a bucket with suspended versioning for none: the second day's file is another import")
        void suspended() {
            String monday = VERSIONED.replace("'v1'", "'null'");
            assertThat(started(monday.replace("s1", "s2")).path("Name"))
                    .isNotEqualTo(started(monday).path("Name"));
            assertThat(started(monday).path("Input"))
                    .isEqualTo(json("{'bucket':'b','key':'imports/ä/u.csv','eTag':'e1','sequencer':'s1'}"));
        }

        private JsonNode started(String detail) {
            Script script = new Script().on("StartImport", "{'ExecutionArn':'arn'}");
            assertThat(StateMachineTest.run("start", script, detail).succeeded())
                    .isTrue();
            return json(script.asked.get(0).substring("StartImport ".length()));
        }

        @Test
        @DisplayName("is named by the version, or by what stands for it where there are no versions")
        void named() {
            JsonNode versioned = started(VERSIONED);
            assertThat(versioned.path("Input"))
                    .isEqualTo(json(
                            "{'bucket':'b','key':'imports/ä/u.csv','eTag':'e1','sequencer':'s1','versionId':'v1'}"));
            assertThat(versioned.path("Name").asText()).matches("[0-9a-f]{64}");
            assertThat(started(VERSIONED.replace("s1", "s2")).path("Name")).isEqualTo(versioned.path("Name"));
            assertThat(started(VERSIONED.replace("v1", "v2")).path("Name")).isNotEqualTo(versioned.path("Name"));

            JsonNode plain = started(PLAIN);
            assertThat(plain.path("Input"))
                    .isEqualTo(json("{'bucket':'b','key':'imports/ä/u.csv','eTag':'e1','sequencer':'s1'}"));
            assertThat(started(PLAIN.replace("s1", "s2")).path("Name")).isNotEqualTo(plain.path("Name"));
        }

        @Test
        @DisplayName("is done again when Step Functions is busy, and not when the version has an execution")
        void once() {
            Script busy = new Script()
                    .on(
                            "StartImport",
                            "!StepFunctions.ExecutionLimitExceeded",
                            "!StepFunctions.SfnException",
                            "{'ExecutionArn':'arn'}");
            assertThat(StateMachineTest.run("start", busy, VERSIONED).succeeded())
                    .isTrue();
            assertThat(busy.asked).hasSize(3);

            Script known = new Script().on("StartImport", "!StepFunctions.ExecutionAlreadyExistsException");
            Execution twice = StateMachineTest.run("start", known, VERSIONED);
            assertThat(twice.succeeded()).isTrue();
            assertThat(twice.states()).endsWith("Started already");
            assertThat(known.asked).hasSize(1);
        }
    }

    @Nested
    @DisplayName("the end of an execution that failed, timed out or was aborted")
    class Close {

        private Script closed(String detail) {
            Script script = new Script().on("finishFile", COMPLETED).on("ImportFinished", "{'FailedEntryCount':0}");
            assertThat(StateMachineTest.run("close", script, detail).succeeded())
                    .isTrue();
            return script;
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'bucket':'b','key':'k.csv','versionId':'v1'} | {'bucket':'b','key':'k.csv','versionId':'v1'}",
                    "{'file':{},'which':{'importId':'i1'},'session':{'number':2}} | {'importId':'i1'}",
                    "{'bucket':{'name':'b'},'object':{'key':'k.csv','etag':'e','sequencer':'s','version-id':'v'}}"
                            + "| {'bucket':'b','key':'k.csv','eTag':'e','sequencer':'s','versionId':'v'}",
                    "{'bucket':{'name':'b'},'object':{'key':'k.csv','etag':'e','sequencer':'s'}}"
                            + "| {'bucket':'b','key':'k.csv','eTag':'e','sequencer':'s'}"
                })
        @DisplayName("closes its file's report, whatever it knew of the file, and publishes the event")
        void closes(String input, String which) {
            ObjectNode detail = JSON.createObjectNode().put("status", "TIMED_OUT");
            detail.putNull("error").put("input", json(input).toString());
            Script script = closed(detail.toString());
            ObjectNode asked = (ObjectNode) json(which);
            asked.put("action", "finishFile").putObject("error").put("Error", "Execution.TIMED_OUT");
            assertThat(json(script.asked.get(0))).isEqualTo(asked);
            assertThat(script.asked("ImportFinished {")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ImportFailed", "EventNotPublished"})
        @DisplayName("does nothing where the report is closed")
        void closedAlready(String error) {
            ObjectNode detail = JSON.createObjectNode().put("status", "FAILED").put("error", error);
            assertThat(closed(detail.put("input", FILE.replace('\'', '"')).toString()).asked)
                    .isEmpty();
        }

        @Test
        @DisplayName("tries again where the report could not be closed")
        void notClosed() {
            ObjectNode detail = JSON.createObjectNode().put("status", "FAILED").put("error", "ReportNotClosed");
            assertThat(closed(detail.put("input", FILE.replace('\'', '"')).toString())
                            .asked("finishFile"))
                    .hasSize(1);
        }
    }
}
