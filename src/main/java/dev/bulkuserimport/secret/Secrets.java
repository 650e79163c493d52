package dev.bulkuserimport.secret;

import jakarta.inject.Singleton;

/** Turns settings into secrets: an ARN of Secrets Manager or of an SSM parameter is one that is kept there, anything else is the secret. */
@Singleton
public class Secrets {

    public Secret of(String setting) {
        return SecretReference.parse(setting).<Secret>map(StoredSecret::new).orElseGet(() -> Secret.given(setting));
    }
}
