package dev.bulkuserimport.acceptance;

import static dev.bulkuserimport.support.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.OktaCredentials;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.embedded.EmbeddedOkta;
import dev.bulkuserimport.embedded.Fault;
import dev.bulkuserimport.embedded.OktaSession;
import dev.bulkuserimport.okta.Answers;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.oauth.OAuthCredentials;
import dev.bulkuserimport.secret.Secret;
import dev.bulkuserimport.support.Lambda;
import dev.bulkuserimport.support.OAuthResource;
import dev.bulkuserimport.support.Payload;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@TestProfile(OAuthIT.ServiceApp.class)
@QuarkusTestResource(value = OAuthResource.class, restrictToAnnotatedClass = true)
@DisplayName("A function that is an OAuth service app")
class OAuthIT {

    /** Starts the function anew, with settings of its own. */
    public static final class ServiceApp implements QuarkusTestProfile {}

    private static final String MANAGE = "okta.identitySources.manage";
    private static final String READ = "okta.identitySources.read";
    private static final String APP = "0oaOAuth";

    @Inject
    Settings settings;

    @Inject
    OktaConnection connection;

    EmbeddedOkta okta;
    ECKey key;
    private OktaSession session;

    @BeforeEach
    void session() {
        okta.reset();
        session = okta.newSession(APP);
    }

    private void serviceApp(boolean dpop, String... scopes) {
        okta.tokens().client(OAuthResource.CLIENT_ID, key.toPublicJWK(), "key-1", dpop, scopes);
        // The instance may still have a token of an earlier test.
        okta.tokens().revoke();
    }

