package dev.bulkuserimport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.event.ImportFunction;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.JournalLines;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OpenApi;
import dev.bulkuserimport.support.Payload;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.WithReportBucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** One invocation of a soak, or as many as one thing needs: what is sent, and what must be true of it afterwards. */
final class Invocation {

    static final String FILES = "soak-files";

    /** A file that Okta or S3 fail comes again as often as S3's notifications and Lambda's retries do together. */
    private static final int DELIVERIES = 4;

    /** What a profile holds, and nothing but an answer to {@code map-users} may. */
    private static final String VALUE = "@example.com";

    private static final List<String> DOORS = List.of("http-api-v2", "rest-api-v1", "function-url");

    private final ImportFunction function;
    private final EmbeddedOkta okta;
    private final FaultyS3 door;
    private final Bucket files;
    private final Bucket reports;
    private final JournalLines journal;
    private final Chance chance;
    private final int number;
    private final String app;
    private String what = "";

    Invocation(
            ImportFunction function,
            EmbeddedOkta okta,
            FaultyS3 door,
            Bucket files,
            Bucket reports,
            JournalLines journal,
            Chance chance,
            int number) {
        this.function = function;
        this.okta = okta;
        this.door = door;
        this.files = files;
        this.reports = reports;
        this.journal = journal;
        this.chance = chance;
        this.number = number;
        this.app = "0oaSoak" + number;
    }

    /** Invokes and checks; what it was, in a word. */
    String run() {
        okta.reset();
        door.heal();
        okta.application(app);
        journal.takenEnds();
        int kind = chance.below(100);
        try {
            if (kind < 25) {
                return direct();
            }
            if (kind < 45) {
                return http();
            }
            if (kind < 65) {
                return file();
            }
            if (kind < 75) {
                return steps();
            }
            if (kind < 85) {
                return operation();
            }
            return kind < 95 ? malformed() : hostile();
        } finally {
            okta.forget(app);
        }
    }

    @Override
    public String toString() {
        return what + " with " + chance;
    }

    // Payloads into a session of the caller's.

    private String direct() {
        what = "direct";
        OktaSession session = okta.newSession(app);
        int users = chance.below(60);
        String payload = payload(session, users);
        chance.arrange(okta);
        Lambda.Result result = invoke(payload);
        check(result.isFunctionError() ? result.problem() : result.json(), result.isFunctionError(), session, users);
        return what;
    }

    private static ObjectNode called(String door) {
        ObjectNode event = Lambda.sample(door);
        ((ObjectNode) event.get("headers")).put("X-Import-Secret", WithReportBucket.SECRET);
        return event;
    }

    private String http() {
        what = "http";
        OktaSession session = okta.newSession(app);
        int users = chance.below(60);
        String payload = payload(session, users);
        ObjectNode event = called(chance.of(DOORS));
        boolean base64 = chance.oneIn(2);
        event.put("body", base64 ? Lambda.base64(payload) : payload).put("isBase64Encoded", base64);
        boolean keyed = chance.oneIn(3);
        if (keyed) {
            what = "http-with-key";
            ((ObjectNode) event.get("headers")).put("Idempotency-Key", "soak-" + number);
        }
        chance.arrange(okta);
        JsonNode answer = answered(event);
        boolean failed = answer.path("statusCode").asInt() != 200;
        check(Lambda.parse(answer.path("body").asText()), failed, session, users);
        if (keyed && !failed) {
            long uploads = okta.receivedUploads();
            JsonNode again = answered(event);
            assertThat(again.path("body")).isEqualTo(answer.path("body"));
            assertThat(okta.receivedUploads()).isEqualTo(uploads);
        }
        return what;
    }

    private String payload(OktaSession session, int users) {
        Payload payload = new Payload(app, session.id())
                .with("usersPerPage", 2 + chance.below(9))
                .users(0, users);
        return (chance.oneIn(4) ? payload.deactivating() : payload).toString();
    }

    private JsonNode answered(ObjectNode event) {
        Lambda.Result result = invoke(event.toString());
        OpenApi.assertDescribes(event, result.json());
        return result.json();
    }

