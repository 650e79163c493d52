package dev.bulkuserimport.config;

import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.OktaId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** All settings, checked. Secrets stay as they were given; whoever needs one reads it at its first use. */
@Singleton
public class Settings {

    private static final int MAX_PARALLEL_REQUESTS = 10;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final URI orgUrl;
    private final boolean privateKeyMode;
    private final OktaConfig okta;
    private final ImportConfig imports;
    private final int parallelRequests;
    private final boolean skipInvalidUsers;
    private final Integer maxDeactivations;
    private final ImportOperation operation;

    Settings(OktaConfig okta, ImportConfig imports) {
        this.okta = okta;
        this.imports = imports;
        this.orgUrl = orgUrl(okta.orgUrl().orElse(""));
        this.privateKeyMode = privateKeyMode(okta.authorizationMode());
        if (privateKeyMode) {
            require(
                    okta.clientId(),
                    "OKTA_CLIENT_CLIENTID",
                    "with OKTA_CLIENT_AUTHORIZATIONMODE=PrivateKey: the service app's client id");
            require(
                    okta.privateKey(),
                    "OKTA_CLIENT_PRIVATEKEY",
                    "with OKTA_CLIENT_AUTHORIZATIONMODE=PrivateKey: the service app's key");
        } else {
            require(
                    okta.token(),
                    "OKTA_CLIENT_TOKEN",
                    "with OKTA_CLIENT_AUTHORIZATIONMODE=SSWS: an API token, or the ARN of a secret with one");
        }
        this.parallelRequests =
                between("IMPORT_PARALLEL_REQUESTS", imports.parallelRequests(), 1, MAX_PARALLEL_REQUESTS);
        this.skipInvalidUsers = switch (imports.invalidUsers().strip().toLowerCase(Locale.ROOT)) {
            case "reject" -> false;
            case "skip" -> true;
            default -> throw new InvalidSettingException("IMPORT_INVALID_USERS", "must be reject or skip");
        };
        this.maxDeactivations = imports.maxDeactivations()
                .map(text -> between("IMPORT_MAX_DEACTIVATIONS", text, 0, Integer.MAX_VALUE))
                .orElse(null);
        this.operation = imports.operation()
                .map(text -> ImportOperation.parse(text)
                        .orElseThrow(() -> new InvalidSettingException(
                                "IMPORT_OPERATION", "must be CREATE_AND_UPDATE or DEACTIVATE_AND_DELETE")))
                .orElse(null);
        if (imports.applicationId().isPresent()
                && !OktaId.isValid(imports.applicationId().get())) {
            throw new InvalidSettingException("IMPORT_APPLICATION_ID", "is not an Okta id (0oa…)");
        }
    }

    /** Makes the settings part of the start, so that a wrong one is found then and not by the first import. */
    void check(@Observes StartupEvent start) {}

    /** The org's URL without a trailing slash. */
    public URI orgUrl() {
        return orgUrl;
    }

    public boolean isPrivateKeyMode() {
        return privateKeyMode;
    }

    /** The API token, or the ARN of a secret. */
    public String token() {
        return okta.token().orElseThrow();
    }

    public String clientId() {
        return okta.clientId().orElseThrow().strip();
    }

    /** PEM, a path, a JWK, or the ARN of a secret. */
    public String privateKey() {
        return okta.privateKey().orElseThrow();
    }

    public Optional<String> kid() {
        return okta.kid().map(String::strip);
    }

    /** The scopes to ask for; empty for the least that a call needs. */
    public List<String> scopes() {
        return okta.scopes()
                .map(text -> Arrays.stream(text.strip().split("[\\s,]+"))
                        .filter(s -> !s.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    public int parallelRequests() {
        return parallelRequests;
    }

    public boolean skipsInvalidUsers() {
        return skipInvalidUsers;
    }

    /** The most users one Deactivate and Delete may hold; empty without a limit. */
    public Optional<Integer> maxDeactivations() {
        return Optional.ofNullable(maxDeactivations);
    }

    /** The application of files that name none. */
    public Optional<String> applicationId() {
        return imports.applicationId();
    }

    /** The operation of files that name none. */
    public Optional<ImportOperation> operation() {
        return Optional.ofNullable(operation);
    }

    public Optional<String> reportBucket() {
        return imports.reportBucket();
    }

    public Optional<String> webhookSecret() {
        return imports.webhookSecret();
    }

    public Optional<String> webhookSigningKey() {
        return imports.webhookSigningKey();
    }

    @Override
    public String toString() {
        return "Settings[" + orgUrl + "]";
    }

    private static URI orgUrl(String text) {
        String name = "OKTA_CLIENT_ORGURL";
        if (text.isBlank()) {
            throw new InvalidSettingException(name, "is missing: give the org's URL, https://example.okta.com");
        }
        URI uri;
        try {
            uri = new URI(text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new InvalidSettingException(name, "is not a URL");
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new InvalidSettingException(name, "must be the org's URL alone, https://example.okta.com");
        }
        if (uri.getPath() != null && !uri.getPath().isEmpty()) {
            throw new InvalidSettingException(name, "must have no path: https://example.okta.com");
        }
        boolean loopback = LOOPBACK.matcher(uri.getHost()).matches();
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
            throw new InvalidSettingException(name, "must begin with https:// (http:// only for a loopback address)");
        }
        if (uri.getHost().matches(".*-admin\\.(okta|oktapreview|okta-emea)\\.com")) {
            throw new InvalidSettingException(name, "is the admin console's URL: leave out -admin");
        }
        return uri;
    }

    private static boolean privateKeyMode(String mode) {
        return switch (mode.strip()) {
            case "SSWS" -> false;
            case "PrivateKey" -> true;
            default -> throw new InvalidSettingException("OKTA_CLIENT_AUTHORIZATIONMODE", "must be SSWS or PrivateKey");
        };
    }

    private static void require(Optional<String> value, String name, String what) {
        if (value.filter(text -> !text.isBlank()).isEmpty()) {
            throw new InvalidSettingException(name, "is missing " + what);
        }
    }

    private static int between(String name, String text, int min, int max) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidSettingException(
                name,
                "must be a whole number "
                        + (max == Integer.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max));
    }
}
