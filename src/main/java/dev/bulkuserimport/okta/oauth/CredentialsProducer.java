package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the credentials that the settings ask for; whichever they are, nothing is read or made before the first call. */
final class CredentialsProducer {

    @Produces
    @Singleton
    Credentials credentials(Settings settings, Secrets secrets, OktaConnection connection) {
        if (!settings.isPrivateKeyMode()) {
            return new ApiToken(secrets.of(settings.token()));
        }
        String orgUrl = settings.orgUrl().toString();
        ProofOfPossession possession = new ProofOfPossession();
        ClientAssertion assertion =
                new ClientAssertion(settings.clientId(), settings.kid(), secrets.of(settings.privateKey()));
        return new OAuthCredentials(
                settings.scopes(), orgUrl, new TokenRequest(orgUrl, assertion, possession, connection), possession);
    }
}
