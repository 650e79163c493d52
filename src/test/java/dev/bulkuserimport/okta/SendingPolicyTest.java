package dev.bulkuserimport.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.rules.BulkOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The decision about sending again")
class SendingPolicyTest {

    private static final OktaCall READ = OktaCall.getSession("0oa1", "aps1");
    private static final OktaCall UPLOAD = OktaCall.upload("0oa1", "aps1", BulkOperation.UPSERT_USERS, List.of());
    private static final OktaCall TOKEN = OktaCall.token("", "");
    private static final OktaReply NOT_SENT = new OktaReply.NotSent("no connection could be established");
    private static final OktaReply LOST = new OktaReply.Lost("no answer came in time");
    private static final Tried NOTHING = Tried.NOTHING;

    /** Always in the middle. */
    private final SendingPolicy policy = new SendingPolicy(() -> 0.5);

    static List<Arguments> table() {
        return List.of(
                // What came, to which call, after what; what follows.
                Arguments.of(Answers.of(202, ""), UPLOAD, NOTHING, "take"),
                Arguments.of(Answers.page(202), UPLOAD, NOTHING, "take"),
                Arguments.of(Answers.error(400, "E0000001", "Api validation failed"), UPLOAD, NOTHING, "take"),
                Arguments.of(Answers.error(404, "E0000007", "Not found"), READ, NOTHING, "take"),
                Arguments.of(Answers.page(404), READ, NOTHING, "over okta-unavailable OKTA_CLIENT_ORGURL"),
                Arguments.of(
                        Answers.of(404, "{\"error\":\"not_found\"}"),
                        UPLOAD,
                        NOTHING,
                        "over okta-unavailable OKTA_CLIENT_ORGURL"),
                Arguments.of(Answers.of(404, "{\"error\":\"not_found\"}"), TOKEN, NOTHING, "take"),
                Arguments.of(
                        Answers.of(403, "{\"error\":\"forbidden\"}"),
                        READ,
                        NOTHING,
                        "over okta-unauthorized in front of Okta"),
                Arguments.of(
                        Answers.of(403, "{\"error\":\"access_denied\"}"),
                        TOKEN,
                        NOTHING,
                        "over okta-unauthorized its own reason"),
                Arguments.of(Answers.of(404, ""), UPLOAD, NOTHING, "over okta-unavailable OKTA_CLIENT_ORGURL"),
                Arguments.of(
                        Answers.error(403, "E0000006", "no"),
                        READ,
                        NOTHING,
                        "over okta-unauthorized okta.identitySources.read"),
                Arguments.of(Answers.page(403), READ, NOTHING, "over okta-unauthorized in front of Okta"),
                Arguments.of(Answers.error(401, "E0000011", "Invalid token"), READ, NOTHING, "renew"),
                Arguments.of(
                        Answers.error(401, "E0000011", "Invalid token"),
                        UPLOAD,
                        NOTHING.withOlderCredential(true),
                        "again NEWER_CREDENTIAL 0"),
                Arguments.of(
                        Answers.error(401, "E0000015", "x"),
                        READ,
                        NOTHING,
                        "over okta-unauthorized Identity Source Apps"),
                Arguments.of(
                        Answers.error(403, "E0000015", "x"),
                        READ,
                        NOTHING,
                        "over okta-unauthorized Identity Source Apps"),
                Arguments.of(
                        Answers.error(400, "E0000015", "x"),
                        UPLOAD,
                        NOTHING,
                        "over okta-unauthorized Identity Source Apps"),
                Arguments.of(Answers.tooMany(100, 0, 7), UPLOAD, NOTHING, "again WINDOW 7275"),
                Arguments.of(Answers.tooMany(0, 0, 60), UPLOAD, NOTHING, "again CONCURRENCY 250"),
                Arguments.of(Answers.retryAfter(429, 3), UPLOAD, NOTHING, "again WINDOW 3000"),
                Arguments.of(
                        Answers.tooMany(100, 0, 7),
                        UPLOAD,
                        new Tried(0, 19, false),
                        "over okta-unavailable 20 times in a row"),
                Arguments.of(
                        Answers.error(403, "E0000143", "App instance operation not allowed."),
                        READ,
                        NOTHING,
                        "over okta-unauthorized inactive"),
                Arguments.of(
                        Answers.error(403, "E0000077", "Cannot modify the x attribute because it is read-only."),
                        UPLOAD,
                        NOTHING,
                        "over okta-unauthorized its own reason"),
                Arguments.of(
                        Answers.error(403, "E0000006", "no"), READ, NOTHING, "over okta-unauthorized network zone"),
                Arguments.of(Answers.error(403, "E0000006", "no"), READ, NOTHING, "over okta-unauthorized admin role"),
                Arguments.of(Answers.of(500, ""), UPLOAD, NOTHING, "again FAULT 250"),
                Arguments.of(Answers.of(502, "<html>"), UPLOAD, new Tried(1, 0, false), "again FAULT 500"),
                Arguments.of(Answers.retryAfter(503, 2), UPLOAD, NOTHING, "again FAULT 2000"),
                Arguments.of(Answers.of(503, ""), UPLOAD, new Tried(3, 9, false), "over okta-unavailable repeatedly"),
                Arguments.of(NOT_SENT, UPLOAD, NOTHING, "again FAULT 250"),
                Arguments.of(NOT_SENT, UPLOAD, new Tried(3, 0, false), "over okta-unavailable could not be reached"),
                Arguments.of(LOST, READ, NOTHING, "again FAULT 250"),
                Arguments.of(LOST, TOKEN, NOTHING, "again FAULT 250"),
                Arguments.of(LOST, UPLOAD, NOTHING, "over okta-unavailable may have carried it out"),
                Arguments.of(
                        LOST,
                        OktaCall.createSession("0oa1"),
                        NOTHING,
                        "over okta-unavailable may have carried it out"));
    }

