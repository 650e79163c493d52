package dev.bulkuserimport.config;

import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import dev.bulkuserimport.rules.OktaId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** All settings, checked. A secret's setting is kept as it was given and resolved when the secret is first used. */
@Singleton
public class Settings {

    private static final int MAX_PARALLEL_REQUESTS = 10;

    private static final int MAX_LEAVER_GRACE = 14;

    /** Source: "Bucket naming rules" in the S3 user guide. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** Okta takes minutes for a session as a rule; how long it may take isn't published. */
    private static final int FOLLOW_HOURS = 6;

    /** A week, as long as an execution of the state machine may take. */
    private static final int MOST_FOLLOW_HOURS = 168;

    /** A dimension's value that needs no escaping. Source: "Dimension" in the CloudWatch API reference, which allows 255 characters. */
    private static final Pattern STACK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#:-]{0,254}");

    private final URI orgUrl;
    private final OktaCredentials credentials;
    private final int parallelRequests;
    private final boolean skipInvalidUsers;
    private final boolean page;
    private final Optional<Limit> maxDeactivations;
    private final Optional<Limit> maxChanges;
    private final Optional<Limit> maxReturns;
    private final Optional<Limit> maxGroupRemovals;
    private final int leaverGrace;
    private final Optional<String> applicationId;
    private final Optional<ImportOperation> operation;
    private final Optional<String> reportBucket;
    private final Optional<String> webhookSecret;
    private final Optional<String> webhookSigningKey;
    private final Optional<String> stack;
    private final Duration followed;
    private final DecisionSettings decisions;

    @Inject
    Settings() {
        this(ConfigProvider.getConfig());
    }

    Settings(Config config) {
        RawSettings given = new RawSettings(config);
        this.orgUrl = OrgUrl.of(given.line(Setting.OKTA_CLIENT_ORGURL)
                .orElseThrow(() -> new InvalidSettingException(
                        Setting.OKTA_CLIENT_ORGURL, "is missing: set it to the org's URL, https://example.okta.com")));
        this.credentials = OktaCredentials.of(given);
        this.parallelRequests = given.line(Setting.IMPORT_PARALLEL_REQUESTS)
                .map(text -> number(Setting.IMPORT_PARALLEL_REQUESTS, text, MAX_PARALLEL_REQUESTS))
                .orElse(MAX_PARALLEL_REQUESTS);
        this.skipInvalidUsers =
                given.line(Setting.IMPORT_INVALID_USERS).map(Settings::skips).orElse(false);
        this.maxDeactivations = limit(given, Setting.IMPORT_MAX_DEACTIVATIONS);
        this.maxChanges = limit(given, Setting.IMPORT_MAX_CHANGES);
        this.maxReturns = limit(given, Setting.IMPORT_MAX_RETURNS);
        this.maxGroupRemovals = limit(given, Setting.IMPORT_MAX_GROUP_REMOVALS);
        this.leaverGrace = given.line(Setting.IMPORT_LEAVER_GRACE)
                .map(text -> number(Setting.IMPORT_LEAVER_GRACE, text, MAX_LEAVER_GRACE))
                .orElse(1);
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
                    Setting.IMPORT_REPORT_BUCKET, "is not a bucket name (3 to 63 letters, digits, dots and hyphens)");
        });
        this.webhookSecret = given.secretLine(Setting.IMPORT_WEBHOOK_SECRET);
        this.webhookSigningKey = given.secretLine(Setting.IMPORT_WEBHOOK_SIGNING_KEY);
        this.followed = Duration.ofHours(given.line(Setting.IMPORT_FOLLOW_HOURS)
                .map(text -> number(Setting.IMPORT_FOLLOW_HOURS, text, MOST_FOLLOW_HOURS))
                .orElse(FOLLOW_HOURS));
        this.page = given.line(Setting.IMPORT_PAGE).map(Settings::flag).orElse(false);
        this.decisions = DecisionSettings.of(given);
        this.stack = given.line(Setting.IMPORT_STACK);
        stack.filter(name -> !STACK.matcher(name).matches()).ifPresent(name -> {
            throw new InvalidSettingException(
                    Setting.IMPORT_STACK, "is not a stack name (1 to 255 letters, digits and . _ / # : -)");
        });
    }

    /** The org's URL without a trailing slash. */
    public URI orgUrl() {
        return orgUrl;
    }

    public OktaCredentials credentials() {
        return credentials;
    }

    /** The most bulk requests in flight at once. */
    public int parallelRequests() {
        return parallelRequests;
    }

    /** Whether {@code GET /} returns the page for inspecting a file. */
    public boolean offersPage() {
        return page;
    }

    public boolean skipsInvalidUsers() {
        return skipInvalidUsers;
    }

    /** How many people one import may deactivate; empty if not set, which each operation treats differently. */
    public Optional<Limit> maxDeactivations() {
        return maxDeactivations;
    }

    /** How many known people one snapshot may change; empty if not set. */
    public Optional<Limit> maxChanges() {
        return maxChanges;
    }

    /** How many deactivated people one file may reactivate; empty if not set. */
    public Optional<Limit> maxReturns() {
        return maxReturns;
    }

    /** How many of its members one snapshot may take from each group; empty if not set. */
    public Optional<Limit> maxGroupRemovals() {
        return maxGroupRemovals;
    }

    /** How many consecutive snapshots a person must be missing from to count as gone, 1 to 14. */
    public int leaverGrace() {
        return leaverGrace;
    }

    /** The application for files that don't name one. */
    public Optional<String> applicationId() {
        return applicationId;
    }

    /** The operation for files that don't name one. */
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

    /** How long a file's session is followed before its import ends as unconfirmed. */
    public Duration followed() {
        return followed;
    }

    /** How files that a guard stops wait for a person. */
    public DecisionSettings decisions() {
        return decisions;
    }

    /** The stack that the function belongs to, a dimension of its metrics. */
    public Optional<String> stack() {
        return stack;
    }

    /** The key with which HTTP callers sign, or its ARN. */
    public Optional<String> webhookSigningKey() {
        return webhookSigningKey;
    }

    @Override
    public String toString() {
        return "Settings[" + orgUrl + "]";
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidSettingException(Setting.IMPORT_PAGE, "must be true or false");
        };
    }

    private static boolean skips(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "reject" -> false;
            case "skip" -> true;
            default -> throw new InvalidSettingException(Setting.IMPORT_INVALID_USERS, "must be reject or skip");
        };
    }

    private static int number(Setting setting, String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new InvalidSettingException(setting, "must be a whole number from 1 to " + most);
    }

    private static Optional<Limit> limit(RawSettings given, Setting setting) {
        return given.line(setting).map(text -> Limit.parse(text)
                .orElseThrow(() -> new InvalidSettingException(setting, "must be " + Limit.FORM)));
    }
}
