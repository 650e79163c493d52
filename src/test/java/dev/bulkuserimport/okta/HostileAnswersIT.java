package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.Constraint;
import dev.bulkuserimport.support.OktaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
@DisplayName("Answers that are not what they should be")
class HostileAnswersIT {

    private static final String APP = "0oaHostile";

    @Inject
    Sessions sessions;

    @Inject
    ApplicationUsers applicationUsers;

    @Inject
    ApplicationSchemas schemas;

    EmbeddedOkta okta;

    @BeforeEach
    void reset() {
        okta.reset();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    private static Fault page(String body, String after) {
        return Fault.answer(200, "application/json", body)
                .on("/users")
                .withHeader("Link: <http://127.0.0.1/api/v1/apps/" + APP + "/users?after=" + after + ">; rel=\"next\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>started</html>", "[1]"})
    @DisplayName("a session that was started without being shown is looked up")
    void started(String body) {
        String session = okta.newSession(APP).id();
        okta.session(session).status("TRIGGERED");
        okta.fault(Fault.answer(200, "text/html", body).on("start-import"));
        assertThat(sessions.start(APP, session, soon()).status()).isIn("TRIGGERED", "COMPLETED");
    }

    @Test
    @DisplayName("a session that is cancelled by a page of HTML is looked up, and cancelled only if it is")
    void cancelled() {
        String session = okta.newSession(APP).id();
        okta.fault(Fault.page(202).on("DELETE "));
        assertThatThrownBy(() -> sessions.cancel(APP, session, soon())).hasMessageContaining("okta-unavailable");
        assertThat(okta.session(session).status()).isEqualTo("CREATED");
        okta.fault(Fault.page(202).on("DELETE ").carriedOut());
        sessions.cancel(APP, session, soon());
        assertThat(okta.session(session).status()).isEqualTo("CLOSED");
    }

    @Test
    @DisplayName("an unknown session is one, whether Okta says 404 as in its reference or 400 as in its guide")
    void unknownSession() {
        okta.newSession(APP);
        for (boolean bad : new boolean[] {false, true}) {
            okta.unknownSessionsAreBad(bad);
            assertThatThrownBy(() -> sessions.get(APP, "apsNobody", soon())).hasMessageContaining("session-not-found");
            assertThatThrownBy(() -> sessions.cancel(APP, "apsNobody", soon()))
                    .hasMessageContaining("session-not-found");
        }
    }

    @Test
    @DisplayName("a session that can't be cancelled any more is named with its status")
    void notCancelled() {
        String session = okta.newSession(APP).id();
        okta.session(session).status("CLOSED");
        assertThatThrownBy(() -> sessions.cancel(APP, session, soon()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.SESSION_CONFLICT);
                    assertThat(e.problem().more()).containsEntry("sessionStatus", "CLOSED");
                });
    }

    @Test
    @DisplayName("a page with 400 from something in front of Okta is no session in the way")
    void badRequestOfGateway() {
        String session = okta.newSession(APP).id();
        okta.fault(Fault.page(400).on("identity-sources").times(9));
        assertThatThrownBy(() -> sessions.create(APP, soon())).hasMessageContaining("okta-rejected");
        assertThatThrownBy(() -> sessions.start(APP, session, soon())).hasMessageContaining("okta-rejected");
        assertThatThrownBy(() -> sessions.list(APP, soon())).hasMessageContaining("okta-rejected");
        assertThatThrownBy(() -> sessions.get(APP, session, soon())).hasMessageContaining("okta-rejected");
        assertThatThrownBy(() -> sessions.cancel(APP, session, soon())).hasMessageContaining("okta-rejected");
    }

    @Test
    @DisplayName("an inactive application is no session in the way: trying again doesn't help")
    void inactiveApplication() {
        okta.application("0oaAsleep", "Asleep", "INACTIVE");
        assertThatThrownBy(() -> sessions.create("0oaAsleep", soon()))
                .hasMessageContaining("okta-rejected")
                .hasMessageContaining("inactive");
    }

