package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.GivenSettings;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The operations on sessions, when something in front of Okta answers")
class SessionsTest {

    private static final Deadline PLENTY = Deadline.in(Duration.ofMinutes(30));
    private static final OktaReply REFUSED = Answers.error(400, "E0000001", "Api validation failed: importSessionId");

    private static final class Scripted extends OktaExchange {
        private final Deque<OktaReply> replies = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();

        Scripted() {
            super(new OktaConnection(GivenSettings.with(), null), null);
        }

        @Override
        OktaReply.Answered execute(OktaCall call, Deadline deadline, Consumer<OktaReply> witness) {
            return Resending.execute(
                    call,
                    () -> {
                        sent.add(call.method());
                        OktaReply reply = replies.remove();
                        witness.accept(reply);
                        return reply;
                    },
                    refusal -> false,
                    deadline);
        }
    }

    private final Scripted okta = new Scripted();
    private final Sessions sessions = new Sessions(okta);

    private static OktaReply reply(String name) {
        return switch (name) {
            case "400" -> REFUSED;
            case "inactive" -> Answers.error(400, "E0000001", "Api validation failed: inactive app");
            case "403" -> Answers.error(403, "E0000006", "no");
            case "404" -> Answers.of(404, "{\"error\":\"not_found\"}");
            case "504", "200" -> Answers.page(Integer.parseInt(name));
            default -> Answers.of(200, session(name));
        };
    }

    private static String session(String status) {
        return "{\"id\":\"aps1\",\"status\":\"" + status + "\"}";
    }

    private void answering(String names) {
        for (String name : names.split(" ")) {
            okta.replies.add(reply(name));
        }
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    @ParameterizedTest
    @CsvSource({
        "400 CLOSED, SESSION_CONFLICT CLOSED",
        "504 400 CLOSED, ''",
        "504 400 TRIGGERED, SESSION_CONFLICT TRIGGERED",
        "504 400 EXPIRED, SESSION_CONFLICT EXPIRED",
        "inactive IN_PROGRESS, OKTA_REJECTED IN_PROGRESS",
        "200 IN_PROGRESS, OKTA_UNAVAILABLE null",
        "200 CLOSED, ''"
    })
    @DisplayName("a cancellation that an earlier attempt carried out is none that Okta refuses")
    void cancel(String answers, String failure) {
        answering(answers);
        if (failure.isEmpty()) {
            sessions.cancel("0oa1", "aps1", PLENTY);
        } else {
            Problem problem = problem(() -> sessions.cancel("0oa1", "aps1", PLENTY));
            assertThat(problem.type() + " " + problem.more().get("sessionStatus"))
                    .isEqualTo(failure);
        }
        assertThat(okta.replies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TRIGGERED, TRIGGERED",
        "504 400 TRIGGERED, TRIGGERED",
        "504 400 COMPLETED, COMPLETED",
        "504 400 IN_PROGRESS, SESSION_CONFLICT",
        "400, SESSION_CONFLICT",
        "200 TRIGGERED, TRIGGERED",
        "200 IN_PROGRESS, OKTA_UNAVAILABLE",
        "IN_PROGRESS IN_PROGRESS, OKTA_UNAVAILABLE"
    })
    @DisplayName("a start is what the session shows, whatever answered")
    void start(String answers, String result) {
        answering(answers);
        if (result.contains("_")) {
            assertThat(problem(() -> sessions.start("0oa1", "aps1", PLENTY)).type())
                    .isEqualTo(ProblemType.valueOf(result));
        } else {
            assertThat(sessions.start("0oa1", "aps1", PLENTY).status()).isEqualTo(result);
        }
        assertThat(okta.replies).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, true, OKTA_UNAVAILABLE, aps1 (CREATED)",
        "403, true, OKTA_UNAVAILABLE, List the sessions",
        "IN_PROGRESS, true, SESSION_CONFLICT, ''",
        "CREATED, false, SESSION_CONFLICT, ''"
    })
    @DisplayName("a session in the way may be the one that an earlier attempt created")
    void create(String listed, boolean gateway, ProblemType type, String says) {
        answering(gateway ? "504 400" : "400");
        OktaReply list = reply(listed);
        okta.replies.add(listed.equals("403") ? list : Answers.of(200, "[" + session(listed) + "]"));
        Problem problem = problem(() -> sessions.create("0oa1", PLENTY));
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.detail()).contains(says);
        assertThat(problem.more()).containsEntry("errorCode", "E0000001");
        if (!says.isEmpty()) {
            assertThat(problem.detail()).contains("may have been created");
            assertThat(problem.retryAfter()).isPresent();
        }
        if (says.contains("aps1")) {
            assertThat(problem.more())
                    .containsEntry("activeSessionId", "aps1")
                    .containsEntry("sessionStatus", "CREATED");
        }
    }

    @ParameterizedTest
    @CsvSource({"400, SESSION_NOT_FOUND", "inactive, OKTA_REJECTED"})
    @DisplayName("a session of an inactive application isn't unknown: it may still be there")
    void get(String answer, ProblemType type) {
        answering(answer);
        okta.replies.add(Answers.of(200, "[]"));
        assertThat(problem(() -> sessions.get("0oa1", "aps1", PLENTY)).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aps1/../../apps", "aps 1", "", "aps1?x"})
    @DisplayName("an ID that can't be part of a path is none of a session")
    void id(String id) {
        okta.replies.add(Answers.of(201, "{\"id\":\"" + id + "\",\"status\":\"CREATED\"}"));
        okta.replies.add(Answers.of(200, "[]"));
        assertThat(problem(() -> sessions.create("0oa1", PLENTY)).detail()).contains("not an import session");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, It would be aps1 (CREATED), aps1",
        "IN_PROGRESS, not an import session, ''",
        "403, List the sessions before creating another one, ''"
    })
    @DisplayName("a session whose answer a gateway has replaced is looked for, as after a failure of the gateway")
    void createdBehindAPage(String listed, String says, String active) {
        answering("200");
        OktaReply list = reply(listed);
        okta.replies.add(listed.equals("403") ? list : Answers.of(200, "[" + session(listed) + "]"));
        Problem problem = problem(() -> sessions.create("0oa1", PLENTY));
        assertThat(problem.type()).isEqualTo(ProblemType.OKTA_UNAVAILABLE);
        assertThat(problem.detail()).contains("OKTA_CLIENT_ORGURL", says);
        assertThat(problem.more().getOrDefault("activeSessionId", "")).isEqualTo(active);
        assertThat(problem.retryAfter()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"-3600, ''", "0, aps1"})
    @DisplayName(
            "a session that is older than the call is someone else's, and isn't offered as the one that it may have created")
    void older(long seconds, String active) {
        answering("200");
        okta.replies.add(Answers.of(
                200,
                "[{\"id\":\"aps1\",\"status\":\"CREATED\",\"created\":\""
                        + Instant.now().plusSeconds(seconds) + "\"}]"));
        assertThat(problem(() -> sessions.create("0oa1", PLENTY)).more().getOrDefault("activeSessionId", ""))
                .isEqualTo(active);
    }

    @Test
    @DisplayName("a gateway's JSON doesn't make a session unknown")
    void gatewaysJson() {
        answering("404");
        Problem problem = problem(() -> sessions.get("0oa1", "aps1", PLENTY));
        assertThat(problem.type()).isEqualTo(ProblemType.OKTA_UNAVAILABLE);
        assertThat(problem.more()).containsEntry("oktaStatus", 404).doesNotContainKey("errorCode");
    }
}
