package dev.bulkuserimport.secret;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is stored.
 *
 * @param store the service that stores it
 * @param region the service's region
 * @param id the service's ID for it: an ARN without our additions
 * @param jsonKey the key in the secret's JSON object; empty for the whole text
 */
record SecretReference(Store store, String region, String id, Optional<String> jsonKey) {

    enum Store {
        SECRETS_MANAGER,
        SSM
    }

    /** The format that ECS also uses: {@code arn:…:secret:name-AbCdEf:json-key}, here without stage and version. */
    private static final Pattern SECRET =
            Pattern.compile("(arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\\d{12}:secret:[^:\\s]+)(?::([^:\\s]+):*)?");

    private static final Pattern PARAMETER =
            Pattern.compile("(arn:aws[a-z-]*:ssm:([a-z0-9-]+):\\d{12}:parameter/[^:\\s]+)");

    /** Empty if the setting isn't such an ARN. */
    static Optional<SecretReference> parse(String setting) {
        String text = setting.strip();
        Matcher secret = SECRET.matcher(text);
        if (secret.matches()) {
            return Optional.of(new SecretReference(
                    Store.SECRETS_MANAGER, secret.group(2), secret.group(1), Optional.ofNullable(secret.group(3))));
        }
        Matcher parameter = PARAMETER.matcher(text);
        return parameter.matches()
                ? Optional.of(new SecretReference(Store.SSM, parameter.group(2), parameter.group(1), Optional.empty()))
                : Optional.empty();
    }
}
