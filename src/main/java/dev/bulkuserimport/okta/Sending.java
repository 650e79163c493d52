package dev.bulkuserimport.okta;

import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One sending of a call, until its reply is there. Everything after {@link #begin} happens on the event loop; whatever comes first decides:
 * the whole answer, as much of it as is read, a break, or the end of the time.
 */
final class Sending {

    private final Vertx vertx;
    private final HttpClient client;
    private final OktaCall call;
    private final Authorization authorization;
    private final Duration timeout;
    private final CompletableFuture<OktaReply> reply = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private Optional<HttpClientRequest> request = Optional.empty();
    private boolean over;

    Sending(Vertx vertx, HttpClient client, OktaCall call, Authorization authorization, Duration timeout) {
        this.vertx = vertx;
        this.client = client;
        this.call = call;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    CompletableFuture<OktaReply> begin() {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setURI(call.target());
        authorization.header().ifPresent(header -> options.putHeader("Authorization", header));
        authorization.proof().ifPresent(proof -> options.putHeader("DPoP", proof));
        options.putHeader("User-Agent", "bulk-user-import").putHeader("Accept", "application/json");
        call.content().ifPresent(content -> options.putHeader("Content-Type", content.type()));
        vertx.runOnContext(turn -> {
            long timer = vertx.setTimer(Math.max(1, timeout.toMillis()), fired -> timedOut());
            reply.whenComplete((done, failure) -> vertx.cancelTimer(timer));
            client.request(options).onComplete(made -> {
                if (made.succeeded()) {
                    guarded(() -> connected(made.result()));
                } else {
                    end(new OktaReply.NotSent(
                            OktaConnection.notConnected(made.cause()).orElse("no connection could be made")));
                }
            });
        });
        return reply;
    }

    private void connected(HttpClientRequest made) {
        if (over) {
            made.reset();
            return;
        }
        request = Optional.of(made);
        made.exceptionHandler(this::broken);
        made.response()
                .onSuccess(response -> guarded(() -> answering(response)))
                .onFailure(this::broken);
        if (call.content().isPresent()) {
            made.send(buffer(call.content().get().parts()));
        } else if (call.method().equals("GET")) {
            made.send();
        } else {
            // A POST without a body says so; some gateways want the length.
            made.send(Buffer.buffer());
        }
    }

    private void answering(HttpClientResponse response) {
        response.exceptionHandler(this::broken);
        response.handler(chunk -> {
            int room = call.longestAnswer() - body.size();
            if (!over) {
                body.write(chunk.getBytes(), 0, Math.min(room, chunk.length()));
                if (chunk.length() > room) {
                    guarded(() -> end(answered(response, true)));
                    request.ifPresent(HttpClientRequest::reset);
                }
            }
        });
        response.endHandler(end -> guarded(() -> end(answered(response, false))));
    }

    private OktaReply.Answered answered(HttpClientResponse response, boolean cutOff) {
        Instant now = Instant.now();
        List<String> links = response.headers().getAll("Link");
        return new OktaReply.Answered(
                response.statusCode(),
                body.toByteArray(),
                cutOff,
                RateLimit.of(name -> header(response, name), now),
                AnswerTime.retryAfter(header(response, "Retry-After"), header(response, "Date"), now),
                links.isEmpty() ? Optional.empty() : Optional.of(String.join(",", links)),
                header(response, "WWW-Authenticate"),
                header(response, "DPoP-Nonce"),
                Duration.between(now, AnswerTime.of(header(response, "Date"), now)),
                header(response, "X-Okta-Request-Id"));
    }

    private static Optional<String> header(HttpClientResponse response, String name) {
        return Optional.ofNullable(response.getHeader(name));
    }

    private void timedOut() {
        end(
                request.isPresent()
                        ? new OktaReply.Lost("no answer came in time")
                        : new OktaReply.NotSent("no connection could be made in time"));
        request.ifPresent(HttpClientRequest::reset);
    }

    private void broken(Throwable failure) {
        end(OktaConnection.notConnected(failure)
                .<OktaReply>map(OktaReply.NotSent::new)
                .orElseGet(() -> new OktaReply.Lost("the connection broke before the answer was complete")));
    }

    /** What Okta sent must not be able to break anything, whatever it is; a request that is out then counts as lost. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            end(new OktaReply.Lost("its answer could not be read"));
        }
    }

    private void end(OktaReply what) {
        if (!over) {
            over = true;
            reply.complete(what);
        }
    }

    /** The parts as one, not copied. */
    private static Buffer buffer(List<ByteBuffer> parts) {
        return Buffer.buffer(
                Unpooled.wrappedBuffer(parts.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new)));
    }
}
