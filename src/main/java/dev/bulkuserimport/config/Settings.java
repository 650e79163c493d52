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

/**
 * All settings, checked; {@link Setting} says what each is for. A secret's setting is kept as it was given and resolved when the secret is
 * first used.
 *
 * @param orgUrl without a trailing slash
 * @param maxDeactivations empty if not set, which each operation treats differently
 * @param maxChanges empty if not set
 * @param maxReturns empty if not set
 * @param maxGroupRemovals empty if not set
 * @param webhookSecret the secret, or its ARN
 * @param webhookSigningKey the key, or its ARN
 */
@Singleton
public record Settings(
        URI orgUrl,
        OktaCredentials credentials,
        int parallelRequests,
        boolean skipsInvalidUsers,
        Optional<Limit> maxDeactivations,
        Optional<Limit> maxChanges,
        Optional<Limit> maxReturns,
        Optional<Limit> maxGroupRemovals,
        int leaverGrace,
        Optional<String> applicationId,
        Optional<ImportOperation> operation,
        Optional<String> reportBucket,
        Optional<String> webhookSecret,
        Optional<String> webhookSigningKey,
        Duration followed,
        boolean offersPage,
        DecisionSettings decisions,
        Optional<String> stack) {

    private static final int MAX_PARALLEL_REQUESTS = 10;

    private static final int MAX_LEAVER_GRACE = 14;

    private static final int FOLLOW_HOURS = 6;

    /** A week, as long as an execution of the state machine may take. */
    private static final int MOST_FOLLOW_HOURS = 168;

    /** Source: "Bucket naming rules" in the S3 user guide. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** A dimension's value that needs no escaping. Source: "Dimension" in the CloudWatch API reference, which allows 255 characters. */
    private static final Pattern STACK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#:-]{0,254}");

    @Inject
    Settings() {
        this(ConfigProvider.getConfig());
    }

    Settings(Config config) {
        this(new RawSettings(config));
    }

    private Settings(RawSettings given) {
        this(
                orgUrl(given),
                OktaCredentials.of(given),
                number(given, Setting.IMPORT_PARALLEL_REQUESTS, MAX_PARALLEL_REQUESTS, MAX_PARALLEL_REQUESTS),
                given.line(Setting.IMPORT_INVALID_USERS).map(Settings::skips).orElse(false),
                limit(given, Setting.IMPORT_MAX_DEACTIVATIONS),
                limit(given, Setting.IMPORT_MAX_CHANGES),
                limit(given, Setting.IMPORT_MAX_RETURNS),
                limit(given, Setting.IMPORT_MAX_GROUP_REMOVALS),
                number(given, Setting.IMPORT_LEAVER_GRACE, MAX_LEAVER_GRACE, 1),
                given.line(Setting.IMPORT_APPLICATION_ID, OktaId::isValid, "is not an Okta id (0oa…)"),
                operation(given),
                given.line(
                        Setting.IMPORT_REPORT_BUCKET,
                        BUCKET.asMatchPredicate(),
                        "is not a bucket name (3 to 63 letters, digits, dots and hyphens)"),
                given.secretLine(Setting.IMPORT_WEBHOOK_SECRET),
                given.secretLine(Setting.IMPORT_WEBHOOK_SIGNING_KEY),
                Duration.ofHours(number(given, Setting.IMPORT_FOLLOW_HOURS, MOST_FOLLOW_HOURS, FOLLOW_HOURS)),
                given.line(Setting.IMPORT_PAGE).map(Settings::flag).orElse(false),
                DecisionSettings.of(given),
                given.line(
                        Setting.IMPORT_STACK,
                        STACK.asMatchPredicate(),
                        "is not a stack name (1 to 255 letters, digits and . _ / # : -)"));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Settings[" + orgUrl + "]";
    }

    private static URI orgUrl(RawSettings given) {
        return OrgUrl.of(given.line(Setting.OKTA_CLIENT_ORGURL)
                .orElseThrow(() -> new InvalidSettingException(
                        Setting.OKTA_CLIENT_ORGURL, "is missing: set it to the org's URL, https://example.okta.com")));
    }

    private static Optional<ImportOperation> operation(RawSettings given) {
        return given.line(Setting.IMPORT_OPERATION).map(text -> ImportOperation.parse(text)
                .orElseThrow(() -> new InvalidSettingException(
                        Setting.IMPORT_OPERATION, "must be CREATE_AND_UPDATE, DEACTIVATE_AND_DELETE or SNAPSHOT")));
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

    private static int number(RawSettings given, Setting setting, int most, int usual) {
        return given.line(setting).map(text -> number(setting, text, most)).orElse(usual);
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
