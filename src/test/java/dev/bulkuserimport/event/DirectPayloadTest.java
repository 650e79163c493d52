package dev.bulkuserimport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.RecordSource;
import dev.bulkuserimport.plan.SchemaKnowledge;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.source.ImportDefaults;
import dev.bulkuserimport.source.PayloadReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The memory of a direct payload")
class DirectPayloadTest {

    /** Two chunks of an event and more. */
    private static final int USERS = 4_000;

    private static final String OPTIONS =
            "'applicationId':'0oaDirect','sessionId':'aps1','importOperation':'CREATE_AND_UPDATE'";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + OPTIONS + ",'users':[USERS]}",
                "{'note':{'users':[]}," + OPTIONS + ",'usersPerPage':100,'users' : [USERS] }\n",
                "{" + OPTIONS + ",'\\u0075sers':[USERS]}"
            })
    @DisplayName("becomes that of its requests where the users come last")
    void givenBack(String payload) throws IOException {
        ByteChunks event = event(payload);
        assertThat(planned(event)).isEqualTo(USERS);
        assertThatThrownBy(() -> event.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        event.release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + OPTIONS + ",'users':[USERS],'usersPerPage':100}",
                "{" + OPTIONS + ",'users':[USERS],'note':0}",
                "{'applicationId':'0oaDirect','sessionId':'aps1','users':[USERS],'importOperation':'CREATE_AND_UPDATE'}",
                "{" + OPTIONS + ",'mapping':{'externalId':'externalId','profile':{'userName':'userName'},"
                        + "'file':{'list':'people'}},'people':[MAPPED],'usersPerPage':100,'users':[]}",
                "{" + OPTIONS + ",'people':[MAPPED],'mapping':{'externalId':'externalId',"
                        + "'profile':{'userName':'userName'},'file':{'list':'people'}},'users':[]}"
            })
    @DisplayName("stays where something behind the users may have them read again")
    void kept(String payload) throws IOException {
        ByteChunks event = event(payload);
        assertThat(planned(event)).isEqualTo(USERS);
        assertThat(event.get(0)).isEqualTo((byte) '{');
        event.release();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + OPTIONS + ",'users':[USERS],'users':[USERS]}",
                "{" + OPTIONS + ",'users':[USERS]} and more",
                "{" + OPTIONS + ",'users':[USERS",
                "{" + OPTIONS + ",'users':[USERS}]"
            })
    @DisplayName("is of no matter to what is refused")
    void refused(String payload) throws IOException {
        ByteChunks event = event(payload);
        assertThatThrownBy(() -> planned(event)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().type())
                .isEqualTo(ProblemType.MALFORMED_PAYLOAD));
        event.release();
    }

    private static ByteChunks event(String payload) {
        String users = users("{'externalId':'E-%d','profile':{'userName':'user%d@example.com','title':'"
                + "Senior Engineer for Identity and Access Management, Frankfurt am Main, Germany" + "'}}");
        String mapped = users("{'externalId':'E-%d','userName':'user%d@example.com','title':'"
                + "Senior Engineer for Identity and Access Management, Frankfurt am Main, Germany" + "'}");
        return ByteChunks.of(payload.replace("USERS", users)
                .replace("MAPPED", mapped)
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String users(String form) {
        return IntStream.range(0, USERS).mapToObj(i -> form.formatted(i, i)).collect(Collectors.joining(","));
    }

    /** How many users are planned, as the function would. */
    private static int planned(ByteChunks event) throws IOException {
        Event.DirectImport direct = (Event.DirectImport) EventReader.read(event);
        int[] users = {0};
        try (RecordSource source = new PayloadReader(direct.payload(), ImportDefaults.NONE)) {
            RecordSource.Reading reading;
            var preface = source.preface();
            do {
                users[0] = 0;
                SessionPlanner planner = new SessionPlanner(
                        PlanRules.oneSession(preface.operation(), false).withUsersPerPage(preface.usersPerPage()),
                        session -> {
                            users[0] = session.users();
                            session.release();
                        });
                reading = source.read(planner, SchemaKnowledge.NOT_ASKED);
                if (reading instanceof RecordSource.Reading.Again again) {
                    preface = again.preface();
                } else {
                    planner.finish();
                }
            } while (reading instanceof RecordSource.Reading.Again);
        }
        return users[0];
    }
}
