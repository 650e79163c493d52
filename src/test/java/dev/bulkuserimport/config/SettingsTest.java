package dev.bulkuserimport.config;

import static dev.bulkuserimport.config.GivenSettings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkuserimport.rules.ImportOperation;
import dev.bulkuserimport.rules.Limit;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Label("Settings")
class SettingsTest {

    @Test
    @DisplayName("need an org and a token, and have defaults for the rest")
    void defaults() {
        Settings settings = with();
        assertThat(settings.orgUrl()).hasToString("https://example.okta.com");
        assertThat(settings.credentials()).isEqualTo(new OktaCredentials.ApiToken("00token"));
        assertThat(settings.parallelRequests()).isEqualTo(10);
        assertThat(settings.skipsInvalidUsers()).isFalse();
        assertThat(settings.maxDeactivations()).isEmpty();
        assertThat(settings.maxChanges()).isEmpty();
        assertThat(settings.operation()).isEmpty();
        assertThat(settings.webhookSecret()).isEmpty();
        assertThat(settings.webhookSigningKey()).isEmpty();
    }

    @Test
    @DisplayName("of a service app are its own; a token beside them isn't looked at")
    void serviceApp() {
        Settings settings = with(
                "OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey",
                "OKTA_CLIENT_CLIENTID", "0oaApp",
                "OKTA_CLIENT_PRIVATEKEY", "key",
                "OKTA_CLIENT_KID", "kid",
                "OKTA_CLIENT_SCOPES", "a, b  c");
        assertThat(settings.credentials())
                .isEqualTo(new OktaCredentials.ServiceApp("0oaApp", "key", Optional.of("kid"), List.of("a", "b", "c")));
    }

    @Test
    @DisplayName("come as properties too, under Okta's own names; an environment variable goes before")
    void properties() {
        Map<String, String> properties = Map.of(
                "okta.client.orgUrl",
                "https://a.okta.com",
                "okta.client.token",
                "property",
                "import.max-deactivations",
                "7");
        Settings settings = new Settings(new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(properties, "file", 100),
                        new EnvConfigSource(Map.of("OKTA_CLIENT_TOKEN", "variable"), 300))
                .build());
        assertThat(settings.orgUrl()).hasToString("https://a.okta.com");
        assertThat(settings.credentials()).isEqualTo(new OktaCredentials.ApiToken("variable"));
        assertThat(settings.maxDeactivations()).isEqualTo(Limit.parse("7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc${x}def", "pa$$word", "${a}${b}", "$", "${", "a\\,b", "\\${x}", "%{x}", "  inside  out"})
    @DisplayName("are read as they were given: no expression is resolved, no escape taken off")
    void raw(String secret) {
        Settings settings = with("IMPORT_WEBHOOK_SECRET", secret, "IMPORT_WEBHOOK_SIGNING_KEY", secret + "\n");
        assertThat(settings.webhookSecret()).contains(secret.strip());
        assertThat(settings.webhookSigningKey()).contains(secret.strip());
    }

