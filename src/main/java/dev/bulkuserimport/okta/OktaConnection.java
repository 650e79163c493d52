package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** The reactive REST client to Okta, made at its first use, and what its failures mean for a call. */
@Singleton
public class OktaConnection {

    /** Okta answers within 0.2 to 1.3 s; one that takes longer than this has been lost. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Seconds after which an idle connection isn't used again. A frozen Lambda environment can't see that Okta or a NAT gateway has
     * closed one meanwhile, and a bulk request on a dead connection would count as lost.
     */
    private static final int IDLE_SECONDS = 20;

    private static final int POOL_SIZE = 12;

    private final Settings settings;
    private OktaApi api;

    OktaConnection(Settings settings) {
        this.settings = settings;
    }

    /** Makes the client without calling anybody. */
    public void prepare() {
        api();
    }

    /** How long an answer may take: as long as any, or as long as there is time. */
    public static Duration timeout(Deadline deadline) {
        Duration left = deadline.left();
        return left.compareTo(CALL_TIMEOUT) < 0 ? left : CALL_TIMEOUT;
    }

    /** Sends a call once. The result never fails: whatever happens is a reply. */
    public Uni<OktaReply> send(OktaCall call, Authorization authorization, Duration timeout) {
        Uni<RestResponse<byte[]>> response;
        try {
            response = call.sender().send(api(), authorization);
        } catch (RuntimeException e) {
            return Uni.createFrom().item(failed(e));
        }
        return response.ifNoItem()
                .after(timeout.isZero() ? Duration.ofMillis(1) : timeout)
                .fail()
                .map(OktaConnection::answered)
                .onFailure()
                .recoverWithItem(OktaConnection::failed);
    }

    private synchronized OktaApi api() {
        if (api == null) {
            api = QuarkusRestClientBuilder.newBuilder()
                    .baseUri(settings.orgUrl())
                    .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .userAgent("bulk-user-import")
                    .property("microprofile.rest.client.disable.default.mapper", true)
                    .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, POOL_SIZE)
                    .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_SECONDS)
                    .build(OktaApi.class);
        }
        return api;
    }

    private static OktaReply answered(RestResponse<byte[]> response) {
        List<Object> links = response.getHeaders().get("Link");
        return new OktaReply.Answered(
                response.getStatus(),
                body(response),
                RateLimit.of(response::getHeaderString, Instant.now()),
                retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER)),
                links == null
                        ? null
                        : String.join(",", links.stream().map(String::valueOf).toList()),
                response.getHeaderString(HttpHeaders.WWW_AUTHENTICATE),
                response.getHeaderString("DPoP-Nonce"),
                response.getHeaderString("X-Okta-Request-Id"));
    }

    /** The client converts the bodies of successes only; that of a failure is a stream of what is in memory already. */
    private static byte[] body(RestResponse<?> response) {
        Object entity = response.getEntity();
        if (entity instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return entity instanceof byte[] bytes ? bytes : new byte[0];
    }

    private static Duration retryAfter(String seconds) {
        try {
            return seconds == null ? null : Duration.ofSeconds(Math.max(0, Long.parseLong(seconds.strip())));
        } catch (NumberFormatException e) {
            return null; // an HTTP date: Okta doesn't send one, and our own backoff does as well
        }
    }

    private static OktaReply failed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new OktaReply.NotSent("its host name is unknown (OKTA_CLIENT_ORGURL)");
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return new OktaReply.NotSent("no connection could be made");
            }
            if (cause instanceof SSLHandshakeException) {
                return new OktaReply.NotSent("the TLS handshake failed");
            }
        }
        boolean timeout = failure instanceof TimeoutException
                || String.valueOf(failure.getMessage()).contains("timeout");
        return new OktaReply.Lost(
                timeout ? "no answer came in time" : "the connection broke before the answer was complete");
    }
}
