package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaGroups;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("An import with groups and memberships")
class GroupsIT {

    private static final String APP = "0oaGroupsTest";

    EmbeddedOkta okta;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        session = okta.newSession(APP);
    }

    private Payload payload() {
        return new Payload(APP, session.id())
                .users(0, 450)
                .with(
                        "groups",
                        List.of(
                                Map.of(
                                        "externalId",
                                        "dept-10",
                                        "profile",
                                        Map.of("displayName", "Sales", "description", "Department 10")),
                                Map.of("externalId", "dept-20", "profile", Map.of("displayName", "R&D"))))
                .with("memberships", List.of(members("dept-10", 0, 300), members("dept-20", 300, 450)));
    }

    private static Map<String, Object> members(String group, int from, int to) {
        return Map.of(
                "groupExternalId",
                group,
                "memberExternalIds",
                IntStream.range(from, to).mapToObj(Payload::id).toList());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("sends users, then groups, then memberships, wherever they are in the payload")
    void loads(boolean usersFirst) {
        Payload payload = payload();
        if (!usersFirst) {
            JsonNode users = payload.json().get("users");
            payload.without("users").with("users", users);
        }
        Lambda.Result result = Lambda.invoke(payload.toString());

        assertThat(result.json()).isEqualTo(Lambda.parse("""
                {"recordsImported":450,"groupsImported":2,"membershipsImported":450,"applicationId":"0oaGroupsTest",
                 "sessionId":"%s","importOperation":"CREATE_AND_UPDATE","requests":5}""".formatted(session.id())));
        assertThat(session.groups()).containsOnlyKeys("dept-10", "dept-20");
        assertThat(session.joins()).hasSize(450).contains("dept-10/E-299", "dept-20/E-300");
        List<String> uploads = okta.received().stream()
                .filter(call -> call.contains("/bulk-"))
                .map(call -> call.substring(call.lastIndexOf('/')))
                .toList();
        assertThat(uploads)
                .containsExactly(
                        "/bulk-upsert",
                        "/bulk-upsert",
                        "/bulk-upsert",
                        "/bulk-groups-upsert",
                        "/bulk-group-memberships-upsert");

        session.status("IN_PROGRESS");
        Lambda.invoke("{\"action\":\"startImport\",\"applicationId\":\"" + APP + "\",\"sessionId\":\"" + session.id()
                + "\"}");
        OktaGroups groups = okta.directoryOf(APP).groups();
        assertThat(groups.members("dept-10")).hasSize(300);
        assertThat(groups.members("dept-20")).hasSize(150);
    }

    @Test
    @DisplayName("removes memberships, then groups, then users")
    void deletes() {
        Lambda.invoke(payload().toString());
        Lambda.invoke("{\"action\":\"startImport\",\"applicationId\":\"" + APP + "\",\"sessionId\":\"" + session.id()
                + "\"}");
        okta.directoryOf(APP);
        OktaSession second = okta.newSession(APP);
        Lambda.Result result = Lambda.invoke(new Payload(APP, second.id())
                .deactivating()
                .users(0, 2)
                .with("groups", List.of(Map.of("externalId", "dept-20")))
                .with("memberships", List.of(members("dept-10", 0, 2), members("dept-20", 300, 450)))
                .toString());
        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(2);
        assertThat(result.json().path("groupsImported").asInt()).isEqualTo(1);
        assertThat(result.json().path("membershipsImported").asInt()).isEqualTo(152);
        assertThat(second.leaves()).hasSize(152);
        assertThat(second.groupDeletions()).containsExactly("dept-20");
        assertThat(second.deletions()).containsExactly("E-0", "E-1");
    }

    @Test
    @DisplayName("sends nothing in a dry run, and says what it would send")
    void dryRun() {
        Lambda.Result result = Lambda.invoke(payload().with("dryRun", true).toString());
        JsonNode plan = result.json().path("plan");
        assertThat(plan).hasSize(5);
        assertThat(plan.get(0).path("kind").asText()).isEqualTo("users");
        assertThat(plan.get(0).path("users").asInt()).isEqualTo(200);
        assertThat(plan.get(3).path("groups").asInt()).isEqualTo(2);
        assertThat(plan.get(4).path("memberships").asInt()).isEqualTo(450);
        assertThat(result.json().path("groupsImported").asInt()).isZero();
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("is refused because of an invalid group or membership, each error with its kind")
    void invalid() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .users(0, 1)
                .with("groups", List.of(Map.of("externalId", "g-1", "profile", Map.of("name", "Sales")), "g-2"))
                .with("memberships", List.of(Map.of("groupExternalId", "g-1", "memberExternalIds", "E-1")))
                .toString());
        assertProblem(result).is("invalid-users");
        assertThat(result.problem().path("errors"))
                .extracting(error -> error.path("kind").asText() + " " + error.path("index") + " "
                        + error.path("field").asText())
                .containsExactly(
                        "groups 0 displayName", "groups 0 profile", "groups 1 null", "memberships 0 memberExternalIds");
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("sends no membership after a group that Okta refused, and lists each kind by itself")
    void refused() {
        okta.fault(Fault.status(400).after(3));
        Lambda.Result result = Lambda.invoke(payload().toString());
        assertProblem(result).is("okta-rejected");
        JsonNode problem = result.problem();
        assertThat(problem.path("recordsImported").asInt()).isEqualTo(450);
        assertThat(problem.path("groupsImported").asInt()).isZero();
        assertThat(problem.path("membershipsImported").asInt()).isZero();
        assertThat(problem.path("notImported")).isEqualTo(Lambda.parse("""
                [{"kind":"groups","firstIndex":0,"lastIndex":1,"count":2,"outcome":"rejected"},
                 {"kind":"memberships","firstIndex":0,"lastIndex":1,"count":450,"outcome":"not-sent"}]"""));
        assertThat(session.joins()).isEmpty();
    }

    @Test
    @DisplayName("says of memberships that were cut between which members a range is")
    void cut() {
        String[] members = IntStream.range(0, 3_000)
                .mapToObj(i -> String.format("%0200d", i))
                .toArray(String[]::new);
        okta.fault(Fault.status(400).after(2));
        Payload payload = new Payload(APP, session.id())
                .with("groups", List.of(Map.of("externalId", "g", "profile", Map.of("displayName", "All"))));
        for (String member : members) {
            payload.user(
                    "{\"externalId\":\"" + member + "\",\"profile\":{\"userName\":\"" + member.substring(180) + "\"}}");
        }
        Lambda.Result result = Lambda.invoke(
                payload.with("memberships", List.of(Map.of("groupExternalId", "g", "memberExternalIds", members)))
                        .toString());
        JsonNode ranges = result.problem().path("notImported");
        assertThat(ranges.get(ranges.size() - 1)).isEqualTo(Lambda.parse("""
                {"kind":"memberships","firstIndex":0,"lastIndex":0,"count":3000,"firstMember":0,"lastMember":2999,
                 "outcome":"not-sent"}"""));
    }

    @Test
    @DisplayName("needs no users")
    void alone() {
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .without("users")
                .with("groups", List.of(Map.of("externalId", "g", "profile", Map.of("displayName", "All"))))
                .toString());
        assertThat(result.json().path("recordsImported").asInt()).isZero();
        assertThat(result.json().path("groupsImported").asInt()).isEqualTo(1);
        assertThat(session.groups()).containsOnlyKeys("g");
    }
}