    private void check(JsonNode told, boolean failed, OktaSession session, int users) {
        Account account = failed ? Account.ofProblem(told) : Account.ofAnswer(told);
        account.assertAgrees(users, 0, Payload::id, held(session));
        assertThat(journal.takenEnds()).as("journal").hasSize(1).allMatch(end -> end.equals("imported") != failed);
    }

    private static Set<String> held(OktaSession session) {
        Set<String> held = new HashSet<>(session.users().keySet());
        held.addAll(session.deletions());
        return held;
    }

    // Files.

    private PutFile put(int users) {
        String format = chance.of(List.of("csv", "json", "ndjson", "csv.gz", "json.gz"));
        boolean leavers = chance.oneIn(4);
        what += " " + format + (leavers ? " of leavers" : "");
        StringBuilder text = new StringBuilder(format.startsWith("csv") ? "externalId,userName,email\n" : "");
        text.append(format.startsWith("json") ? "[" : "");
        for (int i = 0; i < users; i++) {
            String address = "user" + i + VALUE;
            text.append(
                    format.startsWith("csv")
                            ? Payload.id(i) + "," + address + "," + address + "\n"
                            : "{\"externalId\":\"" + Payload.id(i) + "\",\"profile\":{\"userName\":\"" + address
                                    + "\"}}" + (format.equals("ndjson") ? "\n" : i < users - 1 ? "," : ""));
        }
        text.append(format.startsWith("json") ? "]" : "");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return files.put(
                "imports/" + app + (leavers ? "/deactivate-and-delete/" : "/create-and-update/") + "people." + format,
                format.endsWith(".gz") ? gzip(bytes) : bytes);
    }

    private static int firstPlace(PutFile file) {
        return file.key().contains(".csv") ? 2 : file.key().endsWith(".ndjson") ? 1 : 0;
    }

    private String file() {
        what = "file";
        int users = 1 + chance.below(40);
        PutFile file = put(users);
        chance.arrange(okta);
        chance.arrange(door);
        int way = chance.below(4);
        for (int delivery = 0; delivery < DELIVERIES; delivery++) {
            ObjectNode event =
                    switch (way) {
                        case 0 -> file.event().bridged();
                        case 1 -> file.event().published();
                        case 2 -> file.event().queued();
                        default -> file.event().json();
                    };
            Lambda.Result result = invoke(event.toString());
            if (!result.isFunctionError()
                    && result.json().path("batchItemFailures").isEmpty()) {
                break;
            }
            if (delivery == DELIVERIES - 2) {
                okta.heal();
                door.heal();
            }
        }
        checkFile(file, users);
        return "file";
    }

    private String steps() {
        what = "steps";
        int users = 1 + chance.below(40);
        PutFile file = put(users);
        chance.arrange(okta);
        chance.arrange(door);
        ObjectNode object = Lambda.JSON.createObjectNode();
        object.put("bucket", FILES).put("key", file.key()).put("eTag", file.eTag());
        file.sequencer().ifPresent(sequencer -> object.put("sequencer", sequencer));
        Lambda.Result plan = step(object.deepCopy().put("action", "planFile"));
        ObjectNode finish = object.deepCopy().put("action", "finishFile");
        if (plan.isFunctionError()) {
            finish.put("error", plan.errorType());
        } else {
            finish = Lambda.JSON.createObjectNode().put("action", "finishFile");
            finish.set("importId", plan.json().path("importId"));
            for (JsonNode session : plan.json().path("sessions")) {
                ObjectNode next = Lambda.JSON.createObjectNode().put("action", "importSession");
                next.set("importId", plan.json().path("importId"));
                next.set("number", session.path("number"));
                Lambda.Result step = step(next);
                if (!step.isFunctionError()) {
                    step = step(next.put("action", "followSession"));
                }
                if (step.isFunctionError()) {
                    finish.put("error", step.errorType());
                    break;
                }
            }
        }
        okta.heal();
        door.heal();
        step(finish);
        checkFile(file, users);
        return "steps";
    }

