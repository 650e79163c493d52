package dev.bulkuserimport.okta;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/**
 * One attempt of a call through the REST client, until its reply is known. Everything happens on the event loop; whichever comes first
 * decides: the answer, a broken connection, or the timeout.
 *
 * <p>The call is never cancelled: if it has no connection yet, the REST client would lose its slot in the pool for good (seen in Quarkus
 * 3.33.2). A call that has timed out is reset, immediately or as soon as it gets a connection.
 */
final class Outgoing {

    /** The most bytes of an answer to a read: the largest are pages of 500 application users and schemas with hundreds of properties. */
    private static final int LONGEST_READ = 10 * 1024 * 1024;

    /** The most bytes of any other answer: an accepted upload has no body, and a session or an error document has a few hundred bytes. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** Where the request customizer, which is given only the request, finds the attempt that it belongs to. */
    private static final String KEY = Outgoing.class.getName();

    private final CompletableFuture<OktaReply> reply = new CompletableFuture<>();
    private Optional<HttpClientRequest> request = Optional.empty();
    private int bytes;

    private Outgoing() {}

    /** Sends a call; the returned reply never completes exceptionally. */
    static CompletableFuture<OktaReply> send(Vertx vertx, Uni<Response> call, Duration timeout) {
        Outgoing outgoing = new Outgoing();
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(turn -> {
            ContextLocals.put(KEY, outgoing);
            long timer = vertx.setTimer(Math.max(1, timeout.toMillis()), over -> outgoing.timedOut());
            outgoing.reply.whenComplete((done, failure) -> vertx.cancelTimer(timer));
            call.subscribe().with(outgoing::answered, outgoing::broken);
        });
        return outgoing.reply;
    }

    /** The REST client has a connection for the call and hasn't sent anything yet. */
    static void customize(HttpClientRequest request) {
        // A broken connection is reported in the replies of the requests sent on it; Vert.x would log the server's
        // bytes.
        request.connection().exceptionHandler(broken -> {});
        Outgoing outgoing = ContextLocals.<Outgoing>getFromParent(KEY).orElseThrow();
        outgoing.connected(request);
    }

    private void connected(HttpClientRequest made) {
        if (reply.isDone()) {
            made.reset();
            return;
        }
        request = Optional.of(made);
        int longest = HttpMethod.GET.equals(made.getMethod()) ? LONGEST_READ : LONGEST_ANSWER;
        made.response().onSuccess(answer -> bound(made, answer, longest));
    }

    /** The REST client would read the whole answer, however long it is. */
    private void bound(HttpClientRequest made, HttpClientResponse answer, int longest) {
        answer.handler(chunk -> {
            bytes += chunk.length();
            if (bytes > longest) {
                reply.complete(tooLarge(answer));
                made.reset();
            }
        });
    }

    /** A refusal or a failure is one by its status alone; only a success could mean anything. */
    private static OktaReply tooLarge(HttpClientResponse answer) {
        OktaReply.Answered status =
                OktaReply.Answered.of(answer.statusCode(), new byte[0], answer.headers()::getAll, Instant.now());
        return status.isSuccess() ? new OktaReply.Lost("its answer is too large") : status;
    }

    private void timedOut() {
        reply.complete(
                request.isPresent()
                        ? new OktaReply.Lost("no answer came in time")
                        : new OktaReply.NotSent("no connection could be established in time"));
        request.ifPresent(HttpClientRequest::reset);
    }

    /** Nothing that Okta sends may break this; a request that was sent then counts as lost. */
    private void answered(Response answer) {
        try (answer;
                InputStream body = answer.readEntity(InputStream.class)) {
            reply.complete(OktaReply.Answered.of(
                    answer.getStatus(),
                    body.readAllBytes(),
                    name -> Optional.ofNullable(answer.getStringHeaders().get(name))
                            .orElse(List.of()),
                    Instant.now()));
        } catch (IOException | RuntimeException e) {
            reply.complete(new OktaReply.Lost("its answer could not be read"));
        }
    }

    private void broken(Throwable failure) {
        Optional<String> notConnected = Stream.iterate(
                        Optional.of(failure), Optional::isPresent, cause -> cause.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .flatMap(cause -> notConnected(cause).stream())
                .findFirst();
        if (notConnected.isEmpty() && request.isPresent()) {
            reply.complete(new OktaReply.Lost("the connection broke before the answer was complete"));
        } else {
            reply.complete(new OktaReply.NotSent(notConnected.orElse("no connection could be established")));
        }
    }

    /** Why no connection was established; empty for any other failure. */
    private static Optional<String> notConnected(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return Optional.of("its host name is unknown (OKTA_CLIENT_ORGURL)");
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return Optional.of("no connection could be established");
        }
        return cause instanceof SSLHandshakeException ? Optional.of("the TLS handshake failed") : Optional.empty();
    }
}
