package dev.bulkuserimport.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.Sessions;
import dev.bulkuserimport.plan.GroupRecord;
import dev.bulkuserimport.plan.MembershipRecord;
import dev.bulkuserimport.plan.PlanRules;
import dev.bulkuserimport.plan.SessionPlan;
import dev.bulkuserimport.plan.SessionPlanner;
import dev.bulkuserimport.problem.NotImported;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.support.Eventually;
import dev.bulkuserimport.support.OktaResource;
import dev.bulkuserimport.support.Provoked;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(OktaResource.class)
@DisplayName("Whatever Okta does, every record is accounted for")
class FaultMatrixIT {

    private static final int REQUESTS = 6;
    private static final int USERS = 4;

    private static final boolean WHOLE = Integer.getInteger("soak", 0) >= 2_000;

    /** Imports with random faults. */
    private static final int IMPORTS = WHOLE ? 200 : 20;

    /** No machine is so slow. */
    private static final Deadline PLENTY = Deadline.in(Duration.ofMinutes(30));

    /** How long a test waits for a server that says nothing; whatever a slow machine gets done by then is accounted for. */
    private static final Duration SILENCE = Duration.ofMillis(800);

    @Inject
    OktaConnection connection;

    @Inject
    Credentials credentials;

    @Inject
    Sessions sessions;

    EmbeddedOkta okta;

    @BeforeEach
    void reset() {
        okta.reset();
    }

    private static final byte[] BREAKS_DECODERS = {0, 0, 0, 0x61, 0};

    /** A fault, and whether an import passes it. */
    private record Row(String name, boolean passes, Fault fault) {}

    private static Row passes(String name, Fault fault) {
        return new Row(name, true, fault);
    }

    private static Row ends(String name, Fault fault) {
        return new Row(name, false, fault);
    }

    private static List<Row> rows() {
        long now = System.currentTimeMillis();
        return List.of(
                passes("429 with Reset", Fault.upload(Fault.Kind.THROTTLE)),
                passes("concurrency 429", Fault.upload(Fault.Kind.CONCURRENCY)),
                passes("500", Fault.status(500)),
                passes("502 with HTML", Fault.upload(Fault.Kind.HTML).withStatus(502)),
                passes("503 with Retry-After", Fault.status(503).withHeader("Retry-After: 1")),
                passes("503 with bytes that break decoders", Fault.answer(503, "application/json", BREAKS_DECODERS)),
                passes("502 with more than is read", Fault.answer(502, "text/html", new byte[200_000])),
                passes("429 with more than is read", Fault.answer(429, "text/html", new byte[200_000])),
                passes("429 with Reset in ms", Fault.status(429).withHeader("X-Rate-Limit-Reset: " + (now + 500))),
                passes(
                        "429 with a Date in the year 1",
                        Fault.status(429)
                                .withHeader("X-Rate-Limit-Reset: " + (now / 1000 + 1))
                                .withHeader("Date: Mon, 01 Jan 0001 00:00:00 GMT")),
                ends(
                        "429 with an endless Retry-After",
                        Fault.status(429).withHeader("Retry-After: 9223372036854775807")),
                ends("503 with a Retry-After in epoch ms", Fault.status(503).withHeader("Retry-After: " + now)),
                ends("reset before accepting", Fault.upload(Fault.Kind.RESET_BEFORE)),
                ends("reset after accepting", Fault.upload(Fault.Kind.RESET_AFTER)),
                ends("silence before accepting", Fault.upload(Fault.Kind.SILENCE_BEFORE)),
                ends("silence after accepting", Fault.upload(Fault.Kind.SILENCE_AFTER)),
                ends("slow drip", Fault.upload(Fault.Kind.DRIP)),
                ends("401 mid-way", Fault.status(401)),
                ends("session closed mid-way", Fault.upload(Fault.Kind.CLOSE_SESSION)),
                ends("session expired mid-way", Fault.upload(Fault.Kind.EXPIRE_SESSION)),
                ends("truncated answer", Fault.upload(Fault.Kind.TRUNCATE)),
                ends("endless answer", Fault.upload(Fault.Kind.FLOOD).withStatus(202)),
                ends("400 with more than is read", Fault.answer(400, "application/json", new byte[200_000])),
                ends("202 with HTML, not carried out", Fault.page(202)),
                ends("202 with HTML, carried out", Fault.page(202).carriedOut()),
                ends("202 with HTML that says it is JSON", Fault.answer(202, "application/json", "<html>")),
                ends("400", Fault.status(400)),
                ends("400 with bytes that break decoders", Fault.answer(400, "application/json", BREAKS_DECODERS)),
                ends("403 of a firewall", Fault.page(403)),
                ends("403 for a feature that is off", Fault.error(403, "E0000015", "feature")),
                ends("404", Fault.status(404)),
                ends("404 of a gateway", Fault.page(404)));
    }

