package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A session planner")
class SessionPlannerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The external IDs of each session that was handed over. */
    private final List<List<String>> sessions = new ArrayList<>();

    private final List<SessionPlan> stored = new ArrayList<>();

    private SessionPlanner planner(PlanRules rules) {
        return new SessionPlanner(rules, this::keep);
    }

    private void keep(SessionPlan plan) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        plan.writeTo(bytes);
        SessionPlan read = SessionPlan.readFrom(new ByteArrayInputStream(bytes.toByteArray()));
        stored.add(read);
        List<String> ids = new ArrayList<>();
        for (BulkRequest request : read.requests()) {
            JsonNode body = JSON.readTree(PlannedRequests.body(read, request));
            assertThat(body.path("entityType").asText()).isEqualTo("USERS");
            assertThat(body.path("profiles")).hasSize(request.users());
            body.path("profiles").forEach(person -> {
                assertThat(person.has("profile")).isEqualTo(request.operation() == BulkOperation.UPSERT_USERS);
                ids.add(person.path("externalId").asText());
            });
        }
        sessions.add(ids);
    }

    private static void user(SessionPlanner planner, long line, String id, String... properties) throws IOException {
        planner.begin(line);
        planner.externalId(id);
        planner.beginProfile();
        for (int i = 0; i < properties.length; i += 2) {
            char[] value = properties[i + 1].toCharArray();
            planner.property(properties[i], value, 0, value.length);
        }
        planner.endProfile();
        planner.end();
    }

    @Test
    @DisplayName("cuts a whole file into full sessions, in its order, each user once")
    void manySessions() throws IOException {
        SessionPlanner planner = planner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withManySessions());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25_001; i++) {
            ids.add("E-" + i);
            user(planner, i + 2, "E-" + i, "userName", "u" + i + "@example.com");
        }
        PlanOutcome outcome = planner.finish();
        assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
        assertThat(stored)
                .extracting(SessionPlan::number, SessionPlan::users, plan -> plan.requests()
                        .size())
                .containsExactly(tuple(1, 10_000, 50), tuple(2, 10_000, 50), tuple(3, 5_001, 26));
        assertThat(sessions.stream().flatMap(List::stream)).containsExactlyElementsOf(ids);
        assertThat(stored.get(1).firstPlace(0, 1)).isEqualTo(10_002);
    }

    @ParameterizedTest
    @CsvSource({"50000, 1000", "50001, 1001"})
    @DisplayName("refuses a file that needs more than 1,000 sessions, with both counts, and sends no more of them")
    void tooManySessions(int users, int needed) throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false)
                .withManySessions()
                .withUsersPerPage(1));
        for (int i = 0; i < users; i++) {
            user(planner, i + 2, "E-" + i, "userName", "u" + i);
        }
        PlanOutcome outcome = planner.finish();
        assertThat(stored).hasSizeLessThanOrEqualTo(1_000);
        if (needed <= 1_000) {
            assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
            assertThat(stored).hasSize(needed);
        } else {
            Problem problem = ((PlanOutcome.Refused) outcome).problem();
            assertThat(problem.type()).isEqualTo(ProblemType.SESSION_LIMIT_EXCEEDED);
            assertThat(problem.detail()).contains("1001 sessions", "a file may need 1000", "usersPerPage");
            assertThat(problem.document())
                    .containsEntry("users", users)
                    .containsEntry("sessions", needed)
                    .containsEntry("maxSessions", 1_000);
        }
    }

    @Test
    @DisplayName("cuts by bytes too, and a session then holds fewer users")
    void byBytes() throws IOException {
        SessionPlanner planner = planner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withManySessions());
        String large = "x".repeat(60_000);
        for (int i = 0; i < 160; i++) {
            user(planner, 0, "E-" + i, "note", large);
        }
        assertThat(planner.finish()).isInstanceOf(PlanOutcome.Planned.class);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0)).hasSize(150);
    }

    @Test
    @DisplayName("sends deactivations after the upserts, in the same session")
    void deactivationsLast() throws IOException {
        SessionPlanner planner = planner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withManySessions());
        user(planner, 2, "E-1", "userName", "a");
        planner.beginDeactivation(3);
        planner.externalId("E-2");
        planner.end();
        planner.skip(4, Optional.of("E-3"));
        user(planner, 5, "E-4", "userName", "b");
        PlanSummary summary = planner.finish().summary();
        assertThat(sessions).containsExactly(List.of("E-1", "E-4", "E-2"));
        assertThat(stored.get(0).requests())
                .extracting(BulkRequest::operation)
                .containsExactly(BulkOperation.UPSERT_USERS, BulkOperation.DELETE_USERS);
        assertThat(summary.deactivations()).isEqualTo(1);
        assertThat(summary.skipped()).isEqualTo(1);
        assertThat(summary.users()).isEqualTo(3);
    }

    @Test
    @DisplayName("refuses all because of one record, and says which kinds of error there are")
    void kinds() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        for (int i = 0; i < 3_000; i++) {
            user(
                    planner,
                    i + 2,
                    "E-" + i,
                    "email",
                    i % 3 == 0 ? "nobody" : "x".repeat(90 + i % 5) + "@" + "y".repeat(12));
        }
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        Rejections rejections = refused.summary().rejections();
        assertThat(rejections.records()).isEqualTo(3_000);
        assertThat(rejections.kinds()).hasSize(2);
        assertThat(rejections.kinds().get(0).count()).isEqualTo(2_000);
        assertThat(rejections.kinds().get(0).message()).isEqualTo("has … characters; Okta accepts 5 to 100");
        assertThat(rejections.kinds().get(0).places()).containsExactly(3L, 4L, 6L);
        assertThat(rejections.listed()).hasSize(100);
        assertThat(sessions).isEmpty();
    }

    @Test
    @DisplayName("keeps the errors of the first 10,000 invalid records, however many each has, and counts the rest")
    void counted() throws IOException {
        SessionPlanner planner = planner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true).withManySessions());
        for (int i = 0; i < 10_500; i++) {
            user(planner, i + 2, "E-" + i, "email", "nobody", "firstName", "f".repeat(51));
        }
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.records()).isEqualTo(10_500);
        assertThat(rejections.errorCount()).isEqualTo(21_000);
        assertThat(rejections.errors()).hasSize(20_000);
        assertThat(rejections.listed()).as("an answer is bounded").hasSize(100);
    }

    @Test
    @DisplayName("keeps the valid records when it may skip the others; refuses when none is left")
    void skips() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true));
        user(planner, 0, "E-1", "userName", "a");
        user(planner, 0, "E-3", "email", "b");
        user(planner, 0, "E-2", "userName", "c");
        assertThat(planner.finish().summary().rejections().records()).isEqualTo(1);
        assertThat(sessions).containsExactly(List.of("E-1", "E-2"));

        SessionPlanner none = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true));
        user(none, 0, " E-1", "userName", "a");
        assertThat(none.finish()).isInstanceOf(PlanOutcome.Refused.class);
    }

    @Test
    @DisplayName(
            "looks at every record of a snapshot, however many there are, as long as what is sent stays within the limit")
    void manyUnchanged() throws IOException {
        Set<String> known = new HashSet<>();
        Comparison unchanged = new Comparison() {
            @Override
            public boolean isToSend(String externalId) {
                known.add(externalId);
                return externalId.equals("E-7");
            }
        };
        SessionPlanner planner =
                planner(PlanRules.oneSession(ImportOperation.SNAPSHOT, false).withComparison(unchanged));
        for (int i = 0; i < 100_400; i++) {
            assertThat(planner.onlyCounts()).isFalse();
            user(planner, i + 2, "E-" + i, "userName", "u" + i);
        }
        PlanSummary summary = planner.finish().summary();
        assertThat(known).hasSize(100_400);
        assertThat(summary.unchanged()).isEqualTo(100_399);
        assertThat(sessions).containsExactly(List.of("E-7"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "sends nothing where so many records are invalid that the rest was only counted, whether or not it may skip them")
    void tooManyInvalid(boolean skip) throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, skip));
        user(planner, 0, "E-1", "userName", "a");
        while (!planner.onlyCounts()) {
            planner.begin(0);
            planner.noObject();
            planner.end();
        }
        for (int i = 0; i < 20_000; i++) {
            planner.count();
        }
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        assertThat(refused.problem().type().slug()).isEqualTo("invalid-users");
        assertThat(refused.problem().detail())
                .contains("100001 of 120002 records")
                .contains("only counted");
        assertThat(sessions).isEmpty();
    }

    @Test
    @DisplayName("holds no memory for what can't be sent, and still counts it")
    void tooMany() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        for (int i = 0; i < 10_001; i++) {
            user(planner, 0, "E-" + i, "userName", "u" + i);
        }
        assertThat(planner.onlyCounts()).isTrue();
        planner.count();
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        assertThat(refused.problem().type().slug()).isEqualTo("session-limit-exceeded");
        assertThat(refused.problem().detail()).startsWith("10002 users need 51 bulk requests");
        assertThat(sessions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10001, 200, 51",
        "10200, 200, 51",
        "10201, 200, 52",
        "20000, 200, 100",
        "24999, 200, 125",
        "25000, 200, 125",
        "25001, 200, 126",
        "101, 2, 51",
        "5001, 100, 51",
        "10001, 150, 67",
        "10051, 150, 68"
    })
    @DisplayName("says of too many users how many requests they would need, of those too that it only counts")
    void requestsOfTooMany(int users, int usersPerPage, int requests) throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, false)
                .withUsersPerPage(usersPerPage));
        for (int i = 0; i < users; i++) {
            if (planner.onlyCounts()) {
                planner.count();
            } else {
                planner.begin(0);
                planner.externalId("E-" + i);
                planner.end();
            }
        }
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        assertThat(refused.problem().document()).containsEntry("users", users).containsEntry("requests", requests);
        assertThat(refused.problem().detail()).startsWith(users + " users need " + requests + " bulk requests");
    }

    @Test
    @DisplayName("bounds the properties of a record and the names of an import")
    void bounds() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        String[] many = new String[4_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "p" + i;
            many[i + 1] = "v";
        }
        user(planner, 0, "E-1", many);
        user(planner, 0, "E-2", "x".repeat(40_000), "v");
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.errorCount()).isEqualTo(2);
        assertThat(rejections.errors().toString()).hasSizeLessThan(1_000);
    }

    @Test
    @DisplayName("tells a field that is wrong once, not as missing too")
    void onceEach() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        planner.require("userName");
        planner.begin(2);
        planner.fault("externalId", "can't be made of column ID");
        planner.beginProfile();
        planner.fault("userName", "can't be made of column Login");
        char[] title = "Engineer".toCharArray();
        planner.property("title", title, 0, title.length);
        planner.endProfile();
        planner.end();
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.errors())
                .extracting(error -> error.field().orElse(""))
                .containsExactly("externalId", "userName");
        assertThat(rejections.records()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes back what can't be sent, wherever in a record it stands, and writes the next as ever")
    void takesBack() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true));
        List<String> broken = List.of(
                "a\uD800b", "\uDC00", "\uD800", "a\u0000", "\uFFFD", "é".repeat(20_000) + "\uD83D", "\u0000\uD800");
        List<String> sound =
                List.of("", "a", "\"\\\t", "é\uD83D\uDE00", "日本", "é".repeat(20_000) + "\uD83D\uDE00", "\uD7FF");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            user(planner, 0, "bad-" + i, "userName", "bad" + i, "note", broken.get(i), "title", "behind it");
            user(planner, 0, "E-" + i, "userName", "u" + i, "note", sound.get(i), "title", "behind it");
            expected.add("E-" + i);
        }
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.errors()).hasSize(broken.size()).allSatisfy(error -> assertThat(error.field())
                .contains("note"));
        assertThat(sessions).containsExactly(expected);
        JsonNode users = JSON.readTree(PlannedRequests.body(
                        stored.get(0), stored.get(0).requests().get(0)))
                .path("profiles");
        for (int i = 0; i < sound.size(); i++) {
            assertThat(users.path(i).path("profile").path("note").asText()).isEqualTo(sound.get(i));
            assertThat(users.path(i).path("profile").path("title").asText()).isEqualTo("behind it");
        }
    }

    @Test
    @DisplayName("says of a value that is too long for its property nothing of the record's size")
    void tooLong() throws IOException {
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        user(planner, 0, "E-1", "userName", "a", "homeAddress", "x".repeat(300_000), "title", "t");
        user(planner, 0, "E-2", "userName", "b", "note", "x".repeat(300_000), "title", "t");
        assertThat(planner.finish().summary().rejections().errors())
                .extracting(error -> error.index() + " " + error.field().orElse("") + " " + error.message())
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("0 homeAddress has 300000 characters"),
                        error -> assertThat(error).startsWith("1  has more than"));
    }

    @ParameterizedTest(name = "{0} {1} = {2}: {3}")
    @CsvFileSource(
            resources = "/records/properties.csv",
            numLinesToSkip = 1,
            ignoreLeadingAndTrailingWhitespace = false)
    @DisplayName("holds each property to its rules")
    void rules(String kind, String property, String value, String fault) throws IOException {
        String text = value == null ? "" : unescaped(value);
        SessionPlanner planner = planner(PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false));
        if (property.equals("externalId")) {
            user(planner, 2, text, "userName", "a");
        } else {
            user(planner, 2, "E-1", property, text);
        }
        Rejections rejections = planner.finish().summary().rejections();
        if (fault == null) {
            assertThat(rejections.errors()).isEmpty();
        } else {
            assertThat(rejections.errors()).singleElement().satisfies(error -> {
                assertThat(error.field()).contains(property);
                assertThat(error.message()).contains(fault);
                if (text.strip().length() > 3) {
                    assertThat(error.message()).doesNotContain(text.strip());
                }
            });
        }
    }

    /** {@code \\u00A0} in the table is that character. */
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9A-F]{4})")
                .matcher(text)
                .replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }
}
