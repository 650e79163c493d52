package dev.bulkuserimport.okta.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Backoff;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaError;
import dev.bulkuserimport.okta.OktaRefusal;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.problem.Problem;
import dev.bulkuserimport.problem.ProblemException;
import dev.bulkuserimport.problem.ProblemType;
import dev.bulkuserimport.secret.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An OAuth service app: a token for the scopes that a call needs, kept for the instance and renewed before it expires. DPoP is switched on
 * by what Okta answers.
 */
public final class OAuthCredentials implements Credentials {

    /** Okta takes assertions that expire within an hour; ours is used at once. */
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

    /** A token is renewed this long before it expires, or after nine tenths of its life where that is later. */
    private static final long RENEW_BEFORE_SECONDS = 60;

    /** Nonces that Okta may ask for in one exchange. */
    private static final int NONCES = 3;

    private static final String TOKEN_PATH = "/oauth2/v1/token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Secret privateKey;
    private final OktaConnection connection;
    private final Map<String, AccessToken> tokens = new HashMap<>();
    private ClientKey key;
    private DpopKey dpop;
    private String tokenNonce;
    private String apiNonce;

    public OAuthCredentials(Settings settings, Secret privateKey, OktaConnection connection) {
        this.settings = settings;
        this.privateKey = privateKey;
        this.connection = connection;
    }

    @Override
    public synchronized Authorization authorize(OktaCall call, Deadline deadline) {
        String scopes = scopes(call.scope());
        AccessToken token = tokens.get(scopes);
        if (token == null || !token.isFresh()) {
            token = request(scopes, deadline);
            tokens.put(scopes, token);
        }
        if (!token.dpop()) {
            return new Authorization("Bearer " + token.value(), null);
        }
        return new Authorization(
                "DPoP " + token.value(),
                dpop().proof(call.method(), settings.orgUrl() + call.path(), apiNonce, token.value()));
    }

    @Override
    public synchronized void learn(OktaReply.Answered answer) {
        if (answer.nonce() != null) {
            apiNonce = answer.nonce();
        }
    }

    @Override
    public synchronized Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
        if (refusal.asksForNonce()) {
            apiNonce = refusal.nonce();
            return Renewal.NONCE;
        }
        tokens.clear();
        return Renewal.RENEWED;
    }

    /** The scopes that are configured, or the least for the call; reading and managing sessions share a token. */
    private String scopes(Scope scope) {
        if (!settings.scopes().isEmpty()) {
            return String.join(" ", settings.scopes());
        }
        return switch (scope) {
            case IDENTITY_SOURCES_MANAGE, IDENTITY_SOURCES_READ ->
                Scope.IDENTITY_SOURCES_MANAGE.value() + " " + Scope.IDENTITY_SOURCES_READ.value();
            case APPS_READ, SCHEMAS_READ -> scope.value();
        };
    }

    private AccessToken request(String scopes, Deadline deadline) {
        boolean reread = false;
        int nonces = 0;
        int failures = 0;
        while (true) {
            OktaReply reply = send(scopes, deadline);
            if (reply instanceof OktaReply.Answered answer && answer.isSuccess()) {
                return token(answer);
            }
            if (reply instanceof OktaReply.Answered answer && answer.status() < 500 && answer.status() != 429) {
                OktaError error = OktaError.of(answer);
                if (asksForProof(error, answer) && nonces++ < NONCES) {
                    continue;
                }
                if ("invalid_client".equals(error.code()) && !reread && privateKey.reread(deadline)) {
                    reread = true;
                    key = null;
                    continue;
                }
                throw refused(error, scopes);
            }
            Duration delay = reply instanceof OktaReply.Answered answer && answer.status() == 429
                    ? Backoff.throttleDelay(answer, ++failures)
                    : Backoff.faultDelay(reply, ++failures);
            if (failures >= Backoff.ATTEMPTS || !deadline.leaves(delay)) {
                throw OktaRefusal.unavailable(reply, delay).exception();
            }
            Backoff.sleep(delay);
        }
    }

    private OktaReply send(String scopes, Deadline deadline) {
        String form = "grant_type=client_credentials&scope=" + encoded(scopes)
                + "&client_assertion_type=" + encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                + "&client_assertion=" + assertion(deadline);
        String proof = dpop == null ? null : dpop.proof("POST", settings.orgUrl() + TOKEN_PATH, tokenNonce, null);
        OktaCall call = new OktaCall("POST", TOKEN_PATH, null, true, (api, auth) -> api.token(auth.proof(), form));
        return connection
                .send(call, new Authorization(null, proof), OktaConnection.timeout(deadline))
                .await()
                .indefinitely();
    }

    /** Whether Okta wants a proof that it didn't get, or another nonce in it; the next request has it. */
    private boolean asksForProof(OktaError error, OktaReply.Answered answer) {
        boolean nonce = "use_dpop_nonce".equals(error.code()) && answer.nonce() != null;
        boolean missing = "invalid_dpop_proof".equals(error.code()) && dpop == null;
        if (nonce || missing) {
            dpop();
            tokenNonce = answer.nonce() != null ? answer.nonce() : tokenNonce;
        }
        return nonce || missing;
    }

    private DpopKey dpop() {
        if (dpop == null) {
            dpop = new DpopKey();
        }
        return dpop;
    }

    private String assertion(Deadline deadline) {
        if (key == null) {
            key = ClientKey.of(privateKey.value(deadline), settings.kid().orElse(null));
        }
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(settings.clientId())
                .subject(settings.clientId())
                .audience(settings.orgUrl() + TOKEN_PATH)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(key.algorithm()).keyID(key.kid()).build(), claims);
        try {
            assertion.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("the assertion could not be signed");
        }
        return assertion.serialize();
    }

    private static AccessToken token(OktaReply.Answered answer) {
        try {
            JsonNode token = JSON.readTree(answer.body());
            if (token.path("access_token").isTextual()) {
                long life = token.path("expires_in").asLong(3600);
                long fresh = Math.max(life - RENEW_BEFORE_SECONDS, life * 9 / 10);
                return new AccessToken(
                        token.get("access_token").asText(),
                        token.path("token_type").asText().equalsIgnoreCase("DPoP"),
                        System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(fresh));
            }
        } catch (IOException e) {
            // said below
        }
        throw Problem.of(ProblemType.OKTA_UNAUTHORIZED, "Okta's token endpoint did not answer with a token.")
                .exception();
    }

    private static ProblemException refused(OktaError error, String scopes) {
        String summary = error.summary() == null ? "" : error.summary().toLowerCase(Locale.ROOT);
        String advice;
        if ("invalid_scope".equals(error.code())) {
            advice = "Grant the service app the scopes " + scopes + ", or set OKTA_CLIENT_SCOPES to those that it has.";
        } else if (summary.contains("expir") || summary.contains("issued") || summary.contains("future")) {
            advice = "The clock of this function and Okta's differ, or the assertion took too long on its way.";
        } else if ("invalid_client".equals(error.code())) {
            advice = "Check OKTA_CLIENT_CLIENTID, that OKTA_CLIENT_PRIVATEKEY belongs to a public key of that app,"
                    + " and OKTA_CLIENT_KID.";
        } else {
            advice =
                    "Check the service app's settings: OKTA_CLIENT_CLIENTID, OKTA_CLIENT_PRIVATEKEY, OKTA_CLIENT_SCOPES.";
        }
        return error.addTo(Problem.of(ProblemType.OKTA_UNAUTHORIZED, error.sentence() + ". " + advice))
                .exception();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
