package dev.bulkuserimport.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.report.FileSession;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.upload.Ranges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Groups and memberships")
class GroupPlanTest {

    private final List<SessionPlan> sessions = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private SessionPlanner planner(ImportOperation operation, boolean skip) {
        return new SessionPlanner(PlanRules.oneSession(operation, skip), new PlannedRequests(sessions, requests));
    }

    private static void user(SessionPlanner planner, String id) throws IOException {
        planner.begin(0);
        planner.externalId(id);
        if (planner.takesProfiles()) {
            planner.beginProfile();
            char[] name = ("u" + id).toCharArray();
            planner.property("userName", name, 0, name.length);
            planner.endProfile();
        }
        planner.end();
    }

    private static GroupRecord group(int index, String id, String... profile) {
        Map<String, Optional<String>> properties = new LinkedHashMap<>();
        for (int i = 0; i < profile.length; i += 2) {
            properties.put(profile[i], Optional.ofNullable(profile[i + 1]));
        }
        return new GroupRecord(index, Optional.ofNullable(id), properties, List.of());
    }

    private static MembershipRecord membership(int index, String group, String... members) {
        return new MembershipRecord(index, Optional.ofNullable(group), Arrays.asList(members), List.of());
    }

    private static String rejected(PlanOutcome outcome) {
        return outcome.summary().rejections().errors().stream()
                .map(error -> error.kind().map(BulkOperation.Kind::label).orElse("?") + " " + error.index() + " "
                        + error.field().orElse("") + " " + error.message())
                .collect(Collectors.joining("; "));
    }