    private JsonNode imported(int users) {
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).users(0, users).toString());
        assertThat(result.isFunctionError()).as(() -> result.json().toString()).isFalse();
        assertThat(result.json().path("recordsImported").asInt()).isEqualTo(users);
        assertThat(session.users()).hasSize(users);
        assertThat(session.repeated()).isEmpty();
        return result.json();
    }

    @Test
    @DisplayName("imports 10,000 users with one bearer token for all requests, and keeps it for the next import")
    void bearer() {
        serviceApp(false, MANAGE, READ);
        imported(10_000);
        assertThat(okta.tokens().issued()).isEqualTo(1);
        session = okta.newSession(APP);
        imported(3);
        assertThat(okta.tokens().issued()).isEqualTo(1);
        assertThat(okta.authorizations()).filteredOn(a -> a != null).allMatch(a -> a.startsWith("Bearer "));
    }

    @Test
    @DisplayName("renews a token that expires in the middle of an import")
    void expires() {
        serviceApp(false, MANAGE, READ);
        okta.tokens().lifeSeconds(2);
        okta.latencyMillis(250);
        imported(10_000);
        assertThat(okta.tokens().issued()).isGreaterThan(1);
    }

    @Test
    @DisplayName("gets one new token after a 401 in the middle of an import, for all requests that met it")
    void revoked() {
        serviceApp(false, MANAGE, READ);
        okta.latencyMillis(60);
        CompletableFuture<JsonNode> running = CompletableFuture.supplyAsync(() -> imported(10_000));
        while (okta.receivedUploads() < 12) {
            Thread.onSpinWait();
        }
        okta.tokens().revoke();
        running.join();
        assertThat(okta.tokens().issued()).isEqualTo(2);
    }

    @Test
    @DisplayName("switches to DPoP when Okta asks for it, with a nonce that rotates in the middle, retries included")
    void dpop() {
        serviceApp(true, MANAGE, READ);
        okta.tokens().apiNonce(9);
        okta.fault(Fault.status(503).after(5).times(3));
        okta.fault(Fault.upload(Fault.Kind.CONCURRENCY).after(20).times(2));
        imported(10_000);
        // The embedded Okta accepts no proof twice, so every request had one of its own. The first of all may carry a
        // token of an earlier
        // test, which is how the function learns that there is something new.
        assertThat(okta.authorizations())
                .filteredOn(a -> a != null)
                .filteredOn(a -> !a.startsWith("DPoP "))
                .hasSizeLessThan(2);

        okta.tokens().revoke();
        okta.tokens().rotateNonce();
        session = okta.newSession(APP);
        imported(3);
    }

    /** Credentials of an instance that has not called Okta yet. */
    private Credentials cold() {
        return new OAuthCredentials(
                settings.orgUrl(),
                (OktaCredentials.ServiceApp) settings.credentials(),
                Secret.given(key.toJSONString()),
                connection);
    }

    private Authorization authorize(Credentials credentials) {
        return credentials.authorize(OktaCall.getSession(APP, session.id()), Deadline.in(Duration.ofSeconds(20)));
    }

    private long tokenRequests() {
        return okta.received().stream()
                .filter(request -> request.contains("/oauth2/v1/token"))
                .count();
    }

    @Test
    @DisplayName("needs two token requests for the first DPoP token, and one for each further one")
    void coldDpop() {
        serviceApp(true, MANAGE, READ);
        Credentials credentials = cold();
        assertThat(authorize(credentials).header().orElseThrow()).startsWith("DPoP ");
        assertThat(tokenRequests()).isEqualTo(2);
        assertThat(authorize(credentials).proof()).isPresent();
        assertThat(tokenRequests()).isEqualTo(2);

        OktaReply.Answered refusal = Answers.error(401, "E0000011", "Invalid token");
        assertThat(credentials.renew(refusal, Deadline.in(Duration.ofSeconds(5))))
                .isEqualTo(Credentials.Renewal.RENEWED);
        authorize(credentials);
        assertThat(tokenRequests()).isEqualTo(3);
    }

    @Test
    @DisplayName("gets the token of a large payload that is refused, and tells Okta nothing else")
    void refused() {
        serviceApp(true, MANAGE, READ);
        Lambda.Result result = Lambda.invoke(new Payload(APP, session.id())
                .users(0, 450)
                .user("{\"externalId\":\" \",\"profile\":{\"a\":\"b\"}}")
                .toString());
        assertProblem(result).is("invalid-users");
        assertThat(okta.received()).allMatch(request -> request.contains("/oauth2/v1/token"));
    }

    @Test
    @DisplayName("needs one token request for the first Bearer token, though it offers a proof")
    void coldBearer() {
        serviceApp(false, MANAGE, READ);
        assertThat(authorize(cold())).satisfies(authorization -> {
            assertThat(authorization.header().orElseThrow()).startsWith("Bearer ");
            assertThat(authorization.proof()).isEmpty();
        });
        assertThat(tokenRequests()).isEqualTo(1);
    }

    @Test
    @DisplayName("takes a bound token where Okta binds it to a proof that it does not require")
    void boundUnasked() {
        serviceApp(false, MANAGE, READ);
        okta.tokens().bindsUnasked(true);
        assertThat(authorize(cold()).header().orElseThrow()).startsWith("DPoP ");
        assertThat(tokenRequests()).isEqualTo(2);
    }

    @Test
    @DisplayName("says which scope is missing")
    void missingScope() {
        serviceApp(false, MANAGE);
        assertProblem(Lambda.invoke(new Payload(APP, session.id()).users(0, 1).toString()))
                .is("okta-unauthorized")
                .says(READ, "OKTA_CLIENT_SCOPES");
        assertThat(okta.receivedUploads()).isZero();
    }

    @Test
    @DisplayName("says which settings to check when Okta knows another key or client, or another time")
    void wrongClient() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("key-1").generate();
        okta.tokens().client(OAuthResource.CLIENT_ID, other.toPublicJWK(), "key-1", false, MANAGE, READ);
        okta.tokens().revoke();
        assertProblem(Lambda.invoke(new Payload(APP, session.id()).users(0, 1).toString()))
                .says("OKTA_CLIENT_PRIVATEKEY", "OKTA_CLIENT_CLIENTID")
                .has("errorCode", "invalid_client");

        serviceApp(false, MANAGE, READ);
        okta.clockSkewSeconds(7_200);
        assertProblem(Lambda.invoke(new Payload(APP, session.id()).users(0, 1).toString()))
                .says("clock");
    }

    @Test
    @DisplayName("stops after a second 401")
    void hopeless() {
        serviceApp(false, MANAGE, READ);
        okta.fault(Fault.status(401).times(99));
        Lambda.Result result =
                Lambda.invoke(new Payload(APP, session.id()).users(0, 5).toString());
        assertProblem(result).is("okta-unauthorized");
        assertThat(okta.receivedUploads()).isEqualTo(2);
        assertThat(result.problem().at("/notImported/0/outcome").asText()).isEqualTo("rejected");
    }
}
