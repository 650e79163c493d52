package dev.bulkuserimport.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.report.FileState;
import dev.bulkuserimport.report.FileSummary;
import dev.bulkuserimport.report.ImportId;
import dev.bulkuserimport.report.SessionState;
import dev.bulkuserimport.s3.ObjectVersion;
import dev.bulkuserimport.state.StateStore;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.ReportSchema;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Snapshots of several sessions, with one user a request and so 50 a session. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("A snapshot that is imported step by step")
class SnapshotStepsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger APPS = new AtomicInteger();

    @Inject
    FileImport steps;

    @Inject
    StateStore states;

    @Inject
    StateRebuild rebuild;

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;

    @BeforeEach
    void application() {
        okta.reset();
        door.heal();
        app = "0oaSnapshotSteps" + APPS.incrementAndGet();
        okta.application(app);
        bucket = Bucket.anew(s3, "hr-snapshot-steps");
    }

    private static Deadline time() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    /** People {@code from} to {@code to}, of whom each has the department. */
    private ObjectVersion put(int from, int to, String department, boolean dryRun) {
        return put(from, to, department, Map.of(), 0, dryRun);
    }

    private ObjectVersion put(int from, int to, String department, Map<String, String> metadata, int moved) {
        return put(from, to, department, metadata, moved, false);
    }

    /** @param moved how many of them have another department */
    private ObjectVersion put(
            int from, int to, String department, Map<String, String> metadata, int moved, boolean dryRun) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "SNAPSHOT")
                .put("usersPerPage", 1)
                .put("dryRun", dryRun);
        for (int i = from; i < to; i++) {
            payload.withArray("users")
                    .addObject()
                    .put("externalId", "E-" + i)
                    .putObject("profile")
                    .put("userName", "u" + i + "@example.com")
                    .put("department", i < from + moved ? "moved" : department);
        }
        int number = APPS.incrementAndGet();
        String key = "imports/snapshot-" + number + ".json";
        String eTag = s3.putObject(
                        b -> b.bucket(bucket.name()).key(key).metadata(metadata),
                        RequestBody.fromString(payload.toString()))
                .eTag();
        return new ObjectVersion(
                bucket.name(), key, Optional.empty(), Optional.of(eTag), Optional.of("%016X".formatted(number)));
    }

    private ObjectVersion put(int from, int to, String department) {
        return put(from, to, department, false);
    }

    private FileSummary allSteps(ObjectVersion object) {
        return allSteps(object, steps.planFile(object, time()).importId().orElseThrow());
    }

    private FileSummary allSteps(ObjectVersion object, ImportId importId) {
        FilePlan plan = steps.planFile(object, time());
        for (FilePlan.Session session : plan.sessions()) {
            steps.importSession(importId, session.number(), time());
            SessionFollow followed = steps.followSession(importId, session.number(), time());
            assertThat(followed.done()).isTrue();
            if (!followed.status().equals("COMPLETED")) {
                break;
            }
        }
        return steps.finishFile(importId, Optional.empty(), time());
    }

    private JsonNode report(ObjectVersion object) {
        try {
            return ReportSchema.checked(JSON.readTree(s3.getObjectAsBytes(b -> b.bucket(bucket.name())
                            .key("reports/" + object.key() + "."
                                    + object.version().orElseThrow() + ".json"))
                    .asByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> stateObjects() {
        return s3.listObjectsV2(b -> b.bucket(bucket.name()).prefix("state/" + app + ".")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** Session 1 is in, Okta ends session 2, session 3 is never begun. */
    private ObjectVersion failedInTheSecond() {
        okta.processing(app, Processing.QUICK, Processing.error(), Processing.QUICK);
        ObjectVersion object = put(0, 120, "A");
        assertThat(allSteps(object).state()).isEqualTo(FileState.FAILED);
        assertThat(okta.directoryOf(app).present()).hasSize(50);
        return object;
    }

    @Test
    @DisplayName("that fails in its second session leaves exactly the rest: to itself when it is started again")
    void goesOn() {
        ObjectVersion object = failedInTheSecond();
        assertThat(steps.planFile(object, time()).sessions())
                .extracting(FilePlan.Session::number)
                .containsExactly(2, 3);
        FileSummary summary = allSteps(object);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).present()).hasSize(120);
        assertThat(okta.directoryOf(app).sent("E-0")).isEqualTo(1);
        assertThat(okta.directoryOf(app).sent("E-119")).isEqualTo(1);
        ObjectVersion same = put(0, 120, "A");
        assertThat(allSteps(same).recordsImported()).isZero();
        assertThat(report(same).path("unchanged").asInt()).isEqualTo(120);
    }

    @Test
    @DisplayName(
            "that fails in its second session leaves exactly the rest: to the next snapshot, with whatever has changed meanwhile")
    void nextNight() {
        failedInTheSecond();
        ObjectVersion next = put(2, 130, "A");
        FileSummary summary = allSteps(next);
        assertThat(summary.state()).isEqualTo(FileState.COMPLETED);
        JsonNode report = report(next);
        assertThat(report.path("unchanged").asInt()).isEqualTo(48);
        assertThat(report.path("new").asInt()).isEqualTo(80);
        assertThat(report.path("gone").asInt()).isEqualTo(2);
        assertThat(okta.directoryOf(app).present().keySet()).hasSize(128).doesNotContain("E-0", "E-1");
    }

    /** A snapshot that failed in its second session, and after it a newer one that went in. */
    private ObjectVersion overtaken() {
        ObjectVersion old = failedInTheSecond();
        assertThat(allSteps(put(0, 120, "B")).state()).isEqualTo(FileState.COMPLETED);
        return old;
    }

    @Test
    @DisplayName("and is planned again after a newer one was imported sends nothing more of the past")
    void plannedAfterANewerOne() {
        ObjectVersion old = overtaken();
        int sessions = okta.sessionsOf(app).size();
        FilePlan plan = steps.planFile(old, time());
        assertThat(plan.state()).isEqualTo(FileState.SUPERSEDED);
        assertThat(plan.sessions()).isEmpty();
        assertNoMoreOfThePast(old, sessions);
    }

    @Test
    @DisplayName("and goes on after a newer one was imported sends nothing more of the past")
    void goesOnAfterANewerOne() {
        ObjectVersion old = overtaken();
        int sessions = okta.sessionsOf(app).size();
        ImportId importId =
                ImportId.parse(report(old).path("importId").asText()).orElseThrow();
        assertThat(steps.importSession(importId, 2, time()).state()).isEqualTo(SessionState.BROKEN);
        assertThat(steps.followSession(importId, 2, time()).done()).isTrue();
        assertThat(steps.importSession(importId, 3, time()).state()).isEqualTo(SessionState.SUPERSEDED);
        assertNoMoreOfThePast(old, sessions);
    }

    private void assertNoMoreOfThePast(ObjectVersion old, int sessions) {
        JsonNode report = report(old);
        assertThat(report.path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(report.path("recordsImported").asInt()).isEqualTo(50);
        assertThat(report.path("notes").toString()).contains("The rest of it was not sent.");
        assertThat(okta.sessionsOf(app))
                .hasSize(sessions)
                .extracting(OktaSession::status)
                .doesNotContain("CREATED");
        okta.directoryOf(app)
                .present()
                .forEach((id, profile) ->
                        assertThat(profile.path("department").asText()).as(id).isEqualTo("B"));
    }

    @Test
    @DisplayName("whose prepared sessions are gone is not cut anew against what it has changed itself")
    void preparedIsGone() {
        ObjectVersion object = failedInTheSecond();
        ImportId importId =
                ImportId.parse(report(object).path("importId").asText()).orElseThrow();
        s3.deleteObject(b -> b.bucket(bucket.name()).key("state/" + app + "." + importId.hash() + ".3"));
        assertThatThrownBy(() -> steps.planFile(object, time()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("The prepared session 3")
                .hasMessageContaining("Upload the file again");
        assertThat(report(object).path("state").asText()).isEqualTo("FAILED");
        assertThat(allSteps(put(0, 120, "A")).state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.directoryOf(app).present()).hasSize(120);
    }

    @Test
    @DisplayName("leaves nothing behind for good: what no state consists of is swept, and nothing else")
    void swept() throws IOException {
        failedInTheSecond();
        // Sessions 2 and 3 were prepared and never became part of the state.
        assertThat(allSteps(put(0, 130, "A")).state()).isEqualTo(FileState.COMPLETED);
        List<String> before = stateObjects();
        assertThat(before).hasSizeGreaterThan(3);
        states.of(bucket.name(), app, time()).sweep(Instant.now().minus(Duration.ofDays(15)));
        assertThat(stateObjects()).as("younger ones may be under way").isEqualTo(before);

        Instant everything = Instant.now().plus(Duration.ofDays(1));
        states.of(bucket.name(), app, time()).sweep(everything);
        states.of(bucket.name(), app, time()).sweep(everything);
        assertThat(stateObjects())
                .hasSize(3)
                .contains("state/" + app + ".json", "state/" + app + ".key")
                .anyMatch(key -> key.endsWith(".base"));
        ObjectVersion same = put(0, 130, "A");
        assertThat(allSteps(same).recordsImported()).isZero();
        assertThat(report(same).path("unchanged").asInt()).isEqualTo(130);

        // Where nothing is known, nothing is deleted.
        s3.deleteObject(b -> b.bucket(bucket.name()).key("state/" + app + ".json"));
        states.of(bucket.name(), app, time()).sweep(everything);
        assertThat(stateObjects()).hasSize(2);
    }

    @Test
    @DisplayName("as a dry run tells the users and the bytes of each request, and leaves nothing behind")
    void dryRun() {
        ObjectVersion object = put(0, 120, "A", true);
        FilePlan plan = steps.planFile(object, time());
        assertThat(plan.dryRun()).isTrue();
        JsonNode answer = report(object).path("answer");
        assertThat(answer.path("recordsImported").asInt()).isZero();
        assertThat(answer.path("plan")).hasSize(120).allSatisfy(request -> {
            assertThat(request.path("users").asInt()).isEqualTo(1);
            assertThat(request.path("bytes").asInt()).isBetween(100, 200);
        });
        assertThat(answer.at("/plan/119/session").asInt()).isEqualTo(3);
        assertThat(stateObjects()).isEmpty();
        assertThat(okta.sessionsOf(app)).isEmpty();
    }

    @Test
    @DisplayName("as a dry run waits for nobody, and nobody for it, and changes no state")
    void dryRunBesideAnother() {
        FilePlan atWork = steps.planFile(put(0, 60, "A"), time());
        List<String> before = stateObjects();
        assertThat(steps.planFile(put(0, 120, "A", true), time()).dryRun()).isTrue();
        assertThat(stateObjects()).isEqualTo(before);
        assertThat(s3.listObjectsV2(b -> b.bucket(bucket.name()).prefix("work/queue/" + app + "/"))
                        .contents())
                .as("the place in the line of the one at work")
                .hasSize(1);
        ImportId importId = atWork.importId().orElseThrow();
        assertThat(steps.importSession(importId, 1, time()).recordsImported()).isEqualTo(50);
    }

    @Test
    @DisplayName(
            "whose key is deleted while it is at work is in the state as Okta has started it, and the next one is refused")
    void keyIsDeleted() {
        assertThat(allSteps(put(0, 40, "A")).state()).isEqualTo(FileState.COMPLETED);
        ImportId importId = steps.planFile(put(0, 41, "A"), time()).importId().orElseThrow();
        s3.deleteObject(b -> b.bucket(bucket.name()).key("state/" + app + ".key"));
        assertThat(steps.importSession(importId, 1, time()).recordsImported()).isEqualTo(1);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket.name()).key("state/" + app + ".json"))
                        .asUtf8String())
                .contains(importId.toString());
        assertThat(steps.followSession(importId, 1, time()).done()).isTrue();
        assertThat(steps.finishFile(importId, Optional.empty(), time()).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion next = put(0, 42, "A");
        assertThatThrownBy(() -> steps.planFile(next, time()))
                .hasMessageContaining("its key is missing")
                .hasMessageContaining("rebuildState");
    }

    @Test
    @DisplayName("whose state is deleted while it is at work doesn't bring it back from what it has read before")
    void stateIsDeleted() {
        assertThat(allSteps(put(0, 40, "A")).state()).isEqualTo(FileState.COMPLETED);
        ImportId importId = steps.planFile(put(0, 41, "A"), time()).importId().orElseThrow();
        assertThat(steps.importSession(importId, 1, time()).recordsImported()).isEqualTo(1);
        String manifest = "state/" + app + ".json";
        s3.deleteObject(b -> b.bucket(bucket.name()).key(manifest));
        assertThat(steps.followSession(importId, 1, time()).done()).isTrue();
        assertThat(steps.finishFile(importId, Optional.empty(), time()).state()).isEqualTo(FileState.COMPLETED);
        assertThat(stateObjects()).doesNotContain(manifest);
    }

    @Test
    @DisplayName("is held against the new base when another import settles the old one while it is read")
    void settledWhileRead() {
        assertThat(allSteps(put(0, 40, "A")).state()).isEqualTo(FileState.COMPLETED);
        String manifest = "state/" + app + ".json";
        String old = stateObjects().stream()
                .filter(key -> key.endsWith(".base"))
                .findFirst()
                .orElseThrow();
        String settled = old.replace(".base", "-settled.base");
        AtomicInteger reads = new AtomicInteger();
        door.listener(request -> {
            if (request.equals("GET /" + bucket.name() + "/" + old) && reads.incrementAndGet() == 1) {
                String text = s3.getObjectAsBytes(b -> b.bucket(bucket.name()).key(manifest))
                        .asUtf8String();
                s3.copyObject(b -> b.sourceBucket(bucket.name())
                        .sourceKey(old)
                        .destinationBucket(bucket.name())
                        .destinationKey(settled));
                s3.putObject(
                        b -> b.bucket(bucket.name()).key(manifest), RequestBody.fromString(text.replace(old, settled)));
                s3.deleteObject(b -> b.bucket(bucket.name()).key(old));
            }
        });
        try {
            ObjectVersion same = put(0, 40, "A");
            assertThat(allSteps(same).state()).isEqualTo(FileState.COMPLETED);
            assertThat(report(same).path("unchanged").asInt()).isEqualTo(40);
            assertThat(reads).hasValue(1);
        } finally {
            door.listener(request -> {});
        }
    }

    @Test
    @DisplayName("gives its place in the line back when it is refused before it is read")
    void refusedEarly() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        s3.putObject(b -> b.bucket(bucket.name()).key("state/" + app + ".key"), RequestBody.fromString("damaged"));
        ObjectVersion refused = put(0, 10, "B");
        assertThatThrownBy(() -> steps.planFile(refused, time())).hasMessageContaining("its key is missing or damaged");
        assertThat(report(refused).path("state").asText()).isEqualTo("FAILED");
        assertThat(s3.listObjectsV2(b -> b.bucket(bucket.name()).prefix("work/queue/" + app + "/"))
                        .contents())
                .isEmpty();
    }

    @Test
    @DisplayName("can be compared again once a state that is damaged was made anew, its key and its list too")
    void rebuiltFromDamage() {
        for (String damaged : List.of(".key", ".json")) {
            ObjectVersion object = put(0, 10, "A");
            assertThat(allSteps(object).state()).isEqualTo(FileState.COMPLETED);
            s3.putObject(b -> b.bucket(bucket.name()).key("state/" + app + damaged), RequestBody.fromString("damaged"));
            assertThatThrownBy(() -> steps.planFile(put(0, 11, "A"), time()))
                    .hasMessageContaining("rebuild it with the action rebuildState");
            assertThat(rebuild.fromSnapshot(app, object, time()).people()).isEqualTo(10);
            ObjectVersion next = put(0, 11, "A");
            assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
            assertThat(report(next).path("unchanged").asInt()).as(damaged).isEqualTo(10);
            allSteps(put(0, 10, "A"));
        }
    }

    /** Some people, each with one property; not a snapshot. */
    private ObjectVersion some(int from, int to, String property) {
        return some(from, to, property, Map.of());
    }

    private ObjectVersion some(int from, int to, String property, Map<String, String> metadata) {
        ObjectNode payload = JSON.createObjectNode()
                .put("applicationId", app)
                .put("importOperation", "CREATE_AND_UPDATE")
                .put("usersPerPage", 1);
        for (int i = from; i < to; i++) {
            payload.withArray("users")
                    .addObject()
                    .put("externalId", "E-" + i)
                    .putObject("profile")
                    .put("userName", "u" + i + "@example.com")
                    .put(property, "new");
        }
        return stored("imports/some-" + APPS.incrementAndGet() + ".json", payload.toString(), metadata);
    }

    private ObjectVersion stored(String key, String body, Map<String, String> metadata) {
        String eTag = s3.putObject(
                        b -> b.bucket(bucket.name()).key(key).metadata(metadata), RequestBody.fromString(body))
                .eTag();
        String sequencer = "%016X".formatted(APPS.incrementAndGet());
        return new ObjectVersion(bucket.name(), key, Optional.empty(), Optional.of(eTag), Optional.of(sequencer));
    }

    @Test
    @DisplayName("counts changes under their properties' own names, though two files brought new ones")
    void newProperties() {
        okta.schema(
                app, OktaSchema.standard().custom("department").custom("title").custom("town"));
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        assertThat(allSteps(some(0, 1, "title")).state()).isEqualTo(FileState.COMPLETED);
        assertThat(allSteps(some(1, 2, "town")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion next = put(0, 10, "A");
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        JsonNode changed = report(next).path("changedByProperty");
        assertThat(changed.path("town").asInt()).as(changed.toString()).isEqualTo(1);
        assertThat(changed.path("title").asInt()).as(changed.toString()).isEqualTo(1);
    }

    @Test
    @DisplayName("is waited for by a file that changes people, also where it is the first one and nothing is known yet")
    void beforeAnUpdate() {
        ObjectVersion first = put(0, 10, "A");
        ImportId importId = steps.planFile(first, time()).importId().orElseThrow();
        ObjectVersion newcomer = some(10, 11, "department");
        assertConflict(newcomer);
        FilePlan waiting = steps.planOrWait(newcomer, time());
        assertThat(waiting.members()).containsEntry("waiting", true).containsKey("importId");
        assertThat(waiting.waitSeconds()).isBetween(45L, 86_400L);
        assertThat(waiting.sessions()).isEmpty();
        ObjectVersion leaver = leavers("E-1");
        assertConflict(leaver);
        allSteps(first, importId);
        assertThat(allSteps(newcomer).state()).isEqualTo(FileState.COMPLETED);
        assertThat(allSteps(leaver).state()).isEqualTo(FileState.COMPLETED);

        ObjectVersion next = put(0, 10, "A");
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(next).path("gone").asInt())
                .as("the newcomer is known")
                .isEqualTo(1);
        assertThat(report(next).path("returned").asInt()).as("and the leaver").isEqualTo(1);
    }

    @Test
    @DisplayName("is waited for also while it waits itself and nothing of it is known but that it is coming")
    void whileTheFirstWaits() {
        ObjectVersion atWork = some(20, 21, "department");
        ImportId importId = steps.planFile(atWork, time()).importId().orElseThrow();
        steps.importSession(importId, 1, time());
        ObjectVersion first = put(0, 10, "A");
        assertConflict(first);
        ObjectVersion newcomer = some(10, 11, "department");
        assertConflict(newcomer);
        allSteps(atWork, importId);
        assertThat(allSteps(first).state()).isEqualTo(FileState.COMPLETED);
        assertThat(allSteps(newcomer).state()).isEqualTo(FileState.COMPLETED);
        assertKnown("the newcomer");
    }

    @Test
    @DisplayName(
            "makes the state while a file is planned, and the file is planned again, so that the state learns of it")
    void beforeAPlannedFile() {
        ObjectVersion newcomer = some(10, 11, "department");
        FilePlan plan = steps.planFile(newcomer, time());
        assertThat(plan.sessions()).hasSize(1);
        rebuild.fromSnapshot(app, put(0, 10, "A"), time());
        assertThat(allSteps(newcomer, plan.importId().orElseThrow()).state()).isEqualTo(FileState.COMPLETED);
        assertKnown("the newcomer");
    }

    @Test
    @DisplayName("and a file that waited in line and was killed later don't fail because of that wait")
    void killedAfterTheWait() {
        ObjectVersion first = put(0, 10, "A");
        ImportId importId = steps.planFile(first, time()).importId().orElseThrow();
        ObjectVersion waiting = put(0, 11, "A");
        assertConflict(waiting);
        allSteps(first, importId);
        ImportId killed = steps.planFile(waiting, time()).importId().orElseThrow();
        assertThat(report(waiting).has("problem")).isFalse();
        StepError timeout = new StepError("States.Timeout", Optional.empty());
        assertThat(steps.finishFile(killed, Optional.of(timeout), time()).state())
                .isEqualTo(FileState.FAILED);
        assertThat(report(waiting).at("/problem/type").asText()).endsWith(":internal-error");
    }

    /** Someone beside people 0 to 10 is in the state. */
    private void assertKnown(String who) {
        ObjectVersion next = put(0, 10, "A");
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(next).path("gone").asInt()).as(who + " is known").isEqualTo(1);
    }

    private ObjectVersion leavers(String... ids) {
        return stored(
                "imports/" + app + "/deactivate-and-delete/leavers-" + APPS.incrementAndGet() + ".csv",
                "externalId\n" + String.join("\n", ids) + "\n",
                Map.of());
    }

    @Test
    @DisplayName("and a file that failed before anything was sent are planned anew when they are started again")
    void startedAgain() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion stillListed = some(0, 5, "title", Map.of("max-returns", "1"));
        ImportId importId = steps.planFile(stillListed, time()).importId().orElseThrow();
        StepError down = new StepError("States.Timeout", Optional.empty());
        assertThat(steps.finishFile(importId, Optional.of(down), time()).state())
                .isEqualTo(FileState.FAILED);
        assertThat(allSteps(leavers("E-1", "E-2")).state()).isEqualTo(FileState.COMPLETED);

        assertThatThrownBy(() -> steps.planFile(stillListed, time()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).contains("2 people would be active again"));
    }

    @Test
    @DisplayName("and a file that failed before anything was sent send nothing of their old plan")
    void redriven() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion stillListed = some(0, 5, "title", Map.of());
        ImportId importId = steps.planFile(stillListed, time()).importId().orElseThrow();
        StepError aborted = new StepError("States.Aborted", Optional.empty());
        assertThat(steps.finishFile(importId, Optional.of(aborted), time()).state())
                .isEqualTo(FileState.FAILED);
        assertThat(allSteps(leavers("E-1", "E-2")).state()).isEqualTo(FileState.COMPLETED);

        assertThatThrownBy(() -> steps.importOrWait(importId, 1, time()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it plans the file again");
        assertThat(report(stillListed).path("state").asText()).isEqualTo("FAILED");
        assertThat(okta.directoryOf(app).present()).doesNotContainKeys("E-1", "E-2");
    }

    @Test
    @DisplayName(
            "that fails in its second session is refused after another file was imported, whose merge has settled its first")
    void refusedAfterAnother() {
        ObjectVersion object = failedInTheSecond();
        assertThat(allSteps(leavers("E-0")).state()).isEqualTo(FileState.COMPLETED);
        assertThatThrownBy(() -> steps.planFile(object, time()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Upload the file again");
        assertThat(okta.directoryOf(app).present()).doesNotContainKey("E-0");
    }

    @Test
    @DisplayName("and a file that Okta ended in its only session are planned anew when they are started again")
    void endedAndStartedAgain() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        okta.processing(app, Processing.error(), Processing.QUICK);
        ObjectVersion stillListed = some(0, 5, "title", Map.of("max-returns", "1"));
        assertThat(allSteps(stillListed).state()).isEqualTo(FileState.FAILED);
        assertThat(allSteps(leavers("E-1", "E-2")).state()).isEqualTo(FileState.COMPLETED);
        assertThatThrownBy(() -> steps.planFile(stillListed, time()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("2 people would be active again");
        JsonNode report = report(stillListed);
        assertThat(report.path("problem").path("detail").asText()).contains("2 people would be active again");
        assertThat(report.path("sessions")).hasSize(1);
        assertThat(report.path("sessions").get(0).path("status").asText()).isEqualTo("ERROR");
        assertThat(report.path("sessions").get(0).path("sessionId").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("that Okta ended leaves its people in doubt, also when it is planned again and stores other changes")
    void inDoubtAndPlannedAgain() throws IOException {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        okta.processing(app, Processing.error(), Processing.QUICK);
        ObjectVersion object = put(0, 10, "B");
        assertThat(allSteps(object).state()).isEqualTo(FileState.FAILED);
        assertThat(sessionsInState()).hasSize(1);
        ImportId importId = steps.planFile(object, time()).importId().orElseThrow();
        assertThat(sessionsInState()).as("merged before the new changes").isEmpty();
        StepError aborted = new StepError("States.Aborted", Optional.empty());
        assertThat(steps.finishFile(importId, Optional.of(aborted), time()).state())
                .isEqualTo(FileState.FAILED);

        ObjectVersion next = put(0, 10, "A");
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(next).path("unchanged").asInt()).isZero();
    }

    private JsonNode sessionsInState() throws IOException {
        return JSON.readTree(s3.getObjectAsBytes(b -> b.bucket(bucket.name()).key("state/" + app + ".json"))
                        .asByteArray())
                .path("sessions");
    }

    @Test
    @DisplayName("and a file are each compared with what the files before them have made of the people")
    void afterLeavers() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion leavers = leavers("E-1", "E-2");
        ObjectVersion stillListed = some(0, 5, "title", Map.of("max-returns", "1"));
        ImportId importId = steps.planFile(leavers, time()).importId().orElseThrow();
        assertConflict(stillListed);
        allSteps(leavers, importId);

        assertThatThrownBy(() -> steps.planFile(stillListed, time()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().detail()).contains("2 people would be active again"));
    }

    private void assertConflict(ObjectVersion object) {
        assertThatThrownBy(() -> steps.planFile(object, time()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT));
    }

    @Test
    @DisplayName("waits for a file that came earlier and is planned, so that it misses nothing of what that changes")
    void afterAPlannedFile() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion earlier = some(0, 1, "title");
        ObjectVersion snapshot = put(0, 10, "A");
        List<ProblemType> met = new ArrayList<>();
        AtomicInteger reads = new AtomicInteger();
        door.listener(request -> {
            if (request.startsWith("PUT /" + bucket.name() + "/state/" + app + ".") && reads.incrementAndGet() == 1) {
                try {
                    steps.planFile(snapshot, time());
                } catch (ProblemException e) {
                    met.add(e.problem().type());
                }
            }
        });
        try {
            assertThat(allSteps(earlier).state()).isEqualTo(FileState.COMPLETED);
        } finally {
            door.listener(request -> {});
        }
        assertThat(met).containsExactly(ProblemType.SESSION_CONFLICT);
        assertThat(allSteps(snapshot).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(snapshot).path("changed").asInt()).isEqualTo(1);
        assertThat(okta.directoryOf(app).present().get("E-0").has("title")).isFalse();
    }

    @Test
    @DisplayName(
            "that S3 breaks off while the state is made anew from it is S3's failure, and another try makes the state")
    void rebuiltFromABrokenFile() {
        ObjectVersion object = put(0, 40, "Sales");
        door.fault(FaultyS3.Kind.HALF_BODY, "GET /" + bucket.name() + "/" + object.key(), 0, 1);
        assertThatThrownBy(() -> rebuild.fromSnapshot(app, object, time()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().type()).isEqualTo(ProblemType.STORAGE_UNAVAILABLE));
        door.heal();
        assertThat(rebuild.fromSnapshot(app, object, time()).people()).isEqualTo(40);
    }

    @Test
    @DisplayName("is at work, so the state is not made anew until it has ended, from a file or from Okta")
    void rebuiltMeanwhile() {
        ObjectVersion object = put(0, 120, "A");
        ImportId importId = steps.planFile(object, time()).importId().orElseThrow();
        steps.importSession(importId, 1, time());
        List<String> before = stateObjects();
        for (ThrowingCallable anew : List.<ThrowingCallable>of(
                () -> rebuild.fromSnapshot(app, object, time()),
                () -> rebuild.fromOkta(app, Optional.of(bucket.name()), time()))) {
            assertThatThrownBy(anew)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT))
                    .hasMessageContaining("Try again when its import has ended");
        }
        assertThat(stateObjects()).isEqualTo(before);
        assertThat(allSteps(object).state()).isEqualTo(FileState.COMPLETED);
        assertThat(rebuild.fromSnapshot(app, object, time()).people()).isEqualTo(120);
    }

    @Test
    @DisplayName("is given up while Okta is at work, so the state is not made anew from what Okta shows until then")
    void rebuiltTooEarly() {
        okta.processing(app, Processing.reads(1_000));
        ImportId importId = steps.planFile(put(0, 10, "A"), time()).importId().orElseThrow();
        steps.importSession(importId, 1, time());
        StepError late = new StepError("States.Timeout", Optional.empty());
        assertThat(steps.finishFile(importId, Optional.of(late), time()).state())
                .isEqualTo(FileState.UNCONFIRMED);
        assertThatThrownBy(() -> rebuild.fromOkta(app, Optional.of(bucket.name()), time()))
                .hasMessageContaining("Okta is still processing the session");

        okta.sessionsOf(app).get(0).status("COMPLETED");
        assertThatCode(() -> rebuild.fromOkta(app, Optional.of(bucket.name()), time()))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is done where Okta doesn't know any of those who are gone, and doesn't deactivate them every night")
    void leaversUnknownToOkta() {
        rebuild.fromSnapshot(app, put(0, 10, "A"), time());
        okta.directory(Set.of("nobody"));
        ObjectVersion without = put(0, 9, "A");
        assertThat(allSteps(without).state()).isEqualTo(FileState.COMPLETED);
        JsonNode report = report(without);
        assertThat(report.path("gone").asInt()).isEqualTo(1);
        assertThat(report.path("recordsImported").asInt()).isZero();
        assertThat(report.path("notes").toString()).contains("doesn't know the person whom session 1", "was cancelled");
        assertThat(okta.sessionsOf(app)).singleElement().satisfies(session -> assertThat(session.status())
                .isEqualTo("CLOSED"));

        ObjectVersion next = put(0, 9, "A");
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(next).path("unchanged").asInt()).isEqualTo(9);
        assertThat(report(next).path("gone").asInt()).isZero();
        assertThat(okta.sessionsOf(app)).hasSize(1);
    }

    @Test
    @DisplayName(
            "goes on behind a whole session of people whom Okta doesn't know, also after a kill between cancelling and writing it down")
    void sessionsOfUnknownLeavers() {
        rebuild.fromSnapshot(app, put(0, 200, "A"), time());
        okta.directory(Set.of("nobody"));
        ObjectVersion without = put(0, 140, "A", Map.of("max-deactivations", "100"), 45);
        FilePlan plan = steps.planFile(without, time());
        ImportId importId = plan.importId().orElseThrow();
        assertThat(plan.sessions()).hasSize(3);
        steps.importSession(importId, 1, time());
        steps.followSession(importId, 1, time());
        door.listener(request -> {
            // Everything that is written once the session is cancelled is lost.
            boolean isClosed = okta.sessionsOf(app).size() == 2
                    && okta.sessionsOf(app).get(1).status().equals("CLOSED");
            if (isClosed && request.startsWith("PUT")) {
                throw new UncheckedIOException(new IOException("killed"));
            }
        });
        try {
            assertThatThrownBy(() -> steps.importSession(importId, 2, Deadline.in(Duration.ofSeconds(3))));
        } finally {
            door.listener(request -> {});
        }
        bucket.claimsAreOver("reports/" + without.key());
        assertThat(allSteps(without).state()).isEqualTo(FileState.COMPLETED);
        assertThat(okta.sessionsOf(app).stream().map(OktaSession::status))
                .containsExactly("COMPLETED", "CLOSED", "CLOSED", "CLOSED");
        assertThat(report(without).path("recordsImported").asInt()).isEqualTo(50);
        ObjectVersion next = put(0, 140, "A", Map.of(), 45);
        assertThat(allSteps(next).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(next).path("unchanged").asInt()).isEqualTo(140);
    }

    @Test
    @DisplayName(
            "leaves its people unknown where its end could not be learned: the next one sends them, whatever was known before")
    void unconfirmed() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        FilePlan plan = steps.planFile(put(0, 10, "B"), time());
        ImportId importId = plan.importId().orElseThrow();
        steps.importSession(importId, 1, time());
        FileSummary end =
                steps.finishFile(importId, Optional.of(new StepError("States.Timeout", Optional.empty())), time());
        assertThat(end.state()).isEqualTo(FileState.UNCONFIRMED);

        ObjectVersion same = put(0, 10, "B");
        assertThat(allSteps(same).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(same).path("unchanged").asInt()).isZero();
        assertThat(report(same).path("recordsImported").asInt()).isEqualTo(10);
    }

    /** A snapshot of people 0 to 10 that was sent and given up before Okta's answer. */
    private ObjectVersion givenUp(String department) {
        ObjectVersion object = put(0, 10, department);
        ImportId importId = steps.planFile(object, time()).importId().orElseThrow();
        steps.importSession(importId, 1, time());
        StepError aborted = new StepError("States.Aborted", Optional.empty());
        assertThat(steps.finishFile(importId, Optional.of(aborted), time()).state())
                .isEqualTo(FileState.UNCONFIRMED);
        return object;
    }

    @Test
    @DisplayName("and given up is known after all once Okta is asked again")
    void confirmed() {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        ObjectVersion object = givenUp("B");
        ImportId importId =
                ImportId.parse(report(object).path("importId").asText()).orElseThrow();
        assertThat(steps.followSession(importId, 1, time()).status()).isEqualTo("COMPLETED");

        assertThat(report(object).at("/sessions/0/state").asText()).isEqualTo("DONE");
        ObjectVersion same = put(0, 10, "B");
        assertThat(allSteps(same).state()).isEqualTo(FileState.COMPLETED);
        assertThat(report(same).path("unchanged").asInt()).isEqualTo(10);
    }

    @Test
    @DisplayName("and given up every night doesn't let the state grow with every night")
    void unconfirmedNights() throws IOException {
        assertThat(allSteps(put(0, 10, "A")).state()).isEqualTo(FileState.COMPLETED);
        for (String department : List.of("B", "C", "D")) {
            givenUp(department);
            byte[] state = s3.getObjectAsBytes(b -> b.bucket(bucket.name()).key("state/" + app + ".json"))
                    .asByteArray();
            assertThat(JSON.readTree(state).path("sessions")).hasSize(1);
        }
    }
}
