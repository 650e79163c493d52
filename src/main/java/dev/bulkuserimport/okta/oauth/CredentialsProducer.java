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
        return settings.isPrivateKeyMode()
                ? new OAuthCredentials(settings, secrets.of(settings.privateKey()), connection)
                : new ApiToken(secrets.of(settings.token()));
    }
}
