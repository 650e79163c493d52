package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.base.Deadline;
import dev.bulkuserimport.config.OktaCredentials;
import dev.bulkuserimport.okta.Authorization;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaCall;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.okta.OktaReply;
import dev.bulkuserimport.okta.Scope;
import dev.bulkuserimport.secret.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OAuth service app: a token for the scopes that a call needs, kept for the instance and renewed before it expires. */
public final class OAuthCredentials implements Credentials {

    private final List<String> configuredScopes;
    private final String orgUrl;
    private final TokenRequest tokenRequest;
    private final ProofOfPossession possession;
    private final Map<String, AccessToken> tokens = new HashMap<>();

    /** @param privateKey read at each token request */
    public OAuthCredentials(URI orgUrl, OktaCredentials.ServiceApp app, Secret privateKey, OktaConnection connection) {
        this.configuredScopes = app.scopes();
        this.orgUrl = orgUrl.toString();
        this.possession = new ProofOfPossession();
        this.tokenRequest = new TokenRequest(
                this.orgUrl, new ClientAssertion(app.clientId(), app.kid(), privateKey), possession, connection);
    }

    @Override
    public synchronized Authorization authorize(OktaCall call, Deadline deadline) {
        AccessToken token = token(scopes(call.scope()), deadline);
        if (!token.dpop()) {
            return Authorization.of("Bearer " + token.value());
        }
        String proof = possession.forCall(call.method(), orgUrl + call.path(), token.value());
        return new Authorization(Optional.of("DPoP " + token.value()), Optional.of(proof));
    }

    @Override
    public synchronized void learn(OktaReply.Answered answer) {
        possession.learnForCalls(answer);
    }

    @Override
    public synchronized Renewal renew(OktaReply.Answered refusal, Deadline deadline) {
        if (refusal.asksForNonce()) {
            possession.learnForCalls(refusal);
            return Renewal.NONCE;
        }
        tokens.clear();
        return Renewal.RENEWED;
    }

    private AccessToken token(String scopes, Deadline deadline) {
        AccessToken known = tokens.get(scopes);
        if (known != null && known.isFresh()) {
            return known;
        }
        AccessToken token = tokenRequest.send(scopes, deadline);
        tokens.put(scopes, token);
        return token;
    }

    /** The configured scopes, or the minimum for the call; reading and managing sessions share a token. */
    private String scopes(Optional<Scope> scope) {
        if (!configuredScopes.isEmpty()) {
            return String.join(" ", configuredScopes);
        }
        return switch (scope.orElseThrow()) {
            case IDENTITY_SOURCES_MANAGE, IDENTITY_SOURCES_READ ->
                Scope.IDENTITY_SOURCES_MANAGE.value() + " " + Scope.IDENTITY_SOURCES_READ.value();
            case APPS_READ -> Scope.APPS_READ.value();
            case SCHEMAS_READ -> Scope.SCHEMAS_READ.value();
        };
    }
}
