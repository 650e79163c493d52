package dev.bulkuserimport.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.plan.PlanOutcome;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.Preface;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.rules.ImportOperation;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload's fields in any order, and what is no payload. */
class PayloadReaderTest {

    private static final String OPTIONS =
            "\"applicationId\":\"0oaA\",\"importOperation\":\"Create & Update\",\"sessionId\":\"apsS\"";

    private static final String USERS =
            "\"users\":[{\"externalId\":\"E-1\",\"profile\":{\"userName\":\"a\"}},{\"externalId\":\"E-2\",\"profile\":{\"userName\":\"b\"}}]";

    /** What becomes of it: the requests that would be sent, or the problem. */
    private static String read(String payload) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (PayloadReader reader = new PayloadReader(json -> json.createParser(payload), ImportDefaults.NONE)) {
            Preface preface = reader.preface();
            while (true) {
                requests.set(0);
                SessionPlanner planner = new SessionPlanner(
                        PlanRules.oneSession(preface.operation(), false).withUsersPerPage(preface.usersPerPage()),
                        session -> requests.addAndGet(session.requests().size()));
                RecordSource.Reading reading = reader.read(planner);
                if (reading instanceof RecordSource.Reading.Again again) {
                    preface = again.preface();
                    continue;
                }
                return planner.finish() instanceof PlanOutcome.Refused refused
                        ? refused.problem().type().slug() + " "
                                + refused.problem().document()
                        : planner.records() + " users, " + requests + " requests";
            }
        } catch (ProblemException e) {
            return e.problem().type().slug() + " " + e.problem().document();
        }
    }

    @Test
    void fieldsInAnyOrder() throws IOException {
        assertThat(read("{" + OPTIONS + "," + USERS + "}")).isEqualTo("2 users, 1 requests");
        assertThat(read("{" + USERS + "," + OPTIONS + "}")).isEqualTo("2 users, 1 requests");
        assertThat(read("{" + OPTIONS + "," + USERS + ",\"usersPerPage\":1}")).isEqualTo("2 users, 2 requests");
        assertThat(read("{\"usersPerPage\":0.4," + USERS + "," + OPTIONS + "}")).isEqualTo("2 users, 2 requests");
    }

    @Test
    void groupsInAnyPlace() throws IOException {
        String groups =
                "\"groups\":[{\"externalId\":7,\"other\":{},\"profile\":{\"displayName\":\"Sales\",\"description\":null}}]";
        String memberships = "\"memberships\":[{\"memberExternalIds\":[\"E-1\",2],\"groupExternalId\":\"7\"}]";
        String all = groups + "," + memberships;
        assertThat(read("{" + OPTIONS + "," + USERS + "," + all + "}")).isEqualTo("2 users, 3 requests");
        assertThat(read("{" + all + "," + OPTIONS + "," + USERS + "}")).isEqualTo("2 users, 3 requests");
        assertThat(read("{" + memberships + "," + USERS + "," + groups + "," + OPTIONS + "}"))
                .isEqualTo("2 users, 3 requests");
        assertThat(read("{" + OPTIONS + "," + all + "}")).isEqualTo("0 users, 2 requests");
        assertThat(read("{" + OPTIONS + ",\"groups\":null,\"memberships\":[]}")).isEqualTo("0 users, 0 requests");
        assertThat(read("{" + OPTIONS + "," + all + "," + groups + "}")).startsWith("malformed-payload ");
        assertThat(read("{" + OPTIONS + ",\"groups\":{}}"))
                .startsWith("malformed-payload ")
                .contains("groups must be an array");
    }

    @ParameterizedTest
    @CsvSource({"users groups memberships", "memberships users groups", "groups memberships users"})
    void groupsOfAFileBeforeTheUsersWhomItRemoves(String fields) throws IOException {
        Map<String, String> values = Map.of(
                "users", "[{\"externalId\":\"E-1\"}]",
                "groups", "[{\"externalId\":\"g\"}]",
                "memberships", "[{\"groupExternalId\":\"g\",\"memberExternalIds\":[\"E-2\"]}]");
        String payload = Stream.of(fields.split(" "))
                .map(field -> ",\"" + field + "\":" + values.get(field))
                .collect(Collectors.joining(
                        "", "{\"applicationId\":\"0oaA\",\"importOperation\":\"DEACTIVATE_AND_DELETE\"", "}"));
        ImportDefaults file = new ImportDefaults(Optional.empty(), Optional.empty(), Optional.empty(), true, true);
        List<String> order = new ArrayList<>();
        try (PayloadReader reader = new PayloadReader(json -> json.createParser(payload), file)) {
            Preface preface = reader.preface();
            RecordSource.Reading reading;
            do {
                order.clear();
                reading = reader.read(ordered(preface.operation(), order), SchemaKnowledge.NOT_ASKED);
            } while (reading instanceof RecordSource.Reading.Again);
        }
        assertThat(order)
                .containsExactlyInAnyOrder("group", "membership", "user")
                .last()
                .isEqualTo("user");
    }

    /** Notes in which order the records come. */
    private static RecordSink ordered(ImportOperation operation, List<String> order) {
        SessionPlanner planner = new SessionPlanner(PlanRules.oneSession(operation, false), session -> {});
        return (RecordSink) Proxy.newProxyInstance(
                RecordSink.class.getClassLoader(), new Class<?>[] {RecordSink.class}, (proxy, method, arguments) -> {
                    if (Set.of("begin", "group", "membership").contains(method.getName())) {
                        order.add(method.getName().replace("begin", "user"));
                    }
                    return method.invoke(planner, arguments);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"groups\":[1] | groups, index=0, externalId=null, field=null, message=is not an object",
                "\"groups\":[{\"externalId\":\"g\",\"externalId\":\"h\",\"profile\":{\"displayName\":\"x\"}}] | occurs twice in the record",
                "\"groups\":[{\"externalId\":{},\"profile\":{\"displayName\":\"x\"}}] | field=externalId, message=is missing",
                "\"groups\":[{\"externalId\":\"g\",\"profile\":[]}] | field=profile, message=must be an object",
                "\"groups\":[{\"externalId\":\"g\",\"profile\":{\"displayName\":{}}}] | field=displayName, message=is an object",
                "\"groups\":[{\"externalId\":\"g\",\"profile\":{\"displayName\":\"x\",\"displayName\":\"y\"}}] | occurs"
                        + " twice in the profile",
                "\"groups\":[{\"externalId\":\"g\",\"profile\":null}] | field=displayName, message=is missing",
                "\"memberships\":[null] | memberships, index=0, externalId=null, field=null, message=is not an object",
                "\"memberships\":[{\"groupExternalId\":\"g\",\"memberExternalIds\":\"E-1\"}] | must be an array of external IDs",
                "\"memberships\":[{\"groupExternalId\":\"g\",\"memberExternalIds\":[\"E-1\",null,[]]}] | has a member"
                        + " that is not an external ID"
            })
    void brokenGroups(String fields, String message) throws IOException {
        assertThat(read("{" + OPTIONS + "," + fields + "}"))
                .startsWith("invalid-users ")
                .contains(message);
    }

    @Test
    void aMappingInAnyPlace() throws IOException {
        String mapping =
                "\"mapping\":{\"externalId\":\"nr\",\"profile\":{\"userName\":\"mail\"},\"file\":{\"list\":\"Report_Entry\"}}";
        String rows = "\"Report_Entry\":[{\"nr\":\"1\",\"mail\":\"a\"},{\"nr\":\"2\",\"mail\":\"b\"}]";
        assertThat(read("{" + OPTIONS + "," + mapping + "," + rows + "}")).isEqualTo("2 users, 1 requests");
        assertThat(read("{" + OPTIONS + "," + rows + "," + mapping + "}")).isEqualTo("2 users, 1 requests");
        assertThat(read("{" + rows + "," + mapping + "," + OPTIONS + "}")).isEqualTo("2 users, 1 requests");
        assertThat(read("{" + OPTIONS + "," + USERS.replace("externalId", "nr").replace("userName", "mail")
                        + ",\"mapping\":{\"externalId\":\"nr\",\"profile\":{\"userName\":\"none\"}}}"))
                .startsWith("invalid-request ")
                .contains("none");
    }

    @ParameterizedTest
    @CsvSource({"Users,Users (an array)", "profiles,profiles (an array)", "Report_Entry,Report_Entry (an array)"})
    void usersUnderAnotherName(String name, String told) throws IOException {
        assertThat(read("{" + OPTIONS + "," + USERS.replace("users", name) + "}"))
                .startsWith("invalid-request ")
                .contains(told)
                .doesNotContain("E-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"users\":null", ",\"users\":[]", ",\"comment\":\"x\""})
    void noUsersAreNoUsers(String more) throws IOException {
        assertThat(read("{" + OPTIONS + more + "}")).isEqualTo("0 users, 0 requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483648", "1e-2147483649", "0", "-1", "200.5", "\"ten\"", "1e999999999", "true"})
    void usersPerPage(String number) throws IOException {
        assertThat(read("{" + OPTIONS + "," + USERS + ",\"usersPerPage\":" + number + "}"))
                .matches("(?s)(invalid-request|malformed-payload) .*");
    }

    @Test
    void whatIsNoUserIsInvalidByItsIndex() throws IOException {
        assertThat(read("{" + OPTIONS + "," + USERS.replace("]", ",7]") + "}"))
                .startsWith("invalid-users ")
                .contains("index=2")
                .contains("errorCount=1");
    }

    @Test
    void snapshotsAreFilesOnly() throws IOException {
        assertThat(read("{" + OPTIONS.replace("Create & Update", "snapshot") + "," + USERS + "}"))
                .startsWith("invalid-request ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "5", "{", "{}x", "{\"users\":5}", "{\"users\":[],\"users\":[]}", "\u0000"})
    void whatIsNoPayload(String text) throws IOException {
        assertThat(read(text)).matches("(?s)(malformed-payload|invalid-request) .*");
    }

    @ParameterizedTest
    @CsvSource({"true, aps1", "false, ''"})
    void sessionOfAFileIsKnownBeforeItsUsersAreKept(boolean before, String known) throws IOException {
        String session = "\"sessionId\":\"aps1\"";
        String payload = "{" + (before ? session + "," + USERS : USERS + "," + session) + "}";
        ImportDefaults file = new ImportDefaults(
                Optional.of("0oa1"), Optional.of(ImportOperation.CREATE_AND_UPDATE), Optional.empty(), true, true);
        try (PayloadReader reader = new PayloadReader(json -> json.createParser(payload), file)) {
            Preface preface = reader.preface();
            assertThat(preface.sessionId().orElse("")).isEqualTo(known);
            SessionPlanner planner = new SessionPlanner(PlanRules.oneSession(preface.operation(), false), plan -> {});
            RecordSource.Reading reading = reader.read(planner);
            if (before) {
                assertThat(reading).isInstanceOf(RecordSource.Reading.Whole.class);
            } else {
                assertThat(((RecordSource.Reading.Again) reading).preface().sessionId())
                        .contains("aps1");
            }
        }
    }
}
