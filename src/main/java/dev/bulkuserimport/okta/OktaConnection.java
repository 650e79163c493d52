package dev.bulkuserimport.okta;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** The connection to Okta: {@link OktaApi} through Quarkus' REST client, which is built once, on first use or ahead of it. */
@Singleton
public class OktaConnection {

    /** Okta answers within 0.2 to 1.3 s; an answer that takes longer than this counts as lost. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * Seconds after which an idle connection isn't used again. A frozen Lambda environment can't notice that Okta or a NAT gateway has
     * closed one, and a bulk request on a dead connection would count as lost.
     */
    private static final int IDLE_SECONDS = 20;

    /**
     * More than twice the maximum of concurrent requests: calls that time out before they have a connection keep their slots until then.
     */
    private static final int POOL_SIZE = 24;

    /** The most bytes of an answer's headers: Okta's security policies alone take a few thousand. */
    private static final int HEADER_BYTES = 64 * 1024;

    private final URI orgUrl;
    private final Vertx vertx;
    private Optional<OktaApi> client = Optional.empty();

    OktaConnection(Settings settings, Vertx vertx) {
        this.orgUrl = settings.orgUrl();
        this.vertx = vertx;
    }

    /** Builds the client without making a call. */
    public void prepare() {
        client();
    }

    /** How long an answer may take: the usual timeout, or the time left if that is shorter. */
    public static Duration timeout(Deadline deadline) {
        return deadline.left(CALL_TIMEOUT);
    }

    /** Sends a call once. The result never completes exceptionally: whatever happens is a reply, at the latest when the time is up. */
    public CompletableFuture<OktaReply> send(OktaCall call, Authorization authorization, Duration timeout) {
        if (!authorization.fitsHeaders()) {
            // The REST client would hang on a line break in a header, and log its value.
            return CompletableFuture.completedFuture(new OktaReply.NotSent("the request could not be built"));
        }
        return Outgoing.send(vertx, call.on(client(), authorization), timeout);
    }

    private synchronized OktaApi client() {
        if (client.isEmpty()) {
            client = Optional.of(QuarkusRestClientBuilder.newBuilder()
                    .baseUri(orgUrl)
                    .userAgent("bulk-user-import")
                    .disableDefaultMapper(true)
                    .followRedirects(false)
                    .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .readTimeout(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, POOL_SIZE)
                    .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_SECONDS)
                    .property(QuarkusRestClientProperties.MAX_HEADER_SIZE, HEADER_BYTES)
                    .httpClientRequestCustomizer(Outgoing::customize)
                    .build(OktaApi.class));
        }
        return client.get();
    }
}
