package dev.bulkuserimport.secret;

import jakarta.inject.Singleton;

/** Turns settings into secrets: an ARN of Secrets Manager or of an SSM parameter is one that is kept there, anything else is the secret. */
@Singleton
public class Secrets {

    public Secret of(String setting) {
        return SecretReference.parse(setting).<Secret>map(StoredSecret::new).orElseGet(() -> Secret.given(setting));
    }

    /** A secret by which callers are told apart, and which they can therefore make the function read before they have shown any. */
    public Secret ofCallers(String setting) {
        return new ThrottledSecret(of(setting), System::nanoTime);
    }
}