    @Test
    @DisplayName("go behind the users, whatever their order in the source")
    void upserts() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        planner.membership(membership(0, "g-1", "E-1", "E-\"2"));
        planner.group(group(0, "g-1", "displayName", "Sales", "description", null));
        user(planner, "E-1");
        planner.group(group(1, "g-2", "displayName", "R&D"));
        PlanSummary summary = planner.finish().summary();
        assertThat(requests)
                .containsExactly(
                        "UPSERT_USERS {\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"uE-1\"}}]}",
                        "UPSERT_GROUPS {\"profiles\":[{\"externalId\":\"g-1\",\"profile\":{\"displayName\":\"Sales\",\"description\":null}},{\"externalId\":\"g-2\",\"profile\":{\"displayName\":\"R&D\"}}]}",
                        "UPSERT_MEMBERSHIPS {\"memberships\":[{\"groupExternalId\":\"g-1\",\"memberExternalIds\":[\"E-1\",\"E-\\\"2\"]}]}");
        assertThat(summary.users()).isEqualTo(1);
        assertThat(summary.groups()).isEqualTo(2);
        assertThat(summary.memberships()).isEqualTo(2);
        assertThat(summary.records()).isEqualTo(4);
        assertThat(sessions.get(0).users()).isEqualTo(1);
    }

    @Test
    @DisplayName("are removed before the users, with nothing but their IDs")
    void deletes() throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, false);
        user(planner, "E-1");
        planner.group(group(0, "g-1"));
        planner.group(group(1, "g-\u00e9"));
        planner.membership(membership(0, "g-1", "E-1"));
        planner.finish();
        assertThat(requests)
                .containsExactly(
                        "DELETE_MEMBERSHIPS {\"memberships\":[{\"groupExternalId\":\"g-1\",\"memberExternalIds\":[\"E-1\"]}]}",
                        "DELETE_GROUPS {\"externalIds\":[\"g-1\",\"g-\u00e9\"]}",
                        "DELETE_USERS {\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"E-1\"}]}");
    }

    @Test
    @DisplayName("are removed before the users in the sessions of a large file too")
    void deletesOverSessions() throws IOException {
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.DEACTIVATE_AND_DELETE, false)
                        .withManySessions(),
                new PlannedRequests(sessions, requests));
        planner.group(group(0, "g-1"));
        planner.membership(membership(0, "g-1", "E-0"));
        for (int i = 0; i < 10_001; i++) {
            user(planner, "E-" + i);
        }
        PlanSummary summary = planner.finish().summary();
        assertThat(summary.users()).isEqualTo(10_001);
        assertThat(sessions).hasSize(2);
        assertThat(sessions)
                .flatExtracting(session -> session.requests().stream()
                        .map(request -> session.number() + " " + request.operation())
                        .distinct()
                        .toList())
                .containsExactly("1 DELETE_MEMBERSHIPS", "1 DELETE_GROUPS", "1 DELETE_USERS", "2 DELETE_USERS");
        assertThat(sessions.get(1).lastPlace(0, sessions.get(1).users())).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the groups' IDs | those that are refused
                "3-10 3-11 3-12 14-Mar | groups 3 externalId looks like a date in a spreadsheet",
                "3-10 3-11 14-Mar | ''",
                "13-Mar 14-Mar 15-Mar 16-Mar | ''",
                "3-10 3-11 3-12 13-Mar 14-Mar | ''"
            })
    @DisplayName("are invalid by an ID that a spreadsheet made a date, which the others show")
    void dates(String ids, String error) throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        int index = 0;
        for (String id : ids.split(" ")) {
            planner.group(group(index, id, "displayName", "Sales"));
            planner.membership(membership(index++, id, "E-1"));
        }
        String rejected = rejected(planner.finish());
        if (error.isEmpty()) {
            assertThat(rejected).isEmpty();
        } else {
            assertThat(rejected).startsWith(error).doesNotContain("memberships");
        }
    }

    @Test
    @DisplayName("are invalid likewise where only memberships name them")
    void datesOfMemberships() throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, true);
        for (String id : List.of("3-10", "3-11", "3-12", "14-Mar")) {
            planner.membership(membership(0, id, "E-1"));
        }
        PlanOutcome outcome = planner.finish();
        assertThat(rejected(outcome)).startsWith("memberships 0 groupExternalId looks like a date");
        assertThat(outcome.summary().memberships()).isEqualTo(3);
    }

    @Test
    @DisplayName("are counted by their kind however many are invalid, although not all of their errors are kept")
    void manyInvalid() throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, true);
        user(planner, "E-1");
        planner.group(group(0, null));
        for (int i = 0; i < 12_000; i++) {
            planner.membership(membership(i, null, "E-2"));
        }
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.errors()).hasSize(Rejections.KEPT_RECORDS);
        assertThat(rejections.users()).isZero();
        assertThat(rejections.groups()).isEqualTo(1);
        assertThat(rejections.memberships()).isEqualTo(12_000);
    }

    @ParameterizedTest
    @CsvSource({"true, 3", "false, 3", "true, 0"})
    @DisplayName("refused with their users leave these counted, although none is in a session yet")
    void refusedUsers(boolean invalid, int users) throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, false);
        planner.group(group(0, invalid ? null : "g-1"));
        for (int i = 0; i < users; i++) {
            user(planner, "E-" + i);
        }
        PlanOutcome outcome = planner.finish();
        assertThat(outcome instanceof PlanOutcome.Refused).isEqualTo(invalid);
        assertThat(outcome.summary().users()).isEqualTo(users);
        assertThat(outcome.summary().deactivations()).isEqualTo(users);
    }

    @Test
    @DisplayName("that are too many with their users refuse as such, not by an invalid one among them")
    void tooManyLeavers() throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, false);
        planner.group(group(0, null));
        for (int i = 0; i < 10_001; i++) {
            user(planner, "E-" + i);
        }
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        assertThat(refused.problem().type().slug()).isEqualTo("session-limit-exceeded");
    }

    @Test
    @DisplayName("lose the members that the source removes, without those whom it deactivates")
    void removals() throws IOException {
        SessionPlanner planner = planner(ImportOperation.DEACTIVATE_AND_DELETE, false);
        user(planner, "E-1");
        planner.membership(membership(0, "g-1", "E-1", "E-2", "E-3"));
        planner.membership(membership(1, "g-2", "E-1"));
        planner.membership(membership(2, "g-1", "E-4"));
        assertThat(planner.finish().summary().removals())
                .containsExactly(new GroupRemovals("g-1", 3, OptionalInt.empty()));
        SessionPlanner joining = planner(ImportOperation.CREATE_AND_UPDATE, false);
        joining.membership(membership(0, "g-1", "E-2"));
        assertThat(joining.finish().summary().removals()).isEmpty();
    }

    @Test
    @DisplayName("that sessions cut are listed with the members between which each session's lie")
    void cutBySessions() throws IOException {
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withManySessions(),
                new PlannedRequests(sessions, requests));
        String[] members = new String[60_000];
        for (int i = 0; i < members.length; i++) {
            members[i] = "E-" + i + "x".repeat(190);
        }
        planner.membership(membership(0, "g-1", members));
        planner.finish();
        assertThat(sessions).hasSizeGreaterThan(1);
        for (SessionPlan session : sessions) {
            List<NotImported> ranges =
                    FileSession.planned(session, Optional.empty()).ranges(NotImported.Outcome.NOT_SENT);
            assertThat(ranges).isEqualTo(Ranges.all(session, NotImported.Outcome.NOT_SENT));
            assertThat(ranges.get(0).memberRange()).isPresent();
        }
    }

    @Test
    @DisplayName("need no users")
    void alone() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        planner.membership(membership(0, "g-1", "E-1"));
        assertThat(planner.finish()).isInstanceOf(PlanOutcome.Planned.class);
        assertThat(sessions.get(0).users()).isZero();
        assertThat(sessions.get(0).isMixed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1000, 4, 2", "30000, 10, 3", "30000, 250, 41"})
    @DisplayName("are cut into as few requests as the bytes allow, each member once")
    void cut(int members, int length, int most) throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String[] ids = new String[members / 3];
            for (int j = 0; j < ids.length; j++) {
                ids[j] = String.format("%0" + length + "d", i * ids.length + j);
                expected.add("g-" + i + "/" + ids[j]);
            }
            planner.membership(membership(i, "g-" + i, ids));
        }
        PlanSummary summary = planner.finish().summary();
        assertThat(summary.memberships()).isEqualTo(expected.size());
        assertThat(requestCount()).isLessThanOrEqualTo(most);
        List<String> sent = new ArrayList<>();
        SessionPlan plan = sessions.get(0);
        int pairs = 0;
        for (BulkRequest request : plan.requests()) {
            PlannedRequests.json(plan, request).path("memberships").forEach(item -> item.path("memberExternalIds")
                    .forEach(member -> sent.add(item.path("groupExternalId").asText() + "/" + member.asText())));
            pairs += plan.memberships(request);
        }
        assertThat(sent).containsExactlyElementsOf(expected);
        assertThat(pairs).isEqualTo(expected.size());
        for (int i = 1; i < plan.requests().size(); i++) {
            BulkRequest before = plan.requests().get(i - 1);
            assertThat(before.bodyBytes()).isGreaterThan(199_000 - length);
            SessionPlan.Members end =
                    plan.members(before.firstRecord() + before.items() - 1).orElseThrow();
            SessionPlan.Members begin =
                    plan.members(plan.requests().get(i).firstRecord()).orElseThrow();
            assertThat(begin.first()).isEqualTo(end.isCut() && end.last() + 1 < members / 3 ? end.last() + 1 : 0);
        }
    }

    @Test
    @DisplayName("are at most 200 items a request, whatever usersPerPage says")
    void items() throws IOException {
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withUsersPerPage(1),
                new PlannedRequests(sessions, requests));
        user(planner, "E-1");
        user(planner, "E-2");
        for (int i = 0; i < 201; i++) {
            planner.group(group(i, "g-" + i, "displayName", "Group " + i));
            planner.membership(membership(i, "g-" + i, "E-1"));
        }
        planner.finish();
        assertThat(sessions.get(0).requests())
                .extracting(request -> request.operation().kind().label() + " " + request.items())
                .containsExactly("users 1", "users 1", "groups 200", "groups 1", "memberships 200", "memberships 1");
    }

    @Test
    @DisplayName("share the session's 50 requests with the users")
    void tooMany() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        for (int i = 0; i < 9_999; i++) {
            user(planner, "E-" + i);
        }
        planner.group(group(0, "g-1", "displayName", "Sales"));
        PlanOutcome.Refused refused = (PlanOutcome.Refused) planner.finish();
        assertThat(refused.problem().type().slug()).isEqualTo("session-limit-exceeded");
        assertThat(refused.problem().detail())
                .startsWith("9999 users, 1 group and 0 memberships need 51 bulk requests");
        assertThat(sessions).isEmpty();
    }

    @Test
    @DisplayName("are held to Okta's rules, each error with its kind")
    void invalid() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        user(planner, " E-1");
        planner.group(group(0, null, "displayName", "Sales"));
        planner.group(group(1, "x".repeat(256), "displayName", "Sales"));
        planner.group(group(2, "#REF!", "displayName", "Sales"));
        planner.group(group(3, "g-3"));
        planner.group(group(4, "g-4", "displayName", null));
        planner.group(group(5, "g-5", "displayName", " "));
        planner.group(group(6, "g-6", "displayName", "d".repeat(256)));
        planner.group(group(7, "g-7", "displayName", "Sales", "description", "d".repeat(1_025)));
        planner.group(group(8, "g-8", "displayName", "Sales", "owner", "Ana"));
        planner.group(group(9, "g-9", "displayName", "Sal\uFFFDs"));
        planner.membership(membership(0, null, "E-1"));
        planner.membership(membership(1, "g-1"));
        planner.membership(membership(2, "g-1", "E-1", "x".repeat(256)));
        planner.membership(membership(3, "g-1", "NULL"));
        planner.membership(new MembershipRecord(
                4, Optional.empty(), List.of(), List.of(FieldFault.of("memberExternalIds", "must be an array"))));
        PlanOutcome outcome = planner.finish();
        assertThat(outcome).isInstanceOf(PlanOutcome.Refused.class);
        assertThat(((PlanOutcome.Refused) outcome).problem().detail()).startsWith("16 errors in 16 of 16 records; ");
        assertThat(rejected(outcome).split("; (?=users|groups|memberships)"))
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("users 0 externalId begins with white space"),
                        error -> assertThat(error).startsWith("groups 0 externalId is missing"),
                        error -> assertThat(error)
                                .startsWith("groups 1 externalId has 256 characters; Okta accepts at most 255"),
                        error -> assertThat(error).startsWith("groups 2 externalId is a spreadsheet formula error"),
                        error -> assertThat(error).startsWith("groups 3 displayName is missing"),
                        error -> assertThat(error).startsWith("groups 4 displayName can't be null"),
                        error -> assertThat(error)
                                .startsWith("groups 5 displayName has 0 characters; Okta accepts 1 to 255"),
                        error -> assertThat(error).startsWith("groups 6 displayName has 256 characters"),
                        error -> assertThat(error)
                                .startsWith("groups 7 description has 1025 characters; Okta accepts at most 1024"),
                        error -> assertThat(error)
                                .startsWith("groups 8 profile contains a property that groups don't have"),
                        error -> assertThat(error).startsWith("groups 9 displayName contains U+FFFD"),
                        error -> assertThat(error).startsWith("memberships 0 groupExternalId is missing"),
                        error -> assertThat(error).startsWith("memberships 1 memberExternalIds is empty"),
                        error -> assertThat(error)
                                .startsWith(
                                        "memberships 2 memberExternalIds has a member whose external ID has 256 characters;"
                                                + " Okta accepts at most 255 for groups and their members"),
                        error -> assertThat(error)
                                .startsWith(
                                        "memberships 3 memberExternalIds has a member whose external ID is a placeholder"),
                        error -> assertThat(error).startsWith("memberships 4 memberExternalIds must be an array"));
        Rejections rejections = outcome.summary().rejections();
        assertThat(rejections.listed().get(0)).containsEntry("kind", "users");
        assertThat(rejections.listedKinds()).allSatisfy(kind -> assertThat(kind).containsKey("kind"));
        assertThat(rejections.errors().get(1).externalId()).isEmpty();
        assertThat(rejections.errors().get(4).externalId()).contains("g-3");
    }

    @Test
    @DisplayName("with an ID that is too long don't print it, and count as one kind however long it is")
    void tooLongIds() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        planner.group(group(0, "x".repeat(256), "displayName", "Sales"));
        planner.group(group(1, "x".repeat(600), "displayName", "Sales"));
        planner.group(group(2, "x".repeat(601), "displayName", "Sales"));
        planner.group(group(3, "x".repeat(255), "displayName", ""));
        planner.membership(membership(0, "y".repeat(300), "E-1"));
        Rejections rejections = planner.finish().summary().rejections();
        assertThat(rejections.errors())
                .extracting(error -> error.externalId().map(String::length).orElse(0))
                .containsExactly(0, 0, 0, 255, 0);
        assertThat(rejections.kinds())
                .filteredOn(kind -> kind.message().contains("at most 512"))
                .extracting(ErrorKind::count)
                .containsExactly(2);
    }

    @Test
    @DisplayName("are invalid where one occurs twice, and the error names the first one's place")
    void twice() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, false);
        planner.group(group(0, "g-1", "displayName", "Sales"));
        planner.group(group(1, "g-1", "displayName", "Sales"));
        planner.membership(membership(0, "g-1", "E-1", "E-2"));
        planner.membership(membership(1, "g-1", "E-3", "E-2"));
        planner.membership(membership(2, "g-2", "E-2", "E-2"));
        assertThat(rejected(planner.finish()))
                .contains("groups 1 externalId is also the externalId of an earlier group (index 0)")
                .contains("memberships 1 memberExternalIds names a member of the group who is already named (index 0)")
                .contains("memberships 2 memberExternalIds names a member of the group who is already named (index 2)");
    }

    @Test
    @DisplayName("are left out where they contradict each other, and count as one where they are equal")
    void skips() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, true);
        planner.group(group(0, "g-1", "displayName", "Sales"));
        planner.group(group(1, "g-1", "displayName", "Sales"));
        planner.group(group(2, "g-2", "displayName", "R&D"));
        planner.group(group(3, "g-2", "displayName", "Research"));
        planner.membership(membership(0, "g-1", "E-1", "E-2"));
        planner.membership(membership(1, "g-1", "E-2", "E-3", "E-1"));
        planner.membership(membership(2, "g-2", "E-1"));
        planner.membership(membership(3, "g-1", "E-2"));
        PlanOutcome outcome = planner.finish();
        assertThat(outcome.summary().repeated()).isEqualTo(4);
        assertThat(outcome.summary().memberships()).isEqualTo(3);
        assertThat(rejected(outcome))
                .contains("groups 2 externalId is also the externalId of a later group (index 3)")
                .contains("groups 3 externalId is also the externalId of an earlier group (index 2)")
                .contains("memberships 2 groupExternalId is the ID of an invalid group");
        assertThat(requests.get(1))
                .isEqualTo(
                        "UPSERT_MEMBERSHIPS {\"memberships\":[{\"groupExternalId\":\"g-1\",\"memberExternalIds\":[\"E-1\",\"E-2\"]},"
                                + "{\"groupExternalId\":\"g-1\",\"memberExternalIds\":[\"E-3\"]}]}");
        assertThat(requests).hasSize(2);
    }

    @Test
    @DisplayName("leave no plan where none is left")
    void noneLeft() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, true);
        planner.group(group(0, "g-1"));
        assertThat(planner.finish()).isInstanceOf(PlanOutcome.Refused.class);
    }

    @Test
    @DisplayName("of 10,000 users in 300 groups take hardly more requests than the bytes need")
    void lowerBound() throws IOException {
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withManySessions(),
                new PlannedRequests(sessions, requests));
        for (int i = 0; i < 9_000; i++) {
            user(planner, "E-" + i);
        }
        long bytes = 0;
        for (int g = 0; g < 300; g++) {
            planner.group(group(g, "dept-" + g, "displayName", "Department " + g));
            int first = g * 30;
            String[] members = IntStream.range(0, 133)
                    .mapToObj(i -> "E-" + (first + i) % 9_000)
                    .toArray(String[]::new);
            planner.membership(membership(g, "dept-" + g, members));
            bytes += 45 + Arrays.stream(members).mapToInt(id -> id.length() + 3).sum();
        }
        planner.finish();
        long bound = 45 + 2 + Math.max(2, (bytes + 199_999) / 200_000);
        assertThat(requestCount()).isLessThanOrEqualTo((int) bound + 2);
        assertThat(new TreeSet<>(sessions.stream().map(SessionPlan::users).toList()))
                .contains(9_000);
    }

    @Test
    @DisplayName("lose the members whose users are left out, and keep the others")
    void rejectedUsers() throws IOException {
        SessionPlanner planner = planner(ImportOperation.CREATE_AND_UPDATE, true);
        planner.membership(membership(0, "g-1", "E-1", "E-2", "E-3", "E-4"));
        planner.membership(membership(1, "g-2", "E-2"));
        user(planner, "E-1");
        planner.begin(0);
        planner.externalId("E-2");
        planner.noProfile();
        planner.end();
        user(planner, "E-3");
        PlanOutcome outcome = planner.finish();
        assertThat(requests)
                .last()
                .isEqualTo(
                        "UPSERT_MEMBERSHIPS {\"memberships\":[{\"groupExternalId\":\"g-1\",\"memberExternalIds\":[\"E-1\",\"E-3\",\"E-4\"]}]}");
        assertThat(outcome.summary().memberships()).isEqualTo(3);
        assertThat(rejected(outcome))
                .contains("memberships 0 memberExternalIds names 1 whose users are invalid; the other members are sent")
                .contains("memberships 1 memberExternalIds names 1 whose users are invalid");
    }

    private int requestCount() {
        return sessions.stream().mapToInt(session -> session.requests().size()).sum();
    }
}
