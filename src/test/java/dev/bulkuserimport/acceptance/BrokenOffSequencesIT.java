package dev.bulkuserimport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.FaultyS3;
import dev.bulkuserimport.embedded.OktaSchema;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.embedded.Processing;
import dev.bulkuserimport.support.Bucket;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Person;
import dev.bulkuserimport.support.PutFile;
import dev.bulkuserimport.support.S3Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Files of every kind, each delivered again and again while S3 and Okta fail at random moments or everything is cut off at once, as by a
 * kill; as many as {@code -Dbroken.files=} says.
 */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@QuarkusTestResource(S3Resource.class)
@DisplayName("Whatever breaks off at random moments,")
class BrokenOffSequencesIT {

    private static final int FILES = Integer.getInteger("broken.files", 2);
    private static final long SEED = Long.getLong("broken.seed", 20_261_128L);
    private static final int PEOPLE = 40;
    private static final AtomicInteger PUT = new AtomicInteger();

    EmbeddedOkta okta;
    FaultyS3 door;
    S3Client s3;
    private Bucket bucket;
    private String app;
    private Random random;
    private final List<String> story = new ArrayList<>();

    @AfterEach
    void heal() {
        okta.reset();
        door.heal();
        door.listener(request -> {});
    }

    @Test
    @DisplayName("no session stays open, nobody is lost, and the state is what Okta has completed")
    void sequences() {
        for (int file = 0; file < FILES; file++) {
            story.clear();
            random = new Random(SEED + file);
            story.add("seed " + (SEED + file));
            sequence();
        }
    }

    private void sequence() {
        heal();
        bucket = Bucket.anew(s3, "hr-sequences");
        app = "0oaSequence" + PUT.incrementAndGet();
        okta.application(app).pauseBetweenSessions(app, Duration.ZERO);
        okta.schema(app, OktaSchema.standard().custom("department"));
        Map<String, Person> before = staff(PEOPLE);
        boolean known = random.nextInt(4) > 0;
        if (known) {
            put("snapshot", Person.csv(before)).imported();
        } else {
            put("create-and-update", Person.csv(before)).imported();
        }
        Map<String, Person> meant = new TreeMap<>(before);
        PutFile file = anyFile(meant, known);
        okta.processing(
                app,
                any(List.of(
                        Processing.QUICK,
                        Processing.QUICK,
                        Processing.QUICK,
                        Processing.reads(2),
                        Processing.reads(9_999))));
        int trials = random.nextInt(4);
        for (int trial = 0; trial < trials; trial++) {
            if (deliver(file, random.nextInt(30))) {
                break;
            }
            overcome(file);
            meddle();
        }
        quiet();
        for (int trial = 0; trial < 3 && !deliver(file, Integer.MAX_VALUE); trial++) {
            overcome(file);
        }
        JsonNode report = file.report();
        story.add(report.toString());
        okta.sessionsOf(app).stream()
                .filter(session -> session.status().equals("TRIGGERED"))
                .forEach(session -> okta.processing(app, Processing.QUICK));
        assertThat(okta.sessionsOf(app))
                .as(this::told)
                .extracting(OktaSession::status)
                .doesNotContain("CREATED", "IN_PROGRESS");
        // Nothing comes again for a session that Okta takes longer for than the function may ask.
        assertThat(report.path("state").asText()).as(this::told).isIn("COMPLETED", "FAILED", "UNCONFIRMED");
        if (report.path("state").asText().equals("COMPLETED") && !isAtWork()) {
            assertThat(directory()).as(this::told).isEqualTo(meant);
        }
        // What ended unconfirmed, or when S3 refused the state what it had to learn, is sent again.
        boolean isUnknown = report.path("state").asText().equals("UNCONFIRMED")
                || report.at("/problem/type").asText().endsWith("storage-unavailable");
        theNextNight(meant, known, isUnknown ? report.path("users").asInt() : 0);
    }

    private boolean isAtWork() {
        return okta.sessionsOf(app).stream()
                .anyMatch(session -> session.status().equals("TRIGGERED"));
    }

    /** Whatever the state knows is what Okta holds: nobody is sent without need, and nobody is missed. */
    private void theNextNight(Map<String, Person> meant, boolean known, int unknown) {
        for (OktaSession session : okta.sessionsOf(app)) {
            if (session.status().equals("TRIGGERED")) {
                session.status("EXPIRED");
            }
        }
        okta.processing(app, Processing.QUICK);
        Map<String, Person> held = directory();
        Map<String, Person> next = new TreeMap<>(meant);
        next.remove("E-" + random.nextInt(PEOPLE));
        next.put("E-new", new Person("new@example.com", "D9"));
        // Some minutes later: whoever could not give its place in the line back holds nobody up any more.
        bucket.keys("work/queue/" + app + "/").forEach(bucket::delete);
        PutFile file = put("snapshot", Person.csv(next));
        JsonNode report = file.imported();
        story.add("next " + report);
        assertThat(report.path("state").asText()).as(this::told).isEqualTo("COMPLETED");
        boolean state = known || report.path("unchanged").asInt() > 0;
        if (state) {
            long same = next.entrySet().stream()
                    .filter(person -> person.getValue().equals(held.get(person.getKey())))
                    .count();
            // Whoever such an import sent is sent again.
            assertThat(report.path("unchanged").asLong()).as(this::told).isBetween(same - unknown, same);
            assertThat(directory()).as(this::told).isEqualTo(next);
        }
    }