    /** As the state machine does: again, as long as that may help. */
    private Lambda.Result step(ObjectNode event) {
        Lambda.Result result = invoke(event.toString());
        for (int i = 1; i < DELIVERIES && mayHelp(result); i++) {
            result = invoke(event.toString());
        }
        return result;
    }

    private static boolean mayHelp(Lambda.Result result) {
        return result.isFunctionError()
                && List.of("okta-unavailable", "session-conflict", "storage-unavailable", "secret-unavailable")
                        .contains(result.problem().path("type").asText().replaceAll(".*:", ""));
    }

    private void checkFile(PutFile file, int users) {
        String prefix = "reports/" + FILES + "/" + file.key() + ".";
        List<String> documents = reports.keys(prefix).stream()
                .filter(key -> key.endsWith(".json"))
                .toList();
        List<String> ends = journal.takenEnds();
        assertThat(documents).as("report").hasSizeLessThanOrEqualTo(1);
        if (documents.isEmpty()) {
            assertThat(heldByAll()).isEmpty();
            assertThat(ends).isEmpty();
            return;
        }
        JsonNode report = ReportSchema.checked(reports.json(documents.get(0)));
        assertThat(report.toString()).doesNotContain(VALUE).doesNotContain("internal-error");
        String state = report.path("state").asText();
        what += " " + state;
        assertThat(heldByAll().size())
                .as("nobody is in two sessions that count")
                .isEqualTo(heldCounted());
        if (!List.of("COMPLETED", "UNCONFIRMED", "FAILED").contains(state)) {
            // Nobody is through with it: its time, or another delivery, brings it on.
            assertThat(ends).as("journal of %s", report).isEmpty();
            return;
        }
        Account.ofReport(report)
                .assertAgrees(users, firstPlace(file), place -> Payload.id(place - firstPlace(file)), heldByAll());
        if (report.has("expiresAt")) {
            // Whoever ended it lost S3's answer to that, and it is told once this time is up; or told it, and couldn't
            // release it.
            // Whoever ended it was refused its release, or lost S3's answer to the end, which is then told once this
            // time is up.
            assertThat(ends).hasSizeLessThanOrEqualTo(1);
        } else {
            assertThat(ends).as("journal of %s", report).isNotEmpty();
            String last = ends.get(ends.size() - 1);
            assertThat(last.equals("imported")).isEqualTo(state.equals("COMPLETED"));
            assertThat(last.equals("unconfirmed")).isEqualTo(state.equals("UNCONFIRMED"));
            // What failed for good can be started again by the state machine, and ends once more.
            assertThat(ends)
                    .hasSizeLessThanOrEqualTo(report.path("stateMachine").asBoolean() ? DELIVERIES : 1);
        }
        assertThat(okta.sessionsOf(app))
                .as("sessions of %s", report)
                .extracting(OktaSession::status)
                .doesNotContain("CREATED", "IN_PROGRESS");
    }

    private Set<String> heldByAll() {
        Set<String> held = new HashSet<>();
        okta.sessionsOf(app).forEach(session -> held.addAll(held(session)));
        return held;
    }

    private int heldCounted() {
        return okta.sessionsOf(app).stream()
                .mapToInt(session -> held(session).size())
                .sum();
    }

    // Everything else.

    private String operation() {
        what = "operation";
        OktaSession session = okta.newSession(app);
        chance.arrange(okta);
        String action = chance.of(List.of(
                "listApplications",
                "listProperties",
                "template",
                "check",
                "createSession",
                "listSessions",
                "getSession",
                "startImport",
                "cancelSession"));
        what = "operation " + action;
        ObjectNode event = Lambda.JSON
                .createObjectNode()
                .put("applicationId", chance.oneIn(6) ? "0oaNobody" : app)
                .put("sessionId", session.id())
                .put("action", action);
        invoke(event.toString());
        String path = "/applications"
                + chance.of(List.of(
                        "",
                        "/" + app + "/check",
                        "/" + app + "/sessions",
                        "/" + app + "/template.csv",
                        "/" + app + "/sessions/" + session.id()));
        ObjectNode request = called("http-api-v2").put("rawPath", path);
        ((ObjectNode) request.at("/requestContext/http"))
                .put("method", chance.of(List.of("GET", "GET", "POST", "DELETE")))
                .put("path", path);
        answered(request);
        assertThat(journal.takenEnds()).as("journal").isEmpty();
        return "operation";
    }

