package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Groups that a file's rows make")
class RowGroupsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SessionPlan> sessions = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private int line = 1;

    private SessionPlanner planner(boolean skip) {
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, skip).withManySessions(),
                new PlannedRequests(sessions, requests));
        planner.memberships(false);
        return planner;
    }

    private static GroupOfRow group(String externalId, String displayName, String description) {
        return new GroupOfRow(externalId, displayName, description, false);
    }

    /** A row; each group is {@code id}, {@code id/name} or {@code id/name/description}. */
    private void row(SessionPlanner planner, String id, String title, String... groups) throws IOException {
        planner.begin(++line);
        planner.externalId(id);
        planner.beginProfile();
        char[] login = ("u" + id.substring(Math.max(0, id.length() - 20))).toCharArray();
        planner.property("userName", login, 0, login.length);
        planner.property("title", title.toCharArray(), 0, title.length());
        planner.endProfile();
        for (String group : groups) {
            String[] parts = (group + "//").split("/", -1);
            planner.memberOf(group(parts[0], parts[1], parts[2]));
        }
        planner.end();
    }

    private static String rejected(PlanOutcome outcome) {
        return outcome.summary().rejections().errors().stream()
                .map(error -> error.kind().map(BulkOperation.Kind::label).orElse("?") + " " + error.line() + " "
                        + error.field().orElse("") + " " + error.message())
                .collect(Collectors.joining("; "));
    }

    @Test
    @DisplayName("are sent behind the users, each with all its members; the first name counts")
    void order() throws IOException {
        SessionPlanner planner = planner(false);
        row(planner, "E-1", "a", "d-10/Sales/Old", "s-1/Berlin", "d-10/Again");
        row(planner, "E-2", "a", "d-20/R&D", "s-1/Bonn");
        row(planner, "E-3", "a", "d-10/SALES", "s-1");
        row(planner, "E-4", "a");
        planner.beginDeactivation(++line);
        planner.externalId("E-5");
        planner.end();
        PlanSummary summary = planner.finish().summary();
        assertThat(requests)
                .element(1)
                .isEqualTo("DELETE_USERS {\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"E-5\"}]}");
        assertThat(requests.subList(2, requests.size()))
                .containsExactly(
                        "UPSERT_GROUPS {\"profiles\":["
                                + "{\"externalId\":\"d-10\",\"profile\":{\"displayName\":\"Sales\",\"description\":\"Old\"}},"
                                + "{\"externalId\":\"s-1\",\"profile\":{\"displayName\":\"Berlin\"}},"
                                + "{\"externalId\":\"d-20\",\"profile\":{\"displayName\":\"R&D\"}}]}",
                        "UPSERT_MEMBERSHIPS {\"memberships\":["
                                + "{\"groupExternalId\":\"d-10\",\"memberExternalIds\":[\"E-1\",\"E-3\"]},"
                                + "{\"groupExternalId\":\"s-1\",\"memberExternalIds\":[\"E-1\",\"E-2\",\"E-3\"]},"
                                + "{\"groupExternalId\":\"d-20\",\"memberExternalIds\":[\"E-2\"]}]}");
        assertThat(summary.groups()).isEqualTo(3);
        assertThat(summary.memberships()).isEqualTo(6);
        assertThat(summary.records()).isEqualTo(5);
        assertThat(summary.namedOtherwise()).isEqualTo(2);
        assertThat(FileSession.planned(sessions.get(0), Optional.empty()).ranges(NotImported.Outcome.NOT_SENT))
                .extracting(range ->
                        range.kind().orElse("") + " " + range.first() + "-" + range.last() + " " + range.count())
                .containsExactly("users 2-6 5", "groups 2-3 3", "memberships 2-4 6");
    }

    @Test
    @DisplayName(
            "of 10,000 users in 300 groups with 40,000 memberships take no more requests than their bytes and numbers ask for")
    void fewRequests() throws IOException {
        SessionPlanner planner = planner(false);
        for (int i = 0; i < 10_000; i++) {
            int person = i;
            row(
                    planner,
                    "E-" + (100_000 + i),
                    "a",
                    IntStream.range(0, 4)
                            .mapToObj(k -> "group-" + (person * 7 + k * 75) % 300 + "/Group")
                            .toArray(String[]::new));
        }
        PlanSummary summary = planner.finish().summary();
        assertThat(summary.groups()).isEqualTo(300);
        assertThat(summary.memberships()).isEqualTo(40_000);
        long bytes = sessions.stream()
                .flatMap(session -> session.requests().stream())
                .filter(request -> request.operation() == BulkOperation.UPSERT_MEMBERSHIPS)
                .mapToLong(BulkRequest::length)
                .sum();
        int least = 50 + 2 + (int) Math.ceil(bytes / 200_000.0);
        assertThat(sessions.stream()
                        .mapToInt(session -> session.requests().size())
                        .sum())
                .isLessThanOrEqualTo(least + 2);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).users()).isEqualTo(10_000);
        assertThat(sessions.get(1).users()).isZero();
    }

    @Test
    @DisplayName("in more memberships than a session takes go on in the next, each once")
    void manySessions() throws IOException {
        SessionPlanner planner = planner(false);
        String[] groups = IntStream.range(0, 40)
                .mapToObj(k -> "group-" + "x".repeat(200) + k + "/G")
                .toArray(String[]::new);
        String id = "E-" + "y".repeat(230);
        for (int i = 0; i < 1_200; i++) {
            row(planner, id + (1_000 + i), "a", groups);
        }
        PlanSummary summary = planner.finish().summary();
        assertThat(summary.memberships()).isEqualTo(48_000);
        assertThat(sessions).hasSize(2);
        Set<String> pairs = new HashSet<>();
        int sent = 0;
        for (String request : requests) {
            if (request.startsWith("UPSERT_MEMBERSHIPS ")) {
                for (JsonNode item : JSON.readTree(request.substring(19)).path("memberships")) {
                    for (JsonNode member : item.path("memberExternalIds")) {
                        sent++;
                        pairs.add(item.path("groupExternalId").asText() + "/" + member.asText());
                    }
                }
            }
        }
        assertThat(sent).isEqualTo(48_000);
        assertThat(pairs).hasSize(48_000);
        assertThat(sessions.get(1).firstPlace(BulkOperation.Kind.MEMBERSHIPS)).isBetween(2, 1_201);
    }

    @Test
    @DisplayName("make their row invalid where Okta would not take them, and a row that is rejected has none")
    void wrong() throws IOException {
        SessionPlanner planner = planner(true);
        row(planner, "E-1", "a", "g-1/One");
        row(planner, "E-2", "a", "g-2");
        row(planner, "E-3", "a", "g-" + "x".repeat(254) + "/Long");
        row(planner, "E-4", "a", "g-3/" + "n".repeat(256));
        row(planner, "E-" + "5".repeat(254), "a", "g-1");
        row(planner, "E-6", "a", "#REF!/Broken");
        PlanOutcome outcome = planner.finish();
        assertThat(rejected(outcome))
                .isEqualTo(
                        "users 3 groups has a group whose displayName is missing; a group must have a name; "
                                + "users 4 groups has a group whose external ID has 256 characters; Okta accepts at most 255 for groups and their members; "
                                + "users 5 groups has a group whose displayName has 256 characters; Okta accepts 1 to 255; "
                                + "users 6 externalId has 256 characters; Okta accepts at most 255 for groups and their members; "
                                + "users 7 groups has a group whose external ID is a spreadsheet formula error: fix the formula or its source");
        assertThat(outcome.summary().rejections().kinds())
                .extracting(ErrorKind::message)
                .contains("has a group whose displayName has … characters; Okta accepts 1 to 255");
        assertThat(outcome.summary().groups()).isEqualTo(1);
        assertThat(outcome.summary().memberships()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a row's group each | whether invalid rows are left out | what is wrong
                "3-10 3-11 3-12 14-Mar 14-Mar | false | users 5 users 6",
                "3-10 14-Mar 3-11 3-12 14-Mar | true | users 3 users 6",
                "3-10 14-Mar | false | ''",
                "13-Mar 14-Mar 15-Mar 16-Mar | true | ''",
                "3-10 3-10 3-10 14-Mar | true | ''",
                "3-10 3-11 3-12 #d-2026 | false | users 5"
            })
    @DisplayName("have IDs that a spreadsheet made dates, which the other groups show")
    void dates(String ids, boolean skip, String wrong) throws IOException {
        PlanRules rules =
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, skip).withManySessions();
        SessionPlanner planner = planner(skip);
        rows(planner, ids);
        if (planner.mustReadAgain()) {
            planner = planner.readingAgain(rules);
            planner.memberships(false);
            rows(planner, ids);
        }
        String told = rejected(planner.finish());
        assertThat(told.replaceAll(" groups has a group whose external ID looks like a date[^;]*;?", ""))
                .isEqualTo(wrong);
    }

    /** Each row's person has a group; one with a {@code #} was made from a date. */
    private void rows(SessionPlanner planner, String ids) throws IOException {
        line = 1;
        for (String id : ids.split(" ")) {
            planner.begin(++line);
            planner.externalId("E-" + line);
            planner.beginProfile();
            char[] login = ("u" + line).toCharArray();
            planner.property("userName", login, 0, login.length);
            planner.endProfile();
            planner.memberOf(new GroupOfRow(id.replace("#", ""), "Group", "", id.startsWith("#")));
            planner.memberOf(group("all", "All", ""));
            planner.end();
        }
    }

    @Test
    @DisplayName("by a date are still invalid in a row that comes again as it was")
    void datesAgain() throws IOException {
        SessionPlanner planner = planner(false);
        for (String before : List.of("groups ", "externalId ")) {
            planner.begin(++line);
            planner.rejectedBefore(
                    before + (before.startsWith("groups") ? RowGroups.GROUP_ID : "") + DateIds.DATE.message());
            planner.externalId("E-" + line);
            planner.beginProfile();
            char[] login = ("u" + line).toCharArray();
            planner.property("userName", login, 0, login.length);
            planner.endProfile();
            planner.memberOf(group("14-Mar", "Group", ""));
            planner.end();
        }
        assertThat(rejected(planner.finish()))
                .startsWith("users 2 groups has a group whose external ID looks like a date")
                .doesNotContain("users 3");
    }

    @Test
    @DisplayName("tell rows of one person apart that are the same otherwise")
    void contradiction() throws IOException {
        for (boolean same : List.of(true, false)) {
            sessions.clear();
            SessionPlanner planner = planner(true);
            PlanRules rules = PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, true)
                    .withManySessions();
            for (int reading = 0; reading < 2; reading++) {
                line = 1;
                row(planner, "E-1", "a", "g-1/One", "g-2/Two");
                row(planner, "E-1", "a", same ? "g-2/Two" : "g-3/Three", "g-1/One");
                row(planner, "E-2", "a");
                if (reading == 0) {
                    assertThat(planner.mustReadAgain()).isTrue();
                    planner = planner.readingAgain(rules);
                    planner.memberships(false);
                }
            }
            PlanSummary summary = planner.finish().summary();
            assertThat(summary.users()).isEqualTo(same ? 2 : 1);
            assertThat(summary.memberships()).isEqualTo(same ? 2 : 0);
            assertThat(summary.rejections().records()).isEqualTo(same ? 0 : 2);
            assertThat(Stream.of(summary.repeated())).containsExactly(same ? 1 : 0);
        }
    }
}
