package dev.bulkuserimport.config;

import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.rules.OktaId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** All settings, checked. Secrets stay as they were given; whoever needs one reads it at its first use. */
@Singleton
public class Settings {

    private static final int MAX_PARALLEL_REQUESTS = 10;

    /** Source: "Bucket naming rules" in the S3 user guide. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final URI orgUrl;
    private final boolean privateKeyMode;
    private final Optional<String> token;
    private final Optional<String> clientId;
    private final Optional<String> privateKey;
    private final Optional<String> kid;
    private final List<String> scopes;
    private final int parallelRequests;
    private final boolean skipInvalidUsers;
    private final Optional<Limit> maxDeactivations;
    private final Optional<Limit> maxChanges;
    private final Optional<String> applicationId;
    private final Optional<ImportOperation> operation;
    private final Optional<String> reportBucket;
    private final Optional<String> webhookSecret;
    private final Optional<String> webhookSigningKey;

    @Inject
    Settings() {
        this(ConfigProvider.getConfig());
    }

    Settings(Config config) {
        RawSettings given = new RawSettings(config);
        this.orgUrl = OrgUrl.of(given.line(Setting.OKTA_CLIENT_ORGURL)
                .orElseThrow(() -> new InvalidSettingException(
                        Setting.OKTA_CLIENT_ORGURL, "is missing: give the org's URL, https://example.okta.com")));
        this.privateKeyMode = given.line(Setting.OKTA_CLIENT_AUTHORIZATIONMODE)
                .map(Settings::isPrivateKey)
                .orElse(false);
        this.token = given.line(Setting.OKTA_CLIENT_TOKEN);
        token.filter(text -> text.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)).ifPresent(text -> {
            throw new InvalidSettingException(
                    Setting.OKTA_CLIENT_TOKEN, "holds a space or another character that no API token has");
        });
        this.clientId = given.line(Setting.OKTA_CLIENT_CLIENTID);
        this.privateKey = given.get(Setting.OKTA_CLIENT_PRIVATEKEY);
        this.kid = given.line(Setting.OKTA_CLIENT_KID);
        this.scopes = given.line(Setting.OKTA_CLIENT_SCOPES)
                .map(text -> Arrays.stream(text.split("[\\s,]+"))
                        .filter(scope -> !scope.isEmpty())
                        .toList())
                .orElse(List.of());
        requireCredentials();
        this.parallelRequests = given.line(Setting.IMPORT_PARALLEL_REQUESTS)
                .map(Settings::parallelRequests)
                .orElse(MAX_PARALLEL_REQUESTS);
        this.skipInvalidUsers =
                given.line(Setting.IMPORT_INVALID_USERS).map(Settings::skips).orElse(false);
        this.maxDeactivations = limit(given, Setting.IMPORT_MAX_DEACTIVATIONS);
        this.maxChanges = limit(given, Setting.IMPORT_MAX_CHANGES);
        this.applicationId = given.line(Setting.IMPORT_APPLICATION_ID);
        applicationId.filter(id -> !OktaId.isValid(id)).ifPresent(id -> {
            throw new InvalidSettingException(Setting.IMPORT_APPLICATION_ID, "is not an Okta id (0oa…)");
        });
        this.operation = given.line(Setting.IMPORT_OPERATION).map(text -> ImportOperation.parse(text)
                .orElseThrow(() -> new InvalidSettingException(
                        Setting.IMPORT_OPERATION, "must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT")));
        this.reportBucket = given.line(Setting.IMPORT_REPORT_BUCKET);
        reportBucket.filter(name -> !BUCKET.matcher(name).matches()).ifPresent(name -> {
            throw new InvalidSettingException(
                    Setting.IMPORT_REPORT_BUCKET, "is not a bucket's name (3 to 63 letters, digits, dots and hyphens)");
        });
        this.webhookSecret = given.line(Setting.IMPORT_WEBHOOK_SECRET);
        this.webhookSigningKey = given.line(Setting.IMPORT_WEBHOOK_SIGNING_KEY);
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
        return token.orElseThrow();
    }

    public String clientId() {
        return clientId.orElseThrow();
    }

    /** PEM, a path, a JWK, or the ARN of a secret. */
    public String privateKey() {
        return privateKey.orElseThrow();
    }

    public Optional<String> kid() {
        return kid;
    }

    /** The scopes to ask for; empty for the least that a call needs. */
    public List<String> scopes() {
        return scopes;
    }

    /** Bulk requests in flight at once, at most. */
    public int parallelRequests() {
        return parallelRequests;
    }

    public boolean skipsInvalidUsers() {
        return skipInvalidUsers;
    }

    /** How many people one import may deactivate; empty where nothing is set, which means something else for each operation. */
    public Optional<Limit> maxDeactivations() {
        return maxDeactivations;
    }

    /** How many known people one snapshot may change; empty where nothing is set. */
    public Optional<Limit> maxChanges() {
        return maxChanges;
    }

    /** The application of files that name none. */
    public Optional<String> applicationId() {
        return applicationId;
    }

    /** The operation of files that name none. */
    public Optional<ImportOperation> operation() {
        return operation;
    }

    public Optional<String> reportBucket() {
        return reportBucket;
    }

    /** The secret that HTTP callers send, or its ARN. */
    public Optional<String> webhookSecret() {
        return webhookSecret;
    }

    /** The key with which HTTP callers sign, or its ARN. */
    public Optional<String> webhookSigningKey() {
        return webhookSigningKey;
    }

    @Override
    public String toString() {
        return "Settings[" + orgUrl + "]";
    }

    private void requireCredentials() {
        if (privateKeyMode) {
            require(clientId, Setting.OKTA_CLIENT_CLIENTID, "PrivateKey: the service app's client id");
            require(privateKey, Setting.OKTA_CLIENT_PRIVATEKEY, "PrivateKey: the service app's key");
        } else {
            require(token, Setting.OKTA_CLIENT_TOKEN, "SSWS: an API token, or the ARN of a secret with one");
        }
    }

    private static void require(Optional<String> value, Setting setting, String mode) {
        if (value.isEmpty()) {
            throw new InvalidSettingException(setting, "is missing with OKTA_CLIENT_AUTHORIZATIONMODE=" + mode);
        }
    }

    private static boolean isPrivateKey(String mode) {
        return switch (mode) {
            case "SSWS" -> false;
            case "PrivateKey" -> true;
            default ->
                throw new InvalidSettingException(Setting.OKTA_CLIENT_AUTHORIZATIONMODE, "must be SSWS or PrivateKey");
        };
    }

    private static boolean skips(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "reject" -> false;
            case "skip" -> true;
            default -> throw new InvalidSettingException(Setting.IMPORT_INVALID_USERS, "must be reject or skip");
        };
    }

    private static int parallelRequests(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MAX_PARALLEL_REQUESTS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidSettingException(
                Setting.IMPORT_PARALLEL_REQUESTS, "must be a whole number from 1 to " + MAX_PARALLEL_REQUESTS);
    }

    private static Optional<Limit> limit(RawSettings given, Setting setting) {
        return given.line(setting).map(text -> Limit.parse(text)
                .orElseThrow(() -> new InvalidSettingException(setting, "must be " + Limit.FORM)));
    }
}