    static Stream<Arguments> matrix() {
        List<Arguments> cases = new ArrayList<>();
        for (Row row : rows()) {
            for (int position : new int[] {0, REQUESTS / 2, REQUESTS - 1}) {
                for (int parallel : new int[] {1, 4}) {
                    cases.add(Arguments.of(row.name, position, parallel, row.passes, row.fault));
                }
            }
        }
        return sample(cases, 6);
    }

    /** One case of each row, another in each following one; with {@code -Psoak} all of them. */
    private static Stream<Arguments> sample(List<Arguments> cases, int ofARow) {
        return IntStream.range(0, cases.size())
                .filter(i -> WHOLE || (i + i / ofARow) % ofARow == 0)
                .mapToObj(cases::get);
    }

    @ParameterizedTest(name = "{0}, request {1}, {2} at once")
    @MethodSource("matrix")
    @DisplayName("after a fault")
    void afterAFault(String name, int position, int parallel, boolean passes, Fault fault) throws IOException {
        OktaSession session = okta.newSession("0oaFaultMatrix");
        okta.fault(fault.after(position));
        SessionPlan plan = plan(REQUESTS * USERS);
        UploadResult result = run(session, plan, parallel, passes ? PLENTY : Deadline.in(SILENCE));

        assertAgreement(session, plan, result);
        if (passes) {
            assertThat(result.failure()).isEmpty();
            assertThat(result.recordsImported()).isEqualTo(plan.users());
            assertThat(session.repeated()).isEmpty();
        } else {
            assertThat(result.failure()).isPresent();
            assertThat(result.failure().get().type()).isNotEqualTo(ProblemType.INTERNAL_ERROR);
            assertThat(result.failure().get().retryAfterSeconds().orElse(0L)).isLessThanOrEqualTo(86_400);
        }

        // The next import of the same instance works, with one request more than the first if need be.
        okta.heal();
        OktaSession next = okta.newSession("0oaFaultMatrix");
        UploadResult again = run(next, plan, parallel, PLENTY);
        assertThat(again.failure()).isEmpty();
        assertThat(next.users()).hasSize(plan.users());
    }

    static Stream<Arguments> kindsMatrix() {
        List<Arguments> cases = new ArrayList<>();
        for (Row row : rows()) {
            for (int position = 0; position < 4; position++) {
                cases.add(Arguments.of(row.name, position, row.passes, row.fault));
            }
        }
        return sample(cases, 4);
    }

    @ParameterizedTest(name = "{0}, request {1}")
    @MethodSource("kindsMatrix")
    @DisplayName(
            "after a fault among users, groups and memberships, each kind by itself, and no membership before its group")
    void afterAFaultOfAnyKind(String name, int position, boolean passes, Fault fault) throws IOException {
        OktaSession session = okta.newSession("0oaFaultKinds");
        okta.fault(fault.after(position));
        SessionPlan plan = planWithGroups();
        UploadResult result = run(session, plan, 4, passes ? PLENTY : Deadline.in(SILENCE));

        assertThat(result.failure().isEmpty()).isEqualTo(passes);
        Map<String, Integer> left = new HashMap<>();
        result.failure()
                .map(Problem::notImported)
                .orElse(List.of())
                .forEach(range -> left.merge(range.kind().orElseThrow(), range.count(), Integer::sum));
        assertThat(result.imported().users() + left.getOrDefault("users", 0)).isEqualTo(2 * USERS);
        assertThat(result.imported().groups() + left.getOrDefault("groups", 0)).isEqualTo(2);
        assertThat(result.imported().memberships() + left.getOrDefault("memberships", 0))
                .isEqualTo(2 * USERS);
        assertThat(session.groups().isEmpty() || session.users().size() == 2 * USERS)
                .isTrue();
        assertThat(session.joins().isEmpty() || session.groups().size() == 2).isTrue();
        if (passes) {
            assertThat(session.joins()).hasSize(2 * USERS);
        }
    }