    private static Stream<Setting> all() {
        return Stream.of(Setting.values());
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("stop the start and are named when they are given and hold nothing, or a placeholder")
    void unusable(Setting setting) {
        for (String value : new String[] {"", " ", "\n", "${" + setting + "}", " ${x:} ", "{{resolve}}"}) {
            assertThatThrownBy(() -> with(
                            "OKTA_CLIENT_AUTHORIZATIONMODE",
                            "PrivateKey",
                            "OKTA_CLIENT_CLIENTID",
                            "0oa1",
                            "OKTA_CLIENT_PRIVATEKEY",
                            "key",
                            setting.name(),
                            value))
                    .as("%s=%s", setting, value)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(setting.name() + " ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OKTA_CLIENT_TOKEN",
                "OKTA_CLIENT_PRIVATEKEY",
                "IMPORT_WEBHOOK_SECRET",
                "IMPORT_WEBHOOK_SIGNING_KEY"
            })
    @DisplayName("stop the start where a secret is an ARN with a mistake, and don't take the ARN for the secret")
    void malformedArn(String name) {
        String arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:hook-AbCdEf";
        for (String wrong : List.of(arn + ":::", arn + ":key:AWSCURRENT:", "arn:aws:s3:::hook-AbCdEf")) {
            assertThatThrownBy(() -> with(name, wrong))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(name + " begins like an ARN")
                    .hasMessageNotContaining("hook");
        }
        with(name, arn + ":key::");
        with(name, "arn:aws:ssm:eu-central-1:123456789012:parameter/hook");
    }

    @ParameterizedTest
    @CsvSource({
        "OKTA_CLIENT_ORGURL,http://example.okta.com",
        "OKTA_CLIENT_ORGURL,https://example.okta.com:65536",
        "OKTA_CLIENT_ORGURL,https://example.okta.com:0",
        "OKTA_CLIENT_ORGURL,https://example.okta.com:99999999999",
        "OKTA_CLIENT_ORGURL,https://example.okta.com/api",
        "OKTA_CLIENT_ORGURL,https://example-admin.okta.com",
        "OKTA_CLIENT_ORGURL,https://example-admin.okta-gov.com",
        "OKTA_CLIENT_ORGURL,https://example-admin.okta.mil",
        "OKTA_CLIENT_ORGURL,https://Example-Admin.Okta.com:443",
        "OKTA_CLIENT_ORGURL,https://user@example.okta.com",
        "OKTA_CLIENT_ORGURL,example.okta.com",
        "OKTA_CLIENT_AUTHORIZATIONMODE,Bearer",
        "OKTA_CLIENT_TOKEN,SSWS 00token",
        "OKTA_CLIENT_TOKEN,00t\u00f6ken",
        "IMPORT_PARALLEL_REQUESTS,0",
        "IMPORT_PARALLEL_REQUESTS,11",
        "IMPORT_PARALLEL_REQUESTS,five",
        "IMPORT_INVALID_USERS,ignore",
        "IMPORT_MAX_DEACTIVATIONS,-1",
        "IMPORT_MAX_DEACTIVATIONS,101%",
        "IMPORT_MAX_DEACTIVATIONS,'5%,6%'",
        "IMPORT_MAX_DEACTIVATIONS,many",
        "IMPORT_MAX_CHANGES,'5,'",
        "IMPORT_APPLICATION_ID,0oa/1",
        "IMPORT_OPERATION,DESTROY",
        "IMPORT_REPORT_BUCKET,Upper_Case"
    })
    @DisplayName("stop the start and are named when they are wrong")
    void wrong(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(name + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://Example.OKTA.com",
                "HTTPS://example.okta.com/",
                "https://example.okta.com:443",
                "https://example.okta.com:/"
            })
    @DisplayName("bring the org's URL into the form that Okta compares with its own")
    void orgUrl(String given) {
        assertThat(with("OKTA_CLIENT_ORGURL", given).orgUrl()).hasToString("https://example.okta.com");
        assertThat(with("OKTA_CLIENT_ORGURL", "http://LOCALHOST:80").orgUrl()).hasToString("http://localhost");
        assertThat(with("OKTA_CLIENT_ORGURL", "https://login.example.com:8443").orgUrl())
                .hasToString("https://login.example.com:8443");
    }

    private static Stream<Arguments> right() {
        return Stream.of(
                right(
                        "OKTA_CLIENT_ORGURL",
                        "https://example.okta.com/",
                        s -> s.orgUrl().getPath(),
                        ""),
                right(
                        "OKTA_CLIENT_ORGURL",
                        "http://127.0.0.1:65535",
                        s -> s.orgUrl().getPort(),
                        65535),
                right("IMPORT_PARALLEL_REQUESTS", "1", Settings::parallelRequests, 1),
                right("IMPORT_INVALID_USERS", "Skip", Settings::skipsInvalidUsers, true),
                right(
                        "IMPORT_MAX_DEACTIVATIONS",
                        "0",
                        s -> s.maxDeactivations().orElseThrow().toString(),
                        "0"),
                right(
                        "IMPORT_MAX_DEACTIVATIONS",
                        "500,5%",
                        s -> s.maxDeactivations().orElseThrow(),
                        Limit.CAREFUL),
                right(
                        "IMPORT_MAX_DEACTIVATIONS",
                        "NONE",
                        s -> s.maxDeactivations().orElseThrow(),
                        Limit.NONE),
                right(
                        "IMPORT_MAX_CHANGES",
                        "12.5 %",
                        s -> s.maxChanges().orElseThrow().toString(),
                        "12.5%"),
                right("IMPORT_OPERATION", "snapshot", s -> s.operation().orElseThrow(), ImportOperation.SNAPSHOT));
    }

    private static <T> Arguments right(String name, String value, Function<Settings, T> setting, T expected) {
        return Arguments.of(name, value, setting, expected);
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("right")
    @DisplayName("are what they say")
    void typed(String name, String value, Function<Settings, Object> setting, Object expected) {
        assertThat(setting.apply(with(name, value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "\na\rb"})
    @DisplayName("that are secrets are one line; none of it is in the message")
    void lineBreakInside(String secret) {
        for (String name : new String[] {"OKTA_CLIENT_TOKEN", "IMPORT_WEBHOOK_SECRET", "IMPORT_WEBHOOK_SIGNING_KEY"}) {
            assertThatThrownBy(() -> with(name, secret))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessage(name + " contains a line break; it must be a single line");
        }
    }

    @Test
    @DisplayName("say which credential is missing for which mode")
    void credentials() {
        assertThatThrownBy(() -> GivenSettings.only(Map.of("OKTA_CLIENT_ORGURL", "https://example.okta.com")))
                .hasMessageContaining("OKTA_CLIENT_TOKEN is missing");
        assertThatThrownBy(() -> GivenSettings.only(Map.of("OKTA_CLIENT_TOKEN", "00token")))
                .hasMessageContaining("OKTA_CLIENT_ORGURL is missing");
        assertThatThrownBy(() -> with("OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey"))
                .hasMessageContaining("OKTA_CLIENT_CLIENTID is missing");
        assertThatThrownBy(
                        () -> with("OKTA_CLIENT_AUTHORIZATIONMODE", "PrivateKey", "OKTA_CLIENT_CLIENTID", "0oaClient"))
                .hasMessageContaining("OKTA_CLIENT_PRIVATEKEY is missing");
    }

    @Property
    void noGuardOpensByItself(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'$', '{', '}', '\\', ':', '%', '\n', ' ', ','})
                    @CharRange(from = 'a', to = 'c')
                    String text) {
        Settings settings;
        try {
            settings = with("IMPORT_WEBHOOK_SECRET", text, "IMPORT_WEBHOOK_SIGNING_KEY", text);
        } catch (InvalidSettingException e) {
            assertThat(e).hasMessageStartingWith("IMPORT_WEBHOOK_SECRET ");
            return;
        }
        assertThat(settings.webhookSecret()).contains(text.strip());
        assertThat(settings.webhookSigningKey()).contains(text.strip());
        assertThat(settings.toString()).doesNotContain("Optional");
    }

    /** Whatever a setting holds, it is used as it is, or the start stops and names it without printing it. */
    @Property
    void anySettingIsTakenOrNamed(@ForAll Setting setting, @ForAll("values") String value) {
        Settings settings;
        try {
            settings = with(setting.name(), value);
        } catch (InvalidSettingException e) {
            assertThat(e.getMessage()).matches("(?s)[A-Z_]+ .*");
            if (value.length() > 8
                    && (setting == Setting.OKTA_CLIENT_TOKEN || setting.name().contains("WEBHOOK"))) {
                assertThat(e.getMessage()).doesNotContain(value);
            }
            return;
        }
        assertThat(settings.parallelRequests()).isBetween(1, 10);
        assertThat(settings.orgUrl().getPort()).isLessThanOrEqualTo(65_535);
        assertThat(settings.maxDeactivations().isPresent()).isEqualTo(setting == Setting.IMPORT_MAX_DEACTIVATIONS);
        assertThat(settings.maxChanges().isPresent()).isEqualTo(setting == Setting.IMPORT_MAX_CHANGES);
        assertThat(settings.webhookSecret().isPresent()).isEqualTo(setting == Setting.IMPORT_WEBHOOK_SECRET);
        assertThat(settings.webhookSigningKey().isPresent()).isEqualTo(setting == Setting.IMPORT_WEBHOOK_SIGNING_KEY);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().withChars("0123456789%, -.nonea$").ofMaxLength(8),
                Arbitraries.of(
                        "none",
                        "skip",
                        "PrivateKey",
                        "SSWS",
                        "https://example.okta.com",
                        "https://[::1]:1",
                        "https://example.okta.com:99999",
                        "arn:aws:ssm:eu-west-1:123456789012:parameter/a",
                        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-b:c",
                        "5%,500",
                        "${x}"));
    }
}
