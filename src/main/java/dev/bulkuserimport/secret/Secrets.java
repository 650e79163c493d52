package dev.bulkuserimport.secret;

import jakarta.inject.Singleton;

/**
 * Turns settings into secrets: an ARN of Secrets Manager or of an SSM parameter refers to a secret stored there, anything else is the
 * secret itself.
 */
@Singleton
public class Secrets {

    public Secret of(String setting) {
        return of(setting, true);
    }

    /**
     * A secret that authenticates callers, and that unauthenticated callers can therefore make the function read. No one else refuses a
     * rotated one, so it is never read from a cache.
     */
    public Secret ofCallers(String setting) {
        return new ThrottledSecret(of(setting, false));
    }

    /**
     * Whether a setting begins like an ARN and yet names neither a secret nor a parameter. No one has such a secret: taken as one, the ARN
     * would let callers in who know it, or be sent to Okta.
     */
    public static boolean isMalformed(String setting) {
        return setting.strip().startsWith("arn:")
                && SecretReference.parse(setting).isEmpty();
    }

    private static Secret of(String setting, boolean mayBeCached) {
        return SecretReference.parse(setting)
                .<Secret>map(reference -> new StoredSecret(reference, mayBeCached))
                .orElseGet(() -> Secret.given(setting));
    }
}
