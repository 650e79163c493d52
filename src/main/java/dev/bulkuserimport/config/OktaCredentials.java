package dev.bulkuserimport.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The credentials with which the function authenticates to Okta: one of two kinds, each with everything that it needs. Secrets are as they
 * were given.
 */
public sealed interface OktaCredentials {

    /**
     * An API token, Okta's own scheme {@code SSWS}.
     *
     * @param token the token, or the ARN of a secret
     */
    record ApiToken(String token) implements OktaCredentials {
        @Override
        public String toString() {
            return "ApiToken[hidden]";
        }
    }

    /**
     * An OAuth service app.
     *
     * @param clientId the app's client ID
     * @param privateKey PEM, a path, a JWK, or the ARN of a secret
     * @param kid the key's ID in Okta; empty to use the JWK's own
     * @param scopes the scopes to request; empty for the minimum that a call needs
     */
    record ServiceApp(String clientId, String privateKey, Optional<String> kid, List<String> scopes)
            implements OktaCredentials {
        @Override
        public String toString() {
            return "ServiceApp[" + clientId + "]";
        }
    }

    /**
     * The credentials that the settings give.
     *
     * @throws InvalidSettingException naming the setting that is missing or wrong
     */
    static OktaCredentials of(RawSettings given) {
        // All are read whatever the mode is: an invalid one stops the start even if it isn't used.
        Optional<String> mode = given.line(Setting.OKTA_CLIENT_AUTHORIZATIONMODE);
        Optional<String> token = given.secretLine(Setting.OKTA_CLIENT_TOKEN).map(OktaCredentials::token);
        Optional<String> clientId = given.line(Setting.OKTA_CLIENT_CLIENTID);
        Optional<String> privateKey = given.secret(Setting.OKTA_CLIENT_PRIVATEKEY);
        Optional<String> kid = given.line(Setting.OKTA_CLIENT_KID);
        List<String> scopes = given.line(Setting.OKTA_CLIENT_SCOPES)
                .map(text -> Arrays.stream(text.split("[\\s,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .toList())
                .orElse(List.of());
        return switch (mode.orElse("SSWS")) {
            case "SSWS" ->
                new ApiToken(required(
                        token, Setting.OKTA_CLIENT_TOKEN, "SSWS: an API token, or the ARN of a secret with one"));
            case "PrivateKey" ->
                new ServiceApp(
                        required(clientId, Setting.OKTA_CLIENT_CLIENTID, "PrivateKey: the service app's client ID"),
                        required(privateKey, Setting.OKTA_CLIENT_PRIVATEKEY, "PrivateKey: the service app's key"),
                        kid,
                        scopes);
            default ->
                throw new InvalidSettingException(Setting.OKTA_CLIENT_AUTHORIZATIONMODE, "must be SSWS or PrivateKey");
        };
    }

    private static String token(String text) {
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new InvalidSettingException(
                    Setting.OKTA_CLIENT_TOKEN, "contains a space or another character that API tokens don't have");
        }
        return text;
    }

    private static String required(Optional<String> value, Setting setting, String mode) {
        return value.orElseThrow(
                () -> new InvalidSettingException(setting, "is missing with OKTA_CLIENT_AUTHORIZATIONMODE=" + mode));
    }
}