    /** Two requests of users, one of groups, one of memberships. */
    private static SessionPlan planWithGroups() throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withUsersPerPage(USERS),
                session -> plan[0] = session);
        for (int group = 0; group < 2; group++) {
            String id = "g-" + group;
            List<String> members = new ArrayList<>();
            for (int i = group * USERS; i < (group + 1) * USERS; i++) {
                planner.begin(0);
                planner.externalId("E-" + i);
                planner.beginProfile();
                char[] name = ("user" + i).toCharArray();
                planner.property("userName", name, 0, name.length);
                planner.endProfile();
                planner.end();
                members.add("E-" + i);
            }
            planner.group(new GroupRecord(
                    group, Optional.of(id), Map.of("displayName", Optional.of("Group " + group)), List.of()));
            planner.membership(new MembershipRecord(group, Optional.of(id), members, List.of()));
        }
        planner.finish();
        return plan[0];
    }

    @Test
    @DisplayName("sending exactly the rejected and the not-sent again completes the import, each user once")
    void resume() throws IOException {
        OktaSession session = okta.newSession("0oaResume");
        okta.fault(Fault.status(500).after(2).times(99));
        SessionPlan plan = plan(REQUESTS * USERS);
        UploadResult result = run(session, plan, 1, PLENTY);
        assertAgreement(session, plan, result);
        assertThat(result.failure().orElseThrow().retryAfter()).isPresent();
        assertThat(result.recordsImported()).isEqualTo(2 * USERS);

        List<Integer> rest = new ArrayList<>();
        ranges(result.failure().orElseThrow()).forEach((index, outcome) -> {
            assertThat(outcome).isIn("rejected", "not-sent");
            rest.add(index);
        });
        okta.heal();
        UploadResult second = run(session, planOf(rest), 4, PLENTY);
        assertThat(second.failure()).isEmpty();
        assertThat(session.users()).hasSize(plan.users());
        assertThat(session.repeated()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504, 520})
    @DisplayName("a gateway's 5xx that Okta has carried out all the same is sent again, like one that it hasn't seen")
    void gatewayOnce(int status) throws IOException {
        OktaSession session = okta.newSession("0oaGateway");
        okta.fault(Fault.page(status).after(1).carriedOut());
        okta.fault(Fault.page(status).after(4));
        SessionPlan plan = plan(REQUESTS * USERS);
        UploadResult result = run(session, plan, 2, Deadline.in(Duration.ofSeconds(20)));
        assertThat(result.failure()).isEmpty();
        assertThat(session.users()).hasSize(plan.users());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("what ends without an acceptance after a gateway's 5xx is unknown")
    void gatewayStorm(boolean carriedOut) throws IOException {
        OktaSession session = okta.newSession("0oaStorm");
        Fault storm = Fault.page(502).after(2).times(999);
        okta.fault(carriedOut ? storm.carriedOut() : storm);
        SessionPlan plan = plan(REQUESTS * USERS);
        UploadResult result = run(session, plan, 3, Deadline.in(Duration.ofSeconds(20)));

        assertAgreement(session, plan, result);
        assertThat(result.recordsImported()).isEqualTo(2 * USERS);
        Problem failure = result.failure().orElseThrow();
        assertThat(failure.type()).isEqualTo(ProblemType.OKTA_UNAVAILABLE);
        assertThat(failure.detail()).contains("unknown");
        assertThat(ranges(failure)).containsValue("unknown").doesNotContainValue("rejected");
    }

    @Test
    @DisplayName("a refusal of which not everything is read is one all the same")
    void longRefusal() throws IOException {
        OktaSession session = okta.newSession("0oaLongRefusal");
        okta.fault(Fault.answer(400, "application/json", new byte[200_000]));
        SessionPlan plan = plan(USERS);
        UploadResult result = run(session, plan, 1, PLENTY);
        assertAgreement(session, plan, result);
        Problem failure = result.failure().orElseThrow();
        assertThat(failure.type()).isEqualTo(ProblemType.OKTA_REJECTED);
        assertThat(ranges(failure).values()).containsOnly("rejected");
    }

    /** What comes after a gateway's 5xx to the same request. */
    static Stream<Fault> afterGateway() {
        return Stream.of(
                Fault.status(400),
                Fault.status(500).times(9),
                Fault.upload(Fault.Kind.RESET_BEFORE),
                Fault.error(403, "E0000006", "no"),
                Fault.status(429).times(99));
    }

    @ParameterizedTest
    @MethodSource("afterGateway")
    @DisplayName("a refusal after a gateway's 5xx doesn't take back that Okta may have it")
    void gatewayThenRefusal(Fault then) throws IOException {
        OktaSession session = okta.newSession("0oaDoubt");
        okta.fault(Fault.page(502).carriedOut());
        okta.fault(then);
        SessionPlan plan = plan(USERS);
        UploadResult result = run(session, plan, 1, Deadline.in(Duration.ofSeconds(5)));
        assertAgreement(session, plan, result);
        assertThat(ranges(result.failure().orElseThrow()).values()).containsOnly("unknown");
    }

    @Test
    @DisplayName("in a full session a request that Okta may have comes last, so that it can't keep another one out")
    void fullSession() throws IOException {
        OktaSession session = okta.newSession("0oaFull");
        okta.fault(Fault.page(502).after(7).carriedOut());
        SessionPlan plan = plan(50 * USERS);
        UploadResult result = run(session, plan, 5, Deadline.in(Duration.ofSeconds(20)));

        assertAgreement(session, plan, result);
        assertThat(result.recordsImported()).isEqualTo(49 * USERS);
        Problem failure = result.failure().orElseThrow();
        assertThat(ranges(failure).values()).hasSize(USERS).containsOnly("unknown");
        // A file with a session of its own starts anew after such a failure, and gives up after a rejection.
        assertThat(failure.type()).isEqualTo(ProblemType.OKTA_UNAVAILABLE);
        assertThat(failure.detail()).contains("50 requests are probably used up");
    }

    @Test
    @DisplayName("in a full session a request that Okta hasn't seen gets in after a gateway's 5xx")
    void fullSessionNotCarriedOut() throws IOException {
        OktaSession session = okta.newSession("0oaFullUnseen");
        okta.fault(Fault.page(502).after(7));
        SessionPlan plan = plan(50 * USERS);
        UploadResult result = run(session, plan, 5, Deadline.in(Duration.ofSeconds(20)));
        assertThat(result.failure()).isEmpty();
        assertThat(session.users()).hasSize(plan.users());
    }

    @Test
    @DisplayName("a session that ends in the middle is named with its status")
    void sessionEnds() throws IOException {
        OktaSession session = okta.newSession("0oaEnds");
        okta.fault(Fault.upload(Fault.Kind.EXPIRE_SESSION).after(2));
        UploadResult result = run(session, plan(REQUESTS * USERS), 1, PLENTY);

        Problem failure = result.failure().orElseThrow();
        assertThat(failure.type()).isEqualTo(ProblemType.SESSION_NOT_ACTIVE);
        assertThat(failure.more()).containsEntry("sessionStatus", "EXPIRED").containsKey("errorCode");
        assertThat(failure.recordsImported()).isEqualTo(2 * USERS);
    }

    @Test
    @DisplayName("Okta's own words are passed on without the values that they quote")
    void quoting() throws IOException {
        OktaSession session = okta.newSession("0oaQuoting");
        okta.fault(Fault.upload(Fault.Kind.QUOTING).withStatus(400).times(9));
        UploadResult result = run(session, plan(USERS), 1, PLENTY);

        Problem failure = result.failure().orElseThrow();
        assertThat(failure.type()).isEqualTo(ProblemType.OKTA_REJECTED);
        assertThat(failure.document().toString())
                .contains("Api validation failed")
                .doesNotContain("user0");
    }

    @Test
    @DisplayName("a renewal that fails is a stop like others: what is in, what is not")
    void renewalFails() throws IOException {
        OktaSession session = okta.newSession("0oaRenewal");
        okta.fault(Fault.status(401).after(3));
        SessionPlan plan = plan(REQUESTS * USERS);
        UploadResult result = run(session, plan, 1, PLENTY, new Failing(credentials) {
            @Override
            public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
                throw Problem.of(ProblemType.SECRET_UNAVAILABLE, "ThrottlingException")
                        .exception();
            }
        });

        assertAgreement(session, plan, result);
        assertThat(result.failure().orElseThrow().type()).isEqualTo(ProblemType.SECRET_UNAVAILABLE);
        assertThat(result.recordsImported()).isEqualTo(3 * USERS);
    }

    @Test
    @DisplayName("a 401 for a token that was replaced since is sent again with the new one, which was read already")
    void rotated() throws IOException {
        OktaSession session = okta.newSession("0oaRotated");
        SessionPlan plan = plan(REQUESTS * USERS);
        AtomicInteger authorized = new AtomicInteger();
        UploadResult result = run(session, plan, 1, PLENTY, new Failing(credentials) {
            @Override
            public Authorization authorize(OktaCall call, Deadline deadline) {
                return authorized.incrementAndGet() == 3
                        ? Authorization.of("SSWS replaced-since")
                        : super.authorize(call, deadline);
            }

            @Override
            public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
                return Renewal.NONE;
            }
        });

        assertThat(result.failure()).isEmpty();
        assertThat(session.users()).hasSize(plan.users());
    }

    @Test
    @DisplayName("a bug of ours while requests are out is a problem with the ranges")
    void bug() throws IOException {
        OktaSession session = okta.newSession("0oaBug");
        SessionPlan plan = plan(REQUESTS * USERS);
        AtomicInteger answers = new AtomicInteger();
        UploadResult result;
        try (Provoked logged = new Provoked(UploadRun.class)) {
            result = run(session, plan, 2, PLENTY, new Failing(credentials) {
                @Override
                public void learn(OktaReply.Answered answer) {
                    if (answers.incrementAndGet() == 3) {
                        throw new IllegalStateException("bug");
                    }
                }
            });
            assertThat(logged.lines()).hasSize(1).first().asString().startsWith("internal-error");
        }

        assertAgreement(session, plan, result);
        assertThat(result.failure().orElseThrow().type()).isEqualTo(ProblemType.INTERNAL_ERROR);
        assertThat(result.recordsImported()).isPositive();
        assertThat(ranges(result.failure().orElseThrow()))
                .containsValue("unknown")
                .containsValue("not-sent");
    }

    /** Good credentials, until a test says otherwise. */
    private abstract static class Failing implements Credentials {
        private final Credentials good;

        Failing(Credentials good) {
            this.good = good;
        }

        @Override
        public Authorization authorize(OktaCall call, Deadline deadline) {
            return good.authorize(call, deadline);
        }

        @Override
        public Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
            return good.renew(refusal, deadline);
        }
    }

    @Test
    @DisplayName("upserts and deletes of one plan go to the endpoints of their kinds")
    void kinds() throws IOException {
        OktaSession session = okta.newSession("0oaKinds");
        SessionPlan plan = mixedPlan();
        UploadResult result = run(session, plan, 2, PLENTY);

        assertThat(result.failure()).isEmpty();
        assertThat(result.recordsImported()).isEqualTo(3);
        assertThat(okta.received()).anyMatch(request -> request.endsWith("/bulk-upsert"));
        assertThat(okta.received()).anyMatch(request -> request.endsWith("/bulk-delete"));
    }

    @Test
    @DisplayName("a window's limit is respected by all at once, on a clock that differs")
    void rateLimit() throws IOException {
        OktaSession session = okta.newSession("0oaRateLimit");
        okta.clockSkewSeconds(3_600);
        okta.rateLimit(5, 2);
        SessionPlan plan = plan(8 * USERS);
        UploadResult result = run(session, plan, 4, PLENTY);

        assertThat(result.failure()).isEmpty();
        assertThat(session.users()).hasSize(plan.users());
        assertThat(result.sent().throttles()).as("slowed down before the limit").isLessThan(4);
        okta.reset();
    }

    @Test
    @DisplayName("a rate limit that outlasts the time left ends the import in order, with Retry-After")
    void outlasted() throws IOException {
        OktaSession session = okta.newSession("0oaOutlasted");
        okta.fault(new Fault(Fault.Kind.THROTTLE, 429, "600", path -> path.contains("/bulk-"), 2, 99));
        SessionPlan plan = plan(REQUESTS * USERS);
        Deadline deadline = Deadline.in(Duration.ofMinutes(5));
        UploadResult result = run(session, plan, 2, deadline);

        assertAgreement(session, plan, result);
        assertThat(result.failure().orElseThrow().type().slug()).isEqualTo("okta-unavailable");
        assertThat(result.failure().orElseThrow().retryAfterSeconds().orElseThrow())
                .isBetween(300L, 602L);
        assertThat(deadline.isOver()).as("nothing was waited for").isFalse();
    }

    @Test
    @DisplayName("an import that can't finish in its time stops in order and says what is in")
    void outOfTime() throws IOException {
        OktaSession session = okta.newSession("0oaOutOfTime");
        AtomicLong nanos = new AtomicLong();
        okta.listener(request -> nanos.addAndGet(Duration.ofSeconds(30).toNanos()));
        SessionPlan plan = plan(40 * USERS);
        Deadline deadline = Deadline.in(Duration.ofSeconds(200), nanos::get);
        UploadResult result = run(session, plan, 2, deadline);

        assertAgreement(session, plan, result);
        assertThat(session.requestUsers()).hasSizeBetween(5, 8);
        assertThat(ranges(result.failure().orElseThrow()).values()).containsOnly("not-sent");
    }

    @Test
    @DisplayName("never sends a 51st request, and never more at once than allowed")
    void budget() throws IOException {
        OktaSession session = okta.newSession("0oaBudget");
        okta.latencyMillis(10);
        okta.fault(Fault.status(503).after(10).times(3));
        SessionPlan plan = plan(50 * USERS);
        UploadResult result = run(session, plan, 3, PLENTY);

        assertThat(result.failure()).isEmpty();
        assertThat(session.requestUsers()).hasSize(50);
        assertThat(okta.mostInFlight()).isLessThanOrEqualTo(3);
        assertThat(result.sent().retries()).isEqualTo(3);
    }

    @Test
    @DisplayName("many imports with random faults end in agreement, without growing")
    void soak() throws IOException {
        Random random = new Random(20261125);
        Fault.Kind[] kinds = {
            Fault.Kind.STATUS,
            Fault.Kind.HTML,
            Fault.Kind.CONCURRENCY,
            Fault.Kind.RESET_BEFORE,
            Fault.Kind.RESET_AFTER,
            Fault.Kind.TRUNCATE,
            Fault.Kind.CLOSE_SESSION
        };
        int threads = 0;
        long memory = 0;
        for (int i = 0; i < IMPORTS; i++) {
            okta.heal();
            OktaSession session = okta.newSession("0oaSoak");
            for (int faults = random.nextInt(3); faults > 0; faults--) {
                okta.fault(Fault.upload(kinds[random.nextInt(kinds.length)])
                        .withStatus(random.nextBoolean() ? 500 : 503)
                        .after(random.nextInt(REQUESTS)));
            }
            SessionPlan plan = plan(REQUESTS * USERS);
            assertAgreement(session, plan, run(session, plan, 1 + random.nextInt(5), PLENTY));
            if (i == IMPORTS / 3) {
                threads = Thread.activeCount();
                memory = usedMemory();
            }
        }
        // Tests beside this one have threads and memory too, for a while.
        int threadsBefore = threads;
        long memoryBefore = memory;
        Eventually.assertThat(
                () -> Thread.activeCount() <= threadsBefore + 2 && usedMemory() < memoryBefore + 30_000_000);
        assertThat(okta.connections()).isLessThanOrEqualTo(12);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private UploadResult run(OktaSession session, SessionPlan plan, int parallel, Deadline deadline) {
        return run(session, plan, parallel, deadline, credentials);
    }

    private UploadResult run(OktaSession session, SessionPlan plan, int parallel, Deadline deadline, Credentials used) {
        return new UploadRun(
                        connection,
                        used,
                        new SessionLookup(sessions, session.app(), session.id()),
                        plan,
                        new Width(parallel, parallel),
                        deadline)
                .execute();
    }

    /** The result against what Okta really holds, user by user. */
    private void assertAgreement(OktaSession session, SessionPlan plan, UploadResult result) {
        Set<String> held = new HashSet<>(session.users().keySet());
        Map<Integer, String> outcomes =
                result.failure().isEmpty() ? Map.of() : ranges(result.failure().orElseThrow());
        assertThat(result.recordsImported() + outcomes.size()).isEqualTo(plan.users());
        boolean unknown = outcomes.containsValue("unknown");
        for (int i = 0; i < plan.users(); i++) {
            int position = plan.firstPlace(i, 1);
            String outcome = outcomes.get(position);
            if (outcome == null) {
                assertThat(held).as("record %d is claimed", position).contains("E-" + position);
            } else if (!outcome.equals("unknown")) {
                assertThat(held).as("record %d is %s", position, outcome).doesNotContain("E-" + position);
            }
        }
        if (!unknown) {
            assertThat(session.repeated()).isEmpty();
        }
        assertThat(session.requestUsers().size()).isLessThanOrEqualTo(50);
    }

    private static Map<Integer, String> ranges(Problem failure) {
        Map<Integer, String> outcomes = new java.util.TreeMap<>();
        for (NotImported range : failure.notImported()) {
            assertThat(range.count()).isEqualTo(range.last() - range.first() + 1);
            for (int i = range.first(); i <= range.last(); i++) {
                outcomes.put(i, range.outcome().label());
            }
        }
        return outcomes;
    }

    private static SessionPlan plan(int users) throws IOException {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            indexes.add(i);
        }
        return planOf(indexes);
    }

    private static SessionPlan planOf(List<Integer> indexes) throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withUsersPerPage(USERS),
                session -> plan[0] = session);
        for (int index : indexes) {
            planner.begin(0);
            planner.externalId("E-" + index);
            planner.beginProfile();
            char[] name = ("user" + index).toCharArray();
            planner.property("userName", name, 0, name.length);
            planner.endProfile();
            planner.end();
        }
        planner.finish();
        return plan[0];
    }

    /** Two users and a leaver, as another invocation reads the plan back. */
    private static SessionPlan mixedPlan() throws IOException {
        SessionPlan[] plan = {SessionPlan.EMPTY};
        SessionPlanner planner = new SessionPlanner(
                PlanRules.oneSession(ImportOperation.CREATE_AND_UPDATE, false).withUsersPerPage(USERS),
                session -> plan[0] = session);
        for (int line = 2; line <= 4; line++) {
            if (line == 3) {
                planner.beginDeactivation(line);
                planner.externalId("E-" + line);
            } else {
                planner.begin(line);
                planner.externalId("E-" + line);
                planner.beginProfile();
                char[] name = ("user" + line).toCharArray();
                planner.property("userName", name, 0, name.length);
                planner.endProfile();
            }
            planner.end();
        }
        planner.finish();
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        plan[0].writeTo(stored);
        return SessionPlan.readFrom(new ByteArrayInputStream(stored.toByteArray()));
    }
}
