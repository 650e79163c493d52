package dev.bulkuserimport.secret;

import jakarta.inject.Singleton;

/**
 * Turns settings into secrets: an ARN of Secrets Manager or of an SSM parameter refers to a secret stored there, anything else is the
 * secret itself.
 */
@Singleton
public class Secrets {

    public Secret of(String setting) {
        return SecretReference.parse(setting).<Secret>map(StoredSecret::new).orElseGet(() -> Secret.given(setting));
    }

    /** A secret that authenticates callers, and that unauthenticated callers can therefore make the function read. */
    public Secret ofCallers(String setting) {
        return new ThrottledSecret(of(setting), System::nanoTime);
    }
}