    private String malformed() {
        what = "malformed";
        OktaSession session = okta.newSession(app);
        String payload = payload(session, chance.below(8));
        ObjectNode event = called(chance.of(DOORS)).put("body", payload);
        byte[] sent = chance.damaged((chance.oneIn(2) ? payload : event.toString()).getBytes(StandardCharsets.UTF_8));
        Lambda.Result result = Lambda.invokeHere(function, sent, chance.time());
        assertSound(result);
        JsonNode told = result.isFunctionError() ? result.problem() : result.json();
        if (told.has("statusCode")) {
            told = Lambda.parse(told.path("body").asText());
        }
        if (told.has("recordsImported")) {
            (told.has("status") ? Account.ofProblem(told) : Account.ofAnswer(told))
                    .assertCounts(held(session).size());
        } else {
            assertThat(held(session)).isEmpty();
        }
        assertThat(journal.takenEnds()).hasSizeLessThanOrEqualTo(1);
        return what;
    }

    private String hostile() {
        int which = chance.below(8);
        what = "hostile " + which;
        OktaSession session = okta.newSession(app);
        switch (which) {
            case 0 -> deliverHostile("members.csv.gz", emptyMembers(3_000));
            case 1 -> deliverHostile("zeros.csv.gz", gzip(new byte[20_000_000]));
            case 2 -> deliverHostile("column.csv", text("externalId," + "x".repeat(300_000) + "\nE-1,a\n"));
            case 3 -> invoke("{\"users\":" + "[".repeat(100_000));
            case 4 -> {
                StringBuilder names = new StringBuilder();
                for (int i = 0; i < 20_000; i++) {
                    names.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":1");
                }
                invoke(new Payload(app, session.id())
                        .user("{\"externalId\":\"E-1\",\"profile\":{" + names + "}}")
                        .toString());
            }
            case 5 -> {
                okta.fault(Fault.answer(200, "application/json", "[]")
                        .on("/api/v1/apps")
                        .withHeader("Link: " + "<?after=1>,".repeat(500)
                                + "<http://127.0.0.1/api/v1/apps?after=%zz>; rel=\"next\"")
                        .times(99));
                invoke("{\"action\":\"listApplications\"}");
            }
            case 6 -> {
                okta.fault(new Fault(Fault.Kind.FLOOD, 200, null, line -> line.contains("/sessions"), 0, 1));
                invoke("{\"action\":\"listSessions\",\"applicationId\":\"" + app + "\"}");
            }
            default -> {
                ObjectNode event = called("http-api-v2").put("rawPath", "/a".repeat(100_000));
                ((ObjectNode) event.get("headers"))
                        .put("Content-Type", ";".repeat(100_000))
                        .put("Authorization", "x".repeat(100_000));
                invoke(event.toString());
            }
        }
        assertThat(held(session)).isEmpty();
        session.status("CLOSED");
        return "hostile";
    }

    private void deliverHostile(String name, byte[] content) {
        PutFile file = files.put("imports/" + app + "/create-and-update/" + name, content);
        Lambda.Result result = invoke(file.event().toString());
        assertThat(result.json().at("/results/0/outcome").asText())
                .as("%s", result.json())
                .isEqualTo("failed");
    }

    private Lambda.Result invoke(String event) {
        Lambda.Result result = Lambda.invokeHere(function, text(event), chance.time());
        assertSound(result);
        return result;
    }

    private static void assertSound(Lambda.Result result) {
        assertThat(String.valueOf(result.json())).doesNotContain(VALUE).doesNotContain("internal-error");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] emptyMembers(int count) {
        byte[] member = gzip(new byte[0]);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(member);
        }
        return all.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
