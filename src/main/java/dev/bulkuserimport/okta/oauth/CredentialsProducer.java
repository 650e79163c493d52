package dev.bulkuserimport.okta.oauth;

import dev.bulkuserimport.config.OktaCredentials;
import dev.bulkuserimport.config.Settings;
import dev.bulkuserimport.okta.Credentials;
import dev.bulkuserimport.okta.OktaConnection;
import dev.bulkuserimport.secret.Secrets;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the credentials that the settings ask for. In either case, nothing is read or created before the first call. */
final class CredentialsProducer {

    @Produces
    @Singleton
    Credentials credentials(Settings settings, Secrets secrets, OktaConnection connection) {
        OktaCredentials given = settings.credentials();
        if (given instanceof OktaCredentials.ServiceApp app) {
            return new OAuthCredentials(settings.orgUrl(), app, secrets.of(app.privateKey()), connection);
        }
        return new ApiToken(secrets.of(((OktaCredentials.ApiToken) given).token()));
    }
}