    @ParameterizedTest
    @MethodSource("table")
    @DisplayName("follows from what came and what was tried")
    void decides(OktaReply reply, OktaCall call, Tried tried, String expected) {
        NextStep step = policy.decide(reply, call, tried);
        String[] words = expected.split(" ", 3);
        switch (words[0]) {
            case "take" -> assertThat(step).isEqualTo(new NextStep.Take((OktaReply.Answered) reply));
            case "renew" -> assertThat(step).isEqualTo(new NextStep.Renew((OktaReply.Answered) reply));
            case "again" ->
                assertThat(step)
                        .isEqualTo(new NextStep.SendAgain(
                                Duration.ofMillis(Long.parseLong(words[2])), NextStep.Reason.valueOf(words[1])));
            default -> {
                assertThat(step).isInstanceOf(NextStep.GiveUp.class);
                assertThat(((NextStep.GiveUp) step).problem().type().slug()).isEqualTo(words[1]);
                assertThat(((NextStep.GiveUp) step).problem().detail()).contains(words[2]);
            }
        }
    }

    @Test
    @DisplayName("names the scope alone where Okta says that nothing else is missing")
    void missingScope() {
        OktaReply.Answered refusal = OktaReply.Answered.of(
                403,
                Answers.error(403, "E0000006", "no").body(),
                name -> name.equals("WWW-Authenticate")
                        ? List.of("Bearer realm=\"x\", error=\"insufficient_scope\"")
                        : List.of(),
                Instant.now());
        assertThat(OktaProblems.unauthorized(OktaError.of(refusal), Optional.of(Scope.APPS_READ))
                        .detail())
                .contains("okta.apps.read")
                .doesNotContain("role", "zone");
    }

    @Test
    @DisplayName("names both reasons for which a token stops being valid")
    void invalidToken() {
        OktaError error = OktaError.of(Answers.error(401, "E0000011", "Invalid token provided"));
        assertThat(OktaProblems.unauthorized(error, Optional.empty()).detail())
                .contains("30 days", "deactivated", "OKTA_CLIENT_TOKEN");
    }

    @Test
    @DisplayName("takes a gateway's JSON with 401 for none of Okta's")
    void gateway() {
        OktaError error = OktaError.of(Answers.of(401, "{\"error\":\"unauthorized\"}"));
        assertThat(OktaProblems.unauthorized(error, UPLOAD.scope()).detail()).contains("in front of Okta");
    }

    @Test
    @DisplayName("counts faults and refusals apart")
    void counts() {
        Tried tried = NOTHING.and(NextStep.Reason.FAULT)
                .and(NextStep.Reason.WINDOW)
                .and(NextStep.Reason.CONCURRENCY)
                .and(NextStep.Reason.NEWER_CREDENTIAL);
        assertThat(tried).isEqualTo(new Tried(1, 2, false));
    }

    @Test
    @DisplayName("waits longer from fault to fault, and never so long as to be of no use")
    void backoff() {
        Duration last = Duration.ZERO;
        for (int failures = 1; failures < 100; failures++) {
            Duration delay = Backoff.delay(failures, () -> 1);
            assertThat(delay).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofSeconds(5));
            last = delay;
        }
        assertThat(Backoff.delay(1, () -> 0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    @DisplayName("says nothing of Okta's own words in a detail")
    void words() {
        OktaError error = OktaError.of(Answers.error(403, "E0000006", "isaac.brock@example.com must not"));
        assertThat(OktaProblems.unauthorized(error, Optional.of(Scope.APPS_READ))
                        .detail())
                .doesNotContain("isaac");
        assertThat(OktaProblems.rejected(error).detail()).doesNotContain("isaac");
        assertThat(OktaProblems.conflict(error).detail()).doesNotContain("isaac");
    }
}
