package dev.bulkuserimport.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;

/** How to reach Okta, under the names of Okta's own SDKs ({@code OKTA_CLIENT_ORGURL} is {@code okta.client.orgUrl}). */
@ConfigMapping(prefix = "okta.client")
public interface OktaConfig {

    /** The org's URL, {@code https://example.okta.com}; plain http only to a loopback address. */
    @WithName("orgUrl")
    Optional<String> orgUrl();

    /** {@code SSWS} for an API token, {@code PrivateKey} for an OAuth service app. */
    @WithName("authorizationMode")
    @WithDefault("SSWS")
    String authorizationMode();

    /** The API token, or the ARN of a secret that holds it. */
    Optional<String> token();

    /** The OAuth service app's client id. */
    @WithName("clientId")
    Optional<String> clientId();

    /** The service app's private key: PEM text, a path, a JWK, or the ARN of a secret that holds one. */
    @WithName("privateKey")
    Optional<String> privateKey();

    /** The id of the public key that Okta has; a JWK may bring its own. */
    Optional<String> kid();

    /** The scopes to ask for, separated by spaces or commas; without it the least that a call needs. */
    Optional<String> scopes();
}