    @Test
    @DisplayName("a schema without definitions stays one")
    void schemaWithoutDefinitions() {
        okta.fault(Fault.answer(200, "application/json", "{\"id\":\"x\"}").on("/schemas/"));
        assertThatThrownBy(() -> schemas.get(APP, soon()))
                .hasMessageContaining("okta-rejected")
                .hasMessageContaining("no definitions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "18446744073709551616", "-1"})
    @DisplayName("a schema's length that no text can have allows every text")
    void longLength(String most) {
        okta.fault(Fault.answer(
                        200,
                        "application/json",
                        "{\"definitions\":{\"base\":{\"properties\":{\"userName\":{\"minLength\":-1,\"maxLength\":"
                                + most + "}}}}}")
                .on("/schemas/"));
        Constraint constraint = schemas.get(APP, soon()).constraint("userName");
        assertThat(constraint.minLength()).isZero();
        assertThat(constraint.maxLength()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    @DisplayName("application users are read page by page, without what nobody asked for")
    void users() {
        okta.fault(page(
                "[{\"id\":\"00u1\",\"externalId\":\"E-1\",\"status\":\"ACTIVE\",\"profile\":{\"x\":[{}],\"userName\":\"a@example.com\"},\"_links\":{}}]",
                "2"));
        okta.fault(Fault.answer(
                        200, "application/json", "[{\"status\":\"IMPORTED\",\"externalId\":null,\"profile\":null}]")
                .on("/users"));
        List<String> read = new ArrayList<>();
        applicationUsers.read(
                APP, user -> read.add(user.externalId() + " " + user.status() + " " + user.userName()), soon());
        assertThat(read)
                .containsExactly(
                        "Optional[E-1] ACTIVE Optional[a@example.com]", "Optional.empty IMPORTED Optional.empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", ""})
    @DisplayName("a list whose next page can't be found is no whole list")
    void next(String after) {
        okta.fault(page("[]", after).times(99));
        assertThatThrownBy(() -> applicationUsers.read(APP, user -> {}, soon())).hasMessageContaining("complete list");
    }

    @Test
    @DisplayName("a list that has no end is not followed for ever")
    void endless() {
        okta.fault(page("[]", "1").times(1));
        okta.fault(page("[]", "2").times(1));
        okta.fault(page("[]", "3").times(99));
        assertThatThrownBy(() -> applicationUsers.read(APP, user -> {}, soon())).hasMessageContaining("complete list");
        assertThat(okta.received()).hasSizeLessThan(10);
    }

    @Test
    @DisplayName("a list that leads back to one of its pages is read no further")
    void circle() {
        for (String after : new String[] {"A", "B", "C", "A"}) {
            okta.fault(page("[{\"externalId\":\"E-1\",\"status\":\"ACTIVE\"}]", after)
                    .times(1));
        }
        assertThatThrownBy(() -> applicationUsers.read(APP, user -> {}, soon())).hasMessageContaining("complete list");
        assertThat(okta.received()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[{\"externalId\":\"E-1\"", "<html>", ""})
    @DisplayName("a body that is no list of users is said to be none")
    void noList(String body) {
        okta.fault(Fault.answer(200, "application/json", body).on("/users"));
        assertThatThrownBy(() -> applicationUsers.read(APP, user -> {}, soon())).hasMessageContaining("not a list");
    }

    @Test
    @DisplayName("an answer of a gigabyte is read no further than an answer can be long")
    void flood() {
        okta.fault(new Fault(Fault.Kind.FLOOD, 200, null, line -> line.contains("/sessions"), 0, 99));
        assertThatThrownBy(() -> sessions.list(APP, soon())).hasMessageContaining("its answer is too large");
        okta.heal();
        okta.fault(new Fault(Fault.Kind.FLOOD, 403, null, line -> line.contains("/sessions"), 0, 99));
        assertThatThrownBy(() -> sessions.list(APP, soon()))
                .as("its status counts all the same")
                .hasMessageContaining("okta-unauthorized");
    }
}
