package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;

/**
 * The way to Okta: Vert.x's HTTP client, made at its first use. It is used as it is, without a REST client over it, because an answer has to
 * be bounded while it comes in, a call has one time-out from its first byte to its last, and a broken call has to tell whether it was sent.
 */
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

    /** Bytes of an answer's headers: Okta's policies alone have a few thousand. */
    private static final int HEADER_BYTES = 64 * 1024;

    private final URI orgUrl;
    private final Vertx vertx;
    private Optional<HttpClient> client = Optional.empty();

    OktaConnection(Settings settings, Vertx vertx) {
        this.orgUrl = settings.orgUrl();
        this.vertx = vertx;
    }

    /** Makes the client without calling anybody. */
    public void prepare() {
        client();
    }

    /** How long an answer may take: as long as any, or as long as there is time. */
    public static Duration timeout(Deadline deadline) {
        Duration left = deadline.left();
        return left.compareTo(CALL_TIMEOUT) < 0 ? left : CALL_TIMEOUT;
    }

    /** Sends a call once. The result never fails: whatever happens is a reply, at the latest when the time is over. */
    public CompletableFuture<OktaReply> send(OktaCall call, Authorization authorization, Duration timeout) {
        try {
            return new Sending(vertx, client(), call, authorization, timeout).begin();
        } catch (RuntimeException e) {
            // A header that can't be one, for example; its message would quote it.
            return CompletableFuture.completedFuture(new OktaReply.NotSent("the request could not be built"));
        }
    }

    private synchronized HttpClient client() {
        if (client.isEmpty()) {
            boolean tls = "https".equals(orgUrl.getScheme());
            HttpClientOptions options = new HttpClientOptions()
                    .setSsl(tls)
                    .setDefaultHost(host())
                    .setDefaultPort(orgUrl.getPort() > 0 ? orgUrl.getPort() : tls ? 443 : 80)
                    .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                    .setKeepAliveTimeout(IDLE_SECONDS)
                    .setMaxHeaderSize(HEADER_BYTES);
            client = Optional.of(vertx.httpClientBuilder()
                    .with(options)
                    // The builder doesn't take the size from the client's own options: it would stay at five.
                    .with(new PoolOptions().setHttp1MaxSize(POOL_SIZE))
                    // A broken connection is told by the replies of what was sent on it; an idle one's end is nobody's
                    // business.
                    .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                    .build());
        }
        return client.get();
    }

    private String host() {
        String host = orgUrl.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Why no connection came about; empty when one did, so that Okta may have seen the call. */
    static Optional<String> notConnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Optional.of("its host name is unknown (OKTA_CLIENT_ORGURL)");
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return Optional.of("no connection could be made");
            }
            if (cause instanceof SSLHandshakeException) {
                return Optional.of("the TLS handshake failed");
            }
        }
        return Optional.empty();
    }
}
