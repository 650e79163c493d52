package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The server: routes, credentials, rate limit and faults around {@link OktaOrg}. */
public final class EmbeddedOkta implements AutoCloseable {

    /** The API token that it takes unless told otherwise. */
    public static final String TOKEN = "00embedded-okta-api-token";

    /** What is sent of an endless answer at most. */
    private static final int FLOOD_MEGABYTES = 1_024;

    private final OktaClock clock = new OktaClock();
    private final OktaOrg org = new OktaOrg(clock);
    private final OktaRoutes routes = new OktaRoutes(org, clock);
    private final Vertx vertx;
    private final HttpServer server;
    private final List<FaultState> faults = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile ToLongFunction<String> latency = line -> 0;
    private volatile Consumer<String> listener = request -> {};

    private static final class FaultState {
        private final Fault fault;
        private int seen;

        FaultState(Fault fault) {
            this.fault = fault;
        }
    }

    private EmbeddedOkta() {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setUseDaemonThread(true));
        // Closing sends a reset, which is what the faults want and nothing else notices.
        server = vertx.createHttpServer(new HttpServerOptions().setSoLinger(0).setMaxFormAttributeSize(65_536))
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    open.add(connection);
                    connection.closeHandler(closed -> {
                        connections.decrementAndGet();
                        open.remove(connection);
                    });
                })
                .requestHandler(request -> {
                    long arrived = System.nanoTime();
                    request.body().onSuccess(body -> serve(request, body.getBytes(), arrived));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static EmbeddedOkta start() {
        return new EmbeddedOkta();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    // What a test arranges.

    public EmbeddedOkta application(String id) {
        return application(id, "HR system " + id, "ACTIVE");
    }

    public EmbeddedOkta application(String id, String label, String status) {
        org.application(id, label, status);
        return this;
    }

    /** An application's schema; without it the standard properties, of which userName is required, and department, costCenter, employeeNumber, title. */
    public EmbeddedOkta schema(String app, JsonNode schema) {
        directoryOf(app).schema(schema);
        return this;
    }

    public EmbeddedOkta schema(String app, OktaSchema schema) {
        return schema(app, schema.json());
    }

    /**
     * Who exists beside those in the directories, which matters to deletions: a session that holds only deletions of others stays {@code CREATED}.
     * Null, as at the start: everybody exists.
     */
    public void directory(Set<String> externalIds) {
        org.known(Optional.ofNullable(externalIds));
    }

    /** How Okta works on an application's sessions: on the first that is triggered from now on as the first says, and on all later ones as the last. */
    public EmbeddedOkta processing(String app, Processing... inOrder) {
        of(app).processing(List.of(inOrder));
        return this;
    }

    /** For how long after a session's start Okta refuses a new one: 5 minutes in its documents, 0 here unless told otherwise. */
    public EmbeddedOkta pauseBetweenSessions(String app, Duration pause) {
        of(app).pause(pause);
        return this;
    }

    /** A new active session, as an earlier call of somebody's made it. */
    public OktaSession newSession(String app) {
        if (org.application(app).isEmpty()) {
            application(app);
        }
        return org.newSession(app);
    }

    /** Forgets an application, its sessions and its users, so that thousands of them need no memory. */
    public void forget(String app) {
        org.forget(app);
    }

    public synchronized void fault(Fault fault) {
        faults.add(new FaultState(fault));
    }

    public synchronized void heal() {
        faults.clear();
    }

    public void latencyMillis(long millis) {
        latency = line -> millis;
    }

    /** Everything takes as long as it was seen to take live, and an application's sessions too: see {@link LiveTimes}. */
    public EmbeddedOkta liveTimes(String app, long seed) {
        LiveTimes live = new LiveTimes(seed);
        latency = live::millis;
        of(app).live(live);
        return this;
    }

    public void apiToken(String token) {
        routes.apiToken(token);
    }

    /** Scopes that whoever calls does not have, whatever the credentials: {@code okta.apps.read} and so on. None for all scopes. */
    public void withoutScopes(String... scopes) {
        routes.withoutScopes(Set.of(scopes));
    }

    /** A rate limit that is really kept. */
    public void rateLimit(int limit, long seconds) {
        routes.rateLimit(limit, seconds);
    }

    /** At most so many application users a page, whatever is asked for. */
    public void usersAPage(int most) {
        org.usersAPage(most);
    }

    /** Whether GET and DELETE of an unknown session answer 400, as in Okta's guide, and not 404, as in its reference. */
    public void unknownSessionsAreBad(boolean bad) {
        org.unknownSessionsAreBad(bad);
    }

    /** How far Okta's clock is ahead of ours. A day more, and idle sessions expire. */
    public void clockSkewSeconds(long seconds) {
        clock.ahead(Duration.ofSeconds(seconds));
    }

    /** From now on Okta's clock moves only with {@link #passTime}. */
    public void stopClock() {
        clock.stop();
    }

    /** Moves a clock that was stopped. */
    public void passTime(Duration time) {
        clock.pass(time);
    }

    /** Called with the method and path of each request before anything is done with it, for example to kill the caller. */
    public void listener(Consumer<String> heard) {
        listener = heard;
    }

    public TokenEndpoint tokens() {
        return routes.tokens();
    }

    /** Forgets what was received and arranged, but not applications, sessions and users. */
    public synchronized void reset() {
        faults.clear();
        received.clear();
        authorizations.clear();
        mostInFlight.set(0);
        latency = line -> 0;
        listener = request -> {};
        clock.ahead(Duration.ZERO);
        org.known(Optional.empty());
        org.usersAPage(Integer.MAX_VALUE);
        org.unknownSessionsAreBad(false);
        routes.reset();
    }

    // What a test looks at.

    public OktaSession session(String id) {
        return org.session(id);
    }

    public List<OktaSession> sessionsOf(String app) {
        return org.sessionsOf(app);
    }

    /** The users of an application, as processed sessions made them; after Okta has worked on what was triggered until now. */
    public OktaDirectory directoryOf(String app) {
        OktaDirectory directory = of(app).directory();
        org.work();
        return directory;
    }

    private OktaApplication of(String app) {
        return org.application(app).orElseGet(() -> org.application(app, "HR system " + app, "ACTIVE"));
    }

    /** Methods and paths, in the order in which they came. */
    public synchronized List<String> received() {
        return new ArrayList<>(received);
    }

    public long receivedUploads() {
        return received().stream().filter(request -> request.contains("/bulk-")).count();
    }

    /** The values of Authorization, in the order in which they came. */
    public synchronized List<String> authorizations() {
        return new ArrayList<>(authorizations);
    }

    public int mostInFlight() {
        return mostInFlight.get();
    }

    public int connections() {
        return connections.get();
    }

    /** Closes all connections, as a gateway does with those that have been idle for minutes. */
    public void dropConnections() {
        open.forEach(HttpConnection::close);
    }

    // Serving.

    private void serve(HttpServerRequest request, byte[] body, long arrived) {
        String line = request.method().name() + " " + request.path();
        listener.accept(line);
        Fault fault;
        synchronized (this) {
            received.add(line);
            authorizations.add(request.getHeader("Authorization"));
            fault = next(line);
        }
        int now = inFlight.incrementAndGet();
        mostInFlight.accumulateAndGet(now, Math::max);
        // The latency is the whole call's: what carrying it out takes is part of it, as it is with the real one.
        long whole = latency.applyAsLong(line);
        long left = whole - (System.nanoTime() - arrived) / 1_000_000;
        if (left <= 0) {
            answer(request, body, fault, null);
        } else {
            OktaAnswer prepared = fault == null ? carryOut(request, body) : null;
            left = whole - (System.nanoTime() - arrived) / 1_000_000;
            vertx.setTimer(Math.max(1, left), timer -> answer(request, body, fault, prepared));
        }
    }

    private Fault next(String line) {
        for (FaultState state : faults) {
            if (state.fault.matches().test(line)) {
                int seen = state.seen++;
                if (seen >= state.fault.skip() && seen < state.fault.skip() + state.fault.times()) {
                    return state.fault;
                }
            }
        }
        return null;
    }

    private void answer(HttpServerRequest request, byte[] body, Fault fault, OktaAnswer prepared) {
        inFlight.decrementAndGet();
        if (fault == null) {
            send(request.response(), prepared == null ? carryOut(request, body) : prepared);
            return;
        }
        HttpServerResponse response = request.response();
        switch (fault.kind()) {
            case STATUS -> send(response, FaultAnswers.decorated(FaultAnswers.error(fault.status()), fault));
            case HTML -> send(response, FaultAnswers.decorated(OktaAnswer.html(fault.status()), fault));
            case HTML_AFTER -> {
                carryOut(request, body);
                send(response, FaultAnswers.decorated(OktaAnswer.html(fault.status()), fault));
            }
            case ANSWER -> send(response, FaultAnswers.of(fault));
            case ANSWER_AFTER -> {
                carryOut(request, body);
                send(response, FaultAnswers.of(fault));
            }
            case QUOTING ->
                send(
                        response,
                        FaultAnswers.decorated(
                                FaultAnswers.quoting(fault.status() == 500 ? 400 : fault.status(), body), fault));
            case THROTTLE -> send(response, throttled(fault.header() == null ? 1 : Long.parseLong(fault.header())));
            case CONCURRENCY -> send(response, concurrency());
            case RESET_BEFORE -> request.connection().close();
            case RESET_AFTER -> {
                carryOut(request, body);
                request.connection().close();
            }
            case SILENCE_BEFORE -> {
                // Nothing is ever said.
            }
            case SILENCE_AFTER -> carryOut(request, body);
            case DRIP -> {
                carryOut(request, body);
                drip(response, 0);
            }
            case TRUNCATE -> {
                carryOut(request, body);
                response.setStatusCode(202).putHeader("Content-Length", "100").write("{");
                vertx.setTimer(20, timer -> request.connection().close());
            }
            case FLOOD -> {
                carryOut(request, body);
                flood(response.setChunked(true).setStatusCode(fault.status()), 0);
            }
            case CLOSE_SESSION, EXPIRE_SESSION -> {
                OktaSession session = org.session(request.path().split("/")[6]);
                session.status(fault.kind() == Fault.Kind.CLOSE_SESSION ? "CLOSED" : "EXPIRED");
                send(response, carryOut(request, body));
            }
        }
    }

    private void drip(HttpServerResponse response, int sent) {
        if (sent == 0) {
            response.setStatusCode(202).putHeader("Content-Length", "100");
        }
        if (!response.closed() && sent < 100) {
            response.write(" ");
            vertx.setTimer(400, timer -> drip(response, sent + 1));
        }
    }

    private void flood(HttpServerResponse response, int megabytes) {
        if (response.closed() || megabytes >= FLOOD_MEGABYTES) {
            return;
        }
        response.write(Buffer.buffer(new byte[1 << 20]))
                .onSuccess(written -> flood(response, megabytes + 1))
                .onFailure(closed -> {});
    }

    private OktaAnswer carryOut(HttpServerRequest request, byte[] body) {
        return routes.carryOut(request, body, url());
    }

    private OktaAnswer throttled(long seconds) {
        return OktaRoutes.limitHeaders(OktaRoutes.tooMany(), 100, 0, clock.seconds() + seconds);
    }

    private OktaAnswer concurrency() {
        return OktaRoutes.limitHeaders(OktaRoutes.tooMany(), 0, 0, clock.seconds() + 60);
    }

    private void send(HttpServerResponse response, OktaAnswer answer) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.now().atZone(ZoneOffset.UTC)));
        response.putHeader("X-Okta-Request-Id", "embedded");
        if (answer.contentType() != null) {
            response.putHeader("Content-Type", answer.contentType());
        }
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body()));
    }
}
