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
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The server: routes, credentials, rate limit and faults around {@link OktaOrg}. */
public final class EmbeddedOkta implements AutoCloseable {

    /** The API token that it takes unless told otherwise. */
    public static final String TOKEN = "00embedded-okta-api-token";

    private static final int WINDOW_LIMIT = 100_000;

    private final OktaOrg org = new OktaOrg();
    private final Vertx vertx;
    private final HttpServer server;
    private final TokenEndpoint tokens = new TokenEndpoint();
    private final List<FaultState> faults = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile long latencyMillis;
    private volatile String apiToken = TOKEN;
    private volatile int windowLimit = WINDOW_LIMIT;
    private volatile long windowSeconds = 60;
    private volatile long clockSkewSeconds;
    private long windowEnd;
    private int windowUsed;

    private static final class FaultState {
        private final Fault fault;
        private int seen;

        FaultState(Fault fault) {
            this.fault = fault;
        }
    }

    private EmbeddedOkta(int port) {
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
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static EmbeddedOkta start() {
        return new EmbeddedOkta(0);
    }

    public static EmbeddedOkta start(int port) {
        return new EmbeddedOkta(port);
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
        org.addApplication(id, label, status);
        return this;
    }

    public EmbeddedOkta schema(String app, JsonNode schema) {
        org.schema(app, schema);
        return this;
    }

    /** The users that exist, which matters to deletions; null for all. */
    public void directory(Set<String> externalIds) {
        org.directory(externalIds);
    }

    /** A new active session, as an earlier call of somebody's made it. */
    public OktaSession newSession(String app) {
        application(app);
        return org.newSession(app);
    }

    public synchronized void fault(Fault fault) {
        faults.add(new FaultState(fault));
    }

    public synchronized void heal() {
        faults.clear();
    }

    public void latencyMillis(long millis) {
        latencyMillis = millis;
    }

    public void apiToken(String token) {
        apiToken = token;
    }

    /** A rate limit that is really kept. */
    public synchronized void rateLimit(int limit, long seconds) {
        windowLimit = limit;
        windowSeconds = seconds;
        windowEnd = 0;
    }

    /** How far Okta's clock is ahead of ours. */
    public void clockSkewSeconds(long seconds) {
        clockSkewSeconds = seconds;
    }

    public TokenEndpoint tokens() {
        return tokens;
    }

    /** Forgets what was received and arranged, but not sessions. */
    public synchronized void reset() {
        faults.clear();
        received.clear();
        authorizations.clear();
        mostInFlight.set(0);
        latencyMillis = 0;
        apiToken = TOKEN;
        windowLimit = WINDOW_LIMIT;
        clockSkewSeconds = 0;
        org.directory(null);
        tokens.reset();
    }

    // What a test looks at.

    public OktaSession session(String id) {
        return org.session(id);
    }

    public List<OktaSession> sessionsOf(String app) {
        return org.sessionsOf(app);
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
        Fault fault;
        synchronized (this) {
            received.add(line);
            authorizations.add(request.getHeader("Authorization"));
            fault = next(line);
        }
        int now = inFlight.incrementAndGet();
        mostInFlight.accumulateAndGet(now, Math::max);
        // The latency is the whole call's: what carrying it out takes is part of it, as it is with the real one.
        long left = latencyMillis - (System.nanoTime() - arrived) / 1_000_000;
        if (left <= 0) {
            answer(request, body, fault, null);
        } else {
            OktaAnswer prepared = fault == null ? carryOut(request, body) : null;
            left = latencyMillis - (System.nanoTime() - arrived) / 1_000_000;
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
        switch (fault.kind()) {
            case STATUS -> send(request.response(), decorated(oktaError(fault.status()), fault));
            case HTML -> send(request.response(), decorated(OktaAnswer.html(fault.status()), fault));
            case THROTTLE ->
                send(request.response(), throttled(fault.header() == null ? 1 : Long.parseLong(fault.header())));
            case CONCURRENCY -> send(request.response(), limitHeaders(tooMany(), 0, 0, nowSeconds() + 60));
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
                drip(request.response(), 0);
            }
            case TRUNCATE -> {
                carryOut(request, body);
                request.response()
                        .setStatusCode(202)
                        .putHeader("Content-Length", "100")
                        .write("{");
                vertx.setTimer(20, timer -> request.connection().close());
            }
            case CLOSE_SESSION -> {
                OktaSession session = org.session(request.path().split("/")[6]);
                session.status("CLOSED");
                send(request.response(), carryOut(request, body));
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

    private OktaAnswer carryOut(HttpServerRequest request, byte[] body) {
        String path = request.path();
        if (path.equals("/oauth2/v1/token")) {
            return tokens.issue(request, new String(body, StandardCharsets.UTF_8), url(), nowSeconds());
        }
        OktaAnswer refused = refuse(request);
        if (refused != null) {
            return refused;
        }
        synchronized (this) {
            if (nowSeconds() >= windowEnd) {
                windowEnd = nowSeconds() + windowSeconds;
                windowUsed = 0;
            }
            if (++windowUsed > windowLimit) {
                return limitHeaders(tooMany(), windowLimit, 0, windowEnd);
            }
        }
        OktaAnswer answer = route(request, path.split("/"), body);
        return limitHeaders(answer, windowLimit, Math.max(0, windowLimit - windowUsed), windowEnd);
    }

    private OktaAnswer route(HttpServerRequest request, String[] path, byte[] body) {
        String method = request.method().name();
        // /api/v1/identity-sources/{app}/sessions/{session}/{what}
        if (path.length >= 6 && path[3].equals("identity-sources") && path[5].equals("sessions")) {
            String route = method + " " + (path.length - 6) + (path.length > 7 ? path[7] : "");
            return switch (route) {
                case "POST 0" -> org.createSession(path[4], body.length);
                case "GET 0" -> org.listSessions(path[4]);
                case "GET 1", "DELETE 1" -> org.session(path[4], path[6], method);
                case "POST 2bulk-upsert" -> org.upload(path[4], path[6], true, request.getHeader("Content-Type"), body);
                case "POST 2bulk-delete" ->
                    org.upload(path[4], path[6], false, request.getHeader("Content-Type"), body);
                case "POST 2start-import" -> org.start(path[4], path[6]);
                default -> OktaAnswer.error(405, "E0000022", "The endpoint does not support the provided HTTP method");
            };
        }
        Map<String, String> query = new HashMap<>();
        request.params().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        if (request.path().equals("/api/v1/apps") && method.equals("GET")) {
            return org.applications(
                    url(),
                    query.get("filter"),
                    Integer.parseInt(query.getOrDefault("limit", "20")),
                    query.get("after"));
        }
        if (request.path().matches("/api/v1/meta/schemas/apps/[^/]+/default") && method.equals("GET")) {
            return org.schema(path[6]);
        }
        return OktaAnswer.error(404, "E0000022", "Not found: " + Arrays.toString(path));
    }

    private OktaAnswer refuse(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith("SSWS ")) {
            return header.equals("SSWS " + apiToken)
                    ? null
                    : OktaAnswer.error(401, "E0000011", "Invalid token provided");
        }
        return tokens.refuse(request, url(), nowSeconds());
    }

    private OktaAnswer decorated(OktaAnswer answer, Fault fault) {
        if (fault.header() != null) {
            String[] parts = fault.header().split(": ", 2);
            answer.with(parts[0], parts[1]);
        }
        return answer;
    }

    private OktaAnswer throttled(long seconds) {
        return limitHeaders(tooMany(), 100, 0, nowSeconds() + seconds);
    }

    private static OktaAnswer tooMany() {
        return OktaAnswer.error(429, "E0000047", "API call exceeded rate limit due to too many requests.");
    }

    private static OktaAnswer oktaError(int status) {
        return switch (status) {
            case 400 -> OktaAnswer.validation("injected");
            case 401 -> OktaAnswer.error(401, "E0000011", "Invalid token provided");
            case 403 -> OktaAnswer.error(403, "E0000006", "You do not have permission to perform the requested action");
            case 404 -> OktaAnswer.error(404, "E0000007", "Not found: Resource not found");
            default -> OktaAnswer.error(status, "E0000009", "Internal Server Error");
        };
    }

    private static OktaAnswer limitHeaders(OktaAnswer answer, int limit, int remaining, long reset) {
        return answer.with("X-Rate-Limit-Limit", String.valueOf(limit))
                .with("X-Rate-Limit-Remaining", String.valueOf(remaining))
                .with("X-Rate-Limit-Reset", String.valueOf(reset));
    }

    private long nowSeconds() {
        return System.currentTimeMillis() / 1000 + clockSkewSeconds;
    }

    private void send(HttpServerResponse response, OktaAnswer answer) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(clockSkewSeconds)));
        response.putHeader("X-Okta-Request-Id", "embedded");
        if (answer.contentType() != null) {
            response.putHeader("Content-Type", answer.contentType());
        }
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body()));
    }
}