    private PutFile anyFile(Map<String, Person> meant, boolean known) {
        int kind = random.nextInt(3);
        List<String> touched = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            touched.add("E-" + random.nextInt(PEOPLE));
        }
        if (kind == 0) {
            Set<String> leavers = Set.copyOf(touched);
            meant.keySet().removeAll(leavers);
            return put("deactivate-and-delete", "externalId\n" + String.join("\n", leavers) + "\n");
        }
        touched.forEach(id -> meant.put(id, new Person("u" + id.substring(2) + "@example.com", "moved")));
        if (kind == 1) {
            Map<String, Person> some = new TreeMap<>(meant);
            some.keySet().retainAll(touched);
            return put("create-and-update", Person.csv(some));
        }
        if (known) {
            meant.remove("E-" + random.nextInt(PEOPLE));
        }
        return put("snapshot", Person.csv(meant));
    }

    /** One delivery, cut off after so many requests to S3; false when it has to come again. */
    private boolean deliver(PutFile file, int requests) {
        AtomicInteger heard = new AtomicInteger();
        boolean kill = random.nextBoolean();
        if (requests != Integer.MAX_VALUE) {
            fault(requests, kill);
        }
        if (kill) {
            door.listener(request -> {
                if (heard.incrementAndGet() == requests) {
                    okta.fault(new Fault(Fault.Kind.STATUS, 403, null, path -> true, 0, 100_000));
                }
            });
        }
        Lambda.Result result = Lambda.invoke(file.event().toString());
        quiet();
        story.add(result.json().toString());
        if (result.isFunctionError()) {
            JsonNode problem = result.problem();
            int held = okta.sessionsOf(app).stream()
                    .filter(session -> !Set.of("CLOSED", "EXPIRED").contains(session.status()))
                    .mapToInt(session ->
                            session.users().size() + session.deletions().size())
                    .sum();
            assertThat(problem.path("recordsImported").asInt()).as(this::told).isLessThanOrEqualTo(held);
        }
        return !result.isFunctionError();
    }

    private void fault(int requests, boolean kill) {
        if (kill) {
            door.fault(FaultyS3.Kind.FORBIDDEN, "", requests, 100_000);
            story.add("killed at the request " + requests);
            return;
        }
        FaultyS3.Kind kind =
                any(List.of(FaultyS3.Kind.FORBIDDEN, FaultyS3.Kind.CLOSE_AFTER, FaultyS3.Kind.CLOSE_BEFORE));
        String where =
                any(List.of("PUT /" + bucket.name() + "/reports", "/state/", "/work/", "GET ", "DELETE ", "PUT "));
        int skip = random.nextInt(6);
        door.fault(kind, where, skip, any(List.of(1, 100)));
        story.add(kind + " " + where + " after " + skip);
        if (random.nextBoolean()) {
            String call = any(List.of("POST", "DELETE", "GET", "start-import", "/bulk-"));
            Fault.Kind how = any(List.of(Fault.Kind.STATUS, Fault.Kind.HTML_AFTER, Fault.Kind.RESET_AFTER));
            okta.fault(new Fault(
                    how,
                    any(List.of(400, 500, 502)),
                    null,
                    path -> path.contains(call),
                    random.nextInt(3),
                    any(List.of(1, 50))));
            story.add("Okta " + how + " " + call);
        }
    }

    private void meddle() {
        for (OktaSession session : okta.sessionsOf(app)) {
            if (session.status().equals("TRIGGERED") && random.nextInt(3) == 0) {
                session.status("EXPIRED");
                story.add("Okta lets " + session.id() + " expire");
            } else if (session.status().equals("IN_PROGRESS") && random.nextInt(4) == 0) {
                session.status("EXPIRED");
                story.add("Okta lets " + session.id() + " expire before its start");
            }
        }
    }

    private void quiet() {
        door.heal();
        door.listener(request -> {});
        okta.heal();
    }

    /** Whoever had the claim is dead, and whoever waited for minutes finds the line free. */
    private void overcome(PutFile file) {
        if (!bucket.keys(file.reportKey()).isEmpty()) {
            ObjectNode report = (ObjectNode) bucket.json(file.reportKey());
            report.put("expiresAt", "2020-01-01T00:00:00Z");
            bucket.put(file.reportKey(), report.toString());
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String told() {
        return String.join("\n", story);
    }

    private Map<String, Person> directory() {
        return Person.in(okta.directoryOf(app));
    }

    private PutFile put(String folder, String content) {
        return bucket.put("imports/" + app + "/" + folder + "/" + PUT.incrementAndGet() + ".csv", content);
    }

    private static Map<String, Person> staff(int count) {
        Map<String, Person> people = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            people.put("E-" + i, new Person("u" + i + "@example.com", "D" + i % 3));
        }
        return people;
    }
}
